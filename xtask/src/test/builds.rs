//! The steps that build.

use super::{
    LIMIT, Run,
    report::{Report, Skip},
};
use crate::{build, cargo::Cargo};
use anyhow::{Context, Result, ensure};
use int80_support::{limited::run, ways::Arch};
use std::{
    fs::{self, File},
    process::Command,
};

/// All that the README's commands build, by the oldest compiler that is
/// promised to do; this program included.
pub fn oldest(run_: &Run) -> Report {
    let cargo = match Cargo::oldest(&run_.session.paths) {
        Ok(cargo) => cargo,
        Err(reason) => return Report::skipped(reason),
    };
    let mut command = cargo.command("check", &[]);
    command.args(["--workspace", "--all-targets", "--locked"]);
    let result = run(&mut command, "checking with the oldest Rust", LIMIT);
    Report::of(result.map_err(|error| format!("{error:#}")))
}

/// The whole workspace in one build, as a newcomer makes it: there the
/// freestanding programs are linked with std, and do the same.
pub fn workspace(run_: &Run) -> Report {
    let paths = &run_.session.paths;
    let mut command = Cargo::host(paths).command("build", &[]);
    command.args(["--workspace", "--locked"]);
    if let Err(error) = run(&mut command, "building the workspace", LIMIT) {
        return Report::failed(error);
    }
    let input = paths.root.join("Cargo.toml");
    let copy = |name: &str| -> Result<()> {
        let mut program = Command::new(paths.target.join("debug").join(name));
        let output = program.arg(&input).stdin(File::open(&input)?).output();
        let copied = output.with_context(|| format!("cannot start target/debug/{name}"))?;
        let same = copied.stdout == fs::read(&input)?;
        ensure!(
            same,
            "target/debug/{name} sends something else ({})",
            copied.status
        );
        Ok(())
    };
    let programs = ["freestanding", "sf", "sfcat"].into_iter();
    programs.fold(Report::default(), |report, name| {
        report.and(Report::of(copy(name)))
    })
}

pub fn build_tools(run: &Run) -> Report {
    match run.built() {
        Ok(built) => arches(&built.skipped),
        Err(error) => Report::failed(error),
    }
}

/// One for each architecture.
fn arches(skipped: &[(Arch, String)]) -> Report {
    let reason = |(arch, why): &(Arch, String)| Skip {
        name: arch.name().to_owned(),
        reason: why.clone(),
    };
    Report {
        passed: Arch::ALL.len() - skipped.len(),
        skipped: skipped.iter().map(reason).collect(),
        ..Report::default()
    }
}

pub fn build_kit(run: &Run) -> Report {
    match run.kit() {
        Ok((kit, _)) => arches(&kit.skipped),
        Err(error) => Report::failed(error),
    }
}

pub fn no_panic_i386(run: &Run) -> Report {
    no_panic(run, Arch::I386)
}

pub fn no_panic_x86_64(run: &Run) -> Report {
    no_panic(run, Arch::X86_64)
}

fn no_panic(run: &Run, arch: Arch) -> Report {
    match build::prove_no_panic(&run.session, arch) {
        Ok(result) => Report::of(result),
        Err(reason) => Report::skipped(reason),
    }
}
