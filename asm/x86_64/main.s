# _start of an x86_64 C program without a C library: int80_start.o.
#
#     int main(int argc, char **argv, char **envp);
#
# In:   rsp points to argc; above it lie the arguments, the environment and
#       the auxiliary vector. All other registers are undefined.
# Out:  calls main, the stack aligned to 16 bytes at the call as the System V
#       ABI requires, and ends the process with its result. Does not return.
# Size: 39 bytes.

        .intel_syntax noprefix
        .section .text._start, "ax", @progbits
        .globl  _start
        .type   _start, @function
_start:
        .cfi_startproc
        .cfi_undefined rip              # The outermost frame.
        endbr64                         # A loader may come here by a register.
        xor     ebp, ebp                # Zero ends the chain of frames.
        mov     rdi, [rsp]              # argc.
        lea     rsi, [rsp + 8]          # argv.
        lea     rdx, [rsi + rdi * 8 + 8] # envp, after argv and its null.
        and     rsp, -16                # The kernel aligns it; an emulator might not.
        call    main
        mov     edi, eax                # Its result is the exit status,
        mov     eax, 231                # exit_group
        syscall                         # ends every thread,
        hlt                             # and faults if it did not.
        .cfi_endproc
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 3, 0     # FEATURE_1_AND is IBT and SHSTK; see docs/c.md.
