# sf: standard input to standard output by call 187, for i386.
#
# In:   descriptors 0 and 1; registers are undefined.
# Out:  ends the process with 0 when everything is sent, or with the errno of
#       the call that failed. A call that returns 0 need not be the end: some
#       files are moved by read alone. One byte is read then, and if there is
#       one the status is 255. (A terminal's end has to be typed twice.)
# Size: 41 bytes.

        .intel_syntax noprefix
        .section .flat.start, "ax", @progbits
        .globl  flat_start
        .hidden flat_start
        .type   flat_start, @function
flat_start:
        push    1                       # The first argument, out_fd,
        pop     ebx                     # by three bytes instead of five.
        mov     esi, 0x7ffff000         # The fourth, count: what a call moves at most.
.Lsend:
        xor     ecx, ecx                # The second, in_fd.
        mov     eax, 187                # sendfile,
        cdq                             # whose third, offset, is null: eax is positive.
        int     0x80
        test    eax, eax
        jg      .Lsend                  # Bytes have moved: there may be more.
        jnz     .Lend                   # A negative errno.
        mov     al, 3                   # read
        dec     ebx                     # from descriptor 0
        mov     ecx, esp                # to the stack
        inc     edx                     # one byte.
        int     0x80
.Lend:
        neg     eax                     # The errno, or 0, or minus the byte that is left.
        xchg    ebx, eax                # The exit status.
        push    1                       # exit, which ends the only thread,
        pop     eax
        int     0x80
        hlt                             # or a fault if exit is refused.
        .size   flat_start, . - flat_start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
