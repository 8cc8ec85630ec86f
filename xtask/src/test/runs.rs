//! The steps that run tests.

use super::{LIMIT, Run, libtest::Counter, report::Report};
use crate::{build, cargo::Cargo, dist, kernels, setup::Need};
use int80_support::{command::show, limited::stream, qemu, ways::Arch};
use std::process::Command;

/// The cargo that compiles the library's tests, and for what.
pub type Target = fn(&Run) -> Need<(Cargo, &'static [&'static str], Option<&str>)>;

pub const X86_64: Target = |run| Ok((Cargo::host(&run.session.paths), &[], None));

pub const I386: Target = |run| {
    run.session.machine.kernel.clone()?;
    Ok((hosted_i386(run)?, I386_TARGETS, None))
};

pub const QEMU: Target = |run| {
    let version = run.session.machine.qemu.as_deref().map_err(String::clone)?;
    Ok((hosted_i386(run)?, I386_TARGETS, Some(version)))
};

/// Examples in the documentation are run on x86_64 only: not every compiler
/// runs them for another target.
const I386_TARGETS: &[&str] = &["--lib", "--tests", "--examples"];

/// Test programs are hosted: they need the 32-bit C library.
fn hosted_i386(run: &Run) -> Need<Cargo> {
    run.session.machine.libc32.clone()?;
    build::cargo(&run.session, Arch::I386)
}

/// The library's tests.
pub fn lib(run: &Run, target: Target, more: &[&str]) -> Report {
    let (cargo, targets, emulator) = match target(run) {
        Ok(found) => found,
        Err(reason) => return Report::skipped(reason),
    };
    let mut command = cargo.command("test", &[]);
    command
        .args(["--locked", "--no-fail-fast", "--package", "int80"])
        .args(targets)
        .args(more);
    if let Some(version) = emulator {
        command
            .env("CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_RUNNER", qemu::NAME)
            .env(qemu::RUNNER, format!("{} {version}", qemu::NAME));
    }
    test(command)
}

/// What the file server decides, which takes no kernel and no architecture.
pub fn serve(run: &Run) -> Report {
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-serve"]);
    test(command)
}

/// The benchmark, of which no other step builds anything.
pub fn bench(run: &Run) -> Report {
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-bench"]);
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

/// The packages, the template and the runtime in programs, for which the tests
/// start cargo themselves.
pub fn package(run: &Run) -> Report {
    let Ok(built) = run.built() else {
        return Report::skipped("the tools could not be built");
    };
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-rt-tests"]);
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
        .args(["--package", "int80-probe", "--package", "int80-support"])
        .args(["--package", "int80-tools-tests"])
        .args(["--package", "int80-capi-tests"]);
    build::ways(&run.session, built).to_env(&mut command);
    // Some compile their own programs.
    if let Ok(i386) = build::cargo(&run.session, Arch::I386) {
        i386.to_env(&mut command);
    }
    if let Ok(musl) = &run.session.machine.musl {
        command.env(int80_support::place::MUSL, musl);
    }
    if let Ok((kit, examples)) = run.kit() {
        command
            .env(int80_support::place::KIT, &kit.folder)
            .env(dist::examples::EXAMPLES, examples);
    }
    test(command)
}

/// The tools on the kernels that are had and run within seconds.
pub fn kernels(run: &Run) -> Report {
    match run.built() {
        Ok(_) => kernels::quick(&run.session).unwrap_or_else(Report::failed),
        Err(_) => Report::skipped("the tools could not be built"),
    }
}

/// Runs tests, shows what they say, and counts it.
fn test(mut command: Command) -> Report {
    let mut counter = Counter::default();
    match stream(&mut command, "the tests", LIMIT, |line| counter.line(line)) {
        Ok(status) => counter.report(status, &show(&command)),
        Err(error) => Report::failed(error),
    }
}
