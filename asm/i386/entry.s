# int80_entry: the instruction `int 0x80` as a function, called like the kernel's
# entry point in AT_SYSINFO.
#
#     Not callable from C.
#
# In:   eax the call number; ebx, ecx, edx, esi, edi, ebp the arguments.
# Out:  eax the result, or -errno; every other register is preserved.
# Size: 3 bytes.

        .intel_syntax noprefix
        .section .text.int80_entry, "ax", @progbits
        .globl  int80_entry
        .hidden int80_entry
        .type   int80_entry, @function
int80_entry:
        .cfi_startproc
        int     0x80                    # The registers are those of the call.
        ret
        .cfi_endproc
        .size   int80_entry, . - int80_entry

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
