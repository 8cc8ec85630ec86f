//! The steps that look at the source and build: format, clippy, documentation,
//! the tools.

use super::{
    LIMIT, Run,
    report::{Report, Skip},
};
use crate::{build, cargo::Cargo, setup::Need};
use int80_support::{command::capture, limited::run, ways::Arch};
use std::process::Command;

/// What is compiled for both architectures, in groups that may share features:
/// the library's `std` and the runtime's panic handler cannot be in one build.
const LIBRARY: [&str; 4] = ["--package", "int80", "--all-targets", "--all-features"];
const FREESTANDING: [&str; 11] = [
    "--package",
    "int80-rt",
    "--package",
    "int80-tools",
    "--package",
    "int80-capi",
    "--package",
    "freestanding",
    "--all-features",
    "--profile",
    "freestanding",
];
/// These have a panic handler of their own, and no features.
const CAPI: [&str; 6] = [
    "--package",
    "int80-capi",
    "--package",
    "freestanding",
    "--profile",
    "freestanding",
];
const PROOFS: [&str; 3] = ["--package", "int80-proofs", "--all-targets"];
const XTASK: [&str; 5] = [
    "--package",
    "xtask",
    "--package",
    "int80-probe",
    "--all-targets",
];

pub fn fmt(run: &Run) -> Report {
    if let Err(reason) = subcommand(run, "fmt") {
        return Report::skipped(reason);
    }
    let mut command = Cargo::host(&run.session.paths).command("fmt", &[]);
    command.args(["--all", "--check"]);
    check(command, "checking the format")
}

pub fn clippy_host(run: &Run) -> Report {
    if let Err(reason) = subcommand(run, "clippy") {
        return Report::skipped(reason);
    }
    let cargo = Cargo::host(&run.session.paths);
    clippy(&cargo, &LIBRARY)
        .and(clippy(&cargo, &FREESTANDING))
        .and(clippy(&cargo, &CAPI))
        .and(clippy(&cargo, &PROOFS))
        .and(clippy(&cargo, &XTASK))
}

pub fn clippy_i386(run: &Run) -> Report {
    let machine = &run.session.machine;
    match (build::cargo(&run.session, Arch::I386), &machine.clippy_i386) {
        (Ok(cargo), Ok(())) => clippy(&cargo, &LIBRARY)
            .and(clippy(&cargo, &FREESTANDING))
            .and(clippy(&cargo, &CAPI)),
        (Err(reason), _) => Report::skipped(reason),
        (_, Err(reason)) => Report::skipped(reason),
    }
}

fn clippy(cargo: &Cargo, packages: &[&str]) -> Report {
    let mut command = cargo.command("clippy", &[]);
    command
        .arg("--locked")
        .args(packages)
        .args(["--", "-D", "warnings"]);
    check(command, "clippy")
}

pub fn doc_host(run: &Run) -> Report {
    let cargo = Cargo::host(&run.session.paths);
    doc(&cargo, &["int80"])
        .and(doc(&cargo, &["int80-rt"]))
        .and(doc(&cargo, &["xtask"]))
}

pub fn doc_i386(run: &Run) -> Report {
    match build::cargo(&run.session, Arch::I386) {
        Ok(cargo) => doc(&cargo, &["int80"]).and(doc(&cargo, &["int80-rt"])),
        Err(reason) => Report::skipped(reason),
    }
}

fn doc(cargo: &Cargo, packages: &[&str]) -> Report {
    let mut command = cargo.doc(&["-D", "warnings"]);
    command.args(["--locked", "--no-deps", "--all-features"]);
    for package in packages {
        command.args(["--package", package]);
    }
    check(command, "building the documentation")
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
        failures: Vec::new(),
        skipped: skipped.iter().map(reason).collect(),
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

fn check(mut command: Command, purpose: &str) -> Report {
    Report::of(run(&mut command, purpose, LIMIT).map_err(|error| format!("{error:#}")))
}

/// Whether the toolchain has this part: a small one may come without.
fn subcommand(run: &Run, name: &str) -> Need<()> {
    let mut command = Cargo::host(&run.session.paths).command(name, &[]);
    command.arg("--version");
    match capture(&mut command, "looking for a part of the toolchain") {
        Ok(result) if result.status.success() => Ok(()),
        _ => Err(format!(
            "cargo {name} is not installed: `rustup component add {}`",
            component(name)
        )),
    }
}

fn component(subcommand: &str) -> &str {
    match subcommand {
        "fmt" => "rustfmt",
        other => other,
    }
}
