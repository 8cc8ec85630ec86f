//! File descriptors as borrowed and owned values.
//!
//! # Safety
//!
//! A descriptor is a plain number, which may be closed or belong to other code.
//! The two constructors from a number are therefore unsafe, and nothing else is.
#![allow(unsafe_code)]

use core::{fmt, marker::PhantomData, mem::ManuallyDrop};

use crate::{Errno, Gate, gate::Register, sys};

/// A borrowed file descriptor: an `int` that stays open for `'fd`.
///
/// Functions take `impl Into<Fd>`: an `Fd`, a reference to an [`OwnedFd`], or,
/// with feature `std`, a reference to any value that is `AsFd`.
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
    /// The working directory, for openat and calls like it (`AT_FDCWD`).
    pub const CWD: Self = Self(linux_raw_sys::general::AT_FDCWD, PhantomData);
}

impl Fd<'_> {
    /// Borrows the descriptor with this number.
    ///
    /// # Safety
    ///
    /// For as long as the value is used, `number` must be
    ///
    /// - open, and not owned by code that may close it in that time, or
    /// - a number that cannot be open, such as −1: calls return EBADF.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn borrow_raw(number: i32) -> Self {
        Self(number, PhantomData)
    }

    /// The descriptor's number.
    #[inline(always)]
    #[must_use]
    pub const fn as_raw_fd(self) -> i32 {
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

/// An open file descriptor that is closed, through the gate that opened it,
/// when the value is dropped.
#[derive(Debug)]
pub struct OwnedFd<G: Gate> {
    number: i32,
    gate: G,
}

impl<G: Gate> OwnedFd<G> {
    /// Takes ownership of the descriptor with this number.
    ///
    /// # Safety
    ///
    /// `number` must be an open descriptor of `gate`'s kernel, and no other
    /// code may close it.
    #[inline(always)]
    pub const unsafe fn from_raw_fd(gate: G, number: i32) -> Self {
        Self { number, gate }
    }

    /// Borrows the descriptor.
    #[inline(always)]
    #[must_use]
    pub const fn as_fd(&self) -> Fd<'_> {
        Fd(self.number, PhantomData)
    }

    /// The descriptor's number.
    #[inline(always)]
    #[must_use]
    pub const fn as_raw_fd(&self) -> i32 {
        self.number
    }

    /// Gives up ownership: the caller has to close the descriptor.
    #[inline(always)]
    #[must_use]
    pub fn into_raw_fd(self) -> i32 {
        ManuallyDrop::new(self).number
    }

    /// Closes the descriptor and returns the error that dropping it would ignore.
    ///
    /// # Errors
    ///
    /// EDQUOT, EIO and ENOSPC of earlier writes, which some file systems report
    /// only here; EINTR. The descriptor is closed in any case.
    #[inline(always)]
    pub fn close(self) -> Result<(), Errno> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the value owned the descriptor and is not used again.
        unsafe { sys::close(&this.gate, this.number) }
    }
}

impl<'fd, G: Gate> From<&'fd OwnedFd<G>> for Fd<'fd> {
    #[inline(always)]
    fn from(fd: &'fd OwnedFd<G>) -> Self {
        fd.as_fd()
    }
}

impl<G: Gate> Drop for OwnedFd<G> {
    #[inline(always)]
    fn drop(&mut self) {
        // An error cannot be returned here; `close` returns it.
        // SAFETY: the value owned the descriptor and is not used again.
        let _ = unsafe { sys::close(&self.gate, self.number) };
    }
}
