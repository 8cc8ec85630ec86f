//! poll and the clock.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, time::Duration};

use bitflags::bitflags;
use linux_raw_sys::general::{CLOCK_MONOTONIC, CLOCK_REALTIME};

use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

bitflags! {
    /// Events of a descriptor (poll(2)).
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
    /// The events to wait for.
    pub events: PollFlags,
    /// The events that came; written by the kernel.
    pub revents: PollFlags,
}

impl<'fd> PollFd<'fd> {
    /// An entry that waits for `events` of `fd`, with no event yet.
    #[inline(always)]
    #[must_use]
    pub fn new(fd: impl Into<Fd<'fd>>, events: PollFlags) -> Self {
        Self {
            fd: fd.into(),
            events,
            revents: PollFlags::empty(),
        }
    }
}

static_assertions::assert_eq_size!(PollFd<'_>, [u32; 2]);

/// `poll(fds, nfds, timeout)`: waits until one of the descriptors is ready.
///
/// - `timeout`: milliseconds; negative waits without a limit, 0 not at all.
///
/// # Returns
///
/// How many descriptors have `revents`; 0 when the time has passed.
///
/// # Errors
///
/// EINTR; ENOMEM.
///
/// # Platform
///
/// i386: 168. x86_64: 7.
///
/// # References
///
/// poll(2).
#[inline]
pub fn poll<G: Gate>(gate: G, fds: &mut [PollFd<'_>], timeout: i32) -> Result<usize, Errno> {
    let at = Register::from(fds.as_mut_ptr());
    // SAFETY: the kernel writes `revents` of the slice alone.
    decode(unsafe { gate.call(nr::POLL, [at, fds.len().into(), timeout.into()]) })
}

/// `clock_gettime64(CLOCK_MONOTONIC, tp)`: the time since some fixed moment.
///
/// # Returns
///
/// The time.
///
/// # Errors
///
/// ENOSYS before Linux 5.1 on i386: see [`clock_gettime`].
///
/// # Platform
///
/// i386: 403. x86_64: 228.
///
/// # References
///
/// clock_gettime(2).
#[inline]
pub fn clock_gettime64<G: Gate>(gate: G) -> Result<Duration, Errno> {
    let mut time = MaybeUninit::<[u64; 2]>::uninit();
    // SAFETY: the kernel writes a timespec of two 64-bit words.
    decode(unsafe {
        gate.call(
            nr::CLOCK_GETTIME64,
            [CLOCK_MONOTONIC.into(), time.as_mut_ptr().into()],
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    let [seconds, nanoseconds] = unsafe { time.assume_init() };
    Ok(duration(seconds, nanoseconds))
}

/// `clock_gettime(CLOCK_MONOTONIC, tp)`: as [`clock_gettime64`], with times as
/// wide as a register, for i386 before Linux 5.1.
///
/// # Returns
///
/// The time.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # Platform
///
/// i386: 265, which is good for 68 years after the start. x86_64: 228.
///
/// # References
///
/// clock_gettime(2).
#[inline]
pub fn clock_gettime<G: Gate>(gate: G) -> Result<Duration, Errno> {
    let mut time = MaybeUninit::<[usize; 2]>::uninit();
    // SAFETY: the kernel writes a timespec of two words of a register's width.
    decode(unsafe {
        gate.call(
            nr::CLOCK_GETTIME,
            [CLOCK_MONOTONIC.into(), time.as_mut_ptr().into()],
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    let [seconds, nanoseconds] = unsafe { time.assume_init() };
    Ok(duration(seconds as u64, nanoseconds as u64))
}

/// A time of the kernel, whose nanoseconds are less than a second: with more,
/// `Duration::new` could panic. (`Duration::from_nanos` divides 64 bits, which on
/// i386 is a function that needs a newer processor than a 486.)
pub(super) fn duration(seconds: u64, nanoseconds: u64) -> Duration {
    const MOST: u64 = 999_999_999;
    Duration::new(seconds, nanoseconds.min(MOST) as u32)
}

/// `clock_gettime64(CLOCK_REALTIME, tp)`: the time since 1970, as the machine's
/// clock has it; a clock that is set before 1970 counts as 1970.
///
/// # Returns
///
/// The time.
///
/// # Errors
///
/// ENOSYS before Linux 5.1 on i386.
///
/// # Platform
///
/// i386: 403. x86_64: 228.
///
/// # References
///
/// clock_gettime(2).
#[inline]
pub fn clock_gettime64_realtime<G: Gate>(gate: G) -> Result<Duration, Errno> {
    let mut time = MaybeUninit::<[i64; 2]>::uninit();
    // SAFETY: the kernel writes a timespec of two 64-bit words.
    decode(unsafe {
        gate.call(
            nr::CLOCK_GETTIME64,
            [CLOCK_REALTIME.into(), time.as_mut_ptr().into()],
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    let [seconds, nanoseconds] = unsafe { time.assume_init() };
    Ok(duration(seconds.max(0) as u64, nanoseconds as u64))
}

/// `clock_nanosleep_time64(CLOCK_MONOTONIC, 0, request, NULL)`: waits.
///
/// It does not tell how much was left at a signal.
///
/// # Errors
///
/// EINTR; EINVAL; ENOSYS before Linux 5.1 on i386.
///
/// # Platform
///
/// i386: 407. x86_64: 230.
///
/// # References
///
/// clock_nanosleep(2).
#[doc(alias("clock_nanosleep", "nanosleep"))]
#[inline]
pub fn clock_nanosleep_time64<G: Gate>(gate: G, request: Duration) -> Result<(), Errno> {
    let request = [request.as_secs(), request.subsec_nanos().into()];
    // SAFETY: the kernel reads a timespec of two 64-bit words.
    decode(unsafe {
        gate.call(
            nr::CLOCK_NANOSLEEP_TIME64,
            [
                CLOCK_MONOTONIC.into(),
                Register::ZERO,
                request.as_ptr().into(),
                Register::ZERO,
            ],
        )
    })
    .map(drop)
}
