//! Events: epoll, counters, signals, timers and changes of files as
//! descriptors.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{ffi::CStr, mem::MaybeUninit, ptr, slice, time::Duration};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{SignalSet, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// How a descriptor of this module is made. The bits are the same for all.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct EventFlags: u32 {
        /// Closed on execve.
        const CLOEXEC = kernel::O_CLOEXEC;
        /// EAGAIN instead of waiting; not for epoll.
        const NONBLOCK = kernel::O_NONBLOCK;
    }
}

static_assertions::const_assert_eq!(kernel::EPOLL_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::EFD_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::EFD_NONBLOCK, kernel::O_NONBLOCK);
static_assertions::const_assert_eq!(kernel::TFD_CLOEXEC, kernel::O_CLOEXEC);
static_assertions::const_assert_eq!(kernel::IN_CLOEXEC, kernel::O_CLOEXEC);

bitflags! {
    /// Events of a descriptor (epoll_ctl(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct EpollFlags: u32 {
        /// There is something to read, or the end.
        const IN = 0x001;
        /// There is room to write.
        const OUT = 0x004;
        /// An error; always reported.
        const ERR = 0x008;
        /// Both directions are closed; always reported.
        const HUP = 0x010;
        /// The other side writes no more.
        const RDHUP = 0x2000;
        /// Of several epolls one alone is woken.
        const EXCLUSIVE = 1 << 28;
        /// Reported once, until it is changed.
        const ONESHOT = 1 << 30;
        /// Reported when it comes, not while it lasts.
        const ET = 1 << 31;
        // The kernel knows more.
        const _ = !0;
    }
}

/// One event (`struct epoll_event`: 12 bytes, aligned to 4, on i386 as on
/// x86_64).
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(4))]
pub struct EpollEvent {
    events: u32,
    /// What the descriptor was added with.
    pub data: u64,
}

static_assertions::assert_eq_size!(EpollEvent, [u32; 3]);
static_assertions::assert_eq_size!(EpollEvent, kernel::epoll_event);

impl EpollEvent {
    /// These events, with this word.
    #[inline(always)]
    #[must_use]
    pub const fn new(events: EpollFlags, data: u64) -> Self {
        Self {
            events: events.bits(),
            data,
        }
    }

    /// The events.
    #[inline(always)]
    #[must_use]
    pub const fn events(&self) -> EpollFlags {
        EpollFlags::from_bits_retain(self.events)
    }
}

/// `epoll_create1(flags)`: a set of descriptors to wait for.
///
/// # Returns
///
/// The epoll.
///
/// # Errors
///
/// EMFILE, ENFILE, ENOMEM.
///
/// # Platform
///
/// i386: 329. x86_64: 291.
///
/// # References
///
/// epoll_create(2).
#[inline]
pub fn epoll_create1<G: Gate + Copy>(gate: G, flags: EventFlags) -> Result<OwnedFd<G>, Errno> {
    let flags = flags - EventFlags::NONBLOCK;
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe { opened(gate, gate.call(nr::EPOLL_CREATE1, [flags.bits().into()])) }
}

/// What [`epoll_ctl`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum EpollOp {
    /// Adds the descriptor.
    Add = kernel::EPOLL_CTL_ADD,
    /// Removes it; the event is not read.
    Del = kernel::EPOLL_CTL_DEL,
    /// Changes its events and its word.
    Mod = kernel::EPOLL_CTL_MOD,
}

/// `epoll_ctl(epfd, op, fd, event)`: changes what an epoll waits for.
///
/// A descriptor that is closed leaves the set, unless another descriptor stands
/// for the same open file.
///
/// # Errors
///
/// EEXIST, ENOENT; EPERM for a regular file; EBADF, EINVAL, ENOMEM, ENOSPC.
///
/// # Platform
///
/// i386: 255. x86_64: 233.
///
/// # References
///
/// epoll_ctl(2).
#[inline]
pub fn epoll_ctl<'e, 'fd, G: Gate>(
    gate: G,
    epfd: impl Into<Fd<'e>>,
    op: EpollOp,
    fd: impl Into<Fd<'fd>>,
    event: EpollEvent,
) -> Result<(), Errno> {
    let event = ptr::from_ref(&event);
    // SAFETY: the kernel reads the event.
    decode(unsafe {
        gate.call(
            nr::EPOLL_CTL,
            [
                register(epfd),
                (op as u32).into(),
                register(fd),
                event.into(),
            ],
        )
    })
    .map(drop)
}

/// `epoll_pwait(epfd, events, maxevents, timeout, sigmask, 8)`: waits for
/// events.
///
/// - `timeout`: milliseconds; negative waits without a limit, 0 not at all.
/// - `mask`: the signals that are blocked while it waits; `None` leaves them as
///   they are.
///
/// # Returns
///
/// The part of `events` that was written; empty when the time has passed.
///
/// # Errors
///
/// EINTR; EBADF; EINVAL, also where `events` is empty.
///
/// # Platform
///
/// i386: 319. x86_64: 281.
///
/// # References
///
/// epoll_pwait(2).
#[doc(alias = "epoll_wait")]
#[inline]
pub fn epoll_pwait<'fd, 'buf, G: Gate>(
    gate: G,
    epfd: impl Into<Fd<'fd>>,
    events: &'buf mut [MaybeUninit<EpollEvent>],
    timeout: i32,
    mask: Option<SignalSet>,
) -> Result<&'buf [EpollEvent], Errno> {
    let at = Register::from(events.as_mut_ptr());
    let most = events.len().min(i32::MAX as usize);
    let mask = mask.as_ref().map_or(ptr::null(), ptr::from_ref);
    // SAFETY: the kernel writes into the slice alone, and reads the mask.
    let count = decode(unsafe {
        gate.call(
            nr::EPOLL_PWAIT,
            [
                register(epfd),
                at,
                most.into(),
                timeout.into(),
                mask.into(),
                size_of::<SignalSet>().into(),
            ],
        )
    })?;
    let written = events.get(..count).unwrap_or_default();
    // SAFETY: the kernel has written these.
    Ok(unsafe { slice::from_raw_parts(written.as_ptr().cast(), written.len()) })
}

/// `eventfd2(initval, flags)`: a counter of 64 bits; a read takes it, a write
/// adds to it.
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

/// `signalfd4(-1, mask, 8, flags)`: a descriptor that signals are read from,
/// 128 bytes each, the number first.
///
/// It does not block them: [`rt_sigprocmask`](super::rt_sigprocmask) has to.
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

/// `timerfd_create(CLOCK_MONOTONIC, flags)`: a timer; a read returns how often
/// it has gone off, 8 bytes.
///
/// # Returns
///
/// The timer, which is not set.
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

/// `timerfd_settime64(fd, 0, new_value, NULL)`: sets a timer.
///
/// - `first`: how long until it goes off; 0 stops it.
/// - `interval`: how long between; 0 is once.
///
/// # Errors
///
/// EBADF; EINVAL; ENOSYS before Linux 5.1 on i386.
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

/// `timerfd_gettime64(fd, curr_value)`: how long until a timer goes off, 0 where
/// it is stopped, and its interval.
///
/// # Returns
///
/// The time until the timer goes off, and its interval.
///
/// # Errors
///
/// EBADF; EINVAL; ENOSYS before Linux 5.1 on i386.
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

/// `inotify_init1(flags)`: a descriptor that changes of files are read from.
///
/// # Returns
///
/// The descriptor, which watches nothing yet.
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

/// `inotify_add_watch(fd, pathname, mask)`: watches a file or a folder.
///
/// - `mask`: the changes, IN_… (inotify(7)).
///
/// # Returns
///
/// The watch's number, which the events bear.
///
/// # Errors
///
/// EACCES, EBADF, EINVAL, ENOENT, ENOMEM, ENOSPC.
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
    // SAFETY: the path is a string that ends; nothing is written.
    decode(unsafe {
        gate.call(
            nr::INOTIFY_ADD_WATCH,
            [register(fd), pathname.as_ptr().into(), mask.into()],
        )
    })
    .map(|watch| watch as i32)
}

/// `inotify_rm_watch(fd, wd)`: ends a watch.
///
/// # Errors
///
/// EBADF; EINVAL.
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
