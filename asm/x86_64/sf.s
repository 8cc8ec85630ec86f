# sf: standard input to standard output by call 40, for x86_64.
#
# In:   descriptors 0 and 1; registers are undefined.
# Out:  ends the process with 0 when everything is sent, or with the errno of
#       the call that failed. A call that returns 0 need not be the end: some
#       files are moved by read alone. One byte is read then, and if there is
#       one the status is 255. (A terminal's end has to be typed twice.)
# Size: 40 bytes.

        .intel_syntax noprefix
        .section .flat.start, "ax", @progbits
        .globl  flat_start
        .hidden flat_start
        .type   flat_start, @function
flat_start:
        push    1                       # The first argument, out_fd,
        pop     rdi                     # by three bytes instead of five.
.Lsend:
        xor     esi, esi                # The second, in_fd.
        mov     r10d, 0x7ffff000        # The fourth, count: what a call moves at most.
        push    40                      # sendfile,
        pop     rax
        cdq                             # whose third, offset, is null: eax is positive.
        syscall
        test    eax, eax                # A count fits 31 bits, and an errno 12.
        jg      .Lsend                  # Bytes have moved: there may be more.
        jnz     .Lend                   # A negative errno.
        xor     edi, edi                # read, number 0, from descriptor 0
        push    rsp                     # to the stack
        pop     rsi
        inc     edx                     # one byte.
        syscall
.Lend:
        neg     eax                     # The errno, or 0, or minus the byte that is left.
        xchg    edi, eax                # The exit status.
        push    60                      # exit, which ends the only thread,
        pop     rax
        syscall
        hlt                             # or a fault if exit is refused.
        .size   flat_start, . - flat_start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 8
        .long   4, 16, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2, 0     # FEATURE_1_AND is SHSTK; see docs/c.md.
