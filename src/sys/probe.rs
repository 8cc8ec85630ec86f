//! Questions that policy asks: of addresses, without touching them, and of the
//! type of a file, by an older call where a newer is refused.
//!
//! # Safety
//!
//! The kernel looks at the address, and returns EFAULT where no memory is.
//! rt_sigprocmask reads 8 bytes, and then refuses a `how` that does not exist;
//! it writes 8 bytes, the signal mask, where no new mask is given.
#![allow(unsafe_code)]

use linux_raw_sys::general::SIG_BLOCK;

use super::{AtFlags, fstat64, statx};
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// The bytes that one call looks at.
const SIZE: usize = 8;
/// A `how` that rt_sigprocmask refuses.
const NO_HOW: u32 = 187;
/// Rights are given by the page; this is the smallest.
const PAGE: usize = 4096;

/// `Ok` where all of `len` bytes, at least 8, can be read.
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

/// `Ok` where the 8 bytes can be written; they then hold something else.
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

/// Whether `fd` is a regular file.
///
/// # Errors
///
/// EBADF, or the refusal of a kernel or a sandbox.
pub(crate) fn is_regular<G: Gate>(gate: G, fd: Fd<'_>) -> Result<bool, Errno> {
    // S_IFMT and S_IFREG (`include/uapi/linux/stat.h`).
    const TYPE: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    statx(&gate, fd, c"", AtFlags::EMPTY_PATH)
        .map(|status| status.stx_mode.into())
        .or_else(|_| fstat64(&gate, fd).map(|status| status.st_mode))
        .map(|mode| mode & TYPE == REGULAR)
}
