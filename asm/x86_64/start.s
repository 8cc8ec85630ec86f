# _start: where the kernel enters an x86_64 program.
#
#     _Noreturn void int80_rt_start(const uintptr_t *stack);
#
# In:   rsp points to argc; above it lie the arguments, the environment and
#       the auxiliary vector. All other registers are undefined.
# Out:  calls int80_rt_start with that address, the stack aligned to 16 bytes
#       at the call as the System V ABI requires. Does not return.
# Size: 15 bytes.

        .intel_syntax noprefix
        .section .text._start, "ax", @progbits
        .globl  _start
        .hidden _start
        .type   _start, @function
_start:
        .cfi_startproc
        .cfi_undefined rip              # The outermost frame.
        xor     ebp, ebp                # Zero ends the chain of frames.
        mov     rdi, rsp                # The address of argc is the argument.
        and     rsp, -16                # The kernel aligns it; an emulator might not.
        call    int80_rt_start          # Does not return,
        hlt                             # and faults if it did.
        .cfi_endproc
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
