//! sendfile: calls 187 and 239, one call each.
//!
//! # Safety
//!
//! Each raw call hands its arguments to the gate as they are; the offset cell
//! is the only memory that the kernel touches. The safe forms keep the cell in
//! a variable of their own.
#![allow(unsafe_code)]

use crate::{Errno, Fd, Gate, errno, gate::nr};

/// The most bytes that one call moves: 0x7ffff000 (`MAX_RW_COUNT`), on 32-bit
/// and on 64-bit systems.
pub const MAX_COUNT: usize = 0x7fff_f000;

/// `sendfile(out_fd, in_fd, offset, count)`: call 187, raw, with the cell of
/// **32** bits that the kernel has behind edx.
///
/// Makes exactly one call. It does not retry, clamp, loop or look at the
/// result.
///
/// - `out_fd`: open for writing; not O_APPEND.
/// - `in_fd`: open for reading; not a socket or pipe, unless `out_fd` is a pipe.
/// - `offset`: null, and `in_fd`'s own position is used and moved; or a cell
///   with the byte to start from, 0..2^31 − 1, which the kernel moves to the
///   byte after the last one sent, leaving `in_fd`'s position alone.
/// - `count`: bytes to move. 0 moves nothing. At most [`MAX_COUNT`] are moved.
///
/// An 8-byte cell whose high word is zero is right for 187 and 239 both.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count` (the input ends, a socket
/// is full, a signal came): call again for the rest. 0 is the end of the input.
/// −4095..=−1 is a negative errno; the cell is then unchanged.
///
/// # Errors
///
/// | errno | cause |
/// |---|---|
/// | EAGAIN | a non-blocking side would block |
/// | EBADF | `in_fd` is not open for reading, or `out_fd` not for writing |
/// | EFAULT | the cell cannot be read, or not written: in the second case the bytes *have* moved |
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
/// i386: 187 by `int 0x80`. x86_64: 40 by `syscall`, with the cell widened and
/// the limit of 2^31 − 1 kept (see `gate::Syscall`).
///
/// # Safety
///
/// `offset` is null, or valid for reading and writing 4 bytes, or points
/// where the kernel answers EFAULT and no Rust object lies.
///
/// # References
///
/// P0 (which gives the cell 64 bits, wrongly), P1, P2, P4; sendfile(2);
/// `fs/read_write.c`; `arch/x86/entry/syscalls/syscall_32.tbl`.
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
        gate.call4(
            nr::SENDFILE,
            out_fd.into(),
            in_fd.into(),
            offset.into(),
            count.into(),
        )
    }
}

/// `sendfile64(out_fd, in_fd, offset, count)`: call 239, raw, with a cell of
/// 64 bits.
///
/// Makes exactly one call, as [`sendfile`] does, whose arguments, results and
/// errors it shares but for the cell: the offset may be any up to 2^63 − 1, and
/// EOVERFLOW is the end of what the file systems can hold.
///
/// # Platform
///
/// i386: 239 by `int 0x80`, from Linux 2.4 on (ENOSYS before). x86_64: 40 by
/// `syscall`.
///
/// # Safety
///
/// `offset` is null, or valid for reading and writing 8 bytes, or points
/// where the kernel answers EFAULT and no Rust object lies.
///
/// # References
///
/// P2, NOTES; sendfile(2); `fs/read_write.c`.
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
        gate.call4(
            nr::SENDFILE64,
            out_fd.into(),
            in_fd.into(),
            offset.into(),
            count.into(),
        )
    }
}

/// `sendfile64(out_fd, in_fd, offset, count)`: call 239 with the cell in this
/// layer, and the result decoded.
///
/// Makes exactly one call; it does not go on after a short count.
///
/// - `out_fd`, `in_fd`: as for [`sendfile`].
/// - `offset`: the byte to start from, moved by the bytes sent and unchanged on
///   an error; `None` uses and moves `in_fd`'s own position.
/// - `count`: bytes to move, clamped to [`MAX_COUNT`]: kernels differ on counts
///   from 2^31 on. 0 moves nothing, but is checked like any other.
///
/// # Returns
///
/// The bytes moved, which may be fewer than `count`; 0 at the end of the input.
///
/// What was sent to a socket or a pipe may still be the file's own pages: what
/// is written to the file afterwards is then what the reader sees.
///
/// # Errors
///
/// Those of [`sendfile`] but EFAULT. An offset of 2^63 or more is EINVAL.
///
/// # Platform
///
/// As [`sendfile64`].
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native, send};
///
/// // Descriptor −1 is open in no program.
/// let none = unsafe { Fd::borrow_raw(-1) };
/// assert_eq!(send(Native, none, none, None, 1), Err(Errno::EBADF));
/// ```
///
/// # References
///
/// P0, P2; sendfile(2).
#[doc(alias = "sendfile64")]
#[inline]
pub fn send<G: Gate>(
    gate: G,
    out_fd: Fd<'_>,
    in_fd: Fd<'_>,
    offset: Option<&mut u64>,
    count: usize,
) -> Result<usize, Errno> {
    // From 2^63 on the cell turns negative, which the kernel refuses.
    let offset = offset.map_or(core::ptr::null_mut(), |offset| {
        (&raw mut *offset).cast::<i64>()
    });
    // SAFETY: null, or borrowed for the length of the call.
    errno::decode(unsafe { sendfile64(gate, out_fd, in_fd, offset, count.min(MAX_COUNT)) })
}

/// `sendfile(out_fd, in_fd, offset, count)`: call 187 with the cell in this
/// layer, and the result decoded.
///
/// As [`send`], for kernels and emulators that have no call 239: with an
/// offset it stops at byte 2^31 − 1, where it answers EOVERFLOW. An offset of
/// 2^31 or more is EINVAL.
///
/// # Errors
///
/// Those of [`sendfile`] but EFAULT.
///
/// # Platform
///
/// As [`sendfile`].
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native, send32};
///
/// let none = unsafe { Fd::borrow_raw(-1) };
/// assert_eq!(send32(Native, none, none, Some(&mut 0), 1), Err(Errno::EBADF));
/// ```
///
/// # References
///
/// P0, P1, P4.
#[doc(alias = "sendfile")]
#[inline]
pub fn send32<G: Gate>(
    gate: G,
    out_fd: Fd<'_>,
    in_fd: Fd<'_>,
    offset: Option<&mut u32>,
    count: usize,
) -> Result<usize, Errno> {
    // From 2^31 on the cell turns negative, which the kernel refuses.
    let offset = offset.map_or(core::ptr::null_mut(), |offset| {
        (&raw mut *offset).cast::<i32>()
    });
    // SAFETY: null, or borrowed for the length of the call.
    errno::decode(unsafe { sendfile(gate, out_fd, in_fd, offset, count.min(MAX_COUNT)) })
}
