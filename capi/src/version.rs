//! The version of the library that is linked.

use core::ffi::{CStr, c_char};

/// `"MAJOR.MINOR.PATCH"`.
#[unsafe(no_mangle)]
extern "C" fn int80_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            // At compile time: cargo's version has no NUL in it.
            Err(_) => panic!("a NUL in the version"),
        };
    VERSION.as_ptr()
}
