//! Counters, signals, timers and file changes as descriptors.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, ptr, time::Duration};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{SignalSet, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// Flags of a new descriptor. The bits are the same for epoll, eventfd,
    /// signalfd, timerfd, inotify and pipes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct EventFlags: u32 {
        /// Close the descriptor on execve.
        const CLOEXEC = kernel::O_CLOEXEC;
        /// Return EAGAIN instead of waiting; not for epoll.
        const NONBLOCK = kernel::O_NONBLOCK;
    }
}

static_assertions::const_assert_eq!(kernel::EPOLL_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::EFD_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::EFD_NONBLOCK, kernel::O_NONBLOCK);
static_assertions::const_assert_eq!(kernel::TFD_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::IN_CLOEXEC, kernel::O_CLOEXEC);

/// `eventfd2(initval, flags)`: creates a 64-bit counter: a read of 8 bytes
/// returns it and sets it to 0, a write of 8 bytes adds to it.
///
/// # Returns
///
/// The counter's descriptor.
///
/// # Errors
///
/// EMFILE, ENFILE, ENOMEM.
///
/// # Platform
///
/// i386: 328. x86_64: 290.
///
/// # References
///
/// eventfd(2).
#[doc(alias = "eventfd")]
#[inline]
pub fn eventfd2<G: Gate + Copy>(
    gate: G,
    initval: u32,
    flags: EventFlags,
) -> Result<OwnedFd<G>, Errno> {
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe {
        opened(
            gate,
            gate.call(nr::EVENTFD2, [initval.into(), flags.bits().into()]),
        )
    }
}

/// `signalfd4(-1, mask, 8, flags)`: creates a descriptor from which signals are
/// read, as `struct signalfd_siginfo`: 128 bytes each, the signal's number in
/// the first 4.
///
/// It does not block the signals, which
/// [`rt_sigprocmask`](super::rt_sigprocmask) has to do first.
///
/// # Returns
///
/// The descriptor.
///
/// # Errors
///
/// EMFILE, ENFILE, ENODEV, ENOMEM.
///
/// # Platform
///
/// i386: 327. x86_64: 289.
///
/// # References
///
/// signalfd(2).
#[doc(alias = "signalfd")]
#[inline]
pub fn signalfd4<G: Gate + Copy>(
    gate: G,
    mask: SignalSet,
    flags: EventFlags,
) -> Result<OwnedFd<G>, Errno> {
    // SAFETY: the kernel reads the mask. The call opens a descriptor.
    unsafe {
        let result = gate.call(
            nr::SIGNALFD4,
            [
                (-1).into(),
                ptr::from_ref(&mask).into(),
                size_of::<SignalSet>().into(),
                flags.bits().into(),
            ],
        );
        opened(gate, result)
    }
}

/// `timerfd_create(CLOCK_MONOTONIC, flags)`: creates a timer: a read of 8 bytes
/// returns the number of times that it has expired since the last read.
///
/// # Returns
///
/// The timer, which is not armed.
///
/// # Errors
///
/// EMFILE, ENFILE, ENODEV, ENOMEM.
///
/// # Platform
///
/// i386: 322. x86_64: 283.
///
/// # References
///
/// timerfd_create(2).
#[inline]
pub fn timerfd_create<G: Gate + Copy>(gate: G, flags: EventFlags) -> Result<OwnedFd<G>, Errno> {
    let clock = kernel::CLOCK_MONOTONIC;
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe {
        opened(
            gate,
            gate.call(nr::TIMERFD_CREATE, [clock.into(), flags.bits().into()]),
        )
    }
}

/// A timer's setting (`struct __kernel_itimerspec`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
struct Setting {
    interval: [u64; 2],
    value: [u64; 2],
}

static_assertions::assert_eq_size!(Setting, kernel::__kernel_itimerspec);

/// `timerfd_settime64(fd, 0, new_value, NULL)`: arms or disarms a timer.
///
/// - `first`: the time from now to the first expiration; 0 disarms the timer.
/// - `interval`: the time between later expirations; 0 for a single one.
///
/// # Errors
///
/// EBADF; EINVAL if `fd` is no timer; ENOSYS before Linux 5.1 on i386.
///
/// # Platform
///
/// i386: 411. x86_64: 286.
///
/// # References
///
/// timerfd_settime(2).
#[doc(alias = "timerfd_settime")]
#[inline]
pub fn timerfd_settime64<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    first: Duration,
    interval: Duration,
) -> Result<(), Errno> {
    let words = |time: Duration| [time.as_secs(), time.subsec_nanos().into()];
    let setting = Setting {
        interval: words(interval),
        value: words(first),
    };
    // SAFETY: the kernel reads the setting.
    decode(unsafe {
        gate.call(
            nr::TIMERFD_SETTIME64,
            [
                register(fd),
                Register::ZERO,
                ptr::from_ref(&setting).into(),
                Register::ZERO,
            ],
        )
    })
    .map(drop)
}

/// `timerfd_gettime64(fd, curr_value)`: the setting of a timer.
///
/// # Returns
///
/// The time to the next expiration, 0 if the timer is disarmed; and the
/// interval, 0 if it expires once.
///
/// # Errors
///
/// Those of [`timerfd_settime64`].
///
/// # Platform
///
/// i386: 410. x86_64: 287.
///
/// # References
///
/// timerfd_gettime(2).
#[doc(alias = "timerfd_gettime")]
#[inline]
pub fn timerfd_gettime64<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
) -> Result<(Duration, Duration), Errno> {
    let mut setting = Setting::default();
    // SAFETY: the kernel writes the setting.
    decode(unsafe {
        gate.call(
            nr::TIMERFD_GETTIME64,
            [register(fd), ptr::from_mut(&mut setting).into()],
        )
    })?;
    let time = |[seconds, nanoseconds]: [u64; 2]| super::wait::duration(seconds, nanoseconds);
    Ok((time(setting.value), time(setting.interval)))
}

/// `inotify_init1(flags)`: creates an inotify instance, from which changes of
/// files are read as `struct inotify_event`.
///
/// # Returns
///
/// The instance, which watches nothing yet.
///
/// # Errors
///
/// EMFILE, ENFILE, ENOMEM.
///
/// # Platform
///
/// i386: 332. x86_64: 294.
///
/// # References
///
/// inotify_init(2), inotify(7).
#[inline]
pub fn inotify_init1<G: Gate + Copy>(gate: G, flags: EventFlags) -> Result<OwnedFd<G>, Errno> {
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe { opened(gate, gate.call(nr::INOTIFY_INIT1, [flags.bits().into()])) }
}

/// `inotify_add_watch(fd, pathname, mask)`: watches a file or a directory.
///
/// - `mask`: the changes to report, `IN_…` of inotify(7).
///
/// # Returns
///
/// The watch descriptor, which each event contains.
///
/// # Errors
///
/// EACCES, EBADF, EINVAL, ENOENT, ENOMEM; ENOSPC above
/// `/proc/sys/fs/inotify/max_user_watches`.
///
/// # Platform
///
/// i386: 292. x86_64: 254.
///
/// # References
///
/// inotify_add_watch(2).
#[inline]
pub fn inotify_add_watch<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    pathname: &CStr,
    mask: u32,
) -> Result<i32, Errno> {
    // SAFETY: the path is a C string; nothing is written.
    decode(unsafe {
        gate.call(
            nr::INOTIFY_ADD_WATCH,
            [register(fd), pathname.as_ptr().into(), mask.into()],
        )
    })
    .map(|watch| watch as i32)
}

/// `inotify_rm_watch(fd, wd)`: removes a watch.
///
/// # Errors
///
/// EBADF; EINVAL if `wd` is no watch of the instance.
///
/// # Platform
///
/// i386: 293. x86_64: 255.
///
/// # References
///
/// inotify_rm_watch(2).
#[inline]
pub fn inotify_rm_watch<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    wd: i32,
) -> Result<(), Errno> {
    // SAFETY: the call touches no memory.
    decode(unsafe { gate.call(nr::INOTIFY_RM_WATCH, [register(fd), wd.into()]) }).map(drop)
}
