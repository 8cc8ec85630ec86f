//! The `syscall` instruction of x86_64, through the crate `sc`.
//!
//! # Safety
//!
//! `sc`'s blocks declare rcx and r11, which the instruction overwrites, and
//! leave every other register but rax alone. A number that the table does not
//! have never reaches the kernel.

use super::{MAX_ARGS, Register, nr};
use crate::errno::{self, Errno};

/// Enters the kernel by `syscall` with the first `N` of `r`, or returns −ENOSYS
/// where the table has no such number.
///
/// # Safety
///
/// The x86_64 call that stands for `number` must be sound with these arguments.
#[inline(always)]
pub(super) unsafe fn enter<const N: usize>(number: u32, r: [Register; MAX_ARGS]) -> isize {
    let Some(number) = nr::x86_64(number) else {
        return errno::encode(Errno::ENOSYS);
    };
    let [a, b, c, d, e, f] = r;
    // SAFETY: the caller's promise.
    let rax = unsafe {
        match N {
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
