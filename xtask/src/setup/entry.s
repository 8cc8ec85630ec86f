# Ends with status 0 where the kernel gives AT_SYSINFO, with 1 where not. That
# it runs at all shows that the kernel runs i386 programs. Arguments, their
# NULL, variables, their NULL, and pairs of type and value lie on the stack.

        .globl  _start
_start: mov     %esp, %esi
        lodsl                           # The number of arguments.
        lea     4(%esi,%eax,4), %esi    # Past them and their NULL.
1:      lodsl
        test    %eax, %eax
        jnz     1b                      # Past the variables and their NULL.
2:      lodsl
        mov     %eax, %edx              # A pair's type
        lodsl                           # and its value.
        cmp     $32, %edx               # AT_SYSINFO
        je      3f
        test    %edx, %edx              # AT_NULL ends the list.
        jnz     2b
        mov     $1, %ebx
        jmp     4f
3:      xor     %ebx, %ebx
4:      mov     $1, %eax                # exit
        int     $0x80

        .section .note.GNU-stack, "", @progbits
