//! The `syscall` instruction of x86_64, through the crate `sc`.
//!
//! # Safety
//!
//! `sc`'s blocks declare rcx and r11, which the instruction overwrites, and
//! leave every other register but rax alone.

use super::{MAX_ARGS, Register};

/// Enters the kernel by `syscall`, number `number` of x86_64, with the first
/// `count` of `r`: a constant at every call.
///
/// # Safety
///
/// The call must be sound with these arguments.
#[inline(always)]
pub(super) unsafe fn enter(number: usize, count: usize, r: [Register; MAX_ARGS]) -> isize {
    let [a, b, c, d, e, f] = r;
    // SAFETY: the caller's promise.
    let rax = unsafe {
        match count {
            0 => sc::platform::syscall0(number),
            1 => sc::platform::syscall1(number, a.bits()),
            2 => sc::platform::syscall2(number, a.bits(), b.bits()),
            3 => sc::platform::syscall3(number, a.bits(), b.bits(), c.bits()),
            4 => sc::platform::syscall4(number, a.bits(), b.bits(), c.bits(), d.bits()),
            5 => sc::platform::syscall5(number, a.bits(), b.bits(), c.bits(), d.bits(), e.bits()),
            _ => sc::platform::syscall6(
                number,
                a.bits(),
                b.bits(),
                c.bits(),
                d.bits(),
                e.bits(),
                f.bits(),
            ),
        }
    };
    rax as isize
}
