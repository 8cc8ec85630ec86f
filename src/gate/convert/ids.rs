//! The 16-bit user and group IDs of Linux before 2.4.

use super::{NONE, Register};
use crate::gate::enter::enter;

/// The ID that a 16-bit call returns for one that does not fit: the default of
/// `/proc/sys/kernel/overflowuid` and `overflowgid`.
const OVERFLOW: u16 = 65534;

/// A 16-bit ID as an argument; 65535 is −1, "unchanged". Without a jump: plus 1
/// in 16 bits, then minus 1 in 32 bits.
#[inline(always)]
pub(in crate::gate) fn id(register: Register) -> Register {
    let above = (register.bits() as u16).wrapping_add(1);
    Register::from(u32::from(above).wrapping_sub(1))
}

/// An ID as a 16-bit call returns it.
#[inline(always)]
pub(in crate::gate) fn id16(id: u32) -> u16 {
    u16::try_from(id).unwrap_or(OVERFLOW)
}

/// `getresuid` and `getresgid` by x86_64's call `number`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn ids(number: usize, a: Register, b: Register, c: Register) -> isize {
    let mut ids = [0_u32; 3];
    let [real, effective, saved] = ids.each_mut().map(|id| Register::from(&raw mut *id));
    // SAFETY: the kernel writes three ids.
    let result = unsafe { enter(number, 3, [real, effective, saved, NONE, NONE, NONE]) };
    if result == 0 {
        for (id, pointer) in ids.into_iter().zip([a, b, c]) {
            // SAFETY: a pointer of the call's, by the caller's promise.
            unsafe { pointer.as_ptr().cast::<u16>().write_unaligned(id16(id)) };
        }
    }
    result
}
