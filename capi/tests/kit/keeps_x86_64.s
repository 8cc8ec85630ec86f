# keeps_call: calls a function with other values in the registers that the ABI
# keeps, and looks whether they are still there.
#
#     intptr_t keeps_call(void *function, const uintptr_t arguments[7],
#                         uintptr_t *broken);
#
# In:   rdi, rsi, rdx; seven words are handed on, the last by the stack.
# Out:  rax, the function's result; *broken is 0, or the number of the register
#       that came back with another value: 1 rbx, 2 rbp, 3 r12, 4 r13, 5 r14,
#       6 r15, 7 rsp, 8 the direction flag.

        .intel_syntax noprefix
        .text
        .globl  keeps_call
        .type   keeps_call, @function
keeps_call:
        .irp    register, rbx, rbp, r12, r13, r14, r15
        push    \register
        .endr
        push    rdx                     # Where to say it.
        mov     [rip + saved], rsp
        mov     rax, rdi
        mov     r11, rsi
        sub     rsp, 8                  # With the seventh, 16 bytes.
        push    qword ptr [r11 + 48]
        mov     rdi, [r11]
        mov     rsi, [r11 + 8]
        mov     rdx, [r11 + 16]
        mov     rcx, [r11 + 24]
        mov     r8, [r11 + 32]
        mov     r9, [r11 + 40]
        mov     rbx, 0x0b0b0b01
        mov     rbp, 0x0b0b0b02
        mov     r12, 0x0b0b0b03
        mov     r13, 0x0b0b0b04
        mov     r14, 0x0b0b0b05
        mov     r15, 0x0b0b0b06
        mov     [rip + before], rsp
        call    rax
        mov     ecx, 7
        cmp     rsp, [rip + before]
        jne     1f
        mov     ecx, 0
        .irp    register, rbx, rbp, r12, r13, r14, r15
        inc     ecx
        lea     edx, [ecx + 0x0b0b0b00]
        cmp     \register, rdx
        jne     1f
        .endr
        mov     ecx, 8
        pushfq
        pop     rdx
        test    edx, 0x400
        jnz     1f
        xor     ecx, ecx
1:      mov     rsp, [rip + saved]
        cld
        pop     rdx
        mov     [rdx], rcx
        .irp    register, r15, r14, r13, r12, rbp, rbx
        pop     \register
        .endr
        ret
        .size   keeps_call, . - keeps_call

        .bss
saved:  .zero   8
before: .zero   8
        .section .note.GNU-stack, "", @progbits
