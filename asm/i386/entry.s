# int80_entry: the instruction `int 0x80` as a function, called as the
# kernel's own entry point of AT_SYSINFO is.
#
#     Not callable from C.
#
# In:   eax the call number; ebx, ecx, edx, esi, edi, ebp the arguments.
# Out:  eax the result, or -errno; every other register as it was.
# Size: 3 bytes.

        .intel_syntax noprefix
        .section .text.int80_entry, "ax", @progbits
        .globl  int80_entry
        .hidden int80_entry
        .type   int80_entry, @function
int80_entry:
        int     0x80                    # The registers are those of the call.
        ret
        .size   int80_entry, . - int80_entry
        .section .note.GNU-stack, "", @progbits
