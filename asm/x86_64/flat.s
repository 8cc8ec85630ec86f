# int80_rt_flat_start: where the kernel enters a flat x86_64 program.
#
#     _Noreturn void flat_main(void);
#
# In:   the stack is aligned to 16 bytes, by the kernel as by qemu-user; all
#       registers are undefined.
# Out:  calls flat_main, the stack aligned at the call as the System V ABI
#       requires. Does not return.
# Size: 6 bytes.

        .intel_syntax noprefix
        .section .text.int80_rt_flat_start, "ax", @progbits
        .globl  int80_rt_flat_start
        .hidden int80_rt_flat_start
        .type   int80_rt_flat_start, @function
int80_rt_flat_start:
        .cfi_startproc
        .cfi_undefined rip              # The outermost frame.
        call    flat_main               # Does not return,
        hlt                             # and faults if it did.
        .cfi_endproc
        .size   int80_rt_flat_start, . - int80_rt_flat_start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
