# _start of an i386 C program without a C library: int80_start.o.
#
#     int main(int argc, char **argv, char **envp);
#
# In:   esp points to argc; above it lie the arguments, the environment and
#       the auxiliary vector. All other registers are undefined.
# Out:  calls main, the stack aligned to 16 bytes at the call as the System V
#       ABI requires, and ends the process with its result. Does not return.
# Size: 35 bytes.

        .intel_syntax noprefix
        .section .text._start, "ax", @progbits
        .globl  _start
        .type   _start, @function
_start:
        .cfi_startproc
        .cfi_undefined eip              # The outermost frame.
        xor     ebp, ebp                # Zero ends the chain of frames.
        mov     ecx, [esp]              # argc.
        lea     edx, [esp + 4]          # argv.
        lea     eax, [edx + ecx * 4 + 4] # envp, after argv and its null.
        and     esp, -16                # The kernel aligns it; an emulator might not.
        push    eax                     # With these four words, 16 bytes:
        push    eax                     # the third argument, envp,
        push    edx                     # the second, argv,
        push    ecx                     # and the first, argc.
        call    main
        mov     ebx, eax                # Its result is the exit status,
        mov     eax, 252                # exit_group
        int     0x80                    # ends every thread,
        hlt                             # and faults if it did not.
        .cfi_endproc
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits

        .section .note.gnu.property, "a", @note
        .balign 4
        .long   4, 12, 5                # A note of type NT_GNU_PROPERTY_TYPE_0
        .asciz  "GNU"                   # by GNU:
        .long   0xc0000002, 4, 2        # FEATURE_1_AND is SHSTK; see docs/c.md.
