# p0.s: the listing of the i386 reference for x86_64, call 40, as a program for
# GNU as: sends a file to standard output.
#
#     as --64 -I include -o p0.o p0.s
#     ld -o p0 p0.o
#     ./p0 FILE >COPY
#
# The exit status is 0, 255 without a FILE, or the errno of the call that failed.

        .include "int80.s"

        .set    AT_FDCWD, -100
        .set    out_fd, 1
        .set    count, 0x7ffff000

        .bss
        .balign 8
cell:   .zero   8                       # The kernel reads all 8 bytes here.
in_fd:  .zero   4

        .text
        .globl  _start
_start:
        cmp     qword ptr [rsp], 2      # argc.
        jne     usage
        sys_openat AT_FDCWD, "[rsp + 16]", 0, 0 # argv[1].
        mov     [rip + in_fd], eax
        test    eax, eax
        js      done

next:
        mov     eax, 40
        mov     edi, out_fd             # open write descriptor
        mov     esi, [rip + in_fd]      # open read descriptor
        lea     rdx, [rip + cell]       # ptr to displacement into file
        mov     r10d, count             # number of bytes to copy
        syscall
        test    rax, rax
        jg      next                    # Short counts are no error.

done:
        neg     rax                     # 0 stays 0.
        sys_exit rax

usage:
        sys_exit 255

        .section .note.GNU-stack, "", @progbits
