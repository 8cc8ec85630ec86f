//! Directories and the names in them: listing, creating, renaming, removing,
//! symbolic links, and opening with limits on the path.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit, ptr, slice};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{OpenFlags, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// Limits on how [`openat2`] resolves a path (openat2(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ResolveFlags: u64 {
        /// Fail with EXDEV if the path leads out of `dirfd`.
        const BENEATH = kernel::RESOLVE_BENEATH as u64;
        /// Take `dirfd` for the root, also in `..` and absolute symbolic links.
        const IN_ROOT = kernel::RESOLVE_IN_ROOT as u64;
        /// Fail with ELOOP at magic links, such as those in /proc/PID/fd.
        const NO_MAGICLINKS = kernel::RESOLVE_NO_MAGICLINKS as u64;
        /// Fail with ELOOP at any symbolic link.
        const NO_SYMLINKS = kernel::RESOLVE_NO_SYMLINKS as u64;
        /// Fail with EXDEV at mount points.
        const NO_XDEV = kernel::RESOLVE_NO_XDEV as u64;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// The kernel's `struct open_how`.
#[repr(C)]
struct OpenHow {
    flags: u64,
    mode: u64,
    resolve: u64,
}

static_assertions::assert_eq_size!(OpenHow, kernel::open_how);

/// `openat2(dirfd, pathname, how, size)`: opens a file, as
/// [`openat`](super::openat) does, with limits on how the path is resolved.
///
/// O_LARGEFILE is set, except with O_PATH. Unlike openat, the call does not
/// ignore flags that the kernel does not know.
///
/// - `dirfd`: the directory of a relative path.
/// - `mode`: the permissions of a file that is created, less the umask; must be
///   0 without [`CREAT`](OpenFlags::CREAT).
///
/// # Returns
///
/// The lowest free descriptor.
///
/// # Errors
///
/// Those of openat; EINVAL for an unknown flag; EXDEV and ELOOP by `resolve`;
/// EAGAIN if a rename or a mount raced with a `..`: try again; ENOSYS before
/// Linux 5.6; EPERM in some sandboxes.
///
/// # Platform
///
/// i386 and x86_64: 437.
///
/// # References
///
/// openat2(2).
#[inline]
pub fn openat2<'fd, G: Gate + Copy>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    flags: OpenFlags,
    mode: u32,
    resolve: ResolveFlags,
) -> Result<OwnedFd<G>, Errno> {
    // openat2 refuses flags that have no meaning with O_PATH.
    let large = match flags.contains(OpenFlags::PATH) {
        true => 0,
        false => kernel::O_LARGEFILE,
    };
    let how = OpenHow {
        flags: (flags.bits() | large).into(),
        mode: mode.into(),
        resolve: resolve.bits(),
    };
    // SAFETY: the path is a C string; the kernel reads `how`.
    let result = unsafe {
        gate.call(
            nr::OPENAT2,
            [
                register(dirfd),
                pathname.as_ptr().into(),
                ptr::from_ref(&how).into(),
                size_of::<OpenHow>().into(),
            ],
        )
    };
    // SAFETY: the call opens a descriptor.
    unsafe { opened(gate, result) }
}

/// `getdents64(fd, dirp, count)`: reads the next entries of a directory.
///
/// It does not sort them, and does not leave out `.` and `..`.
///
/// - `buf`: 280 bytes hold any entry: at most 24 and a name of up to 255.
///
/// # Returns
///
/// The entries; none at the end of the directory.
///
/// # Errors
///
/// EBADF; EINVAL if the next entry does not fit into `buf`; ENOENT if the
/// directory was removed; ENOTDIR.
///
/// # Platform
///
/// i386: 220. x86_64: 217.
///
/// # References
///
/// getdents64(2).
#[doc(alias("getdents", "readdir"))]
#[inline]
pub fn getdents64<'fd, 'buf, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    buf: &'buf mut [u8],
) -> Result<Entries<'buf>, Errno> {
    let at = Register::from(buf.as_mut_ptr());
    // SAFETY: the kernel writes into the slice alone.
    let filled =
        decode(unsafe { gate.call(nr::GETDENTS64, [register(fd), at, buf.len().into()]) })?;
    Ok(Entries {
        rest: buf.get(..filled).unwrap_or_default(),
    })
}

/// An iterator over the entries that one [`getdents64`] has read.
#[derive(Clone, Debug)]
pub struct Entries<'buf> {
    /// Entries in the kernel's layout, one after another.
    rest: &'buf [u8],
}

/// One entry of a directory (`struct linux_dirent64`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'buf> {
    /// The inode number.
    pub ino: u64,
    /// The position of the next entry, for lseek.
    pub offset: i64,
    /// The type, `DT_…`; 0 if the file system does not tell.
    pub kind: u8,
    /// The name, without a slash.
    pub name: &'buf CStr,
}

impl Entry<'_> {
    /// `kind` of a directory (`DT_DIR`).
    pub const DIR: u8 = 4;
    /// `kind` of a regular file (`DT_REG`).
    pub const REG: u8 = 8;
    /// `kind` of a symbolic link (`DT_LNK`).
    pub const LNK: u8 = 10;
}

/// The offset of the name in an entry.
const NAME: usize = core::mem::offset_of!(kernel::linux_dirent64, d_name);

/// The C string at the start of `bytes`; `None` if they contain no NUL.
///
/// `CStr::from_bytes_until_nul` does the same by code that is compiled with
/// `core`, on i386 for a newer processor than the program may need.
#[must_use]
pub fn c_string(bytes: &[u8]) -> Option<&CStr> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    let string = bytes.get(..=end)?;
    // SAFETY: the last byte is the first NUL, as found above.
    Some(unsafe { CStr::from_bytes_with_nul_unchecked(string) })
}

impl<'buf> Iterator for Entries<'buf> {
    type Item = Entry<'buf>;

    fn next(&mut self) -> Option<Entry<'buf>> {
        let (ino, tail) = self.rest.split_first_chunk::<8>()?;
        let (offset, tail) = tail.split_first_chunk::<8>()?;
        let (length, tail) = tail.split_first_chunk::<2>()?;
        let (&kind, _) = tail.split_first()?;
        let length = usize::from(u16::from_ne_bytes(*length));
        let name = self.rest.get(NAME..length)?;
        let name = c_string(name)?;
        self.rest = self.rest.get(length..)?;
        Some(Entry {
            ino: u64::from_ne_bytes(*ino),
            offset: i64::from_ne_bytes(*offset),
            kind,
            name,
        })
    }
}

bitflags! {
    /// Flags of [`renameat2`] (rename(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct RenameFlags: u32 {
        /// Fail with EEXIST if the new name exists.
        const NOREPLACE = kernel::RENAME_NOREPLACE;
        /// Exchange the two files.
        const EXCHANGE = kernel::RENAME_EXCHANGE;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// `renameat2(olddirfd, oldpath, newdirfd, newpath, flags)`: renames a file.
///
/// It does not copy: both names must be on the same mounted file system.
///
/// # Errors
///
/// EACCES, EEXIST, EINVAL, ENOENT, ENOTEMPTY, EXDEV and others (rename(2));
/// ENOSYS before Linux 3.15.
///
/// # Platform
///
/// i386: 353. x86_64: 316.
///
/// # References
///
/// rename(2).
#[doc(alias("rename", "renameat"))]
#[inline]
pub fn renameat2<'old, 'new, G: Gate>(
    gate: G,
    olddirfd: impl Into<Fd<'old>>,
    oldpath: &CStr,
    newdirfd: impl Into<Fd<'new>>,
    newpath: &CStr,
    flags: RenameFlags,
) -> Result<(), Errno> {
    // SAFETY: the paths are C strings; nothing is written.
    decode(unsafe {
        gate.call(
            nr::RENAMEAT2,
            [
                register(olddirfd),
                oldpath.as_ptr().into(),
                register(newdirfd),
                newpath.as_ptr().into(),
                flags.bits().into(),
            ],
        )
    })
    .map(drop)
}

/// `unlinkat(dirfd, pathname, flags)`: removes a name of a file, or an empty
/// directory.
///
/// - `directory`: whether to remove a directory (`AT_REMOVEDIR`).
///
/// # Errors
///
/// EACCES, EBUSY, EISDIR, ENOENT, ENOTDIR, ENOTEMPTY and others (unlink(2)).
///
/// # Platform
///
/// i386: 301. x86_64: 263.
///
/// # References
///
/// unlink(2).
#[doc(alias("unlink", "rmdir"))]
#[inline]
pub fn unlinkat<'fd, G: Gate>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    directory: bool,
) -> Result<(), Errno> {
    let flags = if directory { kernel::AT_REMOVEDIR } else { 0 };
    // SAFETY: the path is a C string; nothing is written.
    decode(unsafe {
        gate.call(
            nr::UNLINKAT,
            [register(dirfd), pathname.as_ptr().into(), flags.into()],
        )
    })
    .map(drop)
}

/// `mkdirat(dirfd, pathname, mode)`: creates a directory.
///
/// - `mode`: its permissions, less the umask.
///
/// # Errors
///
/// EACCES, EEXIST, ENOENT, ENOSPC, ENOTDIR and others (mkdir(2)).
///
/// # Platform
///
/// i386: 296. x86_64: 258.
///
/// # References
///
/// mkdir(2).
#[doc(alias = "mkdir")]
#[inline]
pub fn mkdirat<'fd, G: Gate>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    mode: u32,
) -> Result<(), Errno> {
    // SAFETY: the path is a C string; nothing is written.
    decode(unsafe {
        gate.call(
            nr::MKDIRAT,
            [register(dirfd), pathname.as_ptr().into(), mode.into()],
        )
    })
    .map(drop)
}

/// `readlinkat(dirfd, pathname, buf, bufsiz)`: reads the target of a symbolic
/// link.
///
/// It does not add a NUL, and does not tell whether the target was truncated: a
/// result of `buf.len()` bytes may have been.
///
/// - `buf`: 4096 bytes hold any target; they need not be initialised.
///
/// # Returns
///
/// The part of `buf` that was written.
///
/// # Errors
///
/// EINVAL if the file is not a symbolic link, or `buf` is empty; EACCES, ENOENT,
/// ENOTDIR.
///
/// # Platform
///
/// i386: 305. x86_64: 267.
///
/// # References
///
/// readlink(2).
#[doc(alias = "readlink")]
#[inline]
pub fn readlinkat<'fd, 'buf, G: Gate>(
    gate: G,
    dirfd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    buf: &'buf mut [MaybeUninit<u8>],
) -> Result<&'buf [u8], Errno> {
    let at = Register::from(buf.as_mut_ptr());
    // SAFETY: the kernel writes into the slice alone.
    let length = decode(unsafe {
        gate.call(
            nr::READLINKAT,
            [
                register(dirfd),
                pathname.as_ptr().into(),
                at,
                buf.len().into(),
            ],
        )
    })?;
    let written = buf.get(..length).unwrap_or_default();
    // SAFETY: the kernel has written these.
    Ok(unsafe { slice::from_raw_parts(written.as_ptr().cast(), written.len()) })
}
