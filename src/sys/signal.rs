//! Signal masks and pending signals.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, ptr};

use linux_raw_sys::general::{SIG_BLOCK, SIG_SETMASK, SIG_UNBLOCK, SIGPIPE};

use crate::{Errno, Gate, Register, errno::decode, gate::nr};

/// A set of signals: bit n − 1 is signal n (the kernel's `sigset_t`, 8 bytes).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct SignalSet(pub u64);

impl SignalSet {
    /// SIGPIPE alone.
    pub const PIPE: Self = Self(1 << (SIGPIPE - 1));

    /// Whether every signal of `other` is in the set.
    #[inline(always)]
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The size of a set, which the calls take as an argument.
const SIZE: usize = size_of::<SignalSet>();

/// How [`rt_sigprocmask`] changes the mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum How {
    /// Block the signals of the set, too (`SIG_BLOCK`).
    Block = SIG_BLOCK,
    /// Unblock the signals of the set (`SIG_UNBLOCK`).
    Unblock = SIG_UNBLOCK,
    /// Block exactly the signals of the set (`SIG_SETMASK`).
    SetMask = SIG_SETMASK,
}

/// `rt_sigprocmask(how, set, oldset, 8)`: changes the signal mask of this thread:
/// the signals that are blocked.
///
/// # Returns
///
/// The signals that were blocked before.
///
/// # Errors
///
/// Only those of a seccomp filter.
///
/// # Platform
///
/// i386: 175. x86_64: 14.
///
/// # References
///
/// sigprocmask(2).
#[doc(alias("sigprocmask", "pthread_sigmask"))]
#[inline]
pub fn rt_sigprocmask<G: Gate>(gate: G, how: How, set: SignalSet) -> Result<SignalSet, Errno> {
    let mut old = MaybeUninit::<SignalSet>::uninit();
    // SAFETY: the kernel reads one set and writes the other.
    decode(unsafe {
        gate.call(
            nr::RT_SIGPROCMASK,
            [
                (how as u32).into(),
                ptr::from_ref(&set).into(),
                old.as_mut_ptr().into(),
                SIZE.into(),
            ],
        )
    })?;
    // SAFETY: the call succeeded, and so has written it.
    Ok(unsafe { old.assume_init() })
}

/// `rt_sigaction(signum, {SIG_DFL, 0}, NULL, 8)`: gives a signal its default action
/// in place of the one that this program, or the one that started it, has set.
///
/// An ignored signal is still ignored after `execve`. Where that signal is SIGCHLD,
/// [`wait4`](super::wait4) does not return the status of children.
///
/// - `signal`: the signal's number, from 1 to 64.
///
/// # Errors
///
/// EINVAL if there is no such signal, or if it is SIGKILL or SIGSTOP.
///
/// # Platform
///
/// i386: 174. x86_64: 13.
///
/// # References
///
/// sigaction(2).
#[doc(alias("sigaction", "SIG_DFL"))]
#[inline]
pub fn rt_sigaction_default<G: Gate>(gate: G, signal: u32) -> Result<(), Errno> {
    // Handler, flags, restorer, and a set of 8 bytes.
    let default = [0_usize; 5];
    // SAFETY: the kernel reads the structure, which names no handler.
    decode(unsafe {
        gate.call(
            nr::RT_SIGACTION,
            [
                signal.into(),
                default.as_ptr().into(),
                Register::ZERO,
                SIZE.into(),
            ],
        )
    })
    .map(drop)
}

/// `rt_sigpending(set, 8)`: the blocked signals that are pending for this thread.
///
/// # Returns
///
/// The set of signals.
///
/// # Errors
///
/// Only those of a seccomp filter.
///
/// # Platform
///
/// i386: 176. x86_64: 127.
///
/// # References
///
/// sigpending(2).
#[doc(alias = "sigpending")]
#[inline]
pub fn rt_sigpending<G: Gate>(gate: G) -> Result<SignalSet, Errno> {
    let mut pending = MaybeUninit::<SignalSet>::uninit();
    // SAFETY: the kernel writes the set.
    decode(unsafe {
        gate.call(
            nr::RT_SIGPENDING,
            [pending.as_mut_ptr().into(), SIZE.into()],
        )
    })?;
    // SAFETY: the call succeeded, and so has written it.
    Ok(unsafe { pending.assume_init() })
}

/// `rt_sigtimedwait(set, NULL, {0, 0}, 8)`: removes a signal of the set from the
/// pending ones, without running its handler.
///
/// It does not wait for a signal.
///
/// # Returns
///
/// The signal's number.
///
/// # Errors
///
/// EAGAIN if no signal of the set is pending; EINTR.
///
/// # Platform
///
/// i386: 177, whose times have 32 bits, which makes no difference to a time of 0;
/// 421 exists from Linux 5.1 on. x86_64: 128.
///
/// # References
///
/// sigtimedwait(2).
#[doc(alias = "sigtimedwait")]
#[inline]
pub fn rt_sigtimedwait<G: Gate>(gate: G, set: SignalSet) -> Result<usize, Errno> {
    let no_time = [0_u64; 2];
    // SAFETY: the kernel reads the set and the time, of 8 or 16 bytes.
    decode(unsafe {
        gate.call(
            nr::RT_SIGTIMEDWAIT,
            [
                ptr::from_ref(&set).into(),
                Register::ZERO,
                no_time.as_ptr().into(),
                SIZE.into(),
            ],
        )
    })
}
