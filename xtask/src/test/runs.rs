//! The steps that run tests.

use super::{LIMIT, Run, libtest::Counter, report::Report};
use crate::{build, cargo::Cargo, dist, kernels, setup::Need};
use int80_support::{
    command::{capture, show},
    limited::stream,
    qemu,
    ways::Arch,
};
use std::{
    env,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

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
    let mut command = lib_command(&cargo, more);
    command.args(targets);
    if let Some(version) = emulator {
        command
            .env("CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_RUNNER", qemu::NAME)
            .env(qemu::RUNNER, format!("{} {version}", qemu::NAME));
    }
    test(run, command)
}

/// With which the library's tests are optimised, and have every feature.
pub const RELEASE: &[&str] = &["--release", "--all-features"];

fn lib_command(cargo: &Cargo, more: &[&str]) -> Command {
    let mut command = cargo.command("test", &[]);
    command
        .args(["--locked", "--no-fail-fast", "--package", "int80"])
        .args(more);
    command
}

/// What the file server decides, which takes no kernel and no architecture.
pub fn serve(run: &Run) -> Report {
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-serve"]);
    test(run, command)
}

/// The benchmark, of which no other step builds anything.
pub fn bench(run: &Run) -> Report {
    let mut command = Cargo::host(&run.session.paths).command("test", &[]);
    command.args(["--locked", "--no-fail-fast", "--package", "int80-bench"]);
    test(run, command)
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
    test(run, command)
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
    test(run, command)
}

pub fn tools(run: &Run) -> Report {
    tools_command(run).map_or_else(Report::skipped, |command| test(run, command))
}

fn tools_command(run: &Run) -> Need<Command> {
    let Ok(built) = run.built() else {
        return Err("the tools could not be built".to_owned());
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
    Ok(command)
}

/// Tests with sockets, in a network without interfaces: they are skipped with the
/// reason, and none fails.
pub fn no_loopback(run: &Run) -> Report {
    const LIB: [&str; 6] = [
        "sandbox",
        "sockets_real",
        "sys",
        "matrix",
        "bsd_real",
        "transfer_real",
    ];
    const TOOLS: [&str; 2] = ["sfprobe", "sfserve"];
    let runner = match network_of_its_own() {
        Ok(runner) => runner,
        Err(reason) => return Report::skipped(reason),
    };
    let alone = |mut command: Command, names: &[&str]| {
        command.env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER", runner);
        command.args(names.iter().flat_map(|name| ["--test", name]));
        // It tries each call of sfprobe, which takes a minute.
        command.args(["--", "--skip", "a refused call is no difference"]);
        test(run, command)
    };
    // As they were built before.
    let lib = lib_command(&Cargo::host(&run.session.paths), RELEASE);
    let tools = tools_command(run).map(|command| alone(command, &TOOLS));
    alone(lib, &LIB).and(tools.unwrap_or_else(Report::skipped))
}

/// The command that starts a program in a network of its own.
fn network_of_its_own() -> Need<&'static str> {
    const RUNNERS: [&str; 2] = ["unshare --net", "unshare --user --map-current-user --net"];
    let works = |runner: &&&str| {
        let mut words = runner.split(' ').chain(["true"]);
        let mut command = Command::new(words.next().unwrap_or_default());
        capture(command.args(words), "making a network").is_ok_and(|made| made.status.success())
    };
    let found = RUNNERS.iter().find(works).copied();
    found.ok_or_else(|| "no network can be made here (unshare --net)".to_owned())
}

/// The tools on the kernels that are had and run within seconds.
pub fn kernels(run: &Run) -> Report {
    match run.built() {
        Ok(_) => kernels::quick(&run.session).unwrap_or_else(Report::failed),
        Err(_) => Report::skipped("the tools could not be built"),
    }
}

/// A folder for temporary files whose programs can be run: that of the system may
/// be mounted noexec. `None`: that of the system is one.
fn temporary(run: &Run) -> Option<PathBuf> {
    let runs_in = |folder: &Path| -> anyhow::Result<bool> {
        let script = tempfile::Builder::new()
            .permissions(Permissions::from_mode(0o700))
            .tempfile_in(folder)?
            .into_temp_path();
        fs::write(&script, "#!/bin/sh\n")?;
        Ok(Command::new(&script).status()?.success())
    };
    match runs_in(&env::temp_dir()) {
        Ok(true) => None,
        _ => {
            let own = run.session.paths.private.join("tmp");
            fs::create_dir_all(&own).ok()?;
            Some(own)
        }
    }
}

/// Runs tests, shows what they say, and counts it.
fn test(run: &Run, mut command: Command) -> Report {
    if let Some(folder) = temporary(run) {
        command.env("TMPDIR", folder);
    }
    let mut counter = Counter::default();
    match stream(&mut command, "the tests", LIMIT, |line| counter.line(line)) {
        Ok(status) => counter.report(status, &show(&command)),
        Err(error) => Report::failed(error),
    }
}
