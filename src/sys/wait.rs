//! poll, clocks and sleep.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, time::Duration};

use bitflags::bitflags;
use linux_raw_sys::general::{CLOCK_MONOTONIC, CLOCK_REALTIME};

use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

bitflags! {
    /// Events on a descriptor (poll(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(transparent)]
    pub struct PollFlags: i16 {
        /// There is data to read, or the end of file.
        const IN = 0x001;
        /// There is room to write.
        const OUT = 0x004;
        /// An error, or a pipe without a reader; always reported.
        const ERR = 0x008;
        /// The peer has closed the connection or the pipe; always reported.
        const HUP = 0x010;
        /// The descriptor is not open; always reported.
        const NVAL = 0x020;
        // Other bits of the kernel's pass through.
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
    /// The events that are present; written by the kernel.
    pub revents: PollFlags,
}

impl<'fd> PollFd<'fd> {
    /// An entry that waits for `events` on `fd`.
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
/// - `timeout`: in milliseconds; negative waits without a limit, 0 does not wait.
///
/// # Returns
///
/// The number of entries whose `revents` is not empty; 0 if the time has passed.
///
/// # Errors
///
/// EINTR; EINVAL for more entries than the limit on descriptors; ENOMEM.
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

/// `clock_gettime64(CLOCK_MONOTONIC, tp)`: the time since a fixed point in the
/// past, on Linux the boot.
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
    gettime64(gate, CLOCK_MONOTONIC)
}

/// `clock_gettime64(clock, tp)`; 0 seconds for a time before that of the clock's 0.
#[inline(always)]
fn gettime64<G: Gate>(gate: G, clock: u32) -> Result<Duration, Errno> {
    let mut time = MaybeUninit::<[i64; 2]>::uninit();
    // SAFETY: the kernel writes a timespec of two 64-bit words.
    decode(unsafe {
        gate.call(
            nr::CLOCK_GETTIME64,
            [clock.into(), time.as_mut_ptr().into()],
        )
    })?;
    // SAFETY: the call succeeded, and so has written all of it.
    let [seconds, nanoseconds] = unsafe { time.assume_init() };
    Ok(duration(seconds.max(0) as u64, nanoseconds as u64))
}

/// `clock_gettime(CLOCK_MONOTONIC, tp)`: as [`clock_gettime64`], with
/// register-wide times, for i386 before Linux 5.1.
///
/// # Returns
///
/// The time.
///
/// # Errors
///
/// Only those of a seccomp filter.
///
/// # Platform
///
/// i386: 265, whose seconds overflow 68 years after the boot. x86_64: 228.
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

/// A kernel time as a `Duration`. Its nanoseconds are limited to less than a
/// second, since with more `Duration::new` could panic. (`Duration::from_nanos`
/// divides 64 bits, on i386 by a function that needs a newer processor than a
/// 486.)
pub(super) fn duration(seconds: u64, nanoseconds: u64) -> Duration {
    const MOST: u64 = 999_999_999;
    Duration::new(seconds, nanoseconds.min(MOST) as u32)
}

/// `clock_gettime64(CLOCK_REALTIME, tp)`: the time of day.
///
/// # Returns
///
/// The time since 1970-01-01 00:00 UTC; less than a second if the clock is set
/// before that.
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
    gettime64(gate, CLOCK_REALTIME)
}

/// `clock_nanosleep_time64(CLOCK_MONOTONIC, 0, request, NULL)`: sleeps for a
/// time.
///
/// It does not return the time that is left when a signal ends the sleep.
///
/// # Errors
///
/// EINTR; EINVAL for a time that the kernel cannot represent; ENOSYS before
/// Linux 5.1 on i386.
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
