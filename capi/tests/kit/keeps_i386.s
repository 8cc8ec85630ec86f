# keeps_call: calls a function with other values in the registers that the ABI
# keeps, and looks whether they are still there.
#
#     intptr_t keeps_call(void *function, const uintptr_t arguments[7],
#                         uintptr_t *broken);
#
# In:   the arguments on the stack; seven words are handed on.
# Out:  eax, the function's result; *broken is 0, or the number of the register
#       that came back with another value: 1 ebx, 2 esi, 3 edi, 4 ebp, 5 esp,
#       6 the direction flag.

        .intel_syntax noprefix
        .text
        .globl  keeps_call
        .type   keeps_call, @function
keeps_call:
        push    ebx
        push    esi
        push    edi
        push    ebp
        mov     eax, [esp + 20]         # The function.
        mov     ecx, [esp + 24]         # Its arguments.
        mov     saved, esp
        .irp    at, 24, 20, 16, 12, 8, 4, 0
        push    dword ptr [ecx + \at]
        .endr
        mov     ebx, 0xb0b0b0b1
        mov     esi, 0x51515152
        mov     edi, 0xd1d1d1d3
        mov     ebp, 0xebebebe4
        mov     before, esp
        call    eax
        mov     ecx, 5
        cmp     esp, before
        jne     1f
        mov     ecx, 1
        cmp     ebx, 0xb0b0b0b1
        jne     1f
        mov     ecx, 2
        cmp     esi, 0x51515152
        jne     1f
        mov     ecx, 3
        cmp     edi, 0xd1d1d1d3
        jne     1f
        mov     ecx, 4
        cmp     ebp, 0xebebebe4
        jne     1f
        mov     ecx, 6
        pushfd
        pop     edx
        test    edx, 0x400
        jnz     1f
        xor     ecx, ecx
1:      mov     esp, saved
        cld
        mov     edx, [esp + 28]         # Where to say it.
        mov     [edx], ecx
        pop     ebp
        pop     edi
        pop     esi
        pop     ebx
        ret
        .size   keeps_call, . - keeps_call

        .bss
saved:  .zero   4
before: .zero   4
        .section .note.GNU-stack, "", @progbits
