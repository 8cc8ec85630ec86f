//! epoll: waiting for events on many descriptors.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, ptr, slice};

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::{EventFlags, SignalSet, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// Events on a descriptor, and how they are reported (epoll_ctl(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct EpollFlags: u32 {
        /// There is data to read, or the end of file.
        const IN = 0x001;
        /// There is room to write.
        const OUT = 0x004;
        /// An error; always reported.
        const ERR = 0x008;
        /// Both directions are closed; always reported.
        const HUP = 0x010;
        /// The peer of a stream socket has ended its direction.
        const RDHUP = 0x2000;
        /// Wake one of the epoll instances that watch the descriptor, not all.
        const EXCLUSIVE = 1 << 28;
        /// Report one event; [`EpollOp::Mod`] arms the descriptor again.
        const ONESHOT = 1 << 30;
        /// Edge-triggered: report changes of the state, not the state.
        const ET = 1 << 31;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// One event (`struct epoll_event`: 12 bytes, aligned to 4, on i386 as on
/// x86_64).
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(4))]
pub struct EpollEvent {
    events: u32,
    /// The caller's value, which the kernel returns with each event.
    pub data: u64,
}

static_assertions::assert_eq_size!(EpollEvent, [u32; 3]);
static_assertions::assert_eq_size!(EpollEvent, kernel::epoll_event);

impl EpollEvent {
    /// An event with the caller's value `data`.
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

/// `epoll_create1(flags)`: creates an epoll instance: a set of descriptors to
/// wait for.
///
/// - `flags`: CLOEXEC or none; NONBLOCK, which the kernel would refuse, is
///   cleared.
///
/// # Returns
///
/// The descriptor of the instance.
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

/// The operation of [`epoll_ctl`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum EpollOp {
    /// Add the descriptor.
    Add = kernel::EPOLL_CTL_ADD,
    /// Remove the descriptor; the event is ignored.
    Del = kernel::EPOLL_CTL_DEL,
    /// Change the events and the value of the descriptor.
    Mod = kernel::EPOLL_CTL_MOD,
}

/// `epoll_ctl(epfd, op, fd, event)`: adds, changes or removes a descriptor of an
/// epoll instance.
///
/// A descriptor that is closed leaves the set, unless a duplicate of it is open.
///
/// # Errors
///
/// EEXIST if [`Add`](EpollOp::Add) finds the descriptor in the set, ENOENT if
/// the other operations do not; EPERM for a file that cannot be polled, such as
/// a regular file; EBADF, EINVAL, ENOMEM; ENOSPC above
/// `/proc/sys/fs/epoll/max_user_watches`.
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
/// - `events`: where they are written; need not be initialised.
/// - `timeout`: in milliseconds; negative waits without a limit, 0 does not wait.
/// - `mask`: the signal mask during the wait; `None` leaves it unchanged.
///
/// # Returns
///
/// The part of `events` that was written; empty if the time has passed.
///
/// # Errors
///
/// EINTR; EBADF; EINVAL if `epfd` is no epoll instance or `events` is empty.
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
