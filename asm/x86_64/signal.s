# A signal handler that does nothing, and the way back from it.
#
#     void int80_rt_signal_handler(int signal);
#     void int80_rt_signal_return(void);
#
# The first is sa_handler, the second sa_restorer, with SA_RESTORER: an
# interrupted call then ends with -EINTR, without any other effect. The second is
# never called, only returned to.
#
# In:   the kernel's frame on the stack.
# Out:  every register has its value from before the signal.
# Size: int80_rt_signal_handler 1, int80_rt_signal_return 8 bytes.

        .intel_syntax noprefix
        .section .text.int80_rt_signal, "ax", @progbits
        .globl  int80_rt_signal_handler
        .hidden int80_rt_signal_handler
        .type   int80_rt_signal_handler, @function
int80_rt_signal_handler:
        .cfi_startproc
        ret                             # To int80_rt_signal_return.
        .cfi_endproc
        .size   int80_rt_signal_handler, . - int80_rt_signal_handler

        .globl  int80_rt_signal_return
        .hidden int80_rt_signal_return
        .type   int80_rt_signal_return, @function
int80_rt_signal_return:
        mov     eax, 15                 # rt_sigreturn, which reads the frame at rsp
        syscall                         # and returns only where a sandbox
        hlt                             # refuses it: the process ends by SIGSEGV.
        .size   int80_rt_signal_return, . - int80_rt_signal_return

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
