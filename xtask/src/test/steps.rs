//! The steps of `cargo xtask test`, in the order in which they run.

use super::{Run, builds::*, report::Report, runs::*};

pub struct Step {
    pub name: &'static str,
    pub place: &'static str,
    pub what: &'static str,
    pub run: fn(&Run) -> Report,
    /// Whether it takes minutes and says little that other steps do not: it is
    /// run only where it is named.
    pub long: bool,
}

pub const fn step(
    name: &'static str,
    place: &'static str,
    what: &'static str,
    run: fn(&Run) -> Report,
) -> Step {
    Step {
        name,
        place,
        what,
        run,
        long: false,
    }
}

/// The same, run only where it is named.
const fn long(step: Step) -> Step {
    Step { long: true, ..step }
}

#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step("oldest", "host", "everything compiles with the oldest Rust", oldest),
    step("workspace", "host", "everything in one build, and its programs", workspace),
    long(step("lib-x86_64", "x86_64", "the library's tests, without features",
        |run| lib(run, X86_64, &[]))),
    step("lib-x86_64-release", "x86_64", "the library's tests, optimised, with all features",
        |run| lib(run, X86_64, RELEASE)),
    step("lib-i386", "i386 native", "the library's tests", |run| lib(run, I386, &[])),
    long(step("lib-i386-release", "i386 native", "the same, optimised",
        |run| lib(run, I386, &["--release"]))),
    step("lib-qemu", "qemu-i386", "the same i386 programs, emulated", |run| lib(run, QEMU, &[])),
    step("build", "both", "the tools", build_tools),
    step("kit", "both", "the C interface and the kit", build_kit),
    step("no-panic-i386", "i386", "the tools and serve link without a panic path", no_panic_i386),
    step("no-panic-x86_64", "x86_64", "the tools and serve link without a panic path", no_panic_x86_64),
    step("serve", "x86_64", "what the file server decides", serve),
    step("tools", "every way", "the tools' tests and xtask's own", tools),
    step("no-loopback", "x86_64", "tests with sockets, without a network interface", no_loopback),
    step("kernels", "user-mode Linux", "the tools on two other kernels", kernels),
    long(step("bench", "x86_64", "the benchmark's own tests", bench)),
    long(step("package", "both", "the packages from their own archives, and programs on them", package)),
    step("proofs", "every way", "registers at the trap, and the machine code", proofs),
];
