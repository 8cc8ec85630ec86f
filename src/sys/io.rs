//! Reading and writing through a buffer.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::mem::MaybeUninit;

use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// A part of a [`writev`] or a [`sendmsg`](super::sendmsg) (`struct iovec`): a
/// borrowed slice of bytes that the kernel reads.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct IoSlice<'a> {
    base: *const u8,
    len: usize,
    bytes: core::marker::PhantomData<&'a [u8]>,
}

impl<'a> IoSlice<'a> {
    /// A part of these bytes.
    #[inline(always)]
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            base: bytes.as_ptr(),
            len: bytes.len(),
            bytes: core::marker::PhantomData,
        }
    }

    /// The number of bytes.
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

    /// The part without its first `count` bytes; empty if it has no more than
    /// those.
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

// SAFETY: it is a `&[u8]` in the kernel's layout, and `&[u8]` is `Send`.
unsafe impl Send for IoSlice<'_> {}
// SAFETY: as above; `&[u8]` is `Sync`, too.
unsafe impl Sync for IoSlice<'_> {}

static_assertions::assert_eq_size!(IoSlice<'_>, kernel::iovec);

/// `read(fd, buf, count)`: reads at the position of `fd`, and advances it.
///
/// # Returns
///
/// The bytes read, at most `buf.len()`; 0 at the end of the file.
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

/// [`read`] into memory that need not be initialised. The first bytes, as many
/// as it returns, are initialised afterwards.
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

/// `pread64(fd, buf, count, offset)`: reads at `offset`, and leaves the position
/// of `fd` unchanged.
///
/// - `offset`: in bytes from the start of the file, 0..=2^63 − 1.
///
/// # Returns
///
/// The bytes read, at most `buf.len()`; 0 at the end of the file.
///
/// # Errors
///
/// Those of [`read`]; ESPIPE if `fd` cannot seek; EINVAL for an offset of 2^63
/// or more.
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

/// [`pread64`] into memory that need not be initialised, as [`read_uninit`].
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

/// `write(fd, buf, count)`: writes at the position of `fd`, and advances it.
///
/// # Returns
///
/// The bytes written, which may be fewer than `buf.len()`.
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

/// `writev(fd, iov, iovcnt)`: writes the parts in order, as one
/// [`write`](fn@write) of all their bytes would.
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
