//! Opening, closing and asking about files.
//!
//! # Safety
//!
//! As in `call`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

/// The kernel's own structure: type, size, device and inode of a file.
pub use kernel::statx as Statx;

bitflags! {
    /// How a file is opened, and its status flags (open(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct OpenFlags: u32 {
        /// For writing only; without this or [`RDWR`](Self::RDWR), for reading only.
        const WRONLY = kernel::O_WRONLY;
        /// For reading and writing.
        const RDWR = kernel::O_RDWR;
        /// The bits that tell what it is open for: none of them is reading.
        const ACCESS = kernel::O_ACCMODE | kernel::O_PATH;
        /// Every write goes to the end; refused as sendfile's output.
        const APPEND = kernel::O_APPEND;
        /// Made if it is not there.
        const CREAT = kernel::O_CREAT;
        /// Fails if it is there already, with [`CREAT`](Self::CREAT).
        const EXCL = kernel::O_EXCL;
        /// Cut to length 0.
        const TRUNC = kernel::O_TRUNC;
        /// Closed on execve.
        const CLOEXEC = kernel::O_CLOEXEC;
        /// A directory, or an error.
        const DIRECTORY = kernel::O_DIRECTORY;
        /// EAGAIN instead of waiting.
        const NONBLOCK = kernel::O_NONBLOCK;
        // The kernel knows more.
        const _ = !0;
    }
}

static_assertions::assert_eq_size!(Statx, [u8; 256]);

/// From where [`lseek`] counts (lseek(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Whence {
    /// The start of the file.
    Set = kernel::SEEK_SET,
    /// The position now.
    Current = kernel::SEEK_CUR,
    /// The end of the file.
    End = kernel::SEEK_END,
}

/// `openat(dirfd, pathname, flags, mode)`, with O_LARGEFILE always set: on i386
/// a file opened without it ends at 2^31 − 1 bytes.
///
/// - `directory`: where a relative path starts; [`Fd::CWD`] is the working
///   directory.
/// - `mode`: the permissions of a file that is made.
///
/// # Errors
///
/// open(2): EACCES, EISDIR, ELOOP, EMFILE, ENOENT, ENOTDIR and others.
#[inline]
pub fn openat<G: Gate + Copy>(
    gate: G,
    directory: Fd<'_>,
    path: &CStr,
    flags: OpenFlags,
    mode: u32,
) -> Result<OwnedFd<G>, Errno> {
    let flags = flags.bits() | kernel::O_LARGEFILE;
    // SAFETY: the path is a string that ends; nothing is written.
    let opened = decode(unsafe {
        gate.call4(
            nr::OPENAT,
            directory.into(),
            path.as_ptr().into(),
            flags.into(),
            mode.into(),
        )
    });
    // A descriptor is an int. SAFETY: it is new, and nobody else's.
    opened.map(|number| unsafe { OwnedFd::from_raw(gate, number as i32) })
}

/// `close(fd)`, for [`OwnedFd`] and the C interface.
///
/// # Safety
///
/// The descriptor is the caller's to close, and is not used afterwards.
#[inline(always)]
pub(crate) unsafe fn close<G: Gate>(gate: G, number: i32) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call1(nr::CLOSE, number.into()) }).map(drop)
}

/// `fcntl64(fd, F_GETFL)`: how `fd` was opened, and its status flags.
///
/// # Errors
///
/// EBADF.
#[inline]
pub fn status_flags<G: Gate>(gate: G, fd: Fd<'_>) -> Result<OpenFlags, Errno> {
    // SAFETY: F_GETFL touches no memory.
    let flags = decode(unsafe { gate.call2(nr::FCNTL64, fd.into(), kernel::F_GETFL.into()) })?;
    Ok(OpenFlags::from_bits_retain(flags as u32))
}

/// `statx(fd, "", AT_EMPTY_PATH, …)`: type, mode, size, device and inode of an
/// open file.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.11.
// Out of line it would copy the structure.
#[inline(always)]
pub fn fstat<G: Gate>(gate: G, fd: Fd<'_>) -> Result<Statx, Errno> {
    let mut status = MaybeUninit::<Statx>::uninit();
    // SAFETY: the path is a string that ends; the kernel writes a `Statx`.
    decode(unsafe {
        gate.call5(
            nr::STATX,
            fd.into(),
            c"".as_ptr().into(),
            kernel::AT_EMPTY_PATH.into(),
            kernel::STATX_BASIC_STATS.into(),
            status.as_mut_ptr().into(),
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    Ok(unsafe { status.assume_init() })
}

/// `lseek(fd, offset, whence)`: moves `fd`'s position.
///
/// # Returns
///
/// The position from the start of the file, in bytes.
///
/// # Errors
///
/// EBADF; EINVAL where the position would be negative; ESPIPE where `fd` cannot
/// seek.
///
/// # Platform
///
/// i386: `_llseek`, 140, since 19 has 32 bits. x86_64: 8.
#[inline]
pub fn lseek<G: Gate>(gate: G, fd: Fd<'_>, offset: i64, whence: Whence) -> Result<u64, Errno> {
    let whence = Register::from(whence as u32);
    if size_of::<usize>() == size_of::<u64>() {
        // SAFETY: lseek touches no memory.
        let position =
            unsafe { gate.call3(nr::LSEEK, fd.into(), (offset as usize).into(), whence) };
        return decode(position).map(|position| position as u64);
    }
    let mut position = 0_u64;
    let offset = offset as u64;
    // SAFETY: the kernel writes the position, 8 bytes.
    decode(unsafe {
        gate.call5(
            nr::_LLSEEK,
            fd.into(),
            Register::high(offset),
            Register::low(offset),
            (&raw mut position).into(),
            whence,
        )
    })?;
    Ok(position)
}
