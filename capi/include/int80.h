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

/* sendfile: system call 187 of i386, with a 32-bit offset. Makes exactly
 * one call; it does not go on after a short count.
 *
 * out_fd  open for writing, not with O_APPEND.
 * in_fd   open for reading; a file or a block device, or, where out_fd is a
 *         pipe, also a socket or a pipe.
 * offset  NULL: in_fd's own position is used and moved. Else the address of the
 *         byte to start from, 0..2^31-1: the kernel moves it to the byte after
 *         the last one sent and leaves in_fd's position alone. On an error it
 *         is unchanged.
 * count   bytes to move. At most INT80_MAX_COUNT are moved by one call; give no
 *         more than that, since kernels differ on counts from 2^31 on.
 *
 * Returns: the bytes moved, which may be fewer than count (the input ends, a
 * socket is full, a signal came); 0 at the end of the input; or
 *   -INT80_EAGAIN     a non-blocking side would block;
 *   -INT80_EBADF      in_fd is not open for reading, out_fd not for writing;
 *   -INT80_EFAULT     offset cannot be read, or cannot be written: then the
 *                     bytes have been moved. Not on x86_64, where this function
 *                     itself reads and writes it, and a bad one is the caller's
 *                     fault;
 *   -INT80_EINTR      a signal before the first byte;
 *   -INT80_EINVAL     not for this pair of descriptors (out_fd with O_APPEND; a
 *                     directory, terminal, socket or pipe as in_fd), or the
 *                     offset is negative: copy with read and write;
 *   -INT80_EIO        reading failed;
 *   -INT80_ENOMEM     no memory to read with;
 *   -INT80_ENOSYS     a kernel before 2.2;
 *   -INT80_EOVERFLOW  the offset is 2^31-1: use int80_sendfile64;
 *   -INT80_EPIPE      the reader of out_fd is gone; SIGPIPE comes with it;
 *   -INT80_ESPIPE     an offset, and an in_fd without positions.
 *
 * i386: 28 bytes of code, `int 0x80`. x86_64, which has no such call: call 40
 * between a load and a store of the offset, with the same limit, so that a
 * program behaves alike on both.
 */
intptr_t int80_sendfile(int out_fd, int in_fd, int80_off32_t *offset, size_t count);

/* sendfile64: system call 239 of i386, 40 of x86_64, with a 64-bit offset.
 *
 * out_fd, in_fd, count: as for int80_sendfile.
 * offset  as there, but 0..2^63-1.
 *
 * Returns: as int80_sendfile, -INT80_EFAULT on x86_64 included. -INT80_ENOSYS on i386 is a kernel before 2.4;
 * -INT80_EOVERFLOW is the end of what the file system can hold.
 *
 * i386: 28 bytes of code, `int 0x80`. x86_64: 11 bytes, `syscall`.
 */
intptr_t int80_sendfile64(int out_fd, int in_fd, int80_off64_t *offset, size_t count);

/* ---- The whole transfer ----------------------------------------------- */

/* One transfer from a descriptor to another, at any point of its way: however
 * many calls it takes, every byte once and in order. The struct is the
 * caller's, and holds everything; nothing is allocated, and nothing has to be
 * freed. Its contents are the library's. One thread at a time uses it.
 *
 * The calls are tried in this order, and one is left only while it has moved
 * nothing and returns an errno that can mean "not this pair": copy_file_range,
 * sendfile64, sendfile, splice, read and write. Only a read that returns 0 is
 * the end of the input.
 */
typedef struct int80_transfer {
    uint64_t opaque[24];
} int80_transfer;

/* What a step or a run returns, besides a negative errno. */
#define INT80_TRANSFER_COMPLETE 0    /* everything that was asked for is there */
#define INT80_TRANSFER_MOVED 1       /* step: bytes have reached the output */
#define INT80_TRANSFER_BUFFERED 2    /* step: bytes were read, and go first next */
#define INT80_TRANSFER_WOULD_BLOCK 3 /* step: a side is not ready; see ..._side */
#define INT80_TRANSFER_INTERRUPTED 4 /* step: a signal before the first byte */
#define INT80_TRANSFER_UNEXPECTED_EOF 5 /* the input ended before the count */
#define INT80_TRANSFER_TIMED_OUT 6      /* run_for: the time has passed */

/* The side that is not ready or has failed. */
#define INT80_SIDE_UNKNOWN 0
#define INT80_SIDE_INPUT 1
#define INT80_SIDE_OUTPUT 2

/* The call in use. */
#define INT80_RUNG_COPY_FILE_RANGE 0
#define INT80_RUNG_SENDFILE64 1
#define INT80_RUNG_SENDFILE 2
#define INT80_RUNG_SPLICE 3
#define INT80_RUNG_READ_WRITE 4

/* Makes a transfer of all that in_fd has, from its own position to its end.
 *
 * transfer  where it is made; what was there is overwritten.
 * out_fd, in_fd  stay the caller's, and must stay open.
 * buffer  size bytes for the pairs that only read and write can do, the
 *         transfer's own until its end; they need not be initialised. 128 KiB
 *         is the measured optimum.
 *         NULL or a size of 0: such a pair fails with the first call's errno.
 * size    the buffer's bytes.
 */
void int80_transfer_init(int80_transfer *transfer, int out_fd, int in_fd, void *buffer,
                         size_t size);

/* Before the first step or run: reads from byte `offset` (0..2^63-1) on, and
 * leaves in_fd's own position alone. */
void int80_transfer_set_offset(int80_transfer *transfer, uint64_t offset);

/* Before the first step or run: moves exactly `count` bytes. An input that
 * ends before is INT80_TRANSFER_UNEXPECTED_EOF. 0 moves nothing. */
void int80_transfer_set_exactly(int80_transfer *transfer, uint64_t count);

/* Before the first step or run: moves up to `count` bytes, and not beyond the
 * end. 0 moves nothing. */
void int80_transfer_set_most(int80_transfer *transfer, uint64_t count);

/* No call moves more than `bytes` (1..INT80_MAX_COUNT). Without it a run takes
 * 16 MiB to files and pipes and 2 MiB to sockets. */
void int80_transfer_set_budget(int80_transfer *transfer, size_t bytes);

/* Allows a run to make an output pipe 1 MiB large once 64 KiB have gone through
 * it; at the end it has its old size again where the bytes in it fit. */
void int80_transfer_grow_pipe(int80_transfer *transfer);

/* Makes at most one call that moves bytes. It does not wait, does not try
 * again, and does not go on: for event loops.
 *
 * Returns: INT80_TRANSFER_..., or a negative errno; see int80_transfer_side.
 * -INT80_ENOSYS may be a result of a later library that this header has no
 * constant for; so it is for a run, and for int80_transfer_rung.
 */
int int80_transfer_step(int80_transfer *transfer);

/* Moves everything: goes on after short counts and signals, and waits with poll
 * where a non-blocking side is not ready. It can be called again after any
 * end, and goes on where it stopped.
 *
 * Returns: INT80_TRANSFER_COMPLETE or ..._UNEXPECTED_EOF, or a negative errno.
 */
int int80_transfer_run(int80_transfer *transfer);

/* The same, but no call is made after `milliseconds` from now.
 *
 * Returns: also INT80_TRANSFER_TIMED_OUT; the errno of a sandbox that refuses
 * the clock.
 */
int int80_transfer_run_for(int80_transfer *transfer, uint32_t milliseconds);

/* The bytes that have reached the output, whatever happened. */
uint64_t int80_transfer_moved(const int80_transfer *transfer);

/* The bytes of set_exactly that have not reached the output; 2^64-1 where no
 * count was promised. */
uint64_t int80_transfer_remaining(const int80_transfer *transfer);

/* The bytes that were read and have not reached the output. */
size_t int80_transfer_pending(const int80_transfer *transfer);

/* The calls made so far that moved, or were to move, bytes. */
uint32_t int80_transfer_calls(const int80_transfer *transfer);

/* INT80_SIDE_...: the side that the last step or run has named. */
int int80_transfer_side(const int80_transfer *transfer);

/* INT80_RUNG_...: the call in use. */
int int80_transfer_rung(const int80_transfer *transfer);

/* Why the call before the one in use was left: a negative errno; 0 where none
 * was left, or where its call returned 0. */
int int80_transfer_refusal(const int80_transfer *transfer);

/* Gives the pending bytes back to the input, so that the next read of it has
 * them again.
 *
 * Returns: 0; or -INT80_ESPIPE where in_fd cannot seek: then they stay pending.
 */
int int80_transfer_give_back(int80_transfer *transfer);

/* ---- FreeBSD's sendfile ----------------------------------------------- */

/* A part, as struct iovec. */
struct int80_iovec {
    const void *iov_base; /* its bytes */
    size_t iov_len;       /* how many */
};

/* The bytes before and after the file, as FreeBSD's struct sf_hdtr. */
struct int80_sf_hdtr {
    const struct int80_iovec *headers;  /* the parts before; NULL for none */
    int hdr_cnt;                        /* how many, up to 1024 */
    const struct int80_iovec *trailers; /* the parts after; NULL for none */
    int trl_cnt;                        /* how many, up to 1024 */
};

/* FreeBSD's sendfile on Linux: sends a file to a stream socket, with headers
 * and trailers. The file's own position is not used and not moved.
 *
 * fd      a regular file, open for reading.
 * s       a connected stream socket.
 * offset  where in the file to begin, 0..2^63-1.
 * nbytes  bytes of the file to send; 0 is to its end. Headers and trailers do
 *         not count.
 * hdtr    NULL, or headers and trailers.
 * sbytes  NULL, or where the bytes sent are written, headers and trailers with
 *         them, whatever the result.
 * flags   0. FreeBSD's hints are taken and change nothing; another bit is
 *         -INT80_EINVAL.
 *
 * Returns: 0; or
 *   -INT80_EAGAIN     s is non-blocking and full: *sbytes went out;
 *   -INT80_EBADF      fd is not open for reading, or s not at all;
 *   -INT80_EFAULT     hdtr, an array of it or sbytes is no address of the
 *                     program's: nothing went out;
 *   -INT80_EINTR      a signal: *sbytes went out;
 *   -INT80_EINVAL     fd is no regular file, s no stream socket, offset
 *                     negative, a flag or a number of parts that is not known;
 *   -INT80_EIO        reading the file failed;
 *   -INT80_ENOTCONN   s is not connected, or the connection was reset;
 *   -INT80_ENOTSOCK   s is not a socket;
 *   -INT80_EPIPE      the peer is gone; the signal SIGPIPE comes with it.
 */
int int80_bsd_sendfile(int fd, int s, int80_off64_t offset, size_t nbytes,
                       const struct int80_sf_hdtr *hdtr, int80_off64_t *sbytes, int flags);

/* ---- Any call --------------------------------------------------------- */

/* The system call `nr` with the first arguments in ebx, ecx, edx, esi, edi and
 * ebp, as the i386 table has it.
 *
 * nr   the i386 number (INT80_NR_..., int80_nr.h), on x86_64 too: there it is
 *      translated, and the arguments with it. A number that int80_nr.h does
 *      not have goes to the kernel on i386 and is -INT80_ENOSYS on x86_64.
 * ebx..ebp  numbers as they are, pointers cast to intptr_t. A 64-bit number
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
 *       vector follows its NULL.
 *
 * Returns: the address; 0 where there is none (x86_64, qemu-i386).
 */
uintptr_t int80_find_sysinfo(char *const *envp);

/* Sets the way into the kernel for int80_call0..6, transfers and
 * int80_bsd_sendfile, of the whole process. A call
 * that another thread is making at that time takes the old way or the new one,
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
 * error  the number, or the negative result that holds it.
 *
 * Returns: a static string; NULL where Linux has no errno of that number.
 */
const char *int80_errno_name(int error);

/* What an errno means, as "Bad file descriptor".
 *
 * error  the number, or the negative result that holds it.
 *
 * Returns: a static string; "Unknown error" where Linux has no errno of that
 * number. Never NULL.
 */
const char *int80_errno_message(int error);

#ifdef __cplusplus
}
#endif

#endif /* INT80_H */
