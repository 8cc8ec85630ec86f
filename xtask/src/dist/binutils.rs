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

/// Assembles a file, with these symbols set to 1.
pub fn assemble(arch: Arch, source: &Path, symbols: &[&str], object: &Path) -> Result<()> {
    let mut command = tool("as");
    for symbol in symbols {
        command.arg(format!("--defsym={symbol}=1"));
    }
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

/// Copies a program without its symbols.
pub fn strip_program(from: &Path, to: &Path) -> Result<()> {
    let mut command = tool("objcopy");
    command.arg("--strip-all").args([from, to]);
    run(&mut command, "stripping a program")
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

/// Makes a stand-in for a C library's shared object: its name, and functions with
/// their versions, for [`share`].
pub fn stub(arch: Arch, name: &str, versions: &[(&str, &str)], folder: &Path) -> Result<PathBuf> {
    let [source, script, object] =
        ["s", "map", "o"].map(|ending| folder.join(name).with_extension(ending));
    let (mut code, mut map) = (String::new(), String::new());
    for (version, function) in versions {
        code += &format!(".globl {function}\n.type {function}, @function\n{function}: ret\n");
        match map.find(&format!("{version} {{")) {
            Some(_) => map = map.replacen("};", &format!("{function}; }};"), 1),
            None => map = format!("{version} {{ {function}; }};\n{map}"),
        }
    }
    fs::write(&source, code)?;
    fs::write(&script, map)?;
    assemble(arch, &source, &[], &object)?;
    let mut command = tool("ld");
    command.args(["-shared", "-m", emulation(arch), "-soname", name]);
    if versions.iter().any(|(version, _)| !version.is_empty()) {
        command.arg("--version-script").arg(&script);
    }
    let library = folder.join(format!("{name}.stub"));
    command.arg("-o").args([&library, &object]);
    run(&mut command, "linking a stand-in for a C library")?;
    Ok(library)
}

/// Links a shared object that needs the C library of this stand-in.
pub fn share(arch: Arch, object: &Path, library: &Path, shared: &Path) -> Result<()> {
    let mut command = tool("ld");
    command.args(["-shared", "-m", emulation(arch), "-soname"]);
    command.arg(shared.file_name().unwrap_or_else(|| OsStr::new("")));
    // Small: no page for each kind of section. Hardened: bound when it is
    // loaded, then read-only; nothing to relocate in the code.
    for word in ["noseparate-code", "relro", "now", "noexecstack", "text"] {
        command.args(["-z", word]);
    }
    command.args(["--hash-style=both", "--build-id=none", "--eh-frame-hdr"]);
    command
        .args(["--strip-all", "-o"])
        .args([shared, object, library]);
    run(&mut command, "linking a shared object")
}

fn run(command: &mut Command, purpose: &str) -> Result<()> {
    output(command, purpose).map(drop)
}
