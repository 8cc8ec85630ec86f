//! The link arguments of the freestanding programs, and their texts, packed.

mod pack;

use std::{env, fmt::Write, fs, path::Path};

use int80::Errno;

fn main() {
    println!("cargo:rerun-if-changed=build");
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    link_arguments(
        Path::new(&here)
            .parent()
            .expect("tools/ lies in the top folder"),
    );
    texts(
        Path::new(&here),
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")),
    );
}

fn link_arguments(top: &Path) {
    // GNU ld on both architectures: newer compilers bring a linker of their own
    // for x86_64, which reads the scripts in another way.
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
        println!(
            "cargo:rustc-link-arg-bin={tool}=-Wl,-T,{}",
            script.display()
        );
        println!("cargo:rerun-if-changed={}", script.display());
    }
}

/// The messages of all errnos, by number; then sfcat's own texts, each with a
/// constant for its number.
fn texts(here: &Path, out: &Path) {
    let read = |name: &str| {
        let path = here.join("src/sfcat").join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read_to_string(path).expect("a text of sfcat's")
    };
    let message = |n| {
        Errno::new(n)
            .and_then(Errno::message)
            .unwrap_or("Unknown error")
            .to_owned()
    };
    assert_eq!(message(134), message(0), "an errno has been added");
    let mut texts: Vec<String> = (0..=133).map(message).collect();

    let mut code = String::new();
    let mut own = |name: &str, text: String| {
        writeln!(
            code,
            "#[allow(dead_code)]\npub const {name}: usize = {};",
            texts.len()
        )
        .expect("a string grows");
        texts.push(text);
    };
    own("HELP", read("help.txt"));
    own(
        "VERSION",
        format!("sfcat (int80) {}\n", env!("CARGO_PKG_VERSION")),
    );
    for line in read("messages.txt").lines() {
        let (name, text) = line.split_once(' ').expect("a name and a text");
        own(name, text.to_owned());
    }

    let pack::Packed {
        pairs,
        texts: packed,
    } = pack::pack(&texts);
    let (pair_count, packed_len) = (pairs.len(), packed.len());
    writeln!(
        code,
        "         static PAIRS: [[u8; 2]; {pair_count}] = {pairs:?};\n\
         static TEXTS: [u8; {packed_len}] = {packed:?};"
    )
    .expect("a string grows");
    fs::write(out.join("texts.rs"), code).expect("writing the packed texts");
}
