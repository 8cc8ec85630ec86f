//! Folders and the names in them: opening below a folder, listing, renaming,
//! removing, links.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit, ptr};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{OpenFlags, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// How [`openat2`] resolves a path (openat2(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ResolveFlags: u64 {
        /// Nothing outside `dirfd`: EXDEV.
        const BENEATH = kernel::RESOLVE_BENEATH as u64;
        /// `dirfd` is the root, for `..` and absolute links, too.
        const IN_ROOT = kernel::RESOLVE_IN_ROOT as u64;
        /// No link such as those in /proc/PID/fd: ELOOP.
        const NO_MAGICLINKS = kernel::RESOLVE_NO_MAGICLINKS as u64;
        /// No symbolic link at all: ELOOP.
        const NO_SYMLINKS = kernel::RESOLVE_NO_SYMLINKS as u64;
        /// No mount point is crossed: EXDEV.
        const NO_XDEV = kernel::RESOLVE_NO_XDEV as u64;
        // The kernel knows more.
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

/// `openat2(dirfd, pathname, how, size)`: [`openat`](super::openat) with limits
/// on how the path is resolved, with O_LARGEFILE set but for O_PATH.
///
/// It does not ignore flags that it does not know, as openat does.
///
/// - `dirfd`: where a relative path starts.
/// - `mode`: the permissions of a file that is made; must be 0 where none is.
///
/// # Returns
///
/// The descriptor, the lowest number that was free.
///
/// # Errors
///
/// Those of openat; EXDEV and ELOOP by `resolve`; EAGAIN where a rename raced
/// with `..`; ENOSYS before Linux 5.6; EPERM in some sandboxes.
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
    // With O_PATH, openat2 refuses what means nothing then.
    let large = match flags.contains(OpenFlags::PATH) {
        true => 0,
        false => kernel::O_LARGEFILE,
    };
    let how = OpenHow {
        flags: (flags.bits() | large).into(),
        mode: mode.into(),
        resolve: resolve.bits(),
    };
    // SAFETY: the path is a string that ends; the kernel reads `how`.
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

/// `getdents64(fd, dirp, count)`: the next entries of a folder.
///
/// It does not sort, and `.` and `..` are among the entries.
///
/// - `buf`: an entry takes 24 bytes and its name; 280 hold any.
///
/// # Returns
///
/// The entries; none at the end.
///
/// # Errors
///
/// EBADF; EINVAL where the next entry does not fit; ENOENT where the folder was
/// removed; ENOTDIR.
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

/// An iterator over the entries of one [`getdents64`].
#[derive(Clone, Debug)]
pub struct Entries<'buf> {
    /// Entries in the kernel's layout, one after another.
    rest: &'buf [u8],
}

/// One entry of a folder (`struct linux_dirent64`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'buf> {
    /// The inode's number.
    pub ino: u64,
    /// Where the next entry is, for lseek.
    pub offset: i64,
    /// The type, DT_…; 0 where the file system does not say.
    pub kind: u8,
    /// The name, without a slash.
    pub name: &'buf CStr,
}

impl Entry<'_> {
    /// `kind` of a folder (`DT_DIR`).
    pub const DIR: u8 = 4;
    /// `kind` of a regular file (`DT_REG`).
    pub const REG: u8 = 8;
    /// `kind` of a symbolic link (`DT_LNK`).
    pub const LNK: u8 = 10;
}

/// Where the name begins in an entry.
const NAME: usize = core::mem::offset_of!(kernel::linux_dirent64, d_name);

/// The C string at the beginning of some bytes; `None` where they have no NUL.
///
/// `CStr::from_bytes_until_nul` is code of `core`'s own, which on i386 is compiled
/// for newer processors than a program may be.
#[must_use]
pub fn c_string(bytes: &[u8]) -> Option<&CStr> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    let string = bytes.get(..=end)?;
    // SAFETY: the last byte is a NUL and the first one, as was found above.
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
    /// How [`renameat2`] renames (rename(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct RenameFlags: u32 {
        /// EEXIST where the new name is taken.
        const NOREPLACE = kernel::RENAME_NOREPLACE;
        /// The two names change places.
        const EXCHANGE = kernel::RENAME_EXCHANGE;
        // The kernel knows more.
        const _ = !0;
    }
}

/// `renameat2(olddirfd, oldpath, newdirfd, newpath, flags)`: renames a file.
///
/// It does not copy: both names must be on one mount.
///
/// # Errors
///
/// rename(2): EACCES, EEXIST, EINVAL, ENOENT, ENOTEMPTY, EXDEV and others;
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
    // SAFETY: the paths are strings that end; nothing is written.
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

/// `unlinkat(dirfd, pathname, flags)`: removes a name, or an empty folder.
///
/// - `folder`: whether it is a folder (`AT_REMOVEDIR`).
///
/// # Errors
///
/// unlink(2): EACCES, EBUSY, EISDIR, ENOENT, ENOTDIR, ENOTEMPTY and others.
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
    folder: bool,
) -> Result<(), Errno> {
    let flags = if folder { kernel::AT_REMOVEDIR } else { 0 };
    // SAFETY: the path is a string that ends; nothing is written.
    decode(unsafe {
        gate.call(
            nr::UNLINKAT,
            [register(dirfd), pathname.as_ptr().into(), flags.into()],
        )
    })
    .map(drop)
}

/// `mkdirat(dirfd, pathname, mode)`: makes a folder.
///
/// - `mode`: its permissions, from which the process's umask is taken.
///
/// # Errors
///
/// mkdir(2): EACCES, EEXIST, ENOENT, ENOSPC, ENOTDIR and others.
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
    // SAFETY: the path is a string that ends; nothing is written.
    decode(unsafe {
        gate.call(
            nr::MKDIRAT,
            [register(dirfd), pathname.as_ptr().into(), mode.into()],
        )
    })
    .map(drop)
}

/// `readlinkat(dirfd, pathname, buf, bufsiz)`: where a symbolic link leads.
///
/// It adds no NUL, and does not say whether the text was cut: a result as long
/// as `buf` may have been.
///
/// - `buf`: uninitialised bytes; 4096 hold any link.
///
/// # Returns
///
/// The part of `buf` that was written.
///
/// # Errors
///
/// EINVAL where it is no link, or `buf` is empty; EACCES, ENOENT, ENOTDIR.
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
    Ok(unsafe { core::slice::from_raw_parts(written.as_ptr().cast(), written.len()) })
}

/// `fsync(fd)`: waits until the file's data and status are on the disk.
///
/// It does not do the same for the folder that has its name.
///
/// # Errors
///
/// EBADF, EDQUOT, EIO, ENOSPC; EINVAL where `fd` cannot be synchronised.
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

/// `ftruncate64(fd, length)`: cuts a file, or extends it with a hole.
///
/// It does not move `fd`'s position.
///
/// - `length`: in bytes, up to 2^63 − 1.
///
/// # Errors
///
/// EBADF; EFBIG; EINVAL; EPERM where the file is sealed.
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
