/* int80.h: the system call interface of i386 Linux, and sendfile on it, for C
 * and C++ programs, with or without a C library, on i386 and x86_64.
 *
 * Link with -lint80. The archive needs no other library, no constructor and no
 * thread-local storage. C99 or later, C++11 or later.
 *
 * Results are those of the kernel: where a function returns intptr_t, a value
 * in -4095..-1 is a negative errno (int80_errno.h) and errno itself is not
 * touched. Any other value, of any sign, is the result.
 *
 * Every function may be called by several threads at once, and in a signal
 * handler.
 */
#ifndef INT80_H
#define INT80_H

#include <stddef.h>
#include <stdint.h>

#include "int80_errno.h"
#include "int80_nr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------- */

#define INT80_VERSION_MAJOR 0
#define INT80_VERSION_MINOR 1
#define INT80_VERSION_PATCH 0
#define INT80_VERSION_STRING "0.1.0"

/* The version of the archive that is linked, "MAJOR.MINOR.PATCH": the header's
 * INT80_VERSION_STRING, unless the two do not belong together.
 *
 * Returns: a static string.
 */
const char *int80_version(void);

/* ---- sendfile --------------------------------------------------------- */

/* Offsets into a file, in bytes. They are this library's own, so that no
 * setting of the C library (_FILE_OFFSET_BITS) changes their width. */
typedef int32_t int80_off32_t;
typedef int64_t int80_off64_t;

/* The most bytes that one call moves, on both architectures. */
#define INT80_MAX_COUNT 0x7ffff000

/* sendfile: system call 187 of i386, with an offset of 32 bits. Makes exactly
 * one call; it does not go on after a short count.
 *
 * out_fd  open for writing, not with O_APPEND.
 * in_fd   open for reading; a file or a block device, or, where out_fd is a
 *         pipe, also a socket or a pipe.
 * offset  NULL: in_fd's own position is used and moved. Else a cell with the
 *         byte to start from, 0..2^31-1: the kernel moves it to the byte after
 *         the last one sent and leaves in_fd's position alone. On an error the
 *         cell is unchanged.
 * count   bytes to move. At most INT80_MAX_COUNT are moved by one call; give no
 *         more than that, since kernels differ on counts from 2^31 on.
 *
 * Returns: the bytes moved, which may be fewer than count (the input ends, a
 * socket is full, a signal came); 0 at the end of the input; or
 *   -INT80_EAGAIN     a non-blocking side would block;
 *   -INT80_EBADF      in_fd is not open for reading, out_fd not for writing;
 *   -INT80_EFAULT     the cell cannot be read, or cannot be written: then the
 *                     bytes have been moved;
 *   -INT80_EINTR      a signal before the first byte;
 *   -INT80_EINVAL     not for this pair of descriptors (out_fd with O_APPEND; a
 *                     directory, terminal, socket or pipe as in_fd), or the
 *                     offset is negative: copy with read and write;
 *   -INT80_EIO        reading failed;
 *   -INT80_ENOMEM     no memory to read with;
 *   -INT80_ENOSYS     a kernel before 2.2;
 *   -INT80_EOVERFLOW  the offset is 2^31-1: use int80_sendfile64;
 *   -INT80_EPIPE      nobody reads out_fd; the signal SIGPIPE comes with it;
 *   -INT80_ESPIPE     an offset, and an in_fd without positions.
 *
 * i386: 28 bytes of code, `int 0x80`. x86_64, which has no such call: call 40
 * with the cell widened, with the same limit and the same errors, so that a
 * program behaves alike on both; with a cell it takes some calls more, and
 * int80_sendfile64 is what one wants there.
 */
intptr_t int80_sendfile(int out_fd, int in_fd, int80_off32_t *offset, size_t count);

/* sendfile64: system call 239 of i386, 40 of x86_64, with an offset of 64 bits.
 *
 * out_fd, in_fd, count: as for int80_sendfile.
 * offset  as there, but 0..2^63-1.
 *
 * Returns: as int80_sendfile. -INT80_ENOSYS on i386 is a kernel before 2.4;
 * -INT80_EOVERFLOW is the end of what the file system can hold.
 *
 * i386: 28 bytes of code, `int 0x80`. x86_64: 11 bytes, `syscall`.
 */
intptr_t int80_sendfile64(int out_fd, int in_fd, int80_off64_t *offset, size_t count);

/* ---- Any call --------------------------------------------------------- */

/* The system call `nr` with the first arguments in ebx, ecx, edx, esi, edi and
 * ebp, as the i386 table has it.
 *
 * nr   the i386 number (INT80_NR_..., int80_nr.h), on x86_64 too: there it is
 *      translated, and the arguments with it. A number that int80_nr.h does
 *      not have goes to the kernel on i386 and is -INT80_ENOSYS on x86_64.
 * ebx..ebp  numbers as they are, pointers cast to intptr_t. A number of 64 bits
 *      takes two of them, in the order of the i386 call (pread64: the low half
 *      first).
 *
 * What a call does to the program's memory and descriptors is the caller's to
 * know: nothing is checked here.
 *
 * Returns: what the kernel has put into eax (rax): a negative errno in
 * -4095..-1, or the result.
 */
intptr_t int80_call0(uint32_t nr);
intptr_t int80_call1(uint32_t nr, intptr_t ebx);
intptr_t int80_call2(uint32_t nr, intptr_t ebx, intptr_t ecx);
intptr_t int80_call3(uint32_t nr, intptr_t ebx, intptr_t ecx, intptr_t edx);
intptr_t int80_call4(uint32_t nr, intptr_t ebx, intptr_t ecx, intptr_t edx, intptr_t esi);
intptr_t int80_call5(uint32_t nr, intptr_t ebx, intptr_t ecx, intptr_t edx, intptr_t esi,
                     intptr_t edi);
intptr_t int80_call6(uint32_t nr, intptr_t ebx, intptr_t ecx, intptr_t edx, intptr_t esi,
                     intptr_t edi, intptr_t ebp);

/* ---- The quicker way in, i386 ----------------------------------------- */

/* Looks for AT_SYSINFO, the kernel's own entry point for 32-bit programs, in
 * the auxiliary vector. With a C library, getauxval(32) is the same.
 *
 * envp  the third argument of main, as the kernel made it: the auxiliary
 *       vector is found behind its NULL.
 *
 * Returns: the address; 0 where there is none (x86_64, qemu-i386).
 */
uintptr_t int80_find_sysinfo(char *const *envp);

/* Sets the way into the kernel for int80_call0..6 of the whole process. A call
 * that another thread is making meanwhile takes the old way or the new one,
 * and both work. int80_sendfile and int80_sendfile64 stay on `int 0x80`.
 *
 * entry  this process's own AT_SYSINFO, which is 6 to 40 times quicker than
 *        the instruction; or 0, and it is `int 0x80` again, as it is when the
 *        program starts.
 *
 * Returns: 0; or -INT80_ENOSYS on x86_64, which has no such entry point, for
 * any entry but 0, and nothing changes.
 */
int int80_use_sysinfo(uintptr_t entry);

/* ---- Errors ----------------------------------------------------------- */

/* The name of an errno, as "EBADF".
 *
 * error  the number, or the negative result that bore it.
 *
 * Returns: a static string; NULL where Linux has no errno of that number.
 */
const char *int80_errno_name(int error);

/* What an errno means, as "Bad file descriptor".
 *
 * error  the number, or the negative result that bore it.
 *
 * Returns: a static string; "Unknown error" where Linux has no errno of that
 * number. Never NULL.
 */
const char *int80_errno_message(int error);

#ifdef __cplusplus
}
#endif

#endif /* INT80_H */
