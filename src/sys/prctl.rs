//! prctl: attributes that a process sets for itself.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use linux_raw_sys::prctl as kernel;

use crate::{Errno, Gate, Register, errno::decode, gate::nr};

/// `prctl(option, arg2, arg3, arg4, arg5)`: reads or sets an attribute of the
/// process or the thread.
///
/// # Returns
///
/// The result of the option; 0 for most.
///
/// # Errors
///
/// EINVAL for an option that the kernel does not know; others by the option.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # Safety
///
/// The conditions of the option: pointers among the arguments are valid, and no
/// other code relies on what changes (memory, signals, the sandbox).
///
/// # References
///
/// prctl(2).
#[inline]
pub unsafe fn prctl<G: Gate>(gate: G, option: u32, args: [Register; 4]) -> Result<usize, Errno> {
    let [a, b, c, d] = args;
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::PRCTL, [option.into(), a, b, c, d]) })
}

/// `prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)`: makes execve grant no privileges, as
/// by set-user-ID files. Unprivileged threads need it before
/// [`seccomp_set_filter`](super::seccomp_set_filter) and
/// [`landlock_restrict_self`](super::landlock_restrict_self).
///
/// It cannot be undone.
///
/// # Errors
///
/// EINVAL before Linux 3.5.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_NO_NEW_PRIVS(2const).
#[doc(alias = "PR_SET_NO_NEW_PRIVS")]
#[inline]
pub fn prctl_set_no_new_privs<G: Gate>(gate: G) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let option = kernel::PR_SET_NO_NEW_PRIVS;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [1_u32.into(), NONE, NONE, NONE]) }.map(drop)
}

/// `prctl(PR_SET_DUMPABLE, dumpable)`: sets whether the process leaves core
/// dumps, and whether other processes of the user may trace it.
///
/// # Errors
///
/// Only those of a seccomp filter.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_DUMPABLE(2const).
#[doc(alias = "PR_SET_DUMPABLE")]
#[inline]
pub fn prctl_set_dumpable<G: Gate>(gate: G, dumpable: bool) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let value = Register::from(u32::from(dumpable));
    let option = kernel::PR_SET_DUMPABLE;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [value, NONE, NONE, NONE]) }.map(drop)
}

/// `prctl(PR_SET_PDEATHSIG, signal)`: sets the signal that this process gets when
/// its parent thread ends.
///
/// - `signal`: 1..=64; 0 is none.
///
/// # Errors
///
/// EINVAL if there is no such signal.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_PDEATHSIG(2const).
#[doc(alias = "PR_SET_PDEATHSIG")]
#[inline]
pub fn prctl_set_pdeathsig<G: Gate>(gate: G, signal: u32) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let option = kernel::PR_SET_PDEATHSIG;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [signal.into(), NONE, NONE, NONE]) }.map(drop)
}
