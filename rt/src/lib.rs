//! The freestanding runtime of `int80`: what lies between the kernel and `main`
//! in a program with no libc and no std.
//!
//! - `_start` from `asm/`, which aligns the stack and calls [`main!`]'s function;
//! - [`Process`]: arguments, environment and auxiliary vector, read where the
//!   kernel put them;
//! - [`Termination`]: what main may return, a `Result` among others; [`Writer`],
//!   [`Lines`], [`parse_unsigned`]: what small programs always want;
//! - memcpy, memmove, memset, memcmp, bcmp and strlen, which the compiler and core call;
//! - a panic handler: a message and SIGABRT's exit status, 134; with feature
//!   `panic-message` also what the panic says and where it is.
//!
//! A program is linked by `int80_build::freestanding()` in its build script, which
//! gives the linker `link.ld`, and has `panic = "abort"` in its profiles.
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
//! `_start` hands on the kernel's stack pointer; that the words above it are
//! argc, argv, envp and the auxiliary vector is the System V ABI's promise.

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

/// The rest of `text` after `prefix`, which a NUL may end; `None` where `text`
/// does not begin with it.
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
