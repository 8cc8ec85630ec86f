//! sendfile, safe: calls 187 and 239, each function exactly one call.
//!
//! # Safety
//!
//! The offset is borrowed for the length of the call, and has the width that
//! the kernel reads and writes.
#![allow(unsafe_code)]

use core::ptr;

use crate::{Errno, Fd, Gate, errno, raw};

/// The most bytes that one call moves: 0x7ffff000 (`MAX_RW_COUNT`), on 32-bit
/// and on 64-bit systems.
pub const MAX_COUNT: usize = 0x7fff_f000;

/// `sendfile64(out_fd, in_fd, offset, count)`: call 239, with a 64-bit offset.
///
/// Makes exactly one call; it does not go on after a short count.
///
/// - `out_fd`: open for writing; not O_APPEND.
/// - `in_fd`: open for reading; not a socket or pipe, unless `out_fd` is a pipe.
/// - `offset`: the byte to start from, moved by the bytes sent and unchanged on
///   an error; `None` uses and moves `in_fd`'s own position.
/// - `count`: bytes to move, clamped to [`MAX_COUNT`]: kernels differ on counts
///   from 2^31 on. 0 moves nothing, but is checked like any other.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count`; 0 at the end of the input,
/// and on file systems that move data by read alone at its beginning, too.
///
/// What was sent to a socket or a pipe may still be the file's own pages: what
/// is written to the file afterwards is then what the reader sees.
///
/// # Errors
///
/// | errno | cause |
/// |---|---|
/// | EAGAIN | a non-blocking side would block, or a socket's time limit passed |
/// | EBADF | `in_fd` is not open for reading, or `out_fd` not for writing |
/// | EINTR | a signal before the first byte |
/// | EINVAL | this pair cannot be done (`out_fd` is O_APPEND; a directory, terminal, socket or pipe as `in_fd`), or the offset is 2^63 or more |
/// | EIO | reading failed |
/// | ENOMEM | no memory to read with |
/// | ENOSYS | a kernel before 2.4 |
/// | EOVERFLOW | the offset is beyond what the file systems can hold |
/// | EPIPE | the reader is gone; SIGPIPE comes with it, but see [`without_sigpipe`](crate::without_sigpipe) |
/// | ESPIPE | an offset with an input that cannot seek |
///
/// and those of writing: EDQUOT, EFBIG, ENOSPC.
///
/// # Platform
///
/// i386: 239 by `int 0x80`. x86_64: 40 by `syscall`.
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native, sendfile64};
///
/// // Descriptor −1 is open in no program.
/// let none = unsafe { Fd::borrow_raw(-1) };
/// assert_eq!(sendfile64(Native, none, none, None, 1), Err(Errno::EBADF));
/// ```
///
/// # References
///
/// sendfile(2).
#[inline]
pub fn sendfile64<'fd, G: Gate>(
    gate: G,
    out_fd: impl Into<Fd<'fd>>,
    in_fd: impl Into<Fd<'fd>>,
    offset: Option<&mut u64>,
    count: usize,
) -> Result<usize, Errno> {
    let (out_fd, in_fd) = (out_fd.into(), in_fd.into());
    // From 2^63 on the offset is negative to the kernel, which refuses it.
    let offset = offset.map_or(ptr::null_mut(), |offset| {
        ptr::from_mut(offset).cast::<i64>()
    });
    let count = count.min(MAX_COUNT);
    // SAFETY: null, or borrowed for the length of the call.
    errno::decode(unsafe { raw::sendfile64(gate, out_fd, in_fd, offset, count) })
}

/// `sendfile(out_fd, in_fd, offset, count)`: call 187, with a 32-bit offset.
///
/// As [`sendfile64`], for kernels and emulators that have no call 239: with an
/// offset it stops at byte 2^31 − 1, where it returns EOVERFLOW. An offset of
/// 2^31 or more is EINVAL.
///
/// # Returns
///
/// The bytes moved; see [`sendfile64`].
///
/// # Errors
///
/// Those of [`sendfile64`]; ENOSYS before Linux 2.2.
///
/// # Platform
///
/// i386: 187 by `int 0x80`. x86_64: 40 by `syscall`, with the limit of 2^31 − 1
/// kept.
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native, sendfile};
///
/// let none = unsafe { Fd::borrow_raw(-1) };
/// assert_eq!(sendfile(Native, none, none, Some(&mut 0), 1), Err(Errno::EBADF));
/// ```
///
/// # References
///
/// sendfile(2).
#[inline]
pub fn sendfile<'fd, G: Gate>(
    gate: G,
    out_fd: impl Into<Fd<'fd>>,
    in_fd: impl Into<Fd<'fd>>,
    offset: Option<&mut u32>,
    count: usize,
) -> Result<usize, Errno> {
    let (out_fd, in_fd) = (out_fd.into(), in_fd.into());
    // From 2^31 on the offset is negative to the kernel, which refuses it.
    let offset = offset.map_or(ptr::null_mut(), |offset| {
        ptr::from_mut(offset).cast::<i32>()
    });
    let count = count.min(MAX_COUNT);
    // SAFETY: null, or borrowed for the length of the call.
    errno::decode(unsafe { raw::sendfile(gate, out_fd, in_fd, offset, count) })
}
