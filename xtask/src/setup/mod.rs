//! What the other commands need: an i386 Rust toolchain, a 32-bit C library for
//! the tests, qemu-i386, strace and curl. Looking is quick and changes nothing; only
//! what is missing is fetched. All of it goes to `target/`, except packages of
//! the system, which are installed only when that needs no password.

pub(crate) mod apt;
mod debian;
pub(crate) mod lock;
mod musl;
pub mod packages;
pub(crate) mod probe;
mod rustup;
mod versions;

pub use crate::toolchain::{Need, Toolchain};

use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result};
use packages::Part;
use std::{fs, path::PathBuf};

/// Where the i386 standard library is to come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// The installed toolchain, else rustup, else Debian's packages.
    #[default]
    Auto,
    /// The installed toolchain, to which rustup may add the target.
    Rustup,
    /// Debian's packages, even where the toolchain has the target; the oldest of
    /// several.
    Debian,
}

/// What the person asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub source: Source,
    /// Never install packages of the system.
    pub no_install: bool,
    /// Whether a browser, which is large, is wanted as well.
    pub browser: bool,
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
    /// `cc -m32` links a program with the C library.
    pub libc32: Need<()>,
    /// The version of qemu-i386.
    pub qemu: Need<String>,
    pub strace: Need<()>,
    pub curl: Need<()>,
    /// What the kit's tests compile and run with; without it they are skipped.
    pub kit: Need<()>,
    /// The folder with musl for both architectures.
    pub musl: Need<PathBuf>,
    pub browser: Need<()>,
    /// Nothing that is installed can change this one.
    pub kernel: Need<Kernel>,
    /// Commands that a person with more rights can run to have what is missing,
    /// each in a line.
    pub by_hand: Vec<String>,
}

impl Machine {
    fn missing(&self, options: Options) -> Vec<Part> {
        let parts = [
            (Part::Toolchain, self.i386.is_err()),
            (Part::Libc32, self.libc32.is_err()),
            (Part::Qemu, self.qemu.is_err()),
            (Part::Strace, self.strace.is_err()),
            (Part::Curl, self.curl.is_err()),
            (Part::Kit, self.kit.is_err()),
            (Part::Musl, self.musl.is_err()),
            (Part::Browser, options.browser && self.browser.is_err()),
        ];
        let missing = parts.into_iter().filter(|(_, missing)| *missing);
        missing.map(|(part, _)| part).collect()
    }

    /// Adds to each reason what happened when it was tried to mend it.
    fn explain(&mut self, failures: &[(Part, String)]) {
        for (part, failure) in failures {
            let reason = match part {
                Part::Toolchain => self.i386.as_mut().err(),
                Part::Libc32 => self.libc32.as_mut().err(),
                Part::Qemu => self.qemu.as_mut().err(),
                Part::Strace => self.strace.as_mut().err(),
                Part::Curl => self.curl.as_mut().err(),
                Part::Kit => self.kit.as_mut().err(),
                Part::Musl => self.musl.as_mut().err(),
                Part::Browser => self.browser.as_mut().err(),
            };
            if let Some(reason) = reason {
                *reason = format!("{reason} ({failure})");
            }
        }
    }
}

/// Looks at the machine and fetches what is missing and can be had. What
/// cannot be had is no error: its steps and rows are skipped with the reason.
pub fn prepare(paths: &Paths, options: Options) -> Result<Machine> {
    fs::create_dir_all(&paths.private)
        .with_context(|| format!("cannot make {}", paths.private.display()))?;
    let machine = probe::machine(paths, options.source)?;
    if machine.missing(options).is_empty() {
        return Ok(machine);
    }
    let _lock = lock::take(&paths.private, "set-up")?;
    lock::sweep(paths)?;
    // Another cargo xtask may have fetched it while this one waited.
    let mut machine = probe::machine(paths, options.source)?;
    if machine.i386.is_err() && options.source != Source::Debian {
        match rustup::add_target(paths) {
            Ok(()) => machine = probe::machine(paths, options.source)?,
            Err(error) => say("set-up", &format!("{error:#}")),
        }
    }
    let missing = machine.missing(options);
    if !missing.is_empty() {
        let supplied = debian::supply(paths, options, &missing);
        machine = probe::machine(paths, options.source)?;
        machine.explain(&supplied.failures);
        machine.by_hand = supplied.by_hand;
        for line in machine.advice() {
            say("set-up", &line);
        }
    }
    Ok(machine)
}

impl Machine {
    /// What is told at the start and again at the end: how to have the rest.
    pub fn advice(&self) -> Vec<String> {
        let line = |command: &String| format!("to install what is missing: {command}");
        self.by_hand.iter().map(line).collect()
    }
}

/// What the `setup` command prints: what there is, and what not.
pub fn report(machine: &Machine) -> String {
    let toolchain = machine.i386.clone().map(|toolchain| match toolchain {
        Toolchain::Installed => "the installed toolchain".to_owned(),
        Toolchain::Debian { sysroot } => format!("Debian's rustc with {}", sysroot.display()),
    });
    let kernel = machine.kernel.clone().map(|kernel| {
        let with = if kernel.sysinfo { "with" } else { "without" };
        format!("yes, {with} AT_SYSINFO")
    });
    let musl = machine.musl.clone();
    let musl = musl.map(|folder| folder.display().to_string());
    let yes = |need: &Need<()>| need.clone().map(|()| "yes".to_owned());
    [
        ("i386 Rust toolchain", toolchain),
        ("cc -m32 with a C library", yes(&machine.libc32)),
        ("kernel runs i386 programs", kernel),
        ("qemu-i386", machine.qemu.clone()),
        ("strace", yes(&machine.strace)),
        ("curl", yes(&machine.curl)),
        ("for the kit's tests", yes(&machine.kit)),
        ("musl", musl),
        ("Chromium", yes(&machine.browser)),
    ]
    .into_iter()
    .map(|(name, value)| {
        let value = value.unwrap_or_else(|why| format!("no: {why}"));
        format!("{name:<26} {value}\n")
    })
    .collect()
}
