# _start: where the kernel enters an i386 program.
#
#     _Noreturn void int80_rt_start(const uintptr_t *stack);
#
# In:   esp points to argc; above it lie the arguments, the environment and
#       the auxiliary vector. All other registers are undefined.
# Out:  calls int80_rt_start with that address, the stack aligned to 16 bytes
#       at the call as the System V ABI requires. Does not return.
# Size: 17 bytes.

        .intel_syntax noprefix
        .section .text._start, "ax", @progbits
        .globl  _start
        .hidden _start
        .type   _start, @function
_start:
        .cfi_startproc
        .cfi_undefined eip              # The outermost frame.
        xor     ebp, ebp                # Zero ends the chain of frames.
        mov     eax, esp                # The address of argc is the argument.
        and     esp, -16                # The kernel aligns it; an emulator might not.
        sub     esp, 12                 # With the argument, 16 bytes.
        push    eax                     # The first argument lies on the stack.
        call    int80_rt_start          # Does not return,
        hlt                             # and faults if it did.
        .cfi_endproc
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
