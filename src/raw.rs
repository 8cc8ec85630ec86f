//! sendfile as the kernel has it, with raw pointers: calls 187 and 239,
//! each function exactly one call, whose result is returned as it is.
//!
//! # Safety
//!
//! Each function hands its arguments to the gate as they are; the offset is the
//! only memory of the caller's that the kernel touches.
#![allow(unsafe_code)]

use crate::{Fd, Gate, gate::nr};

/// `sendfile(out_fd, in_fd, offset, count)`: call 187, with the **32-bit**
/// offset that the kernel reads and writes through edx.
///
/// Makes exactly one call. It does not retry, clamp, loop or look at the
/// result.
///
/// - `out_fd`: open for writing; not O_APPEND.
/// - `in_fd`: open for reading; not a socket or pipe, unless `out_fd` is a pipe.
/// - `offset`: null, and `in_fd`'s own position is used and moved; or a pointer
///   to the byte to start from, 0..2^31 − 1, which the kernel moves to the byte
///   after the last one sent, leaving `in_fd`'s position alone.
/// - `count`: bytes to move. 0 moves nothing. At most [`MAX_COUNT`](crate::MAX_COUNT) are moved.
///
/// An 8-byte offset whose high word is zero is right for 187 and 239 both.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count` (the input ends, a socket
/// is full, a signal came): call again for the rest. 0 is the end of the input.
/// −4095..=−1 is a negative errno; the offset is then unchanged.
///
/// # Errors
///
/// | errno | cause |
/// |---|---|
/// | EAGAIN | a non-blocking side would block |
/// | EBADF | `in_fd` is not open for reading, or `out_fd` not for writing |
/// | EFAULT | the offset cannot be read, or not written: in the second case the bytes *have* moved. Not on x86_64, where such an address is the caller's fault |
/// | EINTR | a signal before the first byte |
/// | EINVAL | this pair cannot be done (`out_fd` is O_APPEND; a directory, tty, socket or pipe as `in_fd`), or the offset is negative, or `count` is at least 2^31 on a 32-bit kernel |
/// | EIO | reading failed |
/// | ENOMEM | no memory to read with |
/// | ENOSYS | a kernel before 2.2 |
/// | EOVERFLOW | the offset is 2^31 − 1: use [`sendfile64`] |
/// | EPIPE | the reader is gone; SIGPIPE comes with it |
/// | ESPIPE | an offset with an input that cannot seek |
///
/// # Platform
///
/// i386: 187 by `int 0x80`. x86_64: 40 by `syscall`, between a load and a store
/// of the offset, with the limit of 2^31 − 1 kept (see `gate::Syscall`).
///
/// # Safety
///
/// `offset` is null, or valid for reading and writing 4 bytes, or, on i386,
/// points where the kernel returns EFAULT and no Rust object lies.
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
/// Makes exactly one call, as [`sendfile`] does, whose arguments, results and
/// errors it shares except for the offset, which may be any up to 2^63 − 1:
/// EOVERFLOW is the end of what the file systems can hold.
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
/// `offset` is null, or valid for reading and writing 8 bytes, or points
/// where the kernel returns EFAULT and no Rust object lies.
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
