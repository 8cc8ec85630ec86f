//! The steps that run tests.

use super::{LIMIT, Run, libtest::Counter, report::Report};
use crate::{build, cargo::Cargo, dist, setup::Need};
use int80_support::{command::show, limited::stream, ways::Arch};
use std::process::Command;

pub fn lib_x86_64(run: &Run) -> Report {
    lib(Ok(Cargo::host(&run.session.paths)), &[], None)
}

pub fn lib_x86_64_features(run: &Run) -> Report {
    lib(
        Ok(Cargo::host(&run.session.paths)),
        &["--all-features"],
        None,
    )
}

pub fn lib_x86_64_release(run: &Run) -> Report {
    lib(Ok(Cargo::host(&run.session.paths)), &["--release"], None)
}

pub fn lib_i386(run: &Run) -> Report {
    lib(native_i386(run), &I386_TARGETS, None)
}

pub fn lib_i386_release(run: &Run) -> Report {
    lib(
        native_i386(run),
        &[&I386_TARGETS[..], &["--release"]].concat(),
        None,
    )
}

pub fn lib_qemu(run: &Run) -> Report {
    lib(emulated(run), &I386_TARGETS, Some("qemu-i386"))
}

pub fn lib_qemu_release(run: &Run) -> Report {
    let more = [&I386_TARGETS[..], &["--release"]].concat();
    lib(emulated(run), &more, Some("qemu-i386"))
}

/// Examples in the documentation are run on x86_64 only: not every compiler
/// runs them for another target.
const I386_TARGETS: [&str; 3] = ["--lib", "--tests", "--examples"];

/// Test programs are hosted: they need the 32-bit C library.
fn hosted_i386(run: &Run) -> Need<Cargo> {
    run.session.machine.libc32.clone()?;
    build::cargo(&run.session, Arch::I386)
}

fn native_i386(run: &Run) -> Need<Cargo> {
    run.session.machine.kernel.clone()?;
    hosted_i386(run)
}

fn emulated(run: &Run) -> Need<Cargo> {
    run.session.machine.qemu.clone()?;
    hosted_i386(run)
}

fn lib(cargo: Need<Cargo>, more: &[&str], runner: Option<&str>) -> Report {
    let cargo = match cargo {
        Ok(cargo) => cargo,
        Err(reason) => return Report::skipped(reason),
    };
    let mut command = cargo.command("test", &[]);
    command
        .args(["--locked", "--no-fail-fast", "--package", "int80"])
        .args(more);
    if let Some(runner) = runner {
        command
            .env("CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_RUNNER", runner)
            .env("INT80_RUNNER", runner);
    }
    test(command)
}

/// The register contract, at the trap and in the machine code. The proofs
/// compile their own programs, at every level of optimisation.
pub fn proofs(run: &Run) -> Report {
    let Ok(built) = run.built() else {
        return Report::skipped("the tools could not be built");
    };
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-proofs"]);
    build::ways(&run.session, built).to_env(&mut command);
    if let Ok(i386) = build::cargo(&run.session, Arch::I386) {
        i386.to_env(&mut command);
    }
    test(command)
}

pub fn tools(run: &Run) -> Report {
    let built = match run.built() {
        Ok(built) => built,
        Err(_) => return Report::skipped("the tools could not be built"),
    };
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command
        .args(["--locked", "--no-fail-fast", "--package", "xtask"])
        .args(["--package", "int80-probe", "--package", "int80-tools-tests"])
        .args(["--package", "int80-capi-tests"]);
    build::ways(&run.session, built).to_env(&mut command);
    // Some compile their own programs.
    if let Ok(i386) = build::cargo(&run.session, Arch::I386) {
        i386.to_env(&mut command);
    }
    if let Ok((kit, examples)) = run.kit() {
        command
            .env(int80_support::place::KIT, &kit.folder)
            .env(dist::examples::EXAMPLES, examples);
    }
    test(command)
}

/// Runs tests, shows what they say, and counts it.
fn test(mut command: Command) -> Report {
    let mut counter = Counter::default();
    match stream(&mut command, "the tests", LIMIT, |line| counter.line(line)) {
        Ok(status) => counter.report(status, &show(&command)),
        Err(error) => Report::failed(error),
    }
}
