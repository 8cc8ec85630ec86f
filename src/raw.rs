//! sendfile with raw pointers and the raw result: calls 187 and 239, each
//! function exactly one call.
//!
//! # Safety
//!
//! Each function passes its arguments to the gate unchanged; the offset is the
//! only memory of the caller that the kernel accesses.
#![allow(unsafe_code)]

use crate::{Fd, Gate, gate::nr};

/// `sendfile(out_fd, in_fd, offset, count)`: call 187, with the **32-bit**
/// offset that the kernel reads and writes through edx.
///
/// Makes exactly one call. It does not clamp the count, retry, or decode the
/// result.
///
/// - `out_fd`: open for writing; not O_APPEND.
/// - `in_fd`: open for reading; not a socket or pipe, unless `out_fd` is a pipe.
/// - `offset`: null uses and advances `in_fd`'s own position; otherwise it points
///   to the byte to start from, 0..2^31 − 1, which the kernel replaces by the
///   byte after the last one sent; `in_fd`'s position does not change.
/// - `count`: bytes to move; 0 moves nothing. At most
///   [`MAX_COUNT`](crate::MAX_COUNT) are moved.
///
/// An 8-byte variable whose high word is 0 works as the offset of both 187 and
/// 239.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count` (the input ended, a socket
/// is full, a signal arrived): call again for the rest. 0 at the end of the
/// input. −4095..=−1 is a negative errno; the offset is then unchanged.
///
/// # Errors
///
/// | errno | cause |
/// |---|---|
/// | EAGAIN | a non-blocking side would block |
/// | EBADF | `in_fd` is not open for reading, or `out_fd` not for writing |
/// | EFAULT | the offset cannot be read, or cannot be written, in which case the bytes *have* moved. Not on x86_64, where such an address faults in the caller |
/// | EINTR | a signal arrived before the first byte |
/// | EINVAL | the kernel does not support this pair (`out_fd` is O_APPEND; `in_fd` is a directory, terminal, socket or pipe), the offset is negative, or `count` is 2^31 or more on a 32-bit kernel |
/// | EIO | reading failed |
/// | ENOMEM | no memory to read with |
/// | ENOSYS | a kernel before 2.2 |
/// | EOVERFLOW | the offset is 2^31 − 1: use [`sendfile64`] |
/// | EPIPE | the reader has closed; SIGPIPE is sent, too |
/// | ESPIPE | an offset for an input that cannot seek |
///
/// # Platform
///
/// i386: 187 by `int 0x80`. x86_64: 40 by `syscall`, between a load and a store
/// of the offset, with the same limit of 2^31 − 1 (see `gate::Syscall`).
///
/// # Safety
///
/// `offset` is null, or valid for reading and writing 4 bytes, or, on i386, an
/// address for which the kernel returns EFAULT and at which no Rust object lies.
///
/// # References
///
/// sendfile(2); `fs/read_write.c`; `arch/x86/entry/syscalls/syscall_32.tbl`.
#[inline(always)]
pub unsafe fn sendfile<G: Gate>(
    gate: G,
    out_fd: Fd<'_>,
    in_fd: Fd<'_>,
    offset: *mut i32,
    count: usize,
) -> isize {
    // SAFETY: the caller's promise for `offset`; the descriptors are borrowed.
    unsafe {
        gate.call(
            nr::SENDFILE,
            [out_fd.into(), in_fd.into(), offset.into(), count.into()],
        )
    }
}

/// `sendfile64(out_fd, in_fd, offset, count)`: call 239, with a 64-bit offset.
///
/// Makes exactly one call. Arguments, results and errors are those of
/// [`sendfile`], except for the offset, which may be 0..=2^63 − 1: EOVERFLOW is
/// the size limit of the file systems.
///
/// # Returns
///
/// The bytes moved, or a negative errno.
///
/// # Errors
///
/// Those of [`sendfile`].
///
/// # Platform
///
/// i386: 239 by `int 0x80`, from Linux 2.4 on (ENOSYS before). x86_64: 40 by
/// `syscall`.
///
/// # Safety
///
/// `offset` is null, or valid for reading and writing 8 bytes, or an address for
/// which the kernel returns EFAULT and at which no Rust object lies.
///
/// # References
///
/// sendfile(2), NOTES; `fs/read_write.c`.
#[inline(always)]
pub unsafe fn sendfile64<G: Gate>(
    gate: G,
    out_fd: Fd<'_>,
    in_fd: Fd<'_>,
    offset: *mut i64,
    count: usize,
) -> isize {
    // SAFETY: the caller's promise for `offset`; the descriptors are borrowed.
    unsafe {
        gate.call(
            nr::SENDFILE64,
            [out_fd.into(), in_fd.into(), offset.into(), count.into()],
        )
    }
}
