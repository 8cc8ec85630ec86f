//! The link arguments of a freestanding program.

use std::{env, path::Path};

fn main() {
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let script = Path::new(&here).join("../../link.ld");
    println!("cargo:rerun-if-changed={}", script.display());
    // The path in an argument of its own: in `-Wl,-T,PATH` a comma would end it.
    println!("cargo:rustc-link-arg-bins=-T");
    println!("cargo:rustc-link-arg-bins={}", script.display());
    // No C library, no relocations, no dead code, no page for a mark only.
    for argument in [
        "-nostartfiles",
        "-nostdlib",
        "-static",
        "-no-pie",
        "-Wl,--gc-sections",
        "-Wl,--build-id=none",
    ] {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
}
