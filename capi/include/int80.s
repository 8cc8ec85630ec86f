# int80.s: the system call interface for GNU as: numbers, errnos, and one macro
# for each call, of i386 or x86_64 by the output format (--32, --64).
#
#         .include "int80.s"                      # as -I .../include
#         sys_sendfile 1, 0, "offset cell", 4096  # call 187; eax is the result
#         test    eax, eax
#         js      failed                          # eax is -errno
#
#             i386                 x86_64
# number      eax                  rax
# arguments   ebx, ecx, edx,       rdi, rsi, rdx,
#             esi, edi, ebp        r10, r8, r9
# enter       int 0x80             syscall
# result      eax                  rax
# overwritten nothing else         rcx, r11
#
# A result in -4095..-1 is a negative errno; any other is the call's result.
#
# A macro loads the argument registers in that order, then the number, and enters
# the kernel. It saves no register. An argument is any operand of mov: a number, a
# register, memory. One that is in its register already is not loaded, and one in a
# register that the macro has overwritten is an error. Quote an argument that
# contains a space.
#
# int80_i386.s and int80_x86_64.s have the numbers (SYS_read, SYS_sendfile, ...)
# and the macros (sys_read, sys_sendfile, ...) of each architecture's own table;
# int80_errno.s has the errnos (EBADF, ...). It selects Intel syntax, which stays
# in force after the .include.
# `as --strip-local-absolute` keeps the constants out of the object's symbols.

        .intel_syntax noprefix

# The width of an address tells the architecture. The linker discards this section.
        .pushsection .int80.address, "e", @progbits
.Lint80_address:
        .dc.a   0
        .set    .Lint80_bits, (. - .Lint80_address) * 8
        .popsection

# mov, unless the value is in the register already. The others are the registers
# that have been overwritten.
        .macro  int80_load register, value, others:vararg
        .irp    other, \others
        .ifc    "\value", "\other"
        .error  "\value has been overwritten by an earlier argument"
        .endif
        .endr
        .ifnc   "\value", "\register"
        mov     \register, \value
        .endif
        .endm

        .if     .Lint80_bits == 32

        .macro  int80_enter number, a, b, c, d, e, f
        .ifnb   \a
        int80_load ebx, "\a"
        .endif
        .ifnb   \b
        int80_load ecx, "\b", ebx
        .endif
        .ifnb   \c
        int80_load edx, "\c", ebx, ecx
        .endif
        .ifnb   \d
        int80_load esi, "\d", ebx, ecx, edx
        .endif
        .ifnb   \e
        int80_load edi, "\e", ebx, ecx, edx, esi
        .endif
        .ifnb   \f
        int80_load ebp, "\f", ebx, ecx, edx, esi, edi
        .endif
        mov     eax, \number
        int     0x80
        .endm

        .include "int80_i386.s"

        .else

        .macro  int80_enter number, a, b, c, d, e, f
        .ifnb   \a
        int80_load rdi, "\a"
        .endif
        .ifnb   \b
        int80_load rsi, "\b", rdi
        .endif
        .ifnb   \c
        int80_load rdx, "\c", rdi, rsi
        .endif
        .ifnb   \d
        int80_load r10, "\d", rdi, rsi, rdx
        .endif
        .ifnb   \e
        int80_load r8, "\e", rdi, rsi, rdx, r10
        .endif
        .ifnb   \f
        int80_load r9, "\f", rdi, rsi, rdx, r10, r8
        .endif
        mov     eax, \number
        syscall
        .endm

        .include "int80_x86_64.s"

        .endif

        .include "int80_errno.s"
