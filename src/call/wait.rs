//! Waiting, and the clock.
//!
//! # Safety
//!
//! As in `call`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, time::Duration};

use bitflags::bitflags;
use linux_raw_sys::general::{__kernel_timespec, CLOCK_MONOTONIC};

use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

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

impl<'fd> PollFd<'fd> {
    /// To wait for `events` of `fd`; nothing has come yet.
    #[inline(always)]
    #[must_use]
    pub const fn new(fd: Fd<'fd>, events: PollFlags) -> Self {
        Self {
            fd,
            events,
            revents: PollFlags::empty(),
        }
    }
}

static_assertions::assert_eq_size!(PollFd<'_>, [u32; 2]);

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

/// `clock_gettime64(CLOCK_MONOTONIC, tp)`: the time since some fixed moment.
///
/// # Errors
///
/// ENOSYS before Linux 5.1 on i386.
///
/// # Platform
///
/// i386: 403, with times of 64 bits. x86_64: 228.
///
/// # References
///
/// clock_gettime(2).
#[inline]
pub fn monotonic<G: Gate>(gate: G) -> Result<Duration, Errno> {
    let mut time = MaybeUninit::<__kernel_timespec>::uninit();
    // SAFETY: the kernel writes a timespec of 64 bits.
    decode(unsafe {
        gate.call2(
            nr::CLOCK_GETTIME64,
            CLOCK_MONOTONIC.into(),
            time.as_mut_ptr().into(),
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    let time = unsafe { time.assume_init() };
    // Seconds and nanoseconds as they are: `Duration::new` could panic.
    Ok(Duration::from_secs(time.tv_sec as u64)
        .saturating_add(Duration::from_nanos(time.tv_nsec as u64)))
}
