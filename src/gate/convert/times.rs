//! `getrlimit`, `sigsuspend` and `stime`, which pass their values in other places
//! than x86_64.

use super::{NONE, Register, SET_SIZE};
use crate::gate::enter::enter;

const GETRLIMIT: usize = 97;
const RT_SIGSUSPEND: usize = 130;
const SETTIMEOFDAY: usize = 164;

/// The highest limit that `getrlimit`, call 76, returns.
const MAX_LIMIT: usize = 0x7fff_ffff;

/// Call 76 by x86_64's getrlimit: two register-wide words.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn getrlimit(resource: Register, limit: Register) -> isize {
    let mut limits = [0_usize; 2];
    let r = [resource, (&raw mut limits).into(), NONE, NONE, NONE, NONE];
    // SAFETY: the kernel writes two words.
    let result = unsafe { enter(GETRLIMIT, 2, r) };
    if result == 0 {
        let limits = limits.map(|limit| limit.min(MAX_LIMIT));
        // SAFETY: `limit` is a pointer of the call's, by the caller's promise.
        unsafe { limit.as_ptr().cast::<[usize; 2]>().write_unaligned(limits) };
    }
    result
}

/// `sigsuspend(unused, unused, mask)` by `rt_sigsuspend`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn sigsuspend(mask: Register) -> isize {
    let mask = mask.bits();
    let r = [(&raw const mask).into(), SET_SIZE, NONE, NONE, NONE, NONE];
    // SAFETY: the kernel reads the mask.
    unsafe { enter(RT_SIGSUSPEND, 2, r) }
}

/// `stime(time)` by `settimeofday`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn stime(time: Register) -> isize {
    // SAFETY: `time` is a pointer of the call's, by the caller's promise.
    let seconds = unsafe { time.as_ptr().cast::<isize>().read_unaligned() };
    let time = [seconds, 0];
    let r = [(&raw const time).into(), NONE, NONE, NONE, NONE, NONE];
    // SAFETY: the kernel reads the time.
    unsafe { enter(SETTIMEOFDAY, 2, r) }
}
