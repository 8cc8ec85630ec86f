//! The link arguments of the freestanding programs, and their texts, packed.

mod link;
mod pack;
mod sfprobe;
#[allow(dead_code)] // Not all of what the tools use.
#[path = "../src/texts.rs"]
mod texts;

use std::{env, fmt::Write, fs, path::Path};

use int80::Errno;

fn main() {
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/texts.rs");
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
    texts(
        Path::new(&here),
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")),
    );
    fs::write(
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("sfprobe.rs"),
        sfprobe::texts(Path::new(&here)),
    )
    .expect("writing the checks and their texts");
}

/// sfcat's own texts, each with a constant for its number; then the messages of
/// all errnos.
fn texts(here: &Path, out: &Path) {
    let read = |name: &str| {
        let path = here.join("src/sfcat").join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read_to_string(path).expect("a text of sfcat's")
    };
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut own = |name: &str, text: Option<String>| {
        writeln!(code, "pub const {name}: usize = {};", texts.len()).expect("a string grows");
        texts.extend(text);
    };
    let version = format!("sfcat (int80) {}\n", env!("CARGO_PKG_VERSION"));
    let lines = read("messages.txt");
    for line in lines.lines() {
        let (name, text) = line.split_once(' ').expect("a name and a text");
        own(name, Some(text.to_owned()));
    }
    own("HELP", Some(read("help.txt")));
    own("VERSION", Some(version));
    own("ERRNO", None);
    let message = |n| Errno::from_raw_os_error(n).and_then(Errno::message);
    assert!(
        (134..=4095).all(|n| message(n).is_none()),
        "an errno has been added"
    );
    // The last one is also that of all errnos beyond.
    texts.extend((0..=134).map(|n| message(n).unwrap_or("Unknown error").to_owned()));

    let (len, packed) = pack::pack(&texts);
    let packed_len = packed.len();
    writeln!(
        code,
        "const LEN: usize = {len};\nstatic PACKED: [u8; {packed_len}] = {packed:?};"
    )
    .expect("a string grows");
    fs::write(out.join("texts.rs"), code).expect("writing the packed texts");
}
