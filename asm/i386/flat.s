# flat_start: where the kernel enters a flat i386 program (see link-flat.ld).
#
#     int flat_main(void);
#
# In:   esp is a multiple of 16, as the kernel and qemu-user make it, so that
#       the call gives flat_main the stack of the System V ABI.
# Out:  calls flat_main, and ends the process with its result. Does not return.
# Size: 12 bytes.

        .intel_syntax noprefix
        .section .flat.start, "ax", @progbits
        .globl  flat_start
        .hidden flat_start
        .type   flat_start, @function
flat_start:
        .cfi_startproc
        .cfi_undefined eip              # The outermost frame.
        call    flat_main               # Not a jump: the return address is part of the stack's alignment.
        xchg    ebx, eax                # The exit status,
        push    1                       # and exit's number:
        pop     eax                     # two bytes less than a move.
        int     0x80                    # Ends the only thread,
        hlt                             # and faults where exit is refused.
        .cfi_endproc
        .size   flat_start, . - flat_start
        .section .note.GNU-stack, "", @progbits
