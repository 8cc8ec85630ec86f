//! `cargo xtask lint`: format, lints, documentation, licences and spelling of the
//! source.
//!
//! Other compilers have other lints. Those of [`WRITTEN_FOR`] decide; the warnings
//! of any other compiler are shown and counted, and are no failure.

use crate::{
    build,
    cargo::{Cargo, DEBIAN_CLIPPY},
    dist, environment,
    setup::{Need, probe},
    test::{
        LIMIT, Run,
        report::Report,
        steps::{Step, step},
    },
};
use int80_support::{
    command::{capture, show},
    limited::stream,
    ways::Arch,
};
use std::{fs, path::Path, process::Command};

/// The compiler whose format, lints and documentation the source is written for.
const WRITTEN_FOR: &str = "1.95.0";

/// What is compiled for both architectures.
const BOTH: [&[&str]; 3] = [
    &["--package", "int80", "--all-targets", "--all-features"],
    // Link-time optimisation is left out, and so are tests, which want std.
    &[
        "--package=int80-rt",
        "--package=int80-tools",
        "--package=int80-capi",
        "--package=freestanding",
        "--package=int80-serve-proof",
    ],
    &[
        "--package=int80-rt",
        "--package=int80-tools",
        "--features=int80-rt/no-panic,int80-rt/panic-message",
    ],
];

/// What runs on the machine itself, tests included.
const HOST: &[&str] = &["--workspace", "--all-targets"];

/// What miri interprets: what makes no system call of its own.
const MIRI: [&[&str]; 2] = [
    &["--package", "int80", "--lib"],
    &["--package", "int80-sim"],
];

/// The targets of `serve/fuzz`, and how many inputs each is given.
const FUZZED: [&str; 3] = ["head", "path", "decide"];
const FUZZ_RUNS: &str = "-runs=200000";

#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step("fmt", "host", "the code is formatted", fmt),
    step("clippy-x86_64", "host", "no warning in any package", clippy_host),
    step("clippy-i386", "i386", "no warning in what is compiled for i386", clippy_i386),
    step("doc-x86_64", "host", "the documentation builds without a warning", doc_host),
    step("doc-i386", "i386", "the same for i386", doc_i386),
    step("miri", "host", "no undefined behaviour in what makes no call", miri),
    step("fuzz", "host", "the file server's parsers take any bytes", fuzz),
    step("manual", "host", "the manual pages are well-formed", manual),
    step("licences", "host", "every dependency has a licence that may be used", licences),
    step("spelling", "host", "no word is misspelt", spelling),
];

fn fmt(run: &Run) -> Report {
    let cargo = Cargo::host(&run.session.paths);
    if let Err(reason) = has(cargo.command("fmt", &[]), "`rustup component add rustfmt`") {
        return Report::skipped(reason);
    }
    let mut command = cargo.command("fmt", &[]);
    command.args(["--all", "--check"]);
    if is_written_for(&cargo) {
        return check(command);
    }
    match capture(&mut command, "checking the format") {
        Ok(result) if result.status.success() => Report::of(Ok::<(), String>(())),
        Ok(_) => Report::told(1, "rustfmt would format the source otherwise"),
        Err(error) => Report::failed(error),
    }
}

fn clippy_host(run: &Run) -> Report {
    let cargo = Cargo::host(&run.session.paths);
    clippy(&cargo, HOST).and(clippy_all(&cargo))
}

/// By the toolchain that runs xtask where it has the target, whatever the
/// tests are compiled by.
fn clippy_i386(run: &Run) -> Report {
    match i386(run) {
        Ok(cargo) => clippy_all(&cargo),
        Err(reason) => Report::skipped(reason),
    }
}

fn i386(run: &Run) -> Need<Cargo> {
    let paths = &run.session.paths;
    match probe::is_installed(paths) {
        Ok(true) => Ok(Cargo::host(paths).with_target(Arch::I386)),
        _ if !Path::new(DEBIAN_CLIPPY).exists() => Err("no clippy for i386".to_owned()),
        _ => build::cargo(&run.session, Arch::I386),
    }
}

fn clippy_all(cargo: &Cargo) -> Report {
    let each = BOTH.into_iter().map(|packages| clippy(cargo, packages));
    each.fold(Report::default(), Report::and)
}

fn clippy(cargo: &Cargo, packages: &[&str]) -> Report {
    let version = cargo.command("clippy", &[]);
    if let Err(reason) = has(version, "`rustup component add clippy`") {
        return Report::skipped(reason);
    }
    let mut command = cargo.command("clippy", &[]);
    command.arg("--locked").args(packages).arg("--");
    judged(command, cargo, |command, level| {
        command.args(level);
    })
}

fn doc_host(run: &Run) -> Report {
    doc(&Cargo::host(&run.session.paths))
}

fn doc_i386(run: &Run) -> Report {
    match i386(run) {
        Ok(cargo) => doc(&cargo),
        Err(reason) => Report::skipped(reason),
    }
}

fn doc(cargo: &Cargo) -> Report {
    // The runtime's panic handler and the library's `std` cannot be in one build.
    let packages = [
        "int80",
        "int80-rt",
        "int80-build",
        "int80-serve",
        "int80-sim",
    ];
    let each = packages.map(|package| {
        let level = if is_written_for(cargo) { DENY } else { CAP };
        let mut command = cargo.doc(&level);
        command.args([
            "--locked",
            "--no-deps",
            "--all-features",
            "--package",
            package,
        ]);
        judged(command, cargo, |_, _| ())
    });
    each.into_iter().fold(Report::default(), Report::and)
}

/// By a nightly that rustup has, since only those have miri.
fn miri(run: &Run) -> Report {
    let miri = || {
        let mut command = Command::new("rustup");
        environment::clean(&mut command);
        command
            .args(["run", "nightly", "cargo", "miri"])
            .current_dir(&run.session.paths.root)
            .env("CARGO_TARGET_DIR", run.session.paths.target.join("miri"));
        command
    };
    let cure = "`rustup toolchain install nightly --component miri,rust-src`";
    if let Err(reason) = has(miri(), cure) {
        return Report::skipped(reason);
    }
    let each = MIRI.map(|packages| {
        let mut command = miri();
        command.args(["test", "--locked"]).args(packages);
        check(command)
    });
    each.into_iter().fold(Report::default(), Report::and)
}

/// A short run of each fuzz target of `serve/`, by a nightly that rustup has.
fn fuzz(run: &Run) -> Report {
    let fuzz = || {
        let mut command = Command::new("rustup");
        environment::clean(&mut command);
        command
            .args(["run", "nightly", "cargo", "fuzz"])
            .current_dir(run.session.paths.root.join("serve"))
            .env("CARGO_TARGET_DIR", run.session.paths.target.join("fuzz"));
        command
    };
    let cure = "`rustup toolchain install nightly` and `cargo install cargo-fuzz`";
    if let Err(reason) = has(fuzz(), cure) {
        return Report::skipped(reason);
    }
    let each = FUZZED.map(|target| {
        // What it finds and what it learns goes into target/, too.
        let corpus = run.session.paths.target.join("fuzz/corpus").join(target);
        if let Err(error) = fs::create_dir_all(&corpus) {
            return Report::failed(format!("cannot make {}: {error}", corpus.display()));
        }
        let mut command = fuzz();
        command.args(["run", target]).arg(corpus);
        command.args(["--", FUZZ_RUNS]);
        check(command)
    });
    each.into_iter().fold(Report::default(), Report::and)
}

fn licences(run: &Run) -> Report {
    let deny = || Cargo::host(&run.session.paths).command("deny", &[]);
    if let Err(reason) = has(deny(), "`cargo install cargo-deny`") {
        return Report::skipped(reason);
    }
    let mut command = deny();
    command.args(["check", "licenses", "bans", "sources"]);
    check(command)
}

fn manual(run: &Run) -> Report {
    if which::which("mandoc").is_err() {
        return Report::skipped("mandoc is not installed: `apt-get install mandoc`");
    }
    let folder = run.session.paths.root.join("man");
    let pages = match dist::man_pages(&folder) {
        Ok(pages) => pages,
        Err(error) => return Report::failed(format!("{error:#}")),
    };
    let mut command = Command::new("mandoc");
    // Below a warning are pages of others that are not installed here.
    command
        .args(["-T", "lint", "-W", "warning"])
        .args(pages)
        .current_dir(folder);
    check(command)
}

fn spelling(run: &Run) -> Report {
    let typos = || {
        let mut command = Command::new("typos");
        command.current_dir(&run.session.paths.root);
        command
    };
    if let Err(reason) = has(typos(), "`cargo install typos-cli`") {
        return Report::skipped(reason);
    }
    check(typos())
}

/// Whether a program or a subcommand is there: a small toolchain may come without.
fn has(mut command: Command, cure: &str) -> Need<()> {
    let shown = show(&command);
    let name = shown.rsplit('/').next().unwrap_or(&shown).to_owned();
    match capture(command.arg("--version"), "looking for it") {
        Ok(result) if result.status.success() => Ok(()),
        _ => Err(format!("{name} is not installed: {cure}")),
    }
}

const DENY: [&str; 2] = ["-D", "warnings"];
const CAP: [&str; 2] = ["--cap-lints", "warn"];

fn is_written_for(cargo: &Cargo) -> bool {
    cargo.compiler().unwrap_or_default() == format!("rustc {WRITTEN_FOR}")
}

/// Runs what warns: every warning is an error to the compiler that the source
/// is written for, and is told by any other.
fn judged(mut command: Command, cargo: &Cargo, set: fn(&mut Command, [&str; 2])) -> Report {
    if is_written_for(cargo) {
        set(&mut command, DENY);
        return check(command);
    }
    set(&mut command, CAP);
    let mut told = 0;
    let shown = show(&command);
    let count = |line: &str| told += usize::from(is_warning(line));
    match stream(&mut command, "looking for warnings", LIMIT, count) {
        Ok(status) if !status.success() => Report::failed(format!("`{shown}` failed ({status})")),
        Ok(_) if told == 0 => Report::of(Ok::<(), String>(())),
        Ok(_) => {
            let compiler = cargo.compiler().unwrap_or_default();
            Report::told(told, &format!("warnings that only {compiler} has"))
        }
        Err(error) => Report::failed(error),
    }
}

/// A warning, and not the line that counts those of a package.
fn is_warning(line: &str) -> bool {
    line.starts_with("warning: ") && !(line.contains(" generated ") && line.contains(" warning"))
}

fn check(mut command: Command) -> Report {
    let shown = show(&command);
    match stream(&mut command, "a lint", LIMIT, |_| ()) {
        Ok(status) if status.success() => Report::of(Ok::<(), String>(())),
        Ok(status) => Report::failed(format!("`{shown}` failed ({status})")),
        Err(error) => Report::failed(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_told_from_what_counts_them() {
        assert!(is_warning("warning: unused import: `x`"));
        assert!(!is_warning(
            "warning: `int80` (lib) generated 2 warnings (1 duplicate)"
        ));
        assert!(!is_warning("    Checking int80 v0.1.0"));
    }
}
