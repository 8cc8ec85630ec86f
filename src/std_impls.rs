//! Conversions between this crate's types and those of std.
//!
//! # Safety
//!
//! std's descriptors are open for as long as they are borrowed or owned. Only
//! the descriptors of a [`ProcessGate`] convert to std's: those of other gates
//! are not descriptors of this process.
#![allow(unsafe_code)]

use std::{
    io,
    os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd},
};

use crate::{Errno, Fd, OwnedFd, gate::ProcessGate, transfer};

impl<'fd> From<BorrowedFd<'fd>> for Fd<'fd> {
    fn from(fd: BorrowedFd<'fd>) -> Self {
        // SAFETY: open for 'fd, by `BorrowedFd`.
        unsafe { Self::borrow_raw(fd.as_raw_fd()) }
    }
}

impl<'fd, T: AsFd> From<&'fd T> for Fd<'fd> {
    fn from(owner: &'fd T) -> Self {
        Self::from(owner.as_fd())
    }
}

impl<'fd, G: ProcessGate> From<&'fd OwnedFd<G>> for BorrowedFd<'fd> {
    fn from(fd: &'fd OwnedFd<G>) -> Self {
        // SAFETY: open in this process for 'fd, by `OwnedFd` and `ProcessGate`.
        unsafe { Self::borrow_raw(fd.as_raw_fd()) }
    }
}

impl<G: ProcessGate> From<OwnedFd<G>> for std::os::fd::OwnedFd {
    fn from(fd: OwnedFd<G>) -> Self {
        // SAFETY: open in this process and owned by nothing else, by `OwnedFd`
        // and `ProcessGate`.
        unsafe { Self::from_raw_fd(fd.into_raw_fd()) }
    }
}

impl<G: ProcessGate + Default> From<std::os::fd::OwnedFd> for OwnedFd<G> {
    fn from(fd: std::os::fd::OwnedFd) -> Self {
        // SAFETY: open in this process and owned by nothing else, by std.
        unsafe { Self::from_raw_fd(G::default(), fd.into_raw_fd()) }
    }
}

impl From<Errno> for io::Error {
    fn from(errno: Errno) -> Self {
        Self::from_raw_os_error(errno.raw_os_error())
    }
}

/// Fails for errors without a number: only those that the kernel returned have
/// one.
impl TryFrom<&io::Error> for Errno {
    type Error = ();

    fn try_from(error: &io::Error) -> Result<Self, ()> {
        let number = error.raw_os_error().and_then(Self::from_raw_os_error);
        number.ok_or(())
    }
}

impl From<transfer::Failure> for io::Error {
    fn from(failure: transfer::Failure) -> Self {
        failure.errno.into()
    }
}

impl From<transfer::Error> for io::Error {
    fn from(error: transfer::Error) -> Self {
        match error {
            transfer::Error::UnexpectedEof => io::ErrorKind::UnexpectedEof.into(),
            transfer::Error::TimedOut => io::ErrorKind::TimedOut.into(),
            transfer::Error::Failed(failure) => failure.into(),
        }
    }
}
