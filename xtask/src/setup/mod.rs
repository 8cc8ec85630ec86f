//! What the other commands need: an i386 Rust toolchain, a 32-bit C library for
//! the tests, qemu-i386 and strace. Looking is quick and changes nothing; only
//! what is missing is fetched. All of it goes to `target/`, except packages of
//! the system, which are installed only when that needs no password.

mod apt;
mod debian;
mod dpkg;
mod lock;
mod probe;
mod rustup;
mod versions;

use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result};
use std::{fmt, fs, path::PathBuf};

/// Something of the machine, or why it is not there.
pub type Need<T> = Result<T, String>;

/// Where the i386 standard library is to come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// The installed toolchain, else rustup, else Debian's packages.
    #[default]
    Auto,
    /// The installed toolchain, to which rustup may add the target.
    Rustup,
    /// Debian's packages, even where the toolchain has the target.
    Debian,
}

/// What the person asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub source: Source,
    /// Never install packages of the system.
    pub no_install: bool,
}

/// An i386 Rust toolchain.
#[derive(Clone, Debug)]
pub enum Toolchain {
    /// The toolchain that runs xtask has the target.
    Installed,
    /// Debian's compiler with this folder as its `--sysroot`.
    Debian { sysroot: PathBuf },
}

/// What the kernel does for an i386 program.
#[derive(Clone, Copy, Debug)]
pub struct Kernel {
    /// It gives AT_SYSINFO in the auxiliary vector.
    pub sysinfo: bool,
}

/// What this machine has.
#[derive(Debug)]
pub struct Machine {
    pub i386: Need<Toolchain>,
    pub clippy_i386: Need<()>,
    /// `cc -m32` links a program with the C library.
    pub libc32: Need<()>,
    pub qemu: Need<()>,
    pub strace: Need<()>,
    /// What the kit's tests compile and run with; without it they are skipped.
    pub kit: Need<()>,
    /// Nothing that is installed can change this one.
    pub kernel: Need<Kernel>,
}

/// What can be fetched when it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Toolchain,
    Clippy,
    Libc32,
    Qemu,
    Strace,
    Kit,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Toolchain => "a Rust toolchain for i386",
            Part::Clippy => "clippy for the i386 toolchain",
            Part::Libc32 => "a 32-bit C library with `cc -m32`",
            Part::Qemu => "qemu-i386",
            Part::Strace => "strace",
            Part::Kit => "nasm, busybox, g++ -m32 and pkg-config for the kit's tests",
        })
    }
}

impl Machine {
    fn missing(&self) -> Vec<Part> {
        let parts = [
            (Part::Toolchain, self.i386.is_err()),
            (Part::Clippy, self.clippy_i386.is_err()),
            (Part::Libc32, self.libc32.is_err()),
            (Part::Qemu, self.qemu.is_err()),
            (Part::Strace, self.strace.is_err()),
            (Part::Kit, self.kit.is_err()),
        ];
        let missing = parts.into_iter().filter(|(_, missing)| *missing);
        missing.map(|(part, _)| part).collect()
    }

    /// Adds to each reason what happened when it was tried to mend it.
    fn explain(&mut self, failures: &[(Part, String)]) {
        for (part, failure) in failures {
            let more = |reason: &mut String| {
                *reason = format!("{reason} ({failure})");
            };
            match part {
                Part::Toolchain => self.i386.as_mut().err().map(more),
                Part::Clippy => self.clippy_i386.as_mut().err().map(more),
                Part::Libc32 => self.libc32.as_mut().err().map(more),
                Part::Qemu => self.qemu.as_mut().err().map(more),
                Part::Strace => self.strace.as_mut().err().map(more),
                Part::Kit => self.kit.as_mut().err().map(more),
            };
        }
    }
}

/// Looks at the machine and fetches what is missing and can be had. What
/// cannot be had is no error: its steps and rows are skipped with the reason.
pub fn prepare(paths: &Paths, options: Options) -> Result<Machine> {
    fs::create_dir_all(&paths.private)
        .with_context(|| format!("cannot make {}", paths.private.display()))?;
    let machine = probe::machine(paths, options.source)?;
    if machine.missing().is_empty() {
        return Ok(machine);
    }
    let _lock = lock::take(paths)?;
    lock::sweep(paths)?;
    // Another cargo xtask may have fetched it while this one waited.
    let mut machine = probe::machine(paths, options.source)?;
    let mut failures = Vec::new();
    if machine.i386.is_err() && options.source != Source::Debian {
        match rustup::add_target(paths) {
            Ok(()) => machine = probe::machine(paths, options.source)?,
            Err(error) => say("set-up", &format!("{error:#}")),
        }
    }
    let missing = machine.missing();
    if !missing.is_empty() {
        failures = debian::supply(paths, options, &missing);
        machine = probe::machine(paths, options.source)?;
    }
    machine.explain(&failures);
    Ok(machine)
}

/// The `setup` command's answer: what there is, and what not.
pub fn report(machine: &Machine) -> String {
    let toolchain = machine.i386.as_ref().map(|toolchain| match toolchain {
        Toolchain::Installed => "the installed toolchain".to_owned(),
        Toolchain::Debian { sysroot } => {
            format!("Debian's rustc with {}", sysroot.display())
        }
    });
    let kernel = machine.kernel.as_ref().map(|kernel| {
        let with = if kernel.sysinfo { "with" } else { "without" };
        format!("yes, {with} AT_SYSINFO")
    });
    let there = |need: &Need<()>| match need {
        Ok(()) => "yes".to_owned(),
        Err(reason) => format!("no: {reason}"),
    };
    let said = |need: Result<String, &String>| need.unwrap_or_else(|why| format!("no: {why}"));
    [
        ("i386 Rust toolchain", said(toolchain)),
        ("i386 clippy", there(&machine.clippy_i386)),
        ("cc -m32 with a C library", there(&machine.libc32)),
        ("kernel runs i386 programs", said(kernel)),
        ("qemu-i386", there(&machine.qemu)),
        ("strace", there(&machine.strace)),
        ("for the kit's tests", there(&machine.kit)),
    ]
    .iter()
    .map(|(name, value)| format!("{name:<26} {value}\n"))
    .collect()
}
