# flat_start: where the kernel enters a flat x86_64 program (see link-flat.ld).
#
#     int flat_main(void);
#
# In:   rsp is a multiple of 16, as the kernel and qemu-user make it, so that
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
        .cfi_undefined rip              # The outermost frame.
        call    flat_main               # Not a jump: the return address is part of the stack's alignment.
        xchg    edi, eax                # The exit status,
        push    60                      # and exit's number:
        pop     rax                     # two bytes less than a move.
        syscall                         # Ends the only thread,
        hlt                             # and faults where exit is refused.
        .cfi_endproc
        .size   flat_start, . - flat_start
        .section .note.GNU-stack, "", @progbits
