//! The freestanding runtime of `int80`: what runs between the kernel and `main`
//! in a program with no libc and no std.
//!
//! - `_start` from `asm/`, which aligns the stack and calls the function that
//!   [`main!`] names;
//! - [`Process`]: arguments, environment and auxiliary vector, read in place;
//! - [`Termination`]: the types that main may return, such as `Result`;
//! - [`Writer`], [`Lines`], [`parse_unsigned`]: output, input and numbers;
//! - memcpy, memmove, memset, memcmp, bcmp and strlen, which the compiler and core
//!   call;
//! - a panic handler that writes `panicked` and exits with status 134, as a shell
//!   shows SIGABRT; with feature `panic-message` it writes message and location.
//!
//! Call `int80_build::freestanding()` in the program's build script, which links
//! it with `link.ld`, and set `panic = "abort"` in its profiles.
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//!
//! int80_rt::main!(|process| {
//!     let names = process.arguments().count();
//!     u8::from(names > 1)
//! });
//! ```
//!
//! # Safety
//!
//! `_start` passes on the kernel's stack pointer. By the System V ABI the words
//! above it are argc, argv, envp and the auxiliary vector.

#![no_std]
#![allow(unsafe_code)]

mod exit;
mod fixed;
mod flat;
mod gate;
mod lines;
mod memory;
mod number;
mod panic;
mod process;
mod retry;
mod signal;
mod start;
mod termination;
mod writer;
mod zeroed;

pub use exit::exit;
pub use fixed::{FixedVec, fork, zeros};
pub use gate::{Gate, GateName};
pub use int80;
pub use lines::{Line, Lines};
pub use number::{parse_signed, parse_unsigned};
pub use process::{Arguments, Auxiliary, Environment, Process, Strings};
pub use signal::ignoring_handler;
#[doc(hidden)]
pub use start::run;
pub use termination::Termination;
pub use writer::Writer;
pub use zeroed::Zeroed;

/// The rest of `text` after `prefix`; `None` if `text` does not begin with it. A
/// NUL ends `prefix`.
#[must_use]
pub fn after<'a>(text: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let mut rest = text.iter();
    for expected in prefix {
        if *expected == 0 {
            break;
        }
        if rest.next() != Some(expected) {
            return None;
        }
    }
    Some(rest.as_slice())
}
