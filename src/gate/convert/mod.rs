//! Calls whose arguments differ between the i386 and the x86_64 table: they make
//! the x86_64 call and return the results of i386.
//!
//! # Safety
//!
//! The caller's promise of [`Gate::call`](super::Gate::call) passes through.
//! Where the i386 call reads or writes through a pointer and the x86_64 call does
//! not, a function here does: by the promise the pointer is valid for that, or no
//! object lies there and the access faults.

mod files;
mod ids;
mod offsets;
#[cfg(test)]
mod tests;
mod times;
mod words;

pub(super) use self::{
    files::{flock64, fstatat64, has_flock64, stat64, statfs64},
    ids::{id, id16, ids},
    offsets::{llseek, sendfile},
    times::{getrlimit, sigsuspend, stime},
    words::{ipc, socketcall, words},
};
use super::{MAX_ARGS, Register};

pub(super) const NONE: Register = Register::ZERO;

/// The size of a signal set in bytes, which the calls before 173 do not take.
pub(super) const SET_SIZE: Register = Register::new(8);

/// The number of arguments, `fewer` less than `n`.
#[inline(always)]
pub(super) const fn less(n: usize, fewer: usize) -> usize {
    n.saturating_sub(fewer)
}

/// `r` with the two registers at `low`, the low half first, joined into one.
#[inline(always)]
pub(super) fn join(r: [Register; MAX_ARGS], low: usize) -> [Register; MAX_ARGS] {
    let [a, b, c, d, e, f] = r;
    match low {
        0 => [both(a, b), c, d, e, f, NONE],
        1 => [a, both(b, c), d, e, f, NONE],
        2 => [a, b, both(c, d), e, f, NONE],
        _ => [a, b, c, both(d, e), f, NONE],
    }
}

/// 64 bits from the low 32 of two registers.
#[inline(always)]
pub(super) fn both(low: Register, high: Register) -> Register {
    Register::from(low.bits() & 0xffff_ffff | (high.bits() << 32))
}

/// mmap2's offset, in units of 4096 bytes, as mmap's. One that 64 bits do not hold
/// becomes an odd number, which mmap refuses.
#[inline(always)]
pub(super) fn page_offset(pages: Register) -> Register {
    let lost = pages.bits() >> 52 != 0;
    Register::from(pages.bits() << 12 | usize::from(lost))
}
