//! sendfile, safe: calls 187 and 239, each function exactly one call.
//!
//! # Safety
//!
//! The offset is borrowed for the duration of the call, and has the width that
//! the kernel reads and writes.
#![allow(unsafe_code)]

use core::ptr;

use crate::{Errno, Fd, Gate, errno, raw};

/// The most bytes that one call moves: 0x7ffff000 (`MAX_RW_COUNT`), on 32-bit
/// and on 64-bit systems.
pub const MAX_COUNT: usize = 0x7fff_f000;

/// `sendfile64(out_fd, in_fd, offset, count)`: call 239, with a 64-bit offset.
///
/// Makes exactly one call; it does not continue after a short count.
///
/// What was sent to a socket or a pipe may still be the file's own pages: the
/// reader then sees what is written to the file afterwards.
///
/// - `out_fd`: open for writing; not O_APPEND.
/// - `in_fd`: open for reading; not a socket or pipe, unless `out_fd` is a pipe.
/// - `offset`: the byte to start from, 0..=2^63 − 1, advanced by the bytes sent
///   and unchanged on an error; `None` uses and advances `in_fd`'s own position.
/// - `count`: bytes to move, clamped to [`MAX_COUNT`], since kernels differ on
///   counts of 2^31 and more. 0 moves nothing; the descriptors are checked all
///   the same.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count`; 0 at the end of the input.
/// On file systems that move data by read alone it is 0 from the start.
///
/// # Errors
///
/// | errno | cause |
/// |---|---|
/// | EAGAIN | a non-blocking side would block, or the time limit of a socket has passed |
/// | EBADF | `in_fd` is not open for reading, or `out_fd` not for writing |
/// | EINTR | a signal arrived before the first byte |
/// | EINVAL | the kernel does not support this pair (`out_fd` is O_APPEND; `in_fd` is a directory, terminal, socket or pipe), or the offset is 2^63 or more |
/// | EIO | reading failed |
/// | ENOMEM | no memory to read with |
/// | ENOSYS | a kernel before 2.4 |
/// | EOVERFLOW | the offset is at the size limit of the file systems |
/// | EPIPE | the reader has closed; SIGPIPE is sent, too, unless [`without_sigpipe`](crate::without_sigpipe) is used |
/// | ESPIPE | an offset for an input that cannot seek |
/// | EDQUOT, EFBIG, ENOSPC | writing failed |
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
    // The kernel reads an offset of 2^63 or more as negative, and refuses it.
    let offset = offset.map_or(ptr::null_mut(), |offset| {
        ptr::from_mut(offset).cast::<i64>()
    });
    let count = count.min(MAX_COUNT);
    // SAFETY: null, or borrowed for the duration of the call.
    errno::decode(unsafe { raw::sendfile64(gate, out_fd, in_fd, offset, count) })
}

/// `sendfile(out_fd, in_fd, offset, count)`: call 187, with a 32-bit offset.
///
/// Does what [`sendfile64`] does, for kernels and emulators without call 239.
/// With an offset it ends at byte 2^31 − 1, where it returns EOVERFLOW; an offset
/// of 2^31 or more is EINVAL.
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
/// i386: 187 by `int 0x80`. x86_64: 40 by `syscall`, with the same limit of
/// 2^31 − 1.
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
    // The kernel reads an offset of 2^31 or more as negative, and refuses it.
    let offset = offset.map_or(ptr::null_mut(), |offset| {
        ptr::from_mut(offset).cast::<i32>()
    });
    let count = count.min(MAX_COUNT);
    // SAFETY: null, or borrowed for the length of the call.
    errno::decode(unsafe { raw::sendfile(gate, out_fd, in_fd, offset, count) })
}
