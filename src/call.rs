//! The other calls that a transfer, the runtime and the tools need: each
//! typed, each exactly one system call, none with a loop or a policy.
//!
//! # Safety
//!
//! Every pointer that reaches the gate comes from a reference or a slice that
//! lives until the call returns, and every length is the slice's own.
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

bitflags! {
    /// What to wait for, and what came (poll(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(transparent)]
    pub struct PollFlags: i16 {
        /// There is something to read, or the end.
        const IN = 0x001;
        /// There is room to write.
        const OUT = 0x004;
        /// An error; always reported. A pipe whose reader is gone has it.
        const ERR = 0x008;
        /// The other side is gone; always reported.
        const HUP = 0x010;
        /// The descriptor is not open; always reported.
        const NVAL = 0x020;
        // The kernel knows more.
        const _ = !0;
    }
}

/// One descriptor of a [`poll`] (`struct pollfd`).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PollFd<'fd> {
    /// The descriptor.
    pub fd: Fd<'fd>,
    /// What to wait for.
    pub events: PollFlags,
    /// What came; written by the kernel.
    pub revents: PollFlags,
}

/// One part of a [`writev`] (`struct iovec`).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct IoSlice<'a> {
    base: *const u8,
    len: usize,
    bytes: core::marker::PhantomData<&'a [u8]>,
}

impl<'a> IoSlice<'a> {
    /// The part that is these bytes.
    #[inline(always)]
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            base: bytes.as_ptr(),
            len: bytes.len(),
            bytes: core::marker::PhantomData,
        }
    }
}

static_assertions::assert_eq_size!(PollFd<'_>, [u32; 2]);
static_assertions::assert_eq_size!(IoSlice<'_>, kernel::iovec);
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

/// `read(fd, buf, count)`: reads at `fd`'s position, and moves it.
///
/// # Returns
///
/// The bytes read, at most `buffer.len()`; 0 at the end.
///
/// # Errors
///
/// read(2): EAGAIN, EBADF, EINTR, EINVAL, EIO, EISDIR.
#[inline]
pub fn read<G: Gate>(gate: G, fd: Fd<'_>, buffer: &mut [u8]) -> Result<usize, Errno> {
    let at = Register::from(buffer.as_mut_ptr());
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call3(nr::READ, fd.into(), at, buffer.len().into()) })
}

/// `pread64(fd, buf, count, offset)`: reads at `offset`, and moves nothing.
///
/// # Returns
///
/// The bytes read, at most `buffer.len()`; 0 at the end.
///
/// # Errors
///
/// Those of [`read`]; ESPIPE where `fd` cannot seek; EINVAL from 2^63 on.
#[inline]
pub fn pread<G: Gate>(gate: G, fd: Fd<'_>, buffer: &mut [u8], offset: u64) -> Result<usize, Errno> {
    let at = Register::from(buffer.as_mut_ptr());
    let (low, high) = (Register::low(offset), Register::high(offset));
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call5(nr::PREAD64, fd.into(), at, buffer.len().into(), low, high) })
}

/// `write(fd, buf, count)`: writes at `fd`'s position, and moves it.
///
/// # Returns
///
/// The bytes written, which may be fewer than there are.
///
/// # Errors
///
/// write(2): EAGAIN, EBADF, EDQUOT, EFBIG, EINTR, EINVAL, EIO, ENOSPC, EPIPE
/// (with SIGPIPE).
#[inline]
pub fn write<G: Gate>(gate: G, fd: Fd<'_>, bytes: &[u8]) -> Result<usize, Errno> {
    // SAFETY: the kernel reads the slice alone.
    decode(unsafe {
        gate.call3(
            nr::WRITE,
            fd.into(),
            bytes.as_ptr().into(),
            bytes.len().into(),
        )
    })
}

/// `writev(fd, iov, iovcnt)`: writes the parts in order, in one piece where
/// `fd` writes in pieces.
///
/// # Returns
///
/// The bytes written, which may end within a part.
///
/// # Errors
///
/// Those of [`write`](fn@write); EINVAL for more than 1024 parts.
#[inline]
pub fn writev<G: Gate>(gate: G, fd: Fd<'_>, parts: &[IoSlice<'_>]) -> Result<usize, Errno> {
    // SAFETY: the kernel reads the parts alone, which are slices.
    decode(unsafe {
        gate.call3(
            nr::WRITEV,
            fd.into(),
            parts.as_ptr().into(),
            parts.len().into(),
        )
    })
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

/// `statx(fd, "", AT_EMPTY_PATH, …)`: type, mode, size, device and inode of an
/// open file.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.11.
#[inline]
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

/// `poll(fds, nfds, timeout)`: waits until one of the descriptors is ready.
///
/// - `timeout`: milliseconds; negative waits for ever, 0 not at all.
///
/// # Returns
///
/// How many descriptors have `revents`; 0 when the time is over.
///
/// # Errors
///
/// EINTR; ENOMEM.
#[inline]
pub fn poll<G: Gate>(gate: G, fds: &mut [PollFd<'_>], timeout: i32) -> Result<usize, Errno> {
    let at = Register::from(fds.as_mut_ptr());
    // SAFETY: the kernel writes `revents` of the slice alone.
    decode(unsafe { gate.call3(nr::POLL, at, fds.len().into(), timeout.into()) })
}

/// `exit_group(status)`: ends every thread of the process.
///
/// - `status`: the low 8 bits reach the parent.
#[inline(always)]
pub fn exit_group<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the process ends; nothing of it is used again.
    unsafe { gate.call1(nr::EXIT_GROUP, status.into()) };
    // Reached only where a sandbox refuses the call, where nothing else helps.
    #[allow(clippy::empty_loop)]
    loop {}
}

/// `exit(status)`: ends the thread that calls, and with the last one the
/// process. A byte or two shorter than [`exit_group`], since 1 is quickly made.
///
/// - `status`: the low 8 bits reach the parent.
#[inline(always)]
pub fn exit<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the thread ends; nothing of its stack is used again.
    unsafe { gate.call1(nr::EXIT, status.into()) };
    // Reached only where a sandbox refuses the call, where nothing else helps.
    #[allow(clippy::empty_loop)]
    loop {}
}
