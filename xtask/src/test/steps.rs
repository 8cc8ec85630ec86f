//! The steps, in the order in which they run. A new step is a row here and a
//! function in `checks` or `runs`.

use super::{Run, checks::*, report::Report, runs::*};

pub struct Step {
    pub name: &'static str,
    pub what: &'static str,
    pub place: &'static str,
    pub run: fn(&Run) -> Report,
}

const fn step(
    name: &'static str,
    place: &'static str,
    what: &'static str,
    run: fn(&Run) -> Report,
) -> Step {
    Step {
        name,
        what,
        place,
        run,
    }
}

pub const STEPS: [Step; 18] = [
    step("fmt", "host", "the code is formatted", fmt),
    step(
        "clippy-x86_64",
        "host",
        "no warning in any package",
        clippy_host,
    ),
    step(
        "clippy-i386",
        "i386",
        "no warning in what is compiled for i386",
        clippy_i386,
    ),
    step(
        "doc-x86_64",
        "host",
        "the documentation builds without a warning",
        doc_host,
    ),
    step("doc-i386", "i386", "the same for i386", doc_i386),
    step("lib-x86_64", "x86_64", "the library's tests", lib_x86_64),
    step(
        "lib-x86_64-features",
        "x86_64",
        "the same with all features",
        lib_x86_64_features,
    ),
    step(
        "lib-x86_64-release",
        "x86_64",
        "the same, optimised",
        lib_x86_64_release,
    ),
    step("lib-i386", "i386 native", "the library's tests", lib_i386),
    step(
        "lib-i386-release",
        "i386 native",
        "the same, optimised",
        lib_i386_release,
    ),
    step(
        "lib-qemu",
        "qemu-i386",
        "the same i386 programs, emulated",
        lib_qemu,
    ),
    step(
        "lib-qemu-release",
        "qemu-i386",
        "the same, optimised",
        lib_qemu_release,
    ),
    step("build", "both", "the tools", build_tools),
    step("kit", "both", "the C interface and the kit", build_kit),
    step(
        "no-panic-i386",
        "i386",
        "the tools link without a panic path",
        no_panic_i386,
    ),
    step(
        "no-panic-x86_64",
        "x86_64",
        "the tools link without a panic path",
        no_panic_x86_64,
    ),
    step(
        "tools",
        "every way",
        "the tools' tests and xtask's own",
        tools,
    ),
    step(
        "proofs",
        "every way",
        "registers at the trap, and the machine code",
        proofs,
    ),
];
