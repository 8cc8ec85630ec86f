//! The link arguments of the freestanding programs.

use std::{env, path::Path};

fn main() {
    let top = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let top = Path::new(&top)
        .parent()
        .expect("tools/ lies in the top folder")
        .to_owned();
    // GNU ld on both architectures: newer compilers bring a linker of their own
    // for x86_64, which reads the scripts in another way.
    let arguments = "-fuse-ld=bfd -nostartfiles -nostdlib -static -no-pie -Wl,-z,noseparate-code \
                     -Wl,-z,norelro -Wl,-z,noexecstack -Wl,--build-id=none -Wl,--gc-sections \
                     -Wl,--no-dynamic-linker -Wl,-z,max-page-size=4096";
    for argument in arguments.split_whitespace() {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
    for (tool, script) in [("sf", "link-flat.ld"), ("sfcat", "link.ld")] {
        let script = top.join(script);
        println!(
            "cargo:rustc-link-arg-bin={tool}=-Wl,-T,{}",
            script.display()
        );
        println!("cargo:rerun-if-changed={}", script.display());
    }
}
