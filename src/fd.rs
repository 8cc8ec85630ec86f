//! File descriptors as borrowed and owned values.
//!
//! # Safety
//!
//! A descriptor is a number that anyone can make up; the two constructors from
//! a number are unsafe for that reason, and nothing else here is.
#![allow(unsafe_code)]

use core::{fmt, marker::PhantomData, mem::ManuallyDrop};

use crate::{Errno, Gate, call, gate::Register};

/// A borrowed file descriptor: an `int` that stays open for `'fd`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Fd<'fd>(i32, PhantomData<&'fd ()>);

impl Fd<'static> {
    /// Standard input, 0.
    pub const STDIN: Self = Self(0, PhantomData);
    /// Standard output, 1.
    pub const STDOUT: Self = Self(1, PhantomData);
    /// Standard error, 2.
    pub const STDERR: Self = Self(2, PhantomData);
    /// What openat and its like take for the working directory (`AT_FDCWD`).
    pub const CWD: Self = Self(linux_raw_sys::general::AT_FDCWD, PhantomData);
}

impl Fd<'_> {
    /// Borrows the descriptor of this number.
    ///
    /// # Safety
    ///
    /// For as long as the value is used, `number` must be
    ///
    /// - open and not owned by code that may close it meanwhile, or
    /// - a number that cannot be open, such as −1: the kernel answers EBADF.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn borrow_raw(number: i32) -> Self {
        Self(number, PhantomData)
    }

    /// The descriptor's number.
    #[inline(always)]
    #[must_use]
    pub const fn as_raw(self) -> i32 {
        self.0
    }
}

impl fmt::Debug for Fd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fd({})", self.0)
    }
}

impl From<Fd<'_>> for Register {
    #[inline(always)]
    fn from(fd: Fd<'_>) -> Self {
        Self::from(fd.0)
    }
}

/// An open file descriptor that is closed, through the gate it was opened by,
/// when the value is dropped.
#[derive(Debug)]
pub struct OwnedFd<G: Gate> {
    number: i32,
    gate: G,
}

impl<G: Gate> OwnedFd<G> {
    /// Takes over the descriptor of this number.
    ///
    /// # Safety
    ///
    /// `number` must be open, and no other code may close it.
    #[inline(always)]
    pub const unsafe fn from_raw(gate: G, number: i32) -> Self {
        Self { number, gate }
    }

    /// The descriptor, for as long as it is open.
    #[inline(always)]
    #[must_use]
    pub const fn as_fd(&self) -> Fd<'_> {
        Fd(self.number, PhantomData)
    }

    /// The descriptor's number; who asks must close it.
    #[inline(always)]
    #[must_use]
    pub fn into_raw(self) -> i32 {
        ManuallyDrop::new(self).number
    }

    /// Closes the descriptor, and says what the kernel says of it.
    ///
    /// # Errors
    ///
    /// What the file system answers to the last write-back: EIO, ENOSPC,
    /// EDQUOT; EINTR. The descriptor is closed all the same.
    #[inline(always)]
    pub fn close(self) -> Result<(), Errno> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the value owned the descriptor and is not used again.
        unsafe { call::close(&this.gate, this.number) }
    }
}

impl<G: Gate> Drop for OwnedFd<G> {
    #[inline(always)]
    fn drop(&mut self) {
        // An error here has no one to go to; `close` is for who wants it.
        // SAFETY: the value owned the descriptor and is not used again.
        let _ = unsafe { call::close(&self.gate, self.number) };
    }
}
