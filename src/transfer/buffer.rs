//! The buffer that the caller lends to a transfer.
//!
//! # Safety
//!
//! A read has written the bytes in `pending`: its count is at most the length
//! that it was given, by the contract of `Gate`, and is checked here.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, ops::Range, slice};

use crate::{Errno, Fd, Gate, sys};

/// A buffer for read and write, made from `&mut [u8]`, `&mut [MaybeUninit<u8>]`
/// or a mutable reference to an array of either.
#[derive(Debug)]
pub struct Buffer<'a> {
    bytes: &'a mut [MaybeUninit<u8>],
    /// The bytes that were read and not yet written.
    pending: Range<usize>,
}

impl Buffer<'_> {
    /// No buffer: a transfer that does not fall back to read and write.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            bytes: &mut [],
            pending: 0..0,
        }
    }

    #[inline]
    pub(super) fn capacity(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    pub(super) fn pending(&self) -> &[u8] {
        let pending = self.bytes.get(self.pending.clone()).unwrap_or_default();
        // SAFETY: a read has written these (this file's header).
        unsafe { slice::from_raw_parts(pending.as_ptr().cast(), pending.len()) }
    }

    /// Forgets the pending bytes.
    pub(super) fn clear(&mut self) {
        self.pending = 0..0;
    }

    /// Reads at most `count` bytes, which are pending afterwards.
    pub(super) fn read<G: Gate>(
        &mut self,
        gate: G,
        fd: Fd<'_>,
        position: Option<u64>,
        count: usize,
    ) -> Result<usize, Errno> {
        let bytes = self.bytes.get_mut(..count).unwrap_or_default();
        let count = match position {
            Some(position) => sys::pread64_uninit(gate, fd, bytes, position),
            None => sys::read_uninit(gate, fd, bytes),
        }?;
        self.pending = 0..count.min(bytes.len());
        Ok(count)
    }

    /// Writes the pending bytes; those that were written are no longer pending.
    pub(super) fn write<G: Gate>(&mut self, gate: G, fd: Fd<'_>) -> Result<usize, Errno> {
        let count = sys::write(gate, fd, self.pending())?;
        self.pending.start = self.pending.start.saturating_add(count);
        Ok(count)
    }
}

impl<'a> From<&'a mut [MaybeUninit<u8>]> for Buffer<'a> {
    fn from(bytes: &'a mut [MaybeUninit<u8>]) -> Self {
        Self {
            bytes,
            pending: 0..0,
        }
    }
}

impl<'a> From<&'a mut [u8]> for Buffer<'a> {
    fn from(bytes: &'a mut [u8]) -> Self {
        let (start, len) = (bytes.as_mut_ptr().cast(), bytes.len());
        // SAFETY: the same bytes for the same time; nothing here writes an
        // uninitialised byte into them.
        Self::from(unsafe { slice::from_raw_parts_mut::<MaybeUninit<u8>>(start, len) })
    }
}

impl<'a, const N: usize> From<&'a mut [u8; N]> for Buffer<'a> {
    fn from(bytes: &'a mut [u8; N]) -> Self {
        Self::from(&mut bytes[..])
    }
}

impl<'a, const N: usize> From<&'a mut [MaybeUninit<u8>; N]> for Buffer<'a> {
    fn from(bytes: &'a mut [MaybeUninit<u8>; N]) -> Self {
        Self::from(&mut bytes[..])
    }
}
