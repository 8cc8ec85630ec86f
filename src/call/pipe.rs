//! Moving bytes between descriptors inside the kernel, and pipes.
//!
//! # Safety
//!
//! As in `call`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::ptr;

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use crate::{Errno, Fd, Gate, MAX_COUNT, Register, errno::decode, gate::nr};

bitflags! {
    /// How [`splice`] goes about it (splice(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SpliceFlags: u32 {
        /// EAGAIN instead of waiting for the pipe.
        const NONBLOCK = kernel::SPLICE_F_NONBLOCK;
        /// More is to come: a socket holds back what fills no packet.
        const MORE = kernel::SPLICE_F_MORE;
        // The kernel knows more.
        const _ = !0;
    }
}

bitflags! {
    /// What may no longer be done to a memfd (fcntl(2), file sealing).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SealFlags: u32 {
        /// It cannot grow.
        const GROW = kernel::F_SEAL_GROW;
        /// It cannot be written.
        const WRITE = kernel::F_SEAL_WRITE;
        /// It cannot be written, but by mappings made before.
        const FUTURE_WRITE = kernel::F_SEAL_FUTURE_WRITE;
        // The kernel knows more.
        const _ = !0;
    }
}

/// The cell behind an offset; null where the file's own position is meant.
///
/// From 2^63 on the cell turns negative, which the kernel refuses.
#[inline(always)]
fn cell(offset: Option<&mut u64>) -> Register {
    offset.map_or(Register::ZERO, |offset| ptr::from_mut(offset).into())
}

/// `copy_file_range(fd_in, off_in, fd_out, off_out, size, flags)`: copies from
/// file to file inside the kernel or the file system, to `out_fd`'s position.
///
/// Makes exactly one call; it does not go on after a short count.
///
/// - `offset`: the byte to start from, moved by the bytes copied; `None` uses
///   and moves `in_fd`'s own position.
/// - `count`: bytes to copy, clamped to [`MAX_COUNT`].
///
/// # Returns
///
/// The bytes copied; 0 at the end of the input, and on some kernels for a file
/// whose size is not known, as in /proc: not always the end.
///
/// # Errors
///
/// EBADF (also where `out_fd` is O_APPEND), EFBIG, EINVAL (not two files, or
/// overlapping parts of one), EIO, EISDIR, ENOMEM, ENOSPC, ENOSYS before Linux
/// 4.5, EOPNOTSUPP, EOVERFLOW, EPERM, ETXTBSY, EXDEV.
///
/// # References
///
/// copy_file_range(2).
#[inline]
pub fn copy_file_range<G: Gate>(
    gate: G,
    in_fd: Fd<'_>,
    offset: Option<&mut u64>,
    out_fd: Fd<'_>,
    count: usize,
) -> Result<usize, Errno> {
    // SAFETY: the cell is borrowed for the length of the call.
    decode(unsafe {
        gate.call6(
            nr::COPY_FILE_RANGE,
            in_fd.into(),
            cell(offset),
            out_fd.into(),
            Register::ZERO,
            count.min(MAX_COUNT).into(),
            Register::ZERO,
        )
    })
}

/// `splice(fd_in, off_in, fd_out, off_out, size, flags)`: moves bytes to or
/// from a pipe inside the kernel; one of the two must be a pipe.
///
/// Makes exactly one call; it does not go on after a short count.
///
/// - `offset`: the byte to start from, moved by the bytes read; `None` uses and
///   moves `in_fd`'s own position, as it must be for a pipe.
/// - `count`: bytes to move, clamped to [`MAX_COUNT`].
///
/// # Returns
///
/// The bytes moved; 0 at the end of the input: for a pipe, when it is empty and
/// no writer is left.
///
/// # Errors
///
/// EAGAIN, EBADF, EINTR, EINVAL (neither is a pipe, both are the same one, or
/// the other end cannot), EIO, ENOMEM, ENOSYS before Linux 2.6.17, EPIPE (with
/// SIGPIPE), ESPIPE (an offset with a pipe), and those of the other end.
///
/// # References
///
/// splice(2).
#[inline]
pub fn splice<G: Gate>(
    gate: G,
    in_fd: Fd<'_>,
    offset: Option<&mut u64>,
    out_fd: Fd<'_>,
    count: usize,
    flags: SpliceFlags,
) -> Result<usize, Errno> {
    // SAFETY: the cell is borrowed for the length of the call.
    decode(unsafe {
        gate.call6(
            nr::SPLICE,
            in_fd.into(),
            cell(offset),
            out_fd.into(),
            Register::ZERO,
            count.min(MAX_COUNT).into(),
            flags.bits().into(),
        )
    })
}

/// `fcntl64(fd, F_SETPIPE_SZ, bytes)`: makes a pipe's buffer at least this large.
///
/// # Returns
///
/// The size that it has now.
///
/// # Errors
///
/// EBADF where `fd` is no pipe; EBUSY where more lies in it; EPERM above
/// `/proc/sys/fs/pipe-max-size` without privilege.
#[inline]
pub fn set_pipe_size<G: Gate>(gate: G, fd: Fd<'_>, bytes: u32) -> Result<usize, Errno> {
    // SAFETY: F_SETPIPE_SZ touches no memory.
    decode(unsafe {
        gate.call3(
            nr::FCNTL64,
            fd.into(),
            kernel::F_SETPIPE_SZ.into(),
            bytes.into(),
        )
    })
}

/// `fcntl64(fd, F_GETPIPE_SZ)`: the size of a pipe's buffer.
///
/// # Errors
///
/// EBADF where `fd` is no pipe; EINVAL before Linux 2.6.35.
///
/// # References
///
/// fcntl(2).
#[inline]
pub fn pipe_size<G: Gate>(gate: G, fd: Fd<'_>) -> Result<usize, Errno> {
    // SAFETY: F_GETPIPE_SZ touches no memory.
    decode(unsafe { gate.call2(nr::FCNTL64, fd.into(), kernel::F_GETPIPE_SZ.into()) })
}

/// `fcntl64(fd, F_GET_SEALS)`: what may no longer be done to a memfd.
///
/// # Errors
///
/// EBADF; EINVAL where `fd` has no seals.
///
/// # References
///
/// fcntl(2).
#[inline]
pub fn seals<G: Gate>(gate: G, fd: Fd<'_>) -> Result<SealFlags, Errno> {
    // SAFETY: F_GET_SEALS touches no memory.
    let seals = decode(unsafe { gate.call2(nr::FCNTL64, fd.into(), kernel::F_GET_SEALS.into()) })?;
    Ok(SealFlags::from_bits_retain(seals as u32))
}
