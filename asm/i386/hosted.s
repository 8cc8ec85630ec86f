# sendfile and sendfile64 for hosted programs: calls 187 and 239 with the C
# library's contract, -1 and errno. In libint80_sendfile.so and .a, which are for
# glibc, and, assembled with --defsym MUSL=1, in libint80_sendfile_musl.so and .a.
#
#     ssize_t sendfile(int out_fd, int in_fd, off_t *offset, size_t count);
#     ssize_t sendfile64(int out_fd, int in_fd, off64_t *offset, size_t count);
#
# off64_t has 64 bits, and so has off_t of musl; off_t of glibc has 32. The offset
# is passed to the kernel unchanged.
#
# In:   out_fd, in_fd, offset and count on the stack, from esp + 4 on.
# Out:  eax, the bytes moved; errno is not changed. Or -1, and errno is set in the
#       place that the C library has for this thread. ecx and edx are
#       overwritten.
# Size: 39 bytes each, and 36 for the part that they share.

        .intel_syntax noprefix

        .macro  call_of name, number
        .section .text.\name, "ax", @progbits
        .globl  \name
        .type   \name, @function
\name:
        .cfi_startproc
        push    ebx                     # Callee-saved, as esi.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset ebx, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        mov     ebx, [esp + 12]         # out_fd.
        mov     ecx, [esp + 16]         # in_fd.
        mov     edx, [esp + 20]         # The offset's address, or null.
        mov     esi, [esp + 24]         # count.
        mov     eax, \number            # The call.
        int     0x80                    # The kernel puts the result in eax.
        cmp     eax, -4095              # From here up it is a negative errno;
        jae     .Lfailed                # the code there ends the function.
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     ebx
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebx
        ret
        .cfi_endproc
        .size   \name, . - \name
        .endm

        .ifdef  MUSL
        call_of sendfile, 239
        .else
        call_of sendfile, 187
        .endif
        call_of sendfile64, 239

# A function that only this C library has: the loader of the other, or a linker,
# refuses this object, so that no offset is read with the wrong width.

        .section .data.rel.ro.int80_libc, "aw", @progbits
        .balign 4
        .ifdef  MUSL
        .long   __stat_time64
        .else
        .long   gnu_get_libc_version
        .endif

        .section .text.int80_hosted_failed, "ax", @progbits
        .type   int80_hosted_failed, @function
int80_hosted_failed:
.Lfailed:
        .cfi_startproc
        .cfi_def_cfa_offset 12          # The two pushes are still there.
        .cfi_rel_offset esi, 0
        .cfi_rel_offset ebx, 4
        mov     esi, eax                # The negative errno,
        neg     esi                     # positive, kept by the function called.
        call    1f                      # The address of what follows
        .cfi_adjust_cfa_offset 4
1:      pop     ebx                     # leads to the table of addresses.
        .cfi_adjust_cfa_offset -4
        add     ebx, offset _GLOBAL_OFFSET_TABLE_ + (. - 1b)
        sub     esp, 4                  # With the two pushes, 16 bytes.
        .cfi_adjust_cfa_offset 4
        call    [ebx + __errno_location@GOT] # Where this thread's errno is.
        mov     [eax], esi
        or      eax, -1                 # The result of a failure.
        add     esp, 4
        .cfi_adjust_cfa_offset -4
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     ebx
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebx
        ret
        .cfi_endproc
        .size   int80_hosted_failed, . - int80_hosted_failed

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
