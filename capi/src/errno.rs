//! Names and messages of errnos.

use core::ffi::{CStr, c_char, c_int};

use int80::Errno;

/// The name of an errno; null if Linux has none with that number.
#[unsafe(no_mangle)]
extern "C" fn int80_errno_name(error: c_int) -> *const c_char {
    match errno(error).and_then(Errno::c_name) {
        Some(name) => name.as_ptr(),
        None => core::ptr::null(),
    }
}

/// The message of an errno; never null.
#[unsafe(no_mangle)]
extern "C" fn int80_errno_message(error: c_int) -> *const c_char {
    const UNKNOWN: &CStr = c"Unknown error";
    let message = errno(error).and_then(Errno::c_message);
    message.unwrap_or(UNKNOWN).as_ptr()
}

/// The errno with that number, of either sign.
fn errno(error: c_int) -> Option<Errno> {
    // `c_int::MIN` stays negative, and is no errno.
    Errno::from_raw_os_error(error.wrapping_abs())
}
