# int80.s: the system call interface for GNU as: numbers, errnos, and one macro
# for each call, i386 or x86_64 by what is assembled (--32, --64).
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
# A macro loads the registers in that order, then the number, and enters the
# kernel; it saves none. An argument is whatever can be moved into a register:
# a number, a register, memory. The register that it goes to is left as it is,
# and a register that has been overwritten by then is an error. One that
# contains a space stands in quotes.
#
# int80_i386.s and int80_x86_64.s have the numbers (SYS_read, SYS_sendfile, ...)
# and the macros (sys_read, sys_sendfile, ...) of each architecture's own table;
# int80_errno.s has the errnos (EBADF, ...). The syntax is Intel's from here on.
# `as --strip-local-absolute` keeps the constants out of the object's symbols.

        .intel_syntax noprefix

# How wide an address is says which architecture this is. The linker leaves this
# section out of every program.
        .pushsection .int80.address, "e", @progbits
.Lint80_address:
        .dc.a   0
        .set    .Lint80_bits, (. - .Lint80_address) * 8
        .popsection

# mov, unless the value is there already. The others are the registers that
# have been overwritten.
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
