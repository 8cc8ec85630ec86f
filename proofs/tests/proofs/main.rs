//! The proofs of the register contract: at the trap, and in the machine code.
//!
//! They run on x86_64 and compile, with the compilers of `toolchain.rs`, what
//! they look at.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code, missing_docs)]

mod assembly;
mod build;
mod call;
mod code;
mod compare;
mod inline;
mod numbers;
mod out_of_line;
mod qemu;
mod recorded;
mod table;
mod toolchain;
mod trace;
mod translate;
mod trap;

use std::io::Write;

/// Says that a test cannot run here, where no harness hides it. A test says so
/// once at most, since whoever counts takes each such line for one test.
fn skip(name: &str, reason: impl std::fmt::Display) {
    writeln!(std::io::stderr(), "skipped: {name}: {reason}").expect("standard error");
}

/// Makes each function a test of its own for each architecture.
#[macro_export]
macro_rules! every_arch {
    ($($(#[$doc:meta])* fn $name:ident($toolchain:ident) $body:block)*) => {
        $($(#[$doc])* fn $name($toolchain: &$crate::toolchain::Toolchain) $body)*

        mod i386 {
            $(#[test] fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                if let Some(toolchain) = $crate::toolchain::Toolchain::or_skip($crate::toolchain::Arch::I386, name) {
                    super::$name(toolchain);
                }
            })*
        }

        mod x86_64 {
            $(#[test] fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                if let Some(toolchain) = $crate::toolchain::Toolchain::or_skip($crate::toolchain::Arch::X86_64, name) {
                    super::$name(toolchain);
                }
            })*
        }
    };
}
