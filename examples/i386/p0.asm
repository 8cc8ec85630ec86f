; p0.asm: the listing of the i386 reference, call 187, as a program for NASM:
; sends a file to standard output.
;
;     nasm -f elf32 -I include/ -o p0.o p0.asm
;     ld -m elf_i386 -o p0 p0.o
;     ./p0 FILE >COPY
;
; The exit status is 0, 255 without a FILE, or the errno of the call that failed
; (75, EOVERFLOW, at 2 GiB - 1, where call 187 ends).

%include "int80.inc"

AT_FDCWD        equ     -100
O_LARGEFILE     equ     0o100000
out_fd          equ     1
count           equ     7ffff000h

        section .bss align=8
offset: resb    8                       ; The kernel reads 4 bytes of them.
in_fd:  resb    4

        section .text
        global  _start
_start:
        cmp     dword [esp], 2          ; argc.
        jne     usage
        sys_openat AT_FDCWD, [esp + 8], O_LARGEFILE, 0 ; argv[1].
        mov     [in_fd], eax
        test    eax, eax
        js      done

next:
        mov     eax, 187
        mov     ebx, out_fd             ; open write descriptor
        mov     ecx, [in_fd]            ; open read descriptor
        mov     edx, offset             ; ptr to displacement into file
        mov     esi, count              ; number of bytes to copy
        int     80h
        test    eax, eax
        jg      next                    ; Short counts are no error.

done:
        neg     eax                     ; 0 stays 0.
        sys_exit eax

usage:
        sys_exit 255

        section .note.GNU-stack noalloc noexec nowrite progbits
