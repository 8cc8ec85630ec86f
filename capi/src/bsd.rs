//! `int80_bsd_sendfile`: FreeBSD's sendfile on Linux.

use int80::bsd::{SfHdtr, sendfile_raw};

use crate::transfer::Shared;

/// # Safety
///
/// As in `int80.h`.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_bsd_sendfile(
    fd: i32,
    s: i32,
    offset: i64,
    nbytes: usize,
    hdtr: *const SfHdtr,
    sbytes: *mut i64,
    flags: i32,
) -> i32 {
    // SAFETY: the C caller's promise.
    let result = unsafe { sendfile_raw(Shared, fd, s, offset, nbytes, hdtr, sbytes, flags) };
    // 0 or a negative errno, which fits an int.
    result as i32
}
