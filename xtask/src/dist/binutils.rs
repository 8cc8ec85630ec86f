//! GNU as, ld, objcopy and ar, for either architecture.

use anyhow::{Context, Result};
use int80_support::{command::output, ways::Arch};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the linker calls the architecture.
fn emulation(arch: Arch) -> &'static str {
    match arch {
        Arch::I386 => "elf_i386",
        Arch::X86_64 => "elf_x86_64",
    }
}

fn tool(name: &str) -> Command {
    let mut command = Command::new(name);
    // Sorts by bytes, and speaks English in errors.
    command.env("LC_ALL", "C");
    command
}

/// Assembles a file of `asm/`, as it is.
pub fn assemble(arch: Arch, source: &Path, object: &Path) -> Result<()> {
    let mut command = tool("as");
    command
        .arg(match arch {
            Arch::I386 => "--32",
            Arch::X86_64 => "--64",
        })
        .arg("-o")
        .args([object, source]);
    run(&mut command, "assembling")
}

/// Joins objects and archives into one object with these symbols and what they
/// need, and nothing else.
///
/// The object is marked as compatible with shadow stacks (SHSTK), without which a
/// linker takes that mark from any program that links it. The mark is true of
/// what the Rust compiler makes, though it sets none: each return there belongs
/// to a call. The mark for indirect branches (IBT) would not be: no function of
/// the header begins with `endbr`.
pub fn extract(arch: Arch, roots: &[String], from: &[&Path], object: &Path) -> Result<()> {
    let mut command = tool("ld");
    command.args(["-r", "-m", emulation(arch), "--gc-sections", "-z", "shstk"]);
    for root in roots {
        command.args(["-u", root]);
    }
    command.arg("-o").arg(object).args(from);
    run(&mut command, "joining objects")
}

/// Takes out of an object what a program that links it does not need, and makes
/// every symbol local but these.
pub fn strip(object: &Path, keep: &[String]) -> Result<()> {
    let mut command = tool("objcopy");
    command.args([
        "--strip-debug",
        "--strip-unneeded",
        "--remove-section=.comment",
        // A linker with a plug-in takes an object with bitcode in it, as the
        // compiler's own library has, for one without symbols.
        "--remove-section=.llvmbc",
        "--remove-section=.llvmcmd",
    ]);
    for symbol in keep {
        command.arg(format!("--keep-global-symbol={symbol}"));
    }
    command.arg(object);
    run(&mut command, "stripping an object")
}

/// Makes an archive of these members, without times and owners in it.
pub fn archive(path: &Path, members: &[PathBuf]) -> Result<()> {
    if path.exists() {
        // ar would add to it.
        fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    let mut command = tool("ar");
    command.arg("rcsD").arg(path).args(members);
    run(&mut command, "making an archive")
}

/// Links a shared object without a C library, which is there when it is loaded.
pub fn share(arch: Arch, object: &Path, shared: &Path) -> Result<()> {
    let mut command = tool("ld");
    command.args(["-shared", "-m", emulation(arch), "-soname"]);
    command.arg(shared.file_name().unwrap_or_else(|| OsStr::new("")));
    // Small: no page for each kind of section. Hardened: bound when it is
    // loaded, then read-only; nothing to relocate in the code.
    for word in ["noseparate-code", "relro", "now", "noexecstack", "text"] {
        command.args(["-z", word]);
    }
    command.args(["--hash-style=both", "--build-id=none", "--eh-frame-hdr"]);
    command.args(["--strip-all", "-o"]).args([shared, object]);
    run(&mut command, "linking a shared object")
}

fn run(command: &mut Command, purpose: &str) -> Result<()> {
    output(command, purpose).map(drop)
}
