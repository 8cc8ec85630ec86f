//! File status: type, mode, size, device, inode and times.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, errno::decode, gate::nr};

bitflags! {
    /// Flags of [`statx`] (statx(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AtFlags: u32 {
        /// Take an empty path for the descriptor itself.
        const EMPTY_PATH = kernel::AT_EMPTY_PATH;
        /// Do not follow a symbolic link in the last component of the path.
        const SYMLINK_NOFOLLOW = kernel::AT_SYMLINK_NOFOLLOW;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// A timestamp of [`Statx`] (`struct statx_timestamp`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct StatxTime {
    /// Seconds since 1970, negative before.
    pub tv_sec: i64,
    /// Nanoseconds, 0..=999_999_999.
    pub tv_nsec: u32,
    reserved: i32,
}

/// The status of a file (`struct statx`). The fields have the kernel's names.
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
/// - `pathname`: relative to `dirfd`; empty, with [`AtFlags::EMPTY_PATH`], for
///   `dirfd` itself.
///
/// # Returns
///
/// The status; `stx_mask` has a bit for each field that the file system filled
/// in.
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
    // SAFETY: the path is a C string; the kernel writes a `Statx`.
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

/// The status of a file in the i386 layout (`struct stat64`), the same on both
/// architectures.
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
    /// The times of the last access, modification and status change: seconds
    /// since 1970 and nanoseconds, 32 bits each.
    pub times: [[u32; 2]; 3],
    pub st_ino: u64,
}

static_assertions::assert_eq_size!(Stat64, [u8; 96]);

/// `fstat64(fd, statbuf)`: type, mode, size, device and inode of an open file,
/// for kernels and sandboxes that refuse [`statx`].
///
/// # Returns
///
/// The status of the file.
///
/// # Errors
///
/// EBADF; EOVERFLOW if a number does not fit its field.
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

// File types (`include/uapi/linux/stat.h`).
pub(crate) const S_IFIFO: u32 = 0o010_000;
pub(crate) const S_IFREG: u32 = 0o100_000;
pub(crate) const S_IFSOCK: u32 = 0o140_000;

/// The file type in the mode of `fd`, by fstat64 if statx is refused.
///
/// # Errors
///
/// Those of [`fstat64`].
pub(crate) fn file_type<G: Gate>(gate: G, fd: Fd<'_>) -> Result<u32, Errno> {
    statx(&gate, fd, c"", AtFlags::EMPTY_PATH)
        .map(|status| status.stx_mode.into())
        .or_else(|_| fstat64(&gate, fd).map(|status| status.st_mode))
        .map(|mode| mode & 0o170_000)
}
