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

use std::{env, fmt::Display, io::Write};

/// Says that a test cannot run here, where no harness hides it and in one
/// write. A test says so once at most, since each such line is counted as one
/// test.
fn skip(name: &str, reason: impl Display) {
    let name = name.strip_prefix("proofs::").unwrap_or(name);
    let line = format!("skipped: {name}: {reason}\n");
    std::io::stderr()
        .write_all(line.as_bytes())
        .expect("standard error");
}

/// Skips the test `name`, since this machine does not run programs in this way.
///
/// Whoever starts these tests may have said that it does: `INT80_WAYS` holds
/// the names of the ways, with commas between.
fn skip_way(way: &str, name: &str, reason: impl Display) {
    let promised = env::var("INT80_WAYS").unwrap_or_default();
    assert!(
        !promised.split(',').any(|one| one == way),
        "INT80_WAYS promises {way}, but: {reason}"
    );
    skip(name, reason);
}

/// Makes each function a test of its own for each architecture. The two of a
/// function come one after the other, so that tests that run side by side do not
/// wait for the same build.
#[macro_export]
macro_rules! every_arch {
    ($($(#[$doc:meta])* fn $name:ident($toolchain:ident) $body:block)*) => {
        $(
            $(#[$doc])* fn $name($toolchain: &$crate::toolchain::Toolchain) $body

            mod $name {
                $crate::every_arch!(@test $name i386 I386);
                $crate::every_arch!(@test $name x86_64 X86_64);
            }
        )*
    };
    (@test $name:ident $arch:ident $variant:ident) => {
        #[test]
        fn $arch() {
            use $crate::toolchain::{Arch, Toolchain};
            let name = concat!(module_path!(), "::", stringify!($arch));
            if let Some(toolchain) = Toolchain::or_skip(Arch::$variant, name) {
                super::$name(toolchain);
            }
        }
    };
}
