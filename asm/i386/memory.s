# Functions that the compiler and Rust's core call, one section each, so that a
# program contains only those that it uses. They are small, not fast: programs here
# copy no more than names and structures.
#
#     void *memcpy(void *to, const void *from, size_t count);
#     void *memmove(void *to, const void *from, size_t count);
#     void *memset(void *to, int byte, size_t count);
#     int memcmp(const void *left, const void *right, size_t count);
#     int bcmp(const void *left, const void *right, size_t count);
#     size_t strlen(const char *string);
#
# In:   the arguments on the stack, as in C; the direction flag clear.
# Out:  eax; ecx and edx are overwritten, the direction flag is clear.
# Size: memcpy 21, memmove 43, memset 21, memcmp 28 (bcmp is the
#       same), strlen 19 bytes.

        .intel_syntax noprefix

        .section .text.memcpy, "ax", @progbits
        .globl  memcpy
        .hidden memcpy
        .type   memcpy, @function
memcpy:
        .cfi_startproc
        push    edi                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     edi, [esp + 12]         # Where to.
        mov     esi, [esp + 16]         # Where from.
        mov     ecx, [esp + 20]         # How many bytes.
        mov     eax, edi                # The result is the first argument.
        rep movsb
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        ret
        .cfi_endproc
        .size   memcpy, . - memcpy

        .section .text.memmove, "ax", @progbits
        .globl  memmove
        .hidden memmove
        .type   memmove, @function
memmove:
        .cfi_startproc
        push    edi                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     edi, [esp + 12]         # Where to.
        mov     esi, [esp + 16]         # Where from.
        mov     ecx, [esp + 20]         # How many bytes.
        mov     eax, edi                # The result is the first argument.
        mov     edx, edi                # The distance, modulo 2^32:
        sub     edx, esi                # below the count, the end of the source
        cmp     edx, ecx                # would be overwritten before it is read.
        jb      1f                      # Then from the end downwards.
        rep movsb
        jmp     2f
1:      lea     edi, [edi + ecx - 1]    # The last byte to write.
        lea     esi, [esi + ecx - 1]    # The last byte to read.
        std                             # Downwards
        rep movsb                       # it copies,
        cld                             # and the ABI's direction is up.
2:      pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        ret
        .cfi_endproc
        .size   memmove, . - memmove

        .section .text.memset, "ax", @progbits
        .globl  memset
        .hidden memset
        .type   memset, @function
memset:
        .cfi_startproc
        push    edi                     # Callee-saved.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        mov     edi, [esp + 8]          # Where to.
        mov     eax, [esp + 12]         # The byte, in al.
        mov     ecx, [esp + 16]         # How many bytes.
        mov     edx, edi                # The result is the first argument.
        rep stosb
        mov     eax, edx
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        ret
        .cfi_endproc
        .size   memset, . - memset

        .section .text.memcmp, "ax", @progbits
        .globl  memcmp
        .hidden memcmp
        .type   memcmp, @function
        .globl  bcmp
        .hidden bcmp
        .type   bcmp, @function
bcmp:
memcmp:
        .cfi_startproc
        push    edi                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     esi, [esp + 12]         # The left bytes.
        mov     edi, [esp + 16]         # The right bytes.
        mov     ecx, [esp + 20]         # How many bytes.
        xor     eax, eax                # Equal, also when there are none: sets ZF.
        repe cmpsb                      # Up to the first pair that differs.
        je      1f                      # There was none.
        sbb     eax, eax                # -1 if the left byte is below,
        or      eax, 1                  # else 1.
1:      pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        ret
        .cfi_endproc
        .size   memcmp, . - memcmp
        .size   bcmp, . - bcmp

        .section .text.strlen, "ax", @progbits
        .globl  strlen
        .hidden strlen
        .type   strlen, @function
strlen:
        .cfi_startproc
        push    edi                     # Callee-saved.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        mov     edi, [esp + 8]          # The string.
        xor     eax, eax                # Its end, in al.
        or      ecx, -1                 # No limit on the length.
        repne scasb                     # Up to and with the NUL.
        not     ecx                     # The bytes looked at,
        lea     eax, [ecx - 1]          # without the NUL.
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        ret
        .cfi_endproc
        .size   strlen, . - strlen

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
