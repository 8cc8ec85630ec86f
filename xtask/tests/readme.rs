//! The README's program, as printed: it is compiled, linked and run.

use std::{fs, path::Path, process::Command};

#[test]
fn the_program_of_twelve_lines_does_what_is_said() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let top = top.canonicalize().expect("the top folder");
    let readme = fs::read_to_string(top.join("README.md")).expect("the README");
    let blocks = readme.split("```rust,ignore\n").skip(1);
    let mut blocks = blocks.map(|rest| rest.split("```").next().expect("its end"));
    let program = blocks.find(|block| block.contains("int80_rt::main!"));
    let program = program.expect("a program");

    let folder = tempfile::tempdir().expect("a folder");
    let manifest = format!(
        "[package]\nname = \"twelve\"\nedition = \"2024\"\n\
         [dependencies]\nint80-rt = {{ path = {:?} }}\n\
         [profile.release]\npanic = \"abort\"\nlto = true\n[workspace]\n",
        top.join("rt")
    );
    fs::create_dir(folder.path().join("src")).expect("a folder");
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("the manifest");
    fs::write(folder.path().join("src/main.rs"), program).expect("the program");
    // The versions that are in use here.
    fs::copy(top.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("the lock file");
    let script = top.join("link.ld").display().to_string();
    let arguments = "-nostartfiles -nostdlib -static -no-pie -Wl,--build-id=none -T";
    let arguments = arguments.split_whitespace().chain([&*script]);
    let mut flags = vec!["-Crelocation-model=static".to_owned()];
    flags.extend(arguments.map(|argument| format!("-Clink-arg={argument}")));
    let output = Command::new("cargo")
        .args(["build", "--release", "--target", "x86_64-unknown-linux-gnu"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let (input, sent) = (folder.path().join("input"), folder.path().join("sent"));
    let bytes: Vec<u8> = (0..10_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(&input, &bytes).expect("the input");
    let built = folder
        .path()
        .join("target/x86_64-unknown-linux-gnu/release/twelve");
    let status = Command::new(built)
        .stdin(fs::File::open(&input).expect("the input"))
        .stdout(fs::File::create(&sent).expect("the output"))
        .status();
    assert!(status.expect("it starts").success());
    assert!(fs::read(&sent).expect("the output") == bytes[4096..]);
}
