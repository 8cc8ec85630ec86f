//! Names and messages of errnos.

use core::ffi::{CStr, c_char, c_int};

use int80::Errno;

/// The name of an errno, or null where Linux has none of that number.
#[unsafe(no_mangle)]
extern "C" fn int80_errno_name(error: c_int) -> *const c_char {
    match errno(error).and_then(Errno::c_name) {
        Some(name) => name.as_ptr(),
        None => core::ptr::null(),
    }
}

/// What an errno means; never null.
#[unsafe(no_mangle)]
extern "C" fn int80_errno_message(error: c_int) -> *const c_char {
    const UNKNOWN: &CStr = c"Unknown error";
    let message = errno(error).and_then(Errno::c_message);
    message.unwrap_or(UNKNOWN).as_ptr()
}

/// The errno of that number, whichever its sign.
fn errno(error: c_int) -> Option<Errno> {
    // The most negative number has no positive one; it is no errno either way.
    Errno::from_raw_os_error(error.wrapping_abs())
}
