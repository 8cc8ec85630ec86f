; p0.asm: the listing of the i386 reference for x86_64, call 40, as a program
; for NASM: sends a file to standard output.
;
;     nasm -f elf64 -I include/ -o p0.o p0.asm
;     ld -o p0 p0.o
;     ./p0 FILE >COPY
;
; The exit status is 0, 255 without a FILE, or the errno of the call that failed.

%include "int80.inc"

        default rel

AT_FDCWD        equ     -100
out_fd          equ     1
count           equ     7ffff000h

        section .bss align=8
offset: resb    8                       ; The kernel reads all 8 bytes here.
in_fd:  resb    4

        section .text
        global  _start
_start:
        cmp     qword [rsp], 2          ; argc.
        jne     usage
        sys_openat AT_FDCWD, [rsp + 16], 0, 0 ; argv[1].
        mov     [in_fd], eax
        test    eax, eax
        js      done

next:
        mov     eax, 40
        mov     edi, out_fd             ; open write descriptor
        mov     esi, [in_fd]            ; open read descriptor
        lea     rdx, [offset]           ; ptr to displacement into file
        mov     r10d, count             ; number of bytes to copy
        syscall
        test    rax, rax
        jg      next                    ; Short counts are no error.

done:
        neg     rax                     ; 0 stays 0.
        sys_exit rax

usage:
        sys_exit 255

        section .note.GNU-stack noalloc noexec nowrite progbits
