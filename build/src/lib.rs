//! What the `build.rs` of a freestanding program on `int80` calls.
//!
//! ```no_run
//! fn main() {
//!     int80_build::freestanding()
//! }
//! ```
//!
//! Besides that line a program needs the dependency `int80-rt`, and in its
//! Cargo.toml `panic = "abort"` for the profiles that it is built with. It links
//! for `i686-unknown-linux-gnu` and `x86_64-unknown-linux-gnu`, by GNU ld and by
//! LLD, through a C compiler or directly.
//!
//! What is in the way is said with its cure, as an error of the package that is
//! built: another target here, a profile that unwinds by `int80_rt::main!`, what
//! cannot be linked statically by the linker script.

#![allow(clippy::needless_doctest_main)] // The example is a build script.

use std::{env, fs, path::Path};

/// A linker script of int80's.
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

/// What a freestanding program is linked with: no C library, nothing to
/// relocate. C compilers and linkers understand all of it. The scripts do the
/// rest, so that no argument about pages or segments stands here.
const ARGUMENTS: [&str; 3] = ["-nostdlib", "-static", "-no-pie"];

/// Links every program of the package freestanding, with `link.ld`.
///
/// Where another package of the same build asks for feature `std` of `int80-rt`,
/// as the tests in int80's own workspace do, the programs are linked with std and
/// the C library instead: the features of a package are the same everywhere in a
/// build.
///
/// Leaves examples, tests and libraries of the package as they are.
///
/// # Errors
///
/// For a target that is not x86 Linux with the GNU ABI cargo says so and builds
/// nothing.
///
/// # Panics
///
/// Where it is not a build script that calls it.
pub fn freestanding() {
    link("rustc-link-arg-bins=", &LINK);
}

/// Links the one program `name` freestanding, with `link.ld`; the other programs
/// of the package stay as they are.
///
/// # Errors
///
/// As for [`freestanding`]; and where the package has no such program.
///
/// # Panics
///
/// As for [`freestanding`].
pub fn freestanding_bin(name: &str) {
    link(&format!("rustc-link-arg-bin={name}="), &LINK);
}

/// Links the one program `name` with `link-flat.ld`, for `int80_rt::flat!` or a
/// start in assembly. What the linker makes is an ELF file whose section `.flat`
/// is the program: `objcopy -O binary --only-section=.flat`.
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

/// Whether this build has std in its programs, because another package of it has
/// asked for feature `std` of `int80-rt`. A program in assembly has to have a
/// `main` then.
///
/// # Panics
///
/// As for [`freestanding`].
#[must_use]
pub fn with_std() -> bool {
    env::var_os("DEP_INT80_RT_STD").is_some()
}

/// Tells cargo to link with the script; `key` says which programs.
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
    // The path is an argument of its own: in `-Wl,-T,PATH` a comma would end it.
    for argument in ARGUMENTS.into_iter().chain(["-T", path]) {
        println!("cargo:{key}{argument}");
    }
}

/// Refuses what int80 has no system calls for, and what rustc links a C
/// library's start into.
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
