//! read, write and their kind.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::mem::MaybeUninit;

use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// One part of a [`writev`] or [`sendmsg`](super::sendmsg) (`struct iovec`): a
/// borrowed slice of bytes that the kernel reads.
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

    /// How many bytes it has.
    #[inline(always)]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no bytes.
    #[inline(always)]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The part without its first `count` bytes; empty where it has no more.
    #[inline]
    #[must_use]
    pub fn skip(self, count: usize) -> Self {
        let count = count.min(self.len);
        Self {
            // Within the slice, or one past its end.
            base: self.base.wrapping_add(count),
            len: self.len.saturating_sub(count),
            bytes: self.bytes,
        }
    }
}

// SAFETY: it is a `&[u8]` in the kernel's layout, and that is both.
unsafe impl Send for IoSlice<'_> {}
// SAFETY: as above.
unsafe impl Sync for IoSlice<'_> {}

static_assertions::assert_eq_size!(IoSlice<'_>, kernel::iovec);

/// `read(fd, buf, count)`: reads at `fd`'s position, and moves it.
///
/// # Returns
///
/// The bytes read, at most `buf.len()`; 0 at the end.
///
/// # Errors
///
/// EAGAIN, EBADF, EINTR, EINVAL, EIO, EISDIR.
///
/// # Platform
///
/// i386: 3. x86_64: 0.
///
/// # References
///
/// read(2).
#[inline]
pub fn read<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>, buf: &mut [u8]) -> Result<usize, Errno> {
    let at = Register::from(buf.as_mut_ptr());
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call(nr::READ, [register(fd), at, buf.len().into()]) })
}

/// [`read`] into memory that need not be initialised; as many bytes as it
/// returns are.
#[inline]
pub(crate) fn read_uninit<G: Gate>(
    gate: G,
    fd: Fd<'_>,
    buf: &mut [MaybeUninit<u8>],
) -> Result<usize, Errno> {
    let at = Register::from(buf.as_mut_ptr());
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call(nr::READ, [fd.into(), at, buf.len().into()]) })
}

/// `pread64(fd, buf, count, offset)`: reads at `offset`, and moves no position.
///
/// # Returns
///
/// The bytes read, at most `buf.len()`; 0 at the end.
///
/// # Errors
///
/// Those of [`read`]; ESPIPE where `fd` cannot seek; EINVAL from 2^63 on.
///
/// # Platform
///
/// i386: 180, with the offset in two registers. x86_64: 17.
///
/// # References
///
/// pread(2).
#[doc(alias = "pread")]
#[inline]
pub fn pread64<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    buf: &mut [u8],
    offset: u64,
) -> Result<usize, Errno> {
    let at = Register::from(buf.as_mut_ptr());
    let (low, high) = (Register::low(offset), Register::high(offset));
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call(nr::PREAD64, [register(fd), at, buf.len().into(), low, high]) })
}

/// [`pread64`] into memory that need not be initialised; as many bytes as it
/// returns are.
#[inline]
pub(crate) fn pread64_uninit<G: Gate>(
    gate: G,
    fd: Fd<'_>,
    buf: &mut [MaybeUninit<u8>],
    offset: u64,
) -> Result<usize, Errno> {
    let at = Register::from(buf.as_mut_ptr());
    let (low, high) = (Register::low(offset), Register::high(offset));
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call(nr::PREAD64, [fd.into(), at, buf.len().into(), low, high]) })
}

/// `write(fd, buf, count)`: writes at `fd`'s position, and moves it.
///
/// # Returns
///
/// The bytes written, which may be fewer than there are.
///
/// # Errors
///
/// EAGAIN, EBADF, EDQUOT, EFBIG, EINTR, EINVAL, EIO, ENOSPC, EPIPE (with
/// SIGPIPE).
///
/// # Platform
///
/// i386: 4. x86_64: 1.
///
/// # References
///
/// write(2).
#[inline]
pub fn write<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>, buf: &[u8]) -> Result<usize, Errno> {
    let at = Register::from(buf.as_ptr());
    // SAFETY: the kernel reads the slice alone.
    decode(unsafe { gate.call(nr::WRITE, [register(fd), at, buf.len().into()]) })
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
///
/// # Platform
///
/// i386: 146. x86_64: 20.
///
/// # References
///
/// writev(2).
#[inline]
pub fn writev<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    iov: &[IoSlice<'_>],
) -> Result<usize, Errno> {
    let at = Register::from(iov.as_ptr());
    // SAFETY: the kernel reads the parts alone, which are slices.
    decode(unsafe { gate.call(nr::WRITEV, [register(fd), at, iov.len().into()]) })
}
