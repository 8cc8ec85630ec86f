/* int80.h: the system call interface of i386 Linux, and sendfile on it, for C
 * and C++ programs, with or without a C library, on i386 and x86_64.
 *
 * Link with -lint80. The archive needs no other library, no constructor and no
 * thread-local storage. C99 or later, C++11 or later.
 *
 * Results are those of the kernel: if a function returns intptr_t, a value in
 * -4095..-1 is a negative errno (int80_errno.h), and any other value, of either
 * sign, is the result. No function changes errno.
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

/* The version of the archive that is linked, "MAJOR.MINOR.PATCH". It differs
 * from INT80_VERSION_STRING if header and archive are of different releases.
 *
 * Returns: a static string.
 */
const char *int80_version(void);

/* ---- sendfile --------------------------------------------------------- */

/* Offsets into a file, in bytes. Unlike off_t, their width does not depend on
 * _FILE_OFFSET_BITS. */
typedef int32_t int80_off32_t;
typedef int64_t int80_off64_t;

/* The most bytes that one call moves, on both architectures. */
#define INT80_MAX_COUNT 0x7ffff000

/* sendfile: system call 187 of i386, with a 32-bit offset. Makes exactly one
 * call; it does not continue after a short count.
 *
 * out_fd  open for writing, not with O_APPEND.
 * in_fd   open for reading; a file or a block device, or, where out_fd is a
 *         pipe, also a socket or a pipe.
 * offset  NULL uses and advances in_fd's own position. Otherwise it points to
 *         the byte to start from, 0..2^31-1, which is replaced by the byte after
 *         the last one sent; in_fd's position does not change. On an error
 *         *offset is unchanged.
 * count   bytes to move. One call moves at most INT80_MAX_COUNT; pass no more
 *         than that, since kernels differ on counts of 2^31 and more.
 *
 * Returns: the bytes moved, which may be fewer than count (the input ended, a
 * socket is full, a signal arrived); 0 at the end of the input; or
 *   -INT80_EAGAIN     a non-blocking side would block;
 *   -INT80_EBADF      in_fd is not open for reading, out_fd not for writing;
 *   -INT80_EFAULT     *offset cannot be read, or cannot be written, in which
 *                     case the bytes have been moved. Not on x86_64, where this
 *                     function itself accesses *offset and a bad address
 *                     crashes;
 *   -INT80_EINTR      a signal arrived before the first byte;
 *   -INT80_EINVAL     the kernel does not support this pair (out_fd with
 *                     O_APPEND; in_fd a directory, terminal, socket or pipe):
 *                     copy with read and write; or the offset is negative, or
 *                     count is 2^31 or more on a 32-bit kernel;
 *   -INT80_EIO        reading failed;
 *   -INT80_ENOMEM     no memory to read with;
 *   -INT80_ENOSYS     a kernel before 2.2;
 *   -INT80_EOVERFLOW  the offset is 2^31-1: use int80_sendfile64;
 *   -INT80_EPIPE      the reader of out_fd has closed; SIGPIPE is sent, too;
 *   -INT80_ESPIPE     an offset for an in_fd that cannot seek.
 *
 * i386: `int 0x80`, in 28 bytes of code. x86_64, which does not have the call:
 * call 40 between a load and a store of the offset, with the same limit, so that
 * a program behaves alike on both.
 */
intptr_t int80_sendfile(int out_fd, int in_fd, int80_off32_t *offset, size_t count);

/* sendfile64: system call 239 of i386, 40 of x86_64, with a 64-bit offset.
 *
 * out_fd, in_fd, count: as for int80_sendfile.
 * offset  as for int80_sendfile, but 0..2^63-1.
 *
 * Returns: as int80_sendfile, with -INT80_EFAULT on x86_64, too. -INT80_ENOSYS
 * on i386 means a kernel before 2.4, and -INT80_EOVERFLOW an offset at the size
 * limit of the file system.
 *
 * i386: `int 0x80`, in 28 bytes of code. x86_64: `syscall`, in 11 bytes.
 */
intptr_t int80_sendfile64(int out_fd, int in_fd, int80_off64_t *offset, size_t count);

/* ---- The whole transfer ----------------------------------------------- */

/* A transfer from one descriptor to another, with as many calls as it takes,
 * every byte once and in order. The caller provides the struct, which holds the
 * whole state: nothing is allocated, and nothing has to be freed. Its contents
 * are private to the library. Only one thread may use it at a time.
 *
 * The calls are tried in this order: copy_file_range, sendfile64, sendfile,
 * splice, read and write. A call is left for the next one only before it has
 * moved a byte, and only for an errno that can mean that it does not support
 * this pair of descriptors. Only a read that returns 0 is the end of the input.
 */
typedef struct int80_transfer {
    uint64_t opaque[24];
} int80_transfer;

/* Results of a step or a run, besides a negative errno. */
#define INT80_TRANSFER_COMPLETE 0    /* all bytes have reached the output */
#define INT80_TRANSFER_MOVED 1       /* step: bytes have reached the output */
#define INT80_TRANSFER_BUFFERED 2    /* step: bytes were read, to be written next */
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

/* Initialises a transfer of everything from the position of in_fd to its end.
 * It makes no system call. Datagram and packet sockets are read and written
 * alone, if there is a buffer.
 *
 * transfer  is overwritten.
 * out_fd, in_fd  must stay open until the end of the transfer, which does not
 *         close them.
 * buffer  for pairs that only read and write support; used by the transfer
 *         until its end. It need not be initialised. With NULL or a size of 0
 *         such a pair fails with the errno of the first call.
 * size    the size of buffer in bytes. 128 KiB is the measured optimum.
 */
void int80_transfer_init(int80_transfer *transfer, int out_fd, int in_fd, void *buffer,
                         size_t size);

/* Before the first step or run: reads from byte `offset` (0..2^63-1) on, and
 * neither uses nor changes in_fd's own position. */
void int80_transfer_set_offset(int80_transfer *transfer, uint64_t offset);

/* Before the first step or run: moves exactly `count` bytes. If the input ends
 * before, the result is INT80_TRANSFER_UNEXPECTED_EOF. 0 moves nothing. */
void int80_transfer_set_exactly(int80_transfer *transfer, uint64_t count);

/* Before the first step or run: moves at most `count` bytes, fewer if the input
 * ends before. 0 moves nothing. */
void int80_transfer_set_most(int80_transfer *transfer, uint64_t count);

/* Limits one call to `bytes`, clamped to 1..INT80_MAX_COUNT. The default is
 * 16 MiB for pipes and copy_file_range, 2 MiB for sockets and 60 KiB for
 * other outputs. */
void int80_transfer_set_budget(int80_transfer *transfer, size_t bytes);

/* Allows a run to enlarge pipes, of both sides, to 1 MiB once 64 KiB have gone
 * through. At its end the run restores the old capacity, if the bytes in the
 * pipe fit. */
void int80_transfer_grow_pipe(int80_transfer *transfer);

/* Makes at most one call that moves bytes. It does not wait, does not retry
 * after a signal, and does not continue after a short count: for event loops.
 *
 * Returns: INT80_TRANSFER_..., or a negative errno; see int80_transfer_side.
 * -INT80_ENOSYS also stands for a result of a later library for which this
 * header has no constant; so it does for a run and for int80_transfer_rung.
 */
int int80_transfer_step(int80_transfer *transfer);

/* Moves everything: continues after short counts and signals, and waits by poll
 * while a non-blocking side is not ready. It can be called again after any end, and
 * continues where it stopped.
 *
 * Returns: INT80_TRANSFER_COMPLETE or ..._UNEXPECTED_EOF, or a negative errno.
 */
int int80_transfer_run(int80_transfer *transfer);

/* As int80_transfer_run, but makes no call after `milliseconds` from now.
 *
 * Returns: as int80_transfer_run, or INT80_TRANSFER_TIMED_OUT, or the negative
 * errno of a sandbox that refuses the clock.
 */
int int80_transfer_run_for(int80_transfer *transfer, uint32_t milliseconds);

/* The bytes that have reached the output, whatever the result. */
uint64_t int80_transfer_moved(const int80_transfer *transfer);

/* The bytes of set_exactly that have not reached the output; 2^64-1 without
 * set_exactly. */
uint64_t int80_transfer_remaining(const int80_transfer *transfer);

/* The number of bytes that were read and have not reached the output. */
size_t int80_transfer_pending(const int80_transfer *transfer);

/* The number of calls so far: those that moved bytes or were meant to, and the
 * checks whether a 0 was the end. */
uint32_t int80_transfer_calls(const int80_transfer *transfer);

/* INT80_SIDE_...: the side that was last not ready or has last failed. */
int int80_transfer_side(const int80_transfer *transfer);

/* INT80_RUNG_...: the call in use. */
int int80_transfer_rung(const int80_transfer *transfer);

/* Why the call before the one in use was left: a negative errno; 0 if none was
 * left, or if it was left because it returned 0. */
int int80_transfer_refusal(const int80_transfer *transfer);

/* Returns the pending bytes to the input: the next read gets them again.
 *
 * Returns: 0; or -INT80_ESPIPE if in_fd cannot seek: the bytes stay pending.
 */
int int80_transfer_give_back(int80_transfer *transfer);

/* ---- FreeBSD's sendfile ----------------------------------------------- */

/* A part, laid out as struct iovec. */
struct int80_iovec {
    const void *iov_base; /* its bytes */
    size_t iov_len;       /* their number */
};

/* The bytes before and after the file, as FreeBSD's struct sf_hdtr. */
struct int80_sf_hdtr {
    const struct int80_iovec *headers;  /* the parts before; NULL for none */
    int hdr_cnt;                        /* their number, 0..1024 */
    const struct int80_iovec *trailers; /* the parts after; NULL for none */
    int trl_cnt;                        /* their number, 0..1024 */
};

/* FreeBSD's sendfile on Linux: sends a file to a stream socket, with headers
 * and trailers. It neither uses nor changes the file's own position.
 *
 * fd      a regular file, open for reading.
 * s       a connected stream socket.
 * offset  the byte of the file to start from, 0..2^63-1.
 * nbytes  bytes of the file to send, without headers and trailers; 0 is all up
 *         to its end.
 * hdtr    NULL, or headers and trailers.
 * sbytes  NULL, or where the number of bytes sent is written, including those
 *         of headers and trailers, whatever the result.
 * flags   0. FreeBSD's hints are accepted and have no effect.
 *
 * Returns: 0; or
 *   -INT80_EAGAIN     s is non-blocking and full; *sbytes were sent;
 *   -INT80_EBADF      fd is not open for reading, or s is not open;
 *   -INT80_EFAULT     hdtr, one of its arrays or sbytes is a bad address;
 *                     nothing was sent;
 *   -INT80_EINTR      a signal arrived; *sbytes were sent;
 *   -INT80_EINVAL     fd is not a regular file, s is not a stream socket, offset
 *                     is negative, flags has another bit, or a number of parts
 *                     is out of range;
 *   -INT80_EIO        reading the file failed;
 *   -INT80_ENOTCONN   s is not connected, or the connection was reset;
 *   -INT80_ENOTSOCK   s is not a socket;
 *   -INT80_EPIPE      the peer has closed; SIGPIPE is sent, too.
 */
int int80_bsd_sendfile(int fd, int s, int80_off64_t offset, size_t nbytes,
                       const struct int80_sf_hdtr *hdtr, int80_off64_t *sbytes, int flags);

/* ---- Any call --------------------------------------------------------- */

/* Makes the i386 system call `nr` with its first arguments in ebx, ecx, edx,
 * esi, edi and ebp.
 *
 * nr   the i386 number (INT80_NR_..., int80_nr.h), also on x86_64, where number
 *      and arguments are translated. A number that int80_nr.h does not have
 *      goes to the kernel on i386, and is -INT80_ENOSYS on x86_64.
 * ebx..ebp  numbers, and pointers cast to intptr_t. A 64-bit number takes two
 *      arguments, in the order of the i386 call (pread64: low half first).
 *
 * Nothing is checked: the caller is responsible for the effects of the call on
 * the program's memory and descriptors.
 *
 * Returns: eax (rax) as the kernel set it: a negative errno in -4095..-1, or the
 * result.
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

/* Finds AT_SYSINFO, the kernel's entry point for 32-bit programs, in the
 * auxiliary vector. With a C library, getauxval(32) returns the same.
 *
 * envp  the third argument of main, unchanged since the start: the auxiliary
 *       vector follows its NULL.
 *
 * Returns: the address; 0 if there is none (x86_64, qemu-i386).
 */
uintptr_t int80_find_sysinfo(char *const *envp);

/* Selects how int80_call0..6, transfers and int80_bsd_sendfile enter the kernel,
 * in the whole process. A call in another thread at that time uses the old way
 * or the new one; both work. int80_sendfile and int80_sendfile64 always use
 * `int 0x80`.
 *
 * entry  this process's AT_SYSINFO, which is 6 to 40 times quicker than the
 *        instruction; or 0 for `int 0x80`, as at the start of the program.
 *
 * Returns: 0; or, on x86_64, which has no such entry point, -INT80_ENOSYS for
 * any entry but 0, without effect.
 */
int int80_use_sysinfo(uintptr_t entry);

/* ---- Errors ----------------------------------------------------------- */

/* The name of an errno, such as "EBADF".
 *
 * error  the errno or the negative errno.
 *
 * Returns: a static string; NULL if Linux has no errno with that number.
 */
const char *int80_errno_name(int error);

/* The message of an errno, such as "Bad file descriptor".
 *
 * error  the errno or the negative errno.
 *
 * Returns: a static string, never NULL; "Unknown error" if Linux has no errno
 * with that number.
 */
const char *int80_errno_message(int error);

#ifdef __cplusplus
}
#endif

#endif /* INT80_H */
