//! Looks at the machine. Nothing here asks the network or changes anything
//! outside a temporary folder, and all of it together takes a fraction of a
//! second.

use super::{Kernel, Machine, Need, Source, Toolchain, debian, musl};
use crate::{paths::Paths, scratch, toolchain::rustc};
use anyhow::Result;
use int80_support::{
    command::{capture, last_lines, output},
    qemu,
    ways::Arch,
};
use std::{
    fs,
    path::Path,
    process::{Command, ExitStatus},
};

pub fn machine(paths: &Paths, source: Source) -> Result<Machine> {
    let scratch = scratch::folder(&paths.private, "probe")?;
    let i386 = toolchain(paths, source)?;
    let kernel = kernel(scratch.path())?;
    Ok(Machine {
        i386,
        libc32: libc32(scratch.path())?,
        qemu: qemu::installed(),
        strace: program("strace"),
        curl: program("curl"),
        kit: ["nasm", "busybox", "c++", "pkg-config"]
            .into_iter()
            .try_for_each(program),
        musl: musl::unpacked(paths),
        browser: int80_support::program::browser().map(drop),
        kernel,
        by_hand: Vec::new(),
    })
}

fn program(name: &str) -> Need<()> {
    match which::which(name) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("{name} is not installed")),
    }
}

fn toolchain(paths: &Paths, source: Source) -> Result<Need<Toolchain>> {
    if source != Source::Debian && is_installed(paths)? {
        return Ok(Ok(Toolchain::Installed));
    }
    if source != Source::Rustup {
        if let Some(sysroot) = debian::composed(paths) {
            return Ok(Ok(Toolchain::Debian { sysroot }));
        }
    }
    Ok(Err("no Rust toolchain for i386".to_owned()))
}

/// Whether the toolchain that cargo uses here has the target. The folder's name
/// is printed whether it exists or not.
pub fn is_installed(paths: &Paths) -> Result<bool> {
    let mut command = Command::new(rustc());
    command.current_dir(&paths.root).args([
        "--print",
        "target-libdir",
        "--target",
        Arch::I386.triple(),
    ]);
    let folder = output(&mut command, "asking rustc for its i386 library")?;
    let Ok(entries) = fs::read_dir(folder.trim()) else {
        return Ok(false);
    };
    Ok(entries.flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with("libcore-")
    }))
}

/// The library's i386 tests are ordinary programs with a C library.
fn libc32(scratch: &Path) -> Result<Need<()>> {
    let source = scratch.join("hosted.c");
    fs::write(&source, "int main(void) { return 0; }\n")?;
    let mut cc = Command::new("cc");
    cc.args(["-m32", "-o"])
        .arg(scratch.join("hosted"))
        .arg(&source)
        .arg("-lgcc_s");
    let result = capture(&mut cc, "linking a 32-bit C program")?;
    Ok(if result.status.success() {
        Ok(())
    } else {
        Err("no 32-bit C library".to_owned())
    })
}

/// Runs a few instructions as a static i386 program. It needs no C library, so
/// it tells about the kernel alone.
fn kernel(scratch: &Path) -> Result<Need<Kernel>> {
    let source = scratch.join("entry.s");
    let program = scratch.join("entry");
    fs::write(&source, include_str!("entry.s"))?;
    let mut cc = Command::new("cc");
    cc.args(["-m32", "-nostdlib", "-static", "-no-pie", "-o"])
        .arg(&program)
        .arg(&source);
    let built = capture(&mut cc, "linking a 32-bit assembly program")?;
    if !built.status.success() {
        let said = String::from_utf8_lossy(&built.stderr).into_owned();
        return Ok(Err(format!("`cc -m32` fails: {}", last_lines(&said, 1))));
    }
    match Command::new(&program).status() {
        Ok(status) => Ok(kernel_from(status)),
        Err(error) => Ok(Err(format!(
            "the kernel does not run i386 programs ({error})"
        ))),
    }
}

fn kernel_from(status: ExitStatus) -> Need<Kernel> {
    match status.code() {
        Some(0) => Ok(Kernel { sysinfo: true }),
        Some(1) => Ok(Kernel { sysinfo: false }),
        // A filter of calls may kill it.
        _ => Err(format!("an i386 program is ended here ({status})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn a_kernel_that_ends_i386_programs_is_one_without() {
        let of = |status| kernel_from(ExitStatus::from_raw(status));
        assert!(of(0).is_ok_and(|kernel| kernel.sysinfo));
        assert!(of(1 << 8).is_ok_and(|kernel| !kernel.sysinfo));
        // SIGSYS, as of a filter of calls.
        assert!(of(31).is_err());
    }
}
