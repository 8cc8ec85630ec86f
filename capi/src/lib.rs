//! The C interface of `int80`: the functions that `include/int80.h` declares, one
//! file for each group.
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
//! Every exported name begins with `int80_`. Such names that are not in the header
//! are hidden; a test compares the two lists.
//!
//! # Safety
//!
//! A C caller promises what the header requires of each argument. Pointers for the
//! kernel are passed on unchanged; a file that follows a pointer itself says so.

#![no_std]
#![allow(unsafe_code)]

// Provides the panic handler where these functions are linked as Rust code.
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
