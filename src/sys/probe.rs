//! Tests of addresses: whether memory can be read or written, without a fault.
//!
//! # Safety
//!
//! The kernel checks the address, and returns EFAULT if no memory is there.
//! rt_sigprocmask reads 8 bytes and then refuses a `how` that does not exist; it
//! writes 8 bytes, the signal mask, if no new mask is given.
#![allow(unsafe_code)]

use linux_raw_sys::general::SIG_BLOCK;

use crate::{Errno, Gate, Register, errno::decode, gate::nr};

/// The bytes that one call reads or writes.
const SIZE: usize = 8;
/// A `how` that rt_sigprocmask refuses.
const NO_HOW: u32 = 187;
/// Protection is per page; this is the smallest size of one.
const PAGE: usize = 4096;

/// `Ok` if all of `len` bytes, at least 8, can be read.
///
/// # Errors
///
/// EFAULT.
pub(crate) fn readable<G: Gate + Copy>(
    gate: G,
    address: *const u8,
    len: usize,
) -> Result<(), Errno> {
    let last = len.saturating_sub(SIZE);
    let mut at = 0;
    loop {
        let place = address.wrapping_add(at);
        // SAFETY: this file's header; nothing is changed.
        let answer = decode(unsafe {
            gate.call(
                nr::RT_SIGPROCMASK,
                [NO_HOW.into(), place.into(), Register::ZERO, SIZE.into()],
            )
        });
        if answer == Err(Errno::EFAULT) {
            return Err(Errno::EFAULT);
        }
        if at >= last {
            return Ok(());
        }
        at = at.saturating_add(PAGE).min(last);
    }
}

/// `Ok` if the 8 bytes can be written; they hold the signal mask afterwards.
///
/// # Errors
///
/// EFAULT.
///
/// # Safety
///
/// The 8 bytes are the caller's to write, or no object lies there.
pub(crate) unsafe fn writable<G: Gate>(gate: G, address: *mut i64) -> Result<(), Errno> {
    // SAFETY: the caller's promise; no mask is set.
    decode(unsafe {
        gate.call(
            nr::RT_SIGPROCMASK,
            [
                SIG_BLOCK.into(),
                Register::ZERO,
                address.into(),
                SIZE.into(),
            ],
        )
    })
    .map(drop)
}
