//! Opening, closing and asking about files.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

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
        /// A terminal does not become the process's own.
        const NOCTTY = kernel::O_NOCTTY;
        /// ELOOP where the last part of the path is a symbolic link.
        const NOFOLLOW = kernel::O_NOFOLLOW;
        /// Neither for reading nor for writing: a place in the file system.
        const PATH = kernel::O_PATH;
        // The kernel knows more.
        const _ = !0;
    }
}

/// From where [`lseek`] counts (lseek(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
/// - `dirfd`: where a relative path starts; [`Fd::CWD`] is the working
///   directory.
/// - `mode`: the permissions of a file that is made.
///
/// # Returns
///
/// The descriptor, the lowest number that was free.
///
/// # Errors
///
/// open(2): EACCES, EISDIR, ELOOP, EMFILE, ENOENT, ENOTDIR and others.
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
    // SAFETY: the path is a string that ends; nothing is written.
    let opened = decode(unsafe {
        gate.call(
            nr::OPENAT,
            [
                register(dirfd),
                pathname.as_ptr().into(),
                flags.into(),
                mode.into(),
            ],
        )
    });
    // A descriptor is an int. SAFETY: it is new, so that nothing else owns it.
    opened.map(|number| unsafe { OwnedFd::from_raw_fd(gate, number as i32) })
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

/// `fcntl64(fd, F_GETFL)`: how `fd` was opened, and its status flags.
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

/// `fcntl64(fd, F_SETFL, flags)`: changes the status flags of an open file, for
/// all descriptors of it, in other processes too.
///
/// Only APPEND, NONBLOCK, and a few that the kernel knows besides, change.
///
/// # Errors
///
/// EBADF; EINVAL; EPERM.
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

/// `fcntl64(fd, F_DUPFD_CLOEXEC, least)`: another descriptor of the same open
/// file, with the same position.
///
/// - `least`: the lowest number that it may have.
///
/// # Returns
///
/// The new descriptor, the lowest free one from `least` on.
///
/// # Errors
///
/// EBADF; EINVAL; EMFILE.
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
        super::opened(gate, result)
    }
}

bitflags! {
    /// How a path is resolved (statx(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AtFlags: u32 {
        /// An empty path means the descriptor itself.
        const EMPTY_PATH = kernel::AT_EMPTY_PATH;
        /// A symbolic link at the end is not followed.
        const SYMLINK_NOFOLLOW = kernel::AT_SYMLINK_NOFOLLOW;
        // The kernel knows more.
        const _ = !0;
    }
}

/// A time of [`Statx`] (`struct statx_timestamp`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct StatxTime {
    /// Seconds since 1970, negative before.
    pub tv_sec: i64,
    /// Nanoseconds, 0..=999_999_999.
    pub tv_nsec: u32,
    reserved: i32,
}

/// What statx tells of a file (`struct statx`). Fields bear the kernel's names.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
#[repr(C)]
#[allow(missing_docs)] // statx(2) describes each field.
pub struct Statx {
    pub stx_mask: u32,
    pub stx_blksize: u32,
    pub stx_attributes: u64,
    pub stx_nlink: u32,
    pub stx_uid: u32,
    pub stx_gid: u32,
    pub stx_mode: u16,
    reserved: u16,
    pub stx_ino: u64,
    pub stx_size: u64,
    pub stx_blocks: u64,
    pub stx_attributes_mask: u64,
    pub stx_atime: StatxTime,
    pub stx_btime: StatxTime,
    pub stx_ctime: StatxTime,
    pub stx_mtime: StatxTime,
    pub stx_rdev_major: u32,
    pub stx_rdev_minor: u32,
    pub stx_dev_major: u32,
    pub stx_dev_minor: u32,
    pub stx_mnt_id: u64,
    pub stx_dio_mem_align: u32,
    pub stx_dio_offset_align: u32,
    later: [u64; 12],
}

// The layout is the kernel's.
static_assertions::assert_eq_size!(Statx, kernel::statx);
const _: () = {
    use core::mem::offset_of;
    assert!(offset_of!(Statx, stx_mode) == offset_of!(kernel::statx, stx_mode));
    assert!(offset_of!(Statx, stx_size) == offset_of!(kernel::statx, stx_size));
    assert!(offset_of!(Statx, stx_mtime) == offset_of!(kernel::statx, stx_mtime));
    assert!(offset_of!(Statx, stx_dev_minor) == offset_of!(kernel::statx, stx_dev_minor));
    assert!(offset_of!(Statx, stx_mnt_id) == offset_of!(kernel::statx, stx_mnt_id));
};

/// `statx(dirfd, pathname, flags, STATX_BASIC_STATS, …)`: type, mode, size,
/// device, inode and times of a file.
///
/// - `pathname`: relative to `dirfd`; empty, with [`AtFlags::EMPTY_PATH`], it
///   means `dirfd` itself.
///
/// # Errors
///
/// EACCES, EBADF, ELOOP, ENOENT, ENOTDIR; ENOSYS before Linux 4.11.
///
/// # Platform
///
/// i386: 383. x86_64: 332.
///
/// # References
///
/// statx(2).
// Out of line it would copy the structure.
#[doc(alias("stat", "fstat", "lstat"))]
#[inline(always)]
pub fn statx<'fd, G: Gate>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    flags: AtFlags,
) -> Result<Statx, Errno> {
    let mut status = MaybeUninit::<Statx>::uninit();
    // SAFETY: the path is a string that ends; the kernel writes a `Statx`.
    decode(unsafe {
        gate.call(
            nr::STATX,
            [
                register(dirfd),
                pathname.as_ptr().into(),
                flags.bits().into(),
                kernel::STATX_BASIC_STATS.into(),
                status.as_mut_ptr().into(),
            ],
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    Ok(unsafe { status.assume_init() })
}

/// What fstat64 tells of a file, in the i386 layout (`struct stat64`), the same
/// on both architectures.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
#[repr(C, packed(4))]
#[allow(missing_docs)] // stat(2) describes each field.
pub struct Stat64 {
    pub st_dev: u64,
    reserved: u32,
    short_ino: u32,
    pub st_mode: u32,
    pub st_nlink: u32,
    pub st_uid: u32,
    pub st_gid: u32,
    pub st_rdev: u64,
    reserved_too: u32,
    pub st_size: i64,
    pub st_blksize: u32,
    pub st_blocks: u64,
    /// Seconds and nanoseconds of access, modification and change.
    pub times: [[u32; 2]; 3],
    pub st_ino: u64,
}

static_assertions::assert_eq_size!(Stat64, [u8; 96]);

/// `fstat64(fd, statbuf)`: type, mode, size, device and inode of an open file,
/// for kernels and sandboxes that refuse [`statx`].
///
/// # Returns
///
/// The status.
///
/// # Errors
///
/// EBADF.
///
/// # Platform
///
/// i386: 197. x86_64: 5, whose structure is rewritten.
///
/// # References
///
/// fstat(2).
#[doc(alias = "fstat")]
#[inline(always)]
pub fn fstat64<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<Stat64, Errno> {
    let mut status = MaybeUninit::<Stat64>::zeroed();
    // SAFETY: the kernel writes a `Stat64`.
    decode(unsafe { gate.call(nr::FSTAT64, [register(fd), status.as_mut_ptr().into()]) })?;
    // SAFETY: the call succeeded, and so has written it.
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
