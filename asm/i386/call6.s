# int80_call_entry: a system call with six arguments, through an entry point
# that is called as the kernel's own of AT_SYSINFO is.
#
#     intptr_t int80_call_entry(uint32_t nr, const uintptr_t args[6],
#                               uintptr_t entry);
#
# In:   on the stack: the call number, the address of the six arguments, the
#       address to call.
# Out:  eax the result, or -errno; ebx, esi, edi, ebp as they were.
# Size: 41 bytes.

        .intel_syntax noprefix
        .section .text.int80_call_entry, "ax", @progbits
        .globl  int80_call_entry
        .hidden int80_call_entry
        .type   int80_call_entry, @function
int80_call_entry:
        .cfi_startproc
        push    ebx                     # The C convention keeps these four.
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset ebx, 0
        push    esi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset esi, 0
        push    edi
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset edi, 0
        push    ebp
        .cfi_adjust_cfa_offset 4
        .cfi_rel_offset ebp, 0
        mov     eax, [esp + 20]         # The call number, above four words and the return address.
        mov     ebp, [esp + 24]         # The arguments;
        mov     ebx, [ebp]              # the first
        mov     ecx, [ebp + 4]
        mov     edx, [ebp + 8]
        mov     esi, [ebp + 12]
        mov     edi, [ebp + 16]
        mov     ebp, [ebp + 20]         # to the sixth, which takes the last register.
        call    [esp + 28]              # The entry point leaves all but eax alone.
        pop     ebp
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebp
        pop     edi
        .cfi_adjust_cfa_offset -4
        .cfi_restore edi
        pop     esi
        .cfi_adjust_cfa_offset -4
        .cfi_restore esi
        pop     ebx
        .cfi_adjust_cfa_offset -4
        .cfi_restore ebx
        ret
        .cfi_endproc
        .size   int80_call_entry, . - int80_call_entry
        .section .note.GNU-stack, "", @progbits
