# sendfile and sendfile64 for hosted programs: call 40 with the C library's
# contract, -1 and errno. In libint80_sendfile.so and .a, which are for glibc, and,
# assembled with --defsym MUSL=1, in libint80_sendfile_musl.so and .a.
#
#     ssize_t sendfile(int out_fd, int in_fd, off_t *offset, size_t count);
#     ssize_t sendfile64(int out_fd, int in_fd, off64_t *offset, size_t count);
#
# off_t and off64_t have 64 bits, so both names are one function. The offset is
# passed to the kernel unchanged.
#
# In:   rdi out_fd, rsi in_fd, rdx offset, rcx count.
# Out:  rax, the bytes moved; errno is not changed. Or -1, and errno is set in the
#       place that the C library has for this thread. Registers that the ABI does
#       not preserve are overwritten.
# Size: 40 bytes.

        .intel_syntax noprefix

        .section .text.sendfile, "ax", @progbits
        .globl  sendfile
        .type   sendfile, @function
        .globl  sendfile64
        .type   sendfile64, @function
sendfile:
sendfile64:
        .cfi_startproc
        endbr64                         # Other objects come here by a table of addresses.
        mov     r10, rcx                # count; syscall overwrites rcx.
        mov     eax, 40                 # sendfile.
        syscall                         # The kernel puts the result in rax.
        cmp     rax, -4095              # From here up it is a negative errno.
        jae     1f                      # Below, it is the result.
        ret
1:      neg     eax                     # The errno,
        push    rax                     # kept here; aligns the stack, too.
        .cfi_adjust_cfa_offset 8
        call    [rip + __errno_location@GOTPCREL] # Where this thread's errno is.
        pop     rcx
        .cfi_adjust_cfa_offset -8
        mov     [rax], ecx
        or      rax, -1                 # The result of a failure.
        ret
        .cfi_endproc
        .size   sendfile, . - sendfile
        .size   sendfile64, . - sendfile64

# A function that only glibc has: the loader of musl refuses this object.

        .ifndef MUSL
        .section .data.rel.ro.int80_libc, "aw", @progbits
        .balign 8
        .quad   gnu_get_libc_version
        .endif

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 3, 0     # FEATURE_1_AND is IBT and SHSTK; see docs/c.md.
