# A process that ends at once: what starting and waiting for any program costs.

        .intel_syntax noprefix
        .section .flat.start, "ax", @progbits
        .globl  int80_rt_flat_start
        .hidden int80_rt_flat_start
int80_rt_flat_start:
        xor     ebx, ebx                # The exit status.
        push    1                      # exit,
        pop     eax
        int     0x80

        .section .note.GNU-stack, "", @progbits
