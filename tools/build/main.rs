//! The link arguments of the freestanding programs, and the checks of sfprobe.

mod pack;
mod sfprobe;
#[allow(dead_code)] // Not all of what the tools use.
#[path = "../src/texts.rs"]
mod texts;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/texts.rs");
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    link_arguments(
        Path::new(&here)
            .parent()
            .expect("tools/ lies in the top folder"),
    );
    fs::write(
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("sfprobe.rs"),
        sfprobe::texts(Path::new(&here)),
    )
    .expect("writing the checks and their texts");
}

fn link_arguments(top: &Path) {
    // The program of sf.rs, which has no other.
    let arch = match &*env::var("CARGO_CFG_TARGET_ARCH").expect("cargo sets it") {
        "x86" => "i386",
        _ => "x86_64",
    };
    let sf = top.join("asm").join(arch).join("sf.s");
    println!("cargo:rustc-env=INT80_SF={}", sf.display());
    println!("cargo:rerun-if-changed={}", sf.display());
    // GNU ld on both architectures: LLD, which newer compilers bring for x86_64,
    // links the same segments, and fills the file up to the next page.
    let arguments = "-fuse-ld=bfd -nostartfiles -nostdlib -static -no-pie -Wl,-z,noseparate-code \
                     -Wl,-z,norelro -Wl,-z,noexecstack -Wl,--build-id=none -Wl,--gc-sections \
                     -Wl,--no-dynamic-linker -Wl,-z,max-page-size=4096";
    for argument in arguments.split_whitespace() {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
    for (tool, script) in [
        ("sf", "link-flat.ld"),
        ("sfcat", "link.ld"),
        ("sfprobe", "link.ld"),
    ] {
        let script = top.join(script);
        // Not by -Wl, which a comma in the path would cut.
        println!("cargo:rustc-link-arg-bin={tool}=-T");
        println!("cargo:rustc-link-arg-bin={tool}={}", script.display());
        println!("cargo:rerun-if-changed={}", script.display());
    }
}
