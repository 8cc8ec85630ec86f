//! The README's programs, as printed: compiled, linked and run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The checkout.
fn top() -> PathBuf {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    top.canonicalize().expect("the top folder")
}

fn readme() -> String {
    fs::read_to_string(top().join("README.md")).expect("the README")
}

/// The first block in this language that has `word` in it.
fn block(readme: &str, language: &str, word: &str) -> String {
    let start = format!("```{language}\n");
    let blocks = readme.split(&*start).skip(1);
    let mut blocks = blocks.map(|rest| rest.split("```").next().expect("its end"));
    let block = blocks.find(|block| block.contains(word));
    block
        .unwrap_or_else(|| panic!("no {language} with {word}"))
        .to_owned()
}

/// What a stranger copies out of it makes a program.
#[test]
fn the_freestanding_program_does_what_is_said() {
    let readme = readme();
    let program = block(&readme, "rust,ignore", "int80_rt::main!");
    let dependencies = block(&readme, "toml", "int80-rt");
    let build = "fn main() { int80_build::freestanding() }";
    let words = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(&format!("`{build}` as `build.rs`")));

    let folder = tempfile::tempdir().expect("a folder");
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n{}\n[workspace]\n",
        dependencies.replace("PATH", &top().display().to_string())
    );
    fs::create_dir(folder.path().join("src")).expect("a folder");
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("the manifest");
    fs::write(folder.path().join("build.rs"), build).expect("the build script");
    fs::write(folder.path().join("src/main.rs"), program).expect("the program");
    // The versions that are in use here.
    fs::copy(top().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("the lock file");
    for (profile, arguments) in [
        ("debug", &["build"][..]),
        ("release", &["build", "--release"]),
    ] {
        let output = Command::new("cargo")
            .args(arguments)
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", folder.path().join("target"))
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .expect("cargo starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        run(
            folder.path(),
            &folder.path().join("target").join(profile).join("program"),
        );
    }
}

/// Copies its standard input, and says how much.
fn run(folder: &Path, program: &Path) {
    let (input, sent) = (folder.join("input"), folder.join("sent"));
    let bytes: Vec<u8> = (0..10_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(&input, &bytes).expect("the input");
    let output = Command::new(program)
        .stdin(fs::File::open(&input).expect("the input"))
        .stdout(fs::File::create(&sent).expect("the output"))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts")
        .wait_with_output()
        .expect("it ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "40000 bytes\n");
    assert!(fs::read(&sent).expect("the output") == bytes);
}

/// The function is that of an example, which the library's tests compile.
#[test]
fn the_transfer_is_that_of_the_example() {
    let function = block(&readme(), "rust", "Transfer::new");
    let example = fs::read_to_string(top().join("examples/transfer.rs")).expect("the example");
    assert!(example.contains(&function), "{function}");
}

/// The loop in C compiles, too.
#[test]
fn the_naive_loop_is_c() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("a.c");
    let text = block(&readme(), "c", "sendfile(");
    fs::write(
        &source,
        format!("#include <stddef.h>\n#include <sys/sendfile.h>\n{text}"),
    )
    .expect("a file");
    let mut command = Command::new("cc");
    command
        .args(["-Wall", "-Werror", "-fsyntax-only"])
        .arg(&source);
    let output = command
        .output()
        .expect("cc starts: gcc is one of the two things needed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_stranger_reads_it_in_one_go() {
    assert!(readme().lines().count() <= 150);
}
