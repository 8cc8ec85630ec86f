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
# In:   rdi, rsi, rdx, as in C; the direction flag clear.
# Out:  rax; rcx, rdx, rsi and rdi are overwritten, the direction flag is clear.
# Size: memcpy 9, memmove 35, memset 14, memcmp 18 (bcmp is the
#       same), strlen 16 bytes.

        .intel_syntax noprefix

        .section .text.memcpy, "ax", @progbits
        .globl  memcpy
        .hidden memcpy
        .type   memcpy, @function
memcpy:
        .cfi_startproc
        mov     rax, rdi                # The result is the first argument.
        mov     rcx, rdx                # How many bytes.
        rep movsb
        ret
        .cfi_endproc
        .size   memcpy, . - memcpy

        .section .text.memmove, "ax", @progbits
        .globl  memmove
        .hidden memmove
        .type   memmove, @function
memmove:
        .cfi_startproc
        mov     rax, rdi                # The result is the first argument.
        mov     rcx, rdx                # How many bytes.
        mov     rdx, rdi                # The distance, modulo 2^64:
        sub     rdx, rsi                # below the count, the end of the source
        cmp     rdx, rcx                # would be overwritten before it is read.
        jb      1f                      # Then from the end downwards.
        rep movsb
        ret
1:      lea     rdi, [rdi + rcx - 1]    # The last byte to write.
        lea     rsi, [rsi + rcx - 1]    # The last byte to read.
        std                             # Downwards
        rep movsb                       # it copies,
        cld                             # and the ABI's direction is up.
        ret
        .cfi_endproc
        .size   memmove, . - memmove

        .section .text.memset, "ax", @progbits
        .globl  memset
        .hidden memset
        .type   memset, @function
memset:
        .cfi_startproc
        mov     r8, rdi                 # The result is the first argument.
        mov     eax, esi                # The byte, in al.
        mov     rcx, rdx                # How many bytes.
        rep stosb
        mov     rax, r8
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
        mov     rcx, rdx                # How many bytes.
        xor     eax, eax                # Equal, also when there are none: sets ZF.
        xchg    rsi, rdi                # cmpsb takes the left bytes from rsi.
        repe cmpsb                      # Up to the first pair that differs.
        je      1f                      # There was none.
        sbb     eax, eax                # -1 if the left byte is below,
        or      eax, 1                  # else 1.
1:      ret
        .cfi_endproc
        .size   memcmp, . - memcmp
        .size   bcmp, . - bcmp

        .section .text.strlen, "ax", @progbits
        .globl  strlen
        .hidden strlen
        .type   strlen, @function
strlen:
        .cfi_startproc
        xor     eax, eax                # The end of the string, in al.
        or      rcx, -1                 # No limit on the length.
        repne scasb                     # Up to and with the NUL.
        not     rcx                     # The bytes looked at,
        lea     rax, [rcx - 1]          # without the NUL.
        ret
        .cfi_endproc
        .size   strlen, . - strlen

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
