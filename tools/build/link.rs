//! The link arguments of a freestanding program.

use std::path::Path;

/// What every freestanding program is linked with, by GNU ld and by LLD: no C
/// library, nothing to relocate, no dead code, no note. The scripts do the
/// rest, so that no argument about pages or segments stands here.
const ARGUMENTS: [&str; 6] = [
    "-nostartfiles",
    "-nostdlib",
    "-static",
    "-no-pie",
    "-Wl,--gc-sections",
    "-Wl,--build-id=none",
];

/// Tells cargo to link a program of this package with a linker script.
pub fn with_script(program: &str, script: &Path) {
    // The path is an argument of its own: in `-Wl,-T,PATH` a comma would end it.
    let script = script.to_str().expect("cargo takes paths in UTF-8 only");
    for argument in ARGUMENTS.into_iter().chain(["-T", script]) {
        println!("cargo:rustc-link-arg-bin={program}={argument}");
    }
    println!("cargo:rerun-if-changed={script}");
}
