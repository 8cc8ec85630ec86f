# int80_sendfile64: call 40 for C programs.
#
#     intptr_t int80_sendfile64(int out_fd, int in_fd, int80_off64_t *offset,
#                               size_t count);
#
# In:   rdi out_fd, rsi in_fd, rdx offset, rcx count.
# Out:  rax, the bytes moved or -errno; rcx, r10 and r11 are overwritten, every
#       other register is preserved.
# Size: 11 bytes.
#
# int80_sendfile is not here: this architecture has no call with a 32-bit offset,
# so it is a conversion (src/gate/convert/offsets.rs).

        .intel_syntax noprefix

        .section .text.int80_sendfile64, "ax", @progbits
        .globl  int80_sendfile64
        .type   int80_sendfile64, @function
int80_sendfile64:
        .cfi_startproc
        mov     r10, rcx                # count; syscall overwrites rcx.
        mov     eax, 40                 # sendfile.
        syscall                         # The kernel puts the result in rax.
        ret
        .cfi_endproc
        .size   int80_sendfile64, . - int80_sendfile64

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
