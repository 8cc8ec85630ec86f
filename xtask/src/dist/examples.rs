//! The examples in Rust, built for the tests; those in C and assembly are built
//! by the tests themselves, as their own comments say.

use crate::{Session, build, cargo::Cargo, progress::say, setup::Need};
use anyhow::{Context, Result};
use int80_support::{command::run, ways::Arch};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The variable with the absolute path of the folder that [`all`] makes.
pub const EXAMPLES: &str = "INT80_EXAMPLES";

/// The two examples.
pub const NAMES: [&str; 2] = ["freestanding", "hosted"];

/// Builds them into `target/dist/examples/ARCHITECTURE/`. One that cannot be
/// built here has a file NAME.skipped in its place, with the reason.
pub fn all(session: &Session) -> Result<PathBuf> {
    let folder = session.paths.dist.join("examples");
    for arch in Arch::ALL {
        say("dist", &format!("the examples in Rust for {}", arch.name()));
        let folder = folder.join(arch.name());
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for name in NAMES {
            let (program, skipped) = (folder.join(name), folder.join(format!("{name}.skipped")));
            // What an earlier build has left is not what was built now.
            for old in [&program, &skipped] {
                if old.exists() {
                    fs::remove_file(old)?;
                }
            }
            let built = match name {
                "hosted" => hosted(session, arch, &program),
                _ => freestanding(session, arch, &program),
            };
            match built {
                Ok(result) => result?,
                Err(reason) => fs::write(&skipped, reason)?,
            }
        }
    }
    Ok(folder)
}

fn freestanding(session: &Session, arch: Arch, program: &Path) -> Need<Result<()>> {
    let cargo = build::cargo(session, arch)?;
    let flags: &[&str] = &["-C", "relocation-model=static"];
    let mut command = cargo.command("build", &[flags, arch.processor()].concat());
    command.args([
        "--locked",
        "--package",
        "freestanding",
        "--profile",
        "freestanding",
    ]);
    let built = cargo.products("freestanding").join("freestanding");
    Ok(run(&mut command, "building the freestanding example").and_then(|()| copy(&built, program)))
}

fn hosted(session: &Session, arch: Arch, program: &Path) -> Need<Result<()>> {
    if arch == Arch::I386 {
        session.machine.libc32.clone()?;
    }
    // As the tests are built, and where they are: a profile or a folder of its own
    // would compile all that they depend on once more.
    let cargo = match arch {
        Arch::I386 => build::cargo(session, arch)?,
        Arch::X86_64 => Cargo::host(&session.paths),
    };
    let mut command = cargo.command("build", &[]);
    command.args(["--locked", "--package", "int80", "--example", "hosted"]);
    command.args(["--features", "std"]);
    let built = cargo.products("debug").join("examples/hosted");
    Ok(run(&mut command, "building the hosted example").and_then(|()| copy(&built, program)))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
