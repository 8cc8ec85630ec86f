//! Calls that need every register, in assembly with unwind information: an
//! `asm!` that pushes would hide its caller from debuggers, exceptions and
//! cancellation.
//!
//! # Safety
//!
//! `asm/i386/call6.s` and `entry.s` preserve every register that the C calling
//! convention preserves, and access no memory but the six words that they load.

use core::num::NonZero;

use super::{MAX_ARGS, Register};

#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod code {
    core::arch::global_asm!(include_str!("../../asm/i386/entry.s"), options(raw));
    core::arch::global_asm!(include_str!("../../asm/i386/call6.s"), options(raw));
}

unsafe extern "C" {
    fn int80_entry();
    fn int80_six(nr: u32, args: &[Register; MAX_ARGS]) -> isize;
    fn int80_six_through(nr: u32, args: &[Register; MAX_ARGS], entry: NonZero<usize>) -> isize;
}

/// The address of the instruction `int 0x80` as a function, called as the
/// kernel's entry point of AT_SYSINFO is.
#[inline(always)]
pub(super) fn entry() -> NonZero<usize> {
    let entry = int80_entry as unsafe extern "C" fn() as usize;
    // SAFETY: the address of a function is not 0.
    unsafe { NonZero::new_unchecked(entry) }
}

/// Call `nr` with six arguments, by `int 0x80`.
///
/// # Safety
///
/// As for [`Gate::call`](super::Gate::call).
#[inline(always)]
pub(super) unsafe fn int80(nr: u32, args: [Register; MAX_ARGS]) -> isize {
    // SAFETY: the caller's promise.
    unsafe { int80_six(nr, &args) }
}

/// Call `nr` with six arguments, through the entry point `entry`.
///
/// # Safety
///
/// As for [`Gate::call`](super::Gate::call); `entry` is [`entry`](entry()) or
/// this process's AT_SYSINFO.
#[inline(always)]
pub(super) unsafe fn through(entry: NonZero<usize>, nr: u32, args: [Register; MAX_ARGS]) -> isize {
    // SAFETY: the caller's promise.
    unsafe { int80_six_through(nr, &args, entry) }
}
