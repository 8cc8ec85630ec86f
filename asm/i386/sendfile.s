# int80_sendfile and int80_sendfile64: calls 187 and 239 for C programs.
#
#     intptr_t int80_sendfile(int out_fd, int in_fd, int80_off32_t *offset,
#                             size_t count);
#     intptr_t int80_sendfile64(int out_fd, int in_fd, int80_off64_t *offset,
#                               size_t count);
#
# In:   out_fd, in_fd, offset and count on the stack, from esp + 4 on.
# Out:  eax, the bytes moved or -errno; ecx is in_fd and edx offset; every other
#       register and the flags are preserved.
# Size: 28 bytes each.

        .intel_syntax noprefix

        .section .text.int80_sendfile, "ax", @progbits
        .globl  int80_sendfile
        .type   int80_sendfile, @function
int80_sendfile:
        .cfi_startproc
        push    ebx                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset ebx, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     ebx, [esp + 12]         # out_fd.
        mov     ecx, [esp + 16]         # in_fd.
        mov     edx, [esp + 20]         # The address of the 32-bit offset, or null.
        mov     esi, [esp + 24]         # count.
        mov     eax, 187                # sendfile.
        int     0x80                    # The kernel puts the result in eax.
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     ebx
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebx
        ret
        .cfi_endproc
        .size   int80_sendfile, . - int80_sendfile

        .section .text.int80_sendfile64, "ax", @progbits
        .globl  int80_sendfile64
        .type   int80_sendfile64, @function
int80_sendfile64:
        .cfi_startproc
        push    ebx                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset ebx, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     ebx, [esp + 12]         # out_fd.
        mov     ecx, [esp + 16]         # in_fd.
        mov     edx, [esp + 20]         # The address of the 64-bit offset, or null.
        mov     esi, [esp + 24]         # count.
        mov     eax, 239                # sendfile64.
        int     0x80                    # The kernel puts the result in eax.
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     ebx
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebx
        ret
        .cfi_endproc
        .size   int80_sendfile64, . - int80_sendfile64

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
