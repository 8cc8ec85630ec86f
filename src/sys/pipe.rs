//! Moving bytes between descriptors inside the kernel, and pipes.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit, ptr};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{EventFlags, opened, register};
use crate::{Errno, Fd, Gate, MAX_COUNT, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// Flags of [`splice`] (splice(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SpliceFlags: u32 {
        /// Return EAGAIN instead of waiting for the pipe.
        const NONBLOCK = kernel::SPLICE_F_NONBLOCK;
        /// More data follows: a socket holds back bytes that do not fill a
        /// segment.
        const MORE = kernel::SPLICE_F_MORE;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

bitflags! {
    /// The seals of a memfd: operations that are no longer allowed (fcntl(2),
    /// file sealing).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SealFlags: u32 {
        /// The file cannot grow.
        const GROW = kernel::F_SEAL_GROW;
        /// The file cannot be written.
        const WRITE = kernel::F_SEAL_WRITE;
        /// The file cannot be written, except through mappings made before.
        const FUTURE_WRITE = kernel::F_SEAL_FUTURE_WRITE;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// The pointer to an offset; null for the file's own position.
///
/// The kernel reads an offset of 2^63 or more as negative, and refuses it.
#[inline(always)]
fn pointer(offset: Option<&mut u64>) -> Register {
    offset.map_or(Register::ZERO, |offset| ptr::from_mut(offset).into())
}

/// `copy_file_range(fd_in, off_in, fd_out, off_out, size, flags)`: copies from
/// file to file inside the kernel or the file system.
///
/// Makes exactly one call; it does not continue after a short count.
///
/// - `off_in`, `off_out`: the byte to start from, 0..=2^63 − 1, advanced by the
///   bytes copied; `None` uses and advances the file's own position.
/// - `size`: bytes to copy, clamped to [`MAX_COUNT`].
///
/// # Returns
///
/// The bytes copied, which may be fewer than `size`; 0 at the end of the input,
/// and on some kernels at the start of a file whose size is not known, as in
/// /proc.
///
/// # Errors
///
/// EBADF (also if `fd_out` is O_APPEND), EFBIG, EINVAL (not two regular files, or
/// overlapping ranges of one), EIO, EISDIR, ENOMEM, ENOSPC, ENOSYS before Linux
/// 4.5, EOPNOTSUPP, EOVERFLOW, EPERM, ETXTBSY, EXDEV; on network file systems
/// also EACCES and ENOENT.
///
/// # Platform
///
/// i386: 377. x86_64: 326.
///
/// # References
///
/// copy_file_range(2).
#[inline]
pub fn copy_file_range<'fd, G: Gate>(
    gate: G,
    fd_in: impl Into<Fd<'fd>>,
    off_in: Option<&mut u64>,
    fd_out: impl Into<Fd<'fd>>,
    off_out: Option<&mut u64>,
    size: usize,
) -> Result<usize, Errno> {
    let (fd_in, fd_out) = (register(fd_in), register(fd_out));
    let number = nr::COPY_FILE_RANGE;
    between(gate, number, fd_in, off_in, fd_out, off_out, size, 0)
}

/// `splice(fd_in, off_in, fd_out, off_out, size, flags)`: moves bytes to or
/// from a pipe inside the kernel. At least one descriptor must be a pipe.
///
/// Makes exactly one call; it does not continue after a short count.
///
/// - `off_in`, `off_out`: the byte to start from, 0..=2^63 − 1, advanced by the
///   bytes moved; `None` uses and advances the file's own position, and is the
///   only value for a pipe.
/// - `size`: bytes to move, clamped to [`MAX_COUNT`].
///
/// # Returns
///
/// The bytes moved, which may be fewer than `size`; 0 at the end of the input,
/// which a pipe has when it is empty and has no writer.
///
/// # Errors
///
/// EAGAIN, EBADF, EINTR, EINVAL (no descriptor is a pipe, both are the same
/// pipe, or the file does not support splice), EIO, ENOMEM, ENOSYS before Linux
/// 2.6.17, EPIPE (with SIGPIPE), ESPIPE (an offset with a pipe), and those of
/// reading or writing the file.
///
/// # Platform
///
/// i386: 313. x86_64: 275.
///
/// # References
///
/// splice(2).
#[inline]
pub fn splice<'fd, G: Gate>(
    gate: G,
    fd_in: impl Into<Fd<'fd>>,
    off_in: Option<&mut u64>,
    fd_out: impl Into<Fd<'fd>>,
    off_out: Option<&mut u64>,
    size: usize,
    flags: SpliceFlags,
) -> Result<usize, Errno> {
    let (fd_in, fd_out) = (register(fd_in), register(fd_out));
    let flags = flags.bits();
    between(
        gate,
        nr::SPLICE,
        fd_in,
        off_in,
        fd_out,
        off_out,
        size,
        flags,
    )
}

/// A call that takes two descriptors, an offset for each, a size and flags.
#[allow(clippy::too_many_arguments)] // They are the calls'.
#[inline(always)]
fn between<G: Gate>(
    gate: G,
    number: u32,
    fd_in: Register,
    off_in: Option<&mut u64>,
    fd_out: Register,
    off_out: Option<&mut u64>,
    size: usize,
    flags: u32,
) -> Result<usize, Errno> {
    // SAFETY: the offsets are borrowed for the length of the call.
    decode(unsafe {
        gate.call(
            number,
            [
                fd_in,
                pointer(off_in),
                fd_out,
                pointer(off_out),
                size.min(MAX_COUNT).into(),
                flags.into(),
            ],
        )
    })
}

/// `fcntl64(fd, F_SETPIPE_SZ, bytes)`: sets the capacity of a pipe.
///
/// - `bytes`: rounded up to a power-of-two number of pages.
///
/// # Returns
///
/// The new capacity in bytes, at least `bytes`.
///
/// # Errors
///
/// EBADF if `fd` is no pipe; EBUSY if the pipe holds more bytes than that;
/// EINVAL before Linux 2.6.35; EPERM above `/proc/sys/fs/pipe-max-size` without
/// privilege.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("fcntl", "fcntl64", "F_SETPIPE_SZ"))]
#[inline]
pub fn fcntl_setpipe_sz<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    bytes: u32,
) -> Result<usize, Errno> {
    // SAFETY: F_SETPIPE_SZ touches no memory.
    decode(unsafe {
        gate.call(
            nr::FCNTL64,
            [register(fd), kernel::F_SETPIPE_SZ.into(), bytes.into()],
        )
    })
}

/// `fcntl64(fd, F_GETPIPE_SZ)`: the capacity of a pipe.
///
/// # Returns
///
/// The capacity in bytes.
///
/// # Errors
///
/// EBADF if `fd` is no pipe; EINVAL before Linux 2.6.35.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("fcntl", "fcntl64", "F_GETPIPE_SZ"))]
#[inline]
pub fn fcntl_getpipe_sz<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<usize, Errno> {
    // SAFETY: F_GETPIPE_SZ touches no memory.
    decode(unsafe { gate.call(nr::FCNTL64, [register(fd), kernel::F_GETPIPE_SZ.into()]) })
}

/// `fcntl64(fd, F_GET_SEALS)`: the seals of a memfd.
///
/// # Returns
///
/// The seals; empty if none is set.
///
/// # Errors
///
/// EBADF; EINVAL if the file cannot have seals.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("fcntl", "fcntl64", "F_GET_SEALS"))]
#[inline]
pub fn fcntl_get_seals<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<SealFlags, Errno> {
    let args = [register(fd), kernel::F_GET_SEALS.into()];
    // SAFETY: F_GET_SEALS touches no memory.
    let seals = decode(unsafe { gate.call(nr::FCNTL64, args) })?;
    Ok(SealFlags::from_bits_retain(seals as u32))
}

/// `pipe2(pipefd, flags)`: creates a pipe.
///
/// # Returns
///
/// The read end, and the write end.
///
/// # Errors
///
/// EMFILE, ENFILE.
///
/// # Platform
///
/// i386: 331. x86_64: 293.
///
/// # References
///
/// pipe(2).
#[doc(alias = "pipe")]
#[inline]
pub fn pipe2<G: Gate + Copy>(gate: G, flags: EventFlags) -> Result<[OwnedFd<G>; 2], Errno> {
    let mut ends = MaybeUninit::<[i32; 2]>::uninit();
    // SAFETY: the kernel writes two descriptors.
    decode(unsafe { gate.call(nr::PIPE2, [ends.as_mut_ptr().into(), flags.bits().into()]) })?;
    // SAFETY: the call succeeded and so has written both; they are new, so
    // nothing else owns them.
    unsafe { Ok(ends.assume_init().map(|fd| OwnedFd::from_raw_fd(gate, fd))) }
}

/// `memfd_create(name, MFD_CLOEXEC)`: creates a file in memory that no directory
/// lists.
///
/// - `name`: shown in /proc/PID/fd, for debugging; at most 249 bytes.
///
/// # Returns
///
/// The file, open for reading and writing.
///
/// # Errors
///
/// EINVAL if the name is too long; EMFILE, ENFILE, ENOMEM; ENOSYS before Linux
/// 3.17.
///
/// # Platform
///
/// i386: 356. x86_64: 319.
///
/// # References
///
/// memfd_create(2).
#[inline]
pub fn memfd_create<G: Gate + Copy>(gate: G, name: &CStr) -> Result<OwnedFd<G>, Errno> {
    let flags = Register::from(kernel::MFD_CLOEXEC);
    // SAFETY: the name is a C string; the call opens a descriptor.
    unsafe {
        opened(
            gate,
            gate.call(nr::MEMFD_CREATE, [name.as_ptr().into(), flags]),
        )
    }
}
