//! Feature `std`: conversions from and to std's types, and nothing else.
//!
//! # Safety
//!
//! std's descriptors are open for as long as they are borrowed or owned.
#![allow(unsafe_code)]

use std::{
    io,
    os::fd::{AsRawFd, BorrowedFd, FromRawFd},
};

use crate::{Errno, Fd, Gate, OwnedFd};

impl<'fd> From<BorrowedFd<'fd>> for Fd<'fd> {
    fn from(fd: BorrowedFd<'fd>) -> Self {
        // SAFETY: open for 'fd, by `BorrowedFd`.
        unsafe { Self::borrow_raw(fd.as_raw_fd()) }
    }
}

impl<'fd, T: std::os::fd::AsFd> From<&'fd T> for Fd<'fd> {
    fn from(owner: &'fd T) -> Self {
        Self::from(owner.as_fd())
    }
}

impl<G: Gate> From<OwnedFd<G>> for std::os::fd::OwnedFd {
    fn from(fd: OwnedFd<G>) -> Self {
        // SAFETY: open and owned by nobody else, by `OwnedFd`.
        unsafe { Self::from_raw_fd(fd.into_raw()) }
    }
}

impl From<Errno> for io::Error {
    fn from(errno: Errno) -> Self {
        Self::from_raw_os_error(errno.number())
    }
}

/// Only an error that the system gave has a number.
impl TryFrom<&io::Error> for Errno {
    type Error = ();

    fn try_from(error: &io::Error) -> Result<Self, ()> {
        error.raw_os_error().and_then(Self::new).ok_or(())
    }
}
