//! read, write and their kind.
//!
//! # Safety
//!
//! As in `call`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use linux_raw_sys::general as kernel;

use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// One part of a [`writev`] or [`sendmsg`](super::sendmsg) (`struct iovec`).
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

static_assertions::assert_eq_size!(IoSlice<'_>, kernel::iovec);

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
