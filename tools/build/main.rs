//! The link arguments of the freestanding programs.

use std::{env, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build");
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let top = Path::new(&here)
        .parent()
        .expect("tools/ lies in the top folder");
    int80_build::flat_bin("sf");
    int80_build::freestanding_bin("sfcat");
    int80_build::freestanding_bin("sfprobe");
    int80_build::freestanding_bin("sfserve");
    println!("cargo::rustc-check-cfg=cfg(with_std)");
    if int80_build::with_std() {
        println!("cargo::rustc-cfg=with_std");
    }
    sf(top);
}

/// Names the source of `sf`, which is in assembly.
fn sf(top: &Path) {
    let arch = match &*env::var("CARGO_CFG_TARGET_ARCH").expect("cargo sets it") {
        "x86" => "i386",
        _ => "x86_64",
    };
    let source = top.join("asm").join(arch).join("sf.s");
    println!("cargo:rustc-env=INT80_SF={}", source.display());
    println!("cargo:rerun-if-changed={}", source.display());
}
