//! Which signals reach the program.
//!
//! # Safety
//!
//! As in `call`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{mem::MaybeUninit, ptr};

use linux_raw_sys::general::{SIG_BLOCK, SIG_SETMASK, SIGPIPE};

use crate::{Errno, Gate, Register, errno::decode, gate::nr};

/// The kernel's set of signals: bit n − 1 is signal n (`sigset_t`, 8 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// What the kernel takes for the size of a set.
const SIZE: usize = size_of::<SignalSet>();

/// `rt_sigprocmask(SIG_BLOCK, set, oldset, 8)`: these signals wait from now on.
///
/// # Returns
///
/// The signals that were blocked before.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # References
///
/// sigprocmask(2).
#[inline]
pub fn block_signals<G: Gate>(gate: G, set: SignalSet) -> Result<SignalSet, Errno> {
    let mut old = MaybeUninit::<SignalSet>::uninit();
    // SAFETY: the kernel reads one set and writes the other.
    decode(unsafe {
        gate.call4(
            nr::RT_SIGPROCMASK,
            SIG_BLOCK.into(),
            ptr::from_ref(&set).into(),
            old.as_mut_ptr().into(),
            SIZE.into(),
        )
    })?;
    // SAFETY: the call succeeded, and so has written it.
    Ok(unsafe { old.assume_init() })
}

/// `rt_sigprocmask(SIG_SETMASK, set, NULL, 8)`: exactly these signals wait.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # References
///
/// sigprocmask(2).
#[inline]
pub fn set_signal_mask<G: Gate>(gate: G, set: SignalSet) -> Result<(), Errno> {
    // SAFETY: the kernel reads the set.
    decode(unsafe {
        gate.call4(
            nr::RT_SIGPROCMASK,
            SIG_SETMASK.into(),
            ptr::from_ref(&set).into(),
            Register::ZERO,
            SIZE.into(),
        )
    })
    .map(drop)
}

/// `rt_sigpending(set, 8)`: the signals that have come and wait.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # References
///
/// sigpending(2).
#[inline]
pub fn pending_signals<G: Gate>(gate: G) -> Result<SignalSet, Errno> {
    let mut pending = MaybeUninit::<SignalSet>::uninit();
    // SAFETY: the kernel writes the set.
    decode(unsafe { gate.call2(nr::RT_SIGPENDING, pending.as_mut_ptr().into(), SIZE.into()) })?;
    // SAFETY: the call succeeded, and so has written it.
    Ok(unsafe { pending.assume_init() })
}

/// `rt_sigtimedwait(set, NULL, {0, 0}, 8)`: takes one of these signals if it
/// has come and waits, without its handler being run; it does not wait for one.
///
/// # Returns
///
/// The signal's number.
///
/// # Errors
///
/// EAGAIN where none of them waits; EINTR.
///
/// # Platform
///
/// i386: 177, whose time is of 32 bits. A time of zero is the same to it and
/// to 421, which is there only since Linux 5.1. x86_64: 128.
///
/// # References
///
/// sigtimedwait(2).
#[inline]
pub fn take_signal<G: Gate>(gate: G, set: SignalSet) -> Result<usize, Errno> {
    let no_time = [0_u64; 2];
    // SAFETY: the kernel reads the set and the time, of 8 or 16 bytes.
    decode(unsafe {
        gate.call4(
            nr::RT_SIGTIMEDWAIT,
            ptr::from_ref(&set).into(),
            Register::ZERO,
            no_time.as_ptr().into(),
            SIZE.into(),
        )
    })
}
