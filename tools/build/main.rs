//! The link arguments of the freestanding programs.

mod link;

use std::{env, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build");
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let top = Path::new(&here)
        .parent()
        .expect("tools/ lies in the top folder");
    for (tool, script) in [
        ("sf", "link-flat.ld"),
        ("sfcat", "link.ld"),
        ("sfprobe", "link.ld"),
    ] {
        link::with_script(tool, &top.join(script));
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
