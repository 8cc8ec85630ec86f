# System calls with six arguments, which take every register: the call number and
# the address of the arguments are on the stack.
#
# Size: int80_six 37, int80_six_through 39 bytes.

        .intel_syntax noprefix

# int80_six: a call with six arguments, by the instruction.
#
#     intptr_t int80_six(uint32_t nr, const uintptr_t args[6]);
#
# In:   on the stack: the call number, the address of the six arguments.
# Out:  eax the result, or -errno; ebx, esi, edi and ebp are preserved.

        .section .text.int80_six, "ax", @progbits
        .globl  int80_six
        .hidden int80_six
        .type   int80_six, @function
int80_six:
        .cfi_startproc
        push    ebx                     # Callee-saved, as the next three.
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
        mov     ebp, [esp + 24]         # The arguments: one register each,
        mov     ebx, [ebp]
        mov     ecx, [ebp + 4]
        mov     edx, [ebp + 8]
        mov     esi, [ebp + 12]
        mov     edi, [ebp + 16]
        mov     ebp, [ebp + 20]         # and the last one instead of their address.
        int     0x80                    # The kernel preserves all but eax.
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
        .size   int80_six, . - int80_six

# int80_six_through: a call with six arguments, through AT_SYSINFO.
#
#     intptr_t int80_six_through(uint32_t nr, const uintptr_t args[6],
#                                uintptr_t entry);
#
# In:   on the stack: the call number, the address of the six arguments, the
#       address of the kernel's entry point, or of one like it.
# Out:  eax the result, or -errno; ebx, esi, edi and ebp are preserved.

        .section .text.int80_six_through, "ax", @progbits
        .globl  int80_six_through
        .hidden int80_six_through
        .type   int80_six_through, @function
int80_six_through:
        .cfi_startproc
        push    ebx                     # Callee-saved, as the next three.
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
        mov     ebp, [esp + 24]         # The arguments: one register each,
        mov     ebx, [ebp]
        mov     ecx, [ebp + 4]
        mov     edx, [ebp + 8]
        mov     esi, [ebp + 12]
        mov     edi, [ebp + 16]
        mov     ebp, [ebp + 20]         # and the last one instead of their address.
        call    [esp + 28]              # The entry point preserves all but eax.
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
        .size   int80_six_through, . - int80_six_through

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
