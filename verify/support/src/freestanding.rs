//! A C program without a C library.

use crate::ways::Arch;
use crate::{
    place::{Kit, width},
    run::run,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Compiles and links it as the README says it.
pub fn freestanding(
    kit: &Kit,
    arch: Arch,
    folder: &Path,
    flags: &[&str],
    files: &[PathBuf],
) -> PathBuf {
    let program = folder.join("program");
    let lib = kit.lib(arch);
    let script = kit.folder.join("share/int80/link.ld");
    let mut command = Command::new("cc");
    command
        .args([
            width(arch),
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-ffreestanding",
        ])
        .args([
            "-fno-pie",
            "-fno-stack-protector",
            "-static",
            "-nostdlib",
            "-I",
        ])
        .arg(kit.include())
        .arg("-T")
        .arg(script)
        .args(["-Wl,--gc-sections,--build-id=none", "-o"])
        .arg(&program)
        .args(flags)
        .args(files)
        .arg(lib.join("int80_start.o"))
        .arg("-L")
        .arg(lib)
        .args(["-lint80", "-lint80_memory"]);
    run(&mut command);
    program
}
