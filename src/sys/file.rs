//! Opening, closing, positioning and truncating files, and their status flags.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::ffi::CStr;

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// The access mode, the creation flags and the status flags of an open file
    /// (open(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct OpenFlags: u32 {
        /// Open for writing only. Without this and [`RDWR`](Self::RDWR) a file is
        /// open for reading only.
        const WRONLY = kernel::O_WRONLY;
        /// Open for reading and writing.
        const RDWR = kernel::O_RDWR;
        /// The mask of the access mode; none of its bits is set for reading only.
        const ACCESS = kernel::O_ACCMODE | kernel::O_PATH;
        /// Write at the end of the file; sendfile refuses such an output.
        const APPEND = kernel::O_APPEND;
        /// Create the file if it does not exist.
        const CREAT = kernel::O_CREAT;
        /// With [`CREAT`](Self::CREAT): fail with EEXIST if the file exists.
        const EXCL = kernel::O_EXCL;
        /// Truncate the file to length 0.
        const TRUNC = kernel::O_TRUNC;
        /// Close the descriptor on execve.
        const CLOEXEC = kernel::O_CLOEXEC;
        /// Fail with ENOTDIR if the path is not a directory.
        const DIRECTORY = kernel::O_DIRECTORY;
        /// Return EAGAIN instead of waiting.
        const NONBLOCK = kernel::O_NONBLOCK;
        /// Do not make a terminal the controlling terminal of the process.
        const NOCTTY = kernel::O_NOCTTY;
        /// Fail with ELOOP if the last component of the path is a symbolic link.
        const NOFOLLOW = kernel::O_NOFOLLOW;
        /// Open for neither reading nor writing: a reference to a place in the
        /// file system.
        const PATH = kernel::O_PATH;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// The origin of an [`lseek`] offset (lseek(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[repr(u32)]
pub enum Whence {
    /// The start of the file (`SEEK_SET`).
    Set = kernel::SEEK_SET,
    /// The current position (`SEEK_CUR`).
    Current = kernel::SEEK_CUR,
    /// The end of the file (`SEEK_END`).
    End = kernel::SEEK_END,
}

/// `openat(dirfd, pathname, flags, mode)`: opens a file.
///
/// O_LARGEFILE is always set: on i386 a file that is opened without it cannot be
/// larger than 2^31 − 1 bytes (EOVERFLOW).
///
/// - `dirfd`: the directory of a relative path; [`Fd::CWD`] is the working
///   directory.
/// - `mode`: the permissions of a file that is created, less the umask; unused
///   otherwise.
///
/// # Returns
///
/// The lowest free descriptor.
///
/// # Errors
///
/// EACCES, EEXIST, EISDIR, ELOOP, EMFILE, ENFILE, ENOENT, ENOTDIR, ENOSPC, EROFS
/// and others (open(2)).
///
/// # Platform
///
/// i386: 295. x86_64: 257.
///
/// # References
///
/// openat(2).
#[doc(alias = "open")]
#[inline]
pub fn openat<'fd, G: Gate + Copy>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    flags: OpenFlags,
    mode: u32,
) -> Result<OwnedFd<G>, Errno> {
    let flags = flags.bits() | kernel::O_LARGEFILE;
    // SAFETY: the path is a C string, and nothing is written; the call opens a
    // descriptor.
    unsafe {
        let path = pathname.as_ptr().into();
        let args = [register(dirfd), path, flags.into(), mode.into()];
        opened(gate, gate.call(nr::OPENAT, args))
    }
}

/// `close(fd)`, for [`OwnedFd`] and the C interface.
///
/// # Safety
///
/// The descriptor is the caller's to close, and is not used afterwards.
#[inline(always)]
pub(crate) unsafe fn close<G: Gate>(gate: G, number: i32) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::CLOSE, [number.into()]) }).map(drop)
}

/// `fcntl64(fd, F_GETFL)`: the access mode and the status flags of an open file.
///
/// # Returns
///
/// The access mode and the status flags.
///
/// # Errors
///
/// EBADF.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("fcntl", "fcntl64", "F_GETFL"))]
#[inline]
pub fn fcntl_getfl<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<OpenFlags, Errno> {
    // SAFETY: F_GETFL touches no memory.
    let flags = decode(unsafe { gate.call(nr::FCNTL64, [register(fd), kernel::F_GETFL.into()]) })?;
    Ok(OpenFlags::from_bits_retain(flags as u32))
}

/// `fcntl64(fd, F_SETFL, flags)`: sets the status flags of an open file, for all
/// its descriptors, including those of other processes.
///
/// Access mode and creation flags are ignored; of the flags here only APPEND
/// and NONBLOCK change.
///
/// # Errors
///
/// EBADF; EINVAL; EPERM if an append-only file would lose APPEND.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("fcntl", "fcntl64", "F_SETFL"))]
#[inline]
pub fn fcntl_setfl<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    flags: OpenFlags,
) -> Result<(), Errno> {
    let flags = Register::from(flags.bits());
    // SAFETY: F_SETFL touches no memory.
    decode(unsafe { gate.call(nr::FCNTL64, [register(fd), kernel::F_SETFL.into(), flags]) })
        .map(drop)
}

/// `fcntl64(fd, F_DUPFD_CLOEXEC, least)`: duplicates a descriptor.
///
/// Both descriptors share the position and the status flags; the new one is
/// closed on execve.
///
/// - `least`: the lowest number that the duplicate may have, 0 or more.
///
/// # Returns
///
/// The lowest free descriptor from `least` on.
///
/// # Errors
///
/// EBADF; EINVAL if `least` is negative or above the limit; EMFILE.
///
/// # Platform
///
/// i386: 221. x86_64: 72.
///
/// # References
///
/// fcntl(2).
#[doc(alias("dup", "fcntl", "fcntl64", "F_DUPFD_CLOEXEC"))]
#[inline]
pub fn fcntl_dupfd_cloexec<'fd, G: Gate + Copy>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    least: i32,
) -> Result<OwnedFd<G>, Errno> {
    let command = Register::from(kernel::F_DUPFD_CLOEXEC);
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe {
        let result = gate.call(nr::FCNTL64, [register(fd), command, least.into()]);
        opened(gate, result)
    }
}

/// `lseek(fd, offset, whence)`: sets the position of `fd`.
///
/// - `offset`: in bytes, relative to `whence`.
///
/// # Returns
///
/// The new position in bytes from the start of the file.
///
/// # Errors
///
/// EBADF; EINVAL if the position would be negative; ESPIPE if `fd` is a pipe, a
/// socket or a terminal.
///
/// # Platform
///
/// i386: `_llseek`, 140, since 19 has 32 bits. x86_64: 8.
///
/// # References
///
/// lseek(2).
#[inline]
pub fn lseek<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    offset: i64,
    whence: Whence,
) -> Result<u64, Errno> {
    let whence = Register::from(whence as u32);
    if size_of::<usize>() == size_of::<u64>() {
        // SAFETY: lseek touches no memory.
        let position =
            unsafe { gate.call(nr::LSEEK, [register(fd), (offset as usize).into(), whence]) };
        return decode(position).map(|position| position as u64);
    }
    let mut position = 0_u64;
    let offset = offset as u64;
    // SAFETY: the kernel writes the position, 8 bytes.
    decode(unsafe {
        gate.call(
            nr::_LLSEEK,
            [
                register(fd),
                Register::high(offset),
                Register::low(offset),
                (&raw mut position).into(),
                whence,
            ],
        )
    })?;
    Ok(position)
}

/// `fsync(fd)`: writes a file's data and metadata to the storage device, and
/// waits until they are there.
///
/// It does not write the directory entry of a new file: call it for the
/// directory, too.
///
/// # Errors
///
/// EBADF, EDQUOT, EIO, ENOSPC; EINVAL if `fd` cannot be synchronised, such as a
/// pipe or a socket.
///
/// # Platform
///
/// i386: 118. x86_64: 74.
///
/// # References
///
/// fsync(2).
#[inline]
pub fn fsync<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<(), Errno> {
    // SAFETY: fsync touches no memory.
    decode(unsafe { gate.call(nr::FSYNC, [register(fd)]) }).map(drop)
}

/// `ftruncate64(fd, length)`: truncates a file, or extends it by a hole.
///
/// It does not change the position of `fd`.
///
/// - `length`: in bytes, 0..=2^63 − 1.
///
/// # Errors
///
/// EBADF; EFBIG; EINVAL if `fd` is not a regular file open for writing; EPERM
/// if a seal forbids it.
///
/// # Platform
///
/// i386: 194, with the length in two registers. x86_64: 77.
///
/// # References
///
/// ftruncate(2).
#[doc(alias = "ftruncate")]
#[inline]
pub fn ftruncate64<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    length: u64,
) -> Result<(), Errno> {
    let (low, high) = (Register::low(length), Register::high(length));
    // SAFETY: ftruncate touches no memory of this process.
    decode(unsafe { gate.call(nr::FTRUNCATE64, [register(fd), low, high]) }).map(drop)
}
