//! Links freestanding programs that use `int80`, from their `build.rs`.
//!
//! ```no_run
//! fn main() {
//!     int80_build::freestanding()
//! }
//! ```
//!
//! Besides that line a program needs the dependency `int80-rt`, and `panic =
//! "abort"` in its profiles. It links for `i686-unknown-linux-gnu` and
//! `x86_64-unknown-linux-gnu`, by GNU ld and by LLD, through a C compiler or
//! directly.
//!
//! Problems are errors of the program's build, with their cause and what to do:
//! this package reports an unsupported target, `int80_rt::main!` a profile that
//! unwinds, and the linker script whatever cannot be linked statically.

#![allow(clippy::needless_doctest_main)] // The example is a build script.

use std::{env, fs, path::Path};

/// A linker script of int80.
struct Script {
    name: &'static str,
    text: &'static str,
}

const LINK: Script = Script {
    name: "link.ld",
    text: include_str!("../link.ld"),
};

const FLAT: Script = Script {
    name: "link-flat.ld",
    text: include_str!("../link-flat.ld"),
};

/// The linker arguments of a freestanding program: no C library, no relocations.
/// C compilers and linkers accept all of them. The scripts lay out pages and
/// segments.
const ARGUMENTS: [&str; 3] = ["-nostdlib", "-static", "-no-pie"];

/// Links every program of the package freestanding, with `link.ld`.
///
/// If another package of the same build enables feature `std` of `int80-rt`, as
/// the tests in int80's own workspace do, the programs are linked with std and the
/// C library instead, since cargo unifies the features of a package in a build.
///
/// It does not change how examples, tests and libraries of the package are linked.
///
/// # Errors
///
/// Cargo reports a target that is not x86 Linux with the GNU ABI, and stops the
/// build.
///
/// # Panics
///
/// If it is called outside a build script.
pub fn freestanding() {
    link("rustc-link-arg-bins=", &LINK);
}

/// Links the program `name` freestanding, with `link.ld`, and no other program of
/// the package.
///
/// # Errors
///
/// As for [`freestanding`]; and if the package has no such program.
///
/// # Panics
///
/// As for [`freestanding`].
pub fn freestanding_bin(name: &str) {
    link(&format!("rustc-link-arg-bin={name}="), &LINK);
}

/// Links the program `name` with `link-flat.ld`, for `int80_rt::flat!` or a start
/// in assembly. The linker makes an ELF file whose section `.flat` is the program;
/// `objcopy -O binary --only-section=.flat` extracts it.
///
/// # Errors
///
/// As for [`freestanding_bin`].
///
/// # Panics
///
/// As for [`freestanding`].
pub fn flat_bin(name: &str) {
    link(&format!("rustc-link-arg-bin={name}="), &FLAT);
}

/// Whether the programs of this build are linked with std, because another package
/// enables feature `std` of `int80-rt`. A program in assembly needs a `main` then.
///
/// # Panics
///
/// As for [`freestanding`].
#[must_use]
pub fn with_std() -> bool {
    env::var_os("DEP_INT80_RT_STD").is_some()
}

/// Tells cargo to link with the script; `key` selects the programs.
fn link(key: &str, script: &Script) {
    // Nothing here depends on a file of the package.
    println!("cargo:rerun-if-changed=build.rs");
    if let Err(reason) = target() {
        println!("cargo::error=int80-build: {reason}");
        return;
    }
    if with_std() {
        return;
    }
    let path = Path::new(&variable("OUT_DIR")).join(script.name);
    let path = path.to_str().expect("cargo takes paths in UTF-8 only");
    if let Err(error) = fs::write(path, script.text) {
        println!("cargo::error=int80-build: cannot write {path}: {error}");
        return;
    }
    // The path is an argument of its own, since `-Wl,-T,PATH` ends it at a comma.
    for argument in ARGUMENTS.into_iter().chain(["-T", path]) {
        println!("cargo:{key}{argument}");
    }
}

/// Refuses targets for which int80 has no system calls, and those for which rustc
/// links the start-up code of a C library.
fn target() -> Result<(), String> {
    let [os, arch, width, abi] = ["OS", "ARCH", "POINTER_WIDTH", "ENV"]
        .map(|name| variable(&format!("CARGO_CFG_TARGET_{name}")));
    let architecture = matches!((&*arch, &*width), ("x86", "32") | ("x86_64", "64"));
    if os != "linux" || !architecture {
        let target = variable("TARGET");
        return Err(format!(
            "{target} is not x86 Linux. Build with --target i686-unknown-linux-gnu or --target x86_64-unknown-linux-gnu."
        ));
    }
    if abi != "gnu" {
        return Err(format!(
            "for this target rustc links the start of a C library ({abi}) into every program. Build with --target {}, whose programs have no C library either.",
            if arch == "x86" {
                "i686-unknown-linux-gnu"
            } else {
                "x86_64-unknown-linux-gnu"
            }
        ));
    }
    Ok(())
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: this is for build scripts"))
}
