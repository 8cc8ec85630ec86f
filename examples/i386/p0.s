# p0.s: the listing of the i386 reference, call 187, as a program for GNU as:
# sends a file to standard output.
#
#     as --32 -I include -o p0.o p0.s
#     ld -m elf_i386 -o p0 p0.o
#     ./p0 FILE >COPY
#
# The exit status is 0, 255 without a FILE, or the errno of the call that failed
# (75, EOVERFLOW, at 2 GiB - 1, where call 187 ends).

        .include "int80.s"

        .set    AT_FDCWD, -100
        .set    O_LARGEFILE, 0100000    # Octal.
        .set    out_fd, 1
        .set    count, 0x7ffff000

        .bss
        .balign 8
in_fd:  .zero   4
        .balign 8
cell:   .zero   8                       # The kernel reads 4 bytes of them.

        .text
        .globl  _start
_start:
        cmp     dword ptr [esp], 2      # argc.
        jne     usage
        sys_openat AT_FDCWD, "[esp + 8]", O_LARGEFILE, 0 # argv[1].
        mov     [in_fd], eax
        test    eax, eax
        js      done

next:
        mov     eax, 187
        mov     ebx, out_fd             # open write descriptor
        mov     ecx, [in_fd]            # open read descriptor
        mov     edx, offset cell        # ptr to displacement into file
        mov     esi, count              # number of bytes to copy
        int     0x80
        test    eax, eax
        jg      next                    # Short counts are no error.

done:
        neg     eax                     # 0 stays 0.
        sys_exit eax

usage:
        sys_exit 255

        .section .note.GNU-stack, "", @progbits
