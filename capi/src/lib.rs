//! The C interface of `int80`: what `include/int80.h` declares, one file for
//! each group of functions.
//!
//! | file | functions |
//! |---|---|
//! | `sendfile.rs` | `int80_sendfile`, `int80_sendfile64` |
//! | `call.rs` | `int80_call0` to `int80_call6` |
//! | `sysinfo.rs` | `int80_find_sysinfo`, `int80_use_sysinfo` |
//! | `transfer.rs` | `int80_transfer_*` |
//! | `bsd.rs` | `int80_bsd_sendfile` |
//! | `errno.rs` | `int80_errno_name`, `int80_errno_message` |
//! | `version.rs` | `int80_version` |
//!
//! A new group is a file here and a section of the header.
//!
//! Every exported name begins with `int80_`. What begins so and is not in the
//! header is hidden; a test compares the two lists.
//!
//! # Safety
//!
//! A C caller promises what the header says of each argument. Nothing here
//! follows a caller's pointer but where a file says so: a pointer for the
//! kernel goes to the kernel as it is.

#![no_std]
#![allow(unsafe_code)]

// The panic handler of a program that has these functions in it as Rust code.
#[cfg(feature = "std")]
extern crate std;

mod bsd;
mod call;
mod errno;
#[cfg(not(feature = "std"))]
mod panic;
mod sendfile;
mod sysinfo;
mod transfer;
mod version;
