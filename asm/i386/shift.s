# 64-bit shifts by a variable, which the compiler calls when it optimises for size.
# Rust's core contains the same functions, compiled for the Pentium 4 and later.
#
#     uint64_t __ashldi3(uint64_t value, int count);
#     uint64_t __lshrdi3(uint64_t value, int count);
#     int64_t __ashrdi3(int64_t value, int count);
#
# In:   value and count, 0..63, on the stack.
# Out:  edx:eax; ecx is overwritten.
# Size: __ashldi3 27, __lshrdi3 27, __ashrdi3 28 bytes.

        .intel_syntax noprefix

        .section .text.__ashldi3, "ax", @progbits
        .globl  __ashldi3
        .hidden __ashldi3
        .type   __ashldi3, @function
__ashldi3:
        .cfi_startproc
        mov     eax, [esp + 4]          # The low half of value.
        mov     edx, [esp + 8]          # The high half.
        mov     ecx, [esp + 12]         # count, modulo 32 to the shifts.
        shld    edx, eax, cl
        shl     eax, cl
        test    cl, 32
        je      1f
        mov     edx, eax                # 32 more: the halves move.
        xor     eax, eax
1:      ret
        .cfi_endproc
        .size   __ashldi3, . - __ashldi3

        .section .text.__lshrdi3, "ax", @progbits
        .globl  __lshrdi3
        .hidden __lshrdi3
        .type   __lshrdi3, @function
__lshrdi3:
        .cfi_startproc
        mov     eax, [esp + 4]          # The low half of value.
        mov     edx, [esp + 8]          # The high half.
        mov     ecx, [esp + 12]         # count, modulo 32 to the shifts.
        shrd    eax, edx, cl
        shr     edx, cl
        test    cl, 32
        je      1f
        mov     eax, edx                # 32 more: the halves move.
        xor     edx, edx
1:      ret
        .cfi_endproc
        .size   __lshrdi3, . - __lshrdi3

        .section .text.__ashrdi3, "ax", @progbits
        .globl  __ashrdi3
        .hidden __ashrdi3
        .type   __ashrdi3, @function
__ashrdi3:
        .cfi_startproc
        mov     eax, [esp + 4]          # The low half of value.
        mov     edx, [esp + 8]          # The high half.
        mov     ecx, [esp + 12]         # count, modulo 32 to the shifts.
        shrd    eax, edx, cl
        sar     edx, cl
        test    cl, 32
        je      1f
        mov     eax, edx                # 32 more: the halves move,
        sar     edx, 31                 # and the sign fills the high one.
1:      ret
        .cfi_endproc
        .size   __ashrdi3, . - __ashrdi3

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
