//! The ways in which this machine can run the tools: which architecture, under
//! what, and through which gate. Shared with the tests in `xtask/tests/`.

use anyhow::{Context, Result, bail};
use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::Command,
};

/// The variable with the absolute path of `target/dist`.
pub const DIST: &str = "INT80_DIST";
/// The variable with the names of the ways that exist, separated by commas.
pub const PRESENT: &str = "INT80_WAYS";
/// The variable with `way=reason;way=reason` for the ways that do not.
pub const MISSING: &str = "INT80_WAYS_MISSING";

/// An architecture that the tools are built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arch {
    I386,
    X86_64,
}

impl Arch {
    pub const ALL: [Arch; 2] = [Arch::I386, Arch::X86_64];

    /// Its name here, which is also its folder in `target/dist/`.
    pub fn name(self) -> &'static str {
        match self {
            Arch::I386 => "i386",
            Arch::X86_64 => "x86_64",
        }
    }

    /// Its name for the Rust compiler.
    pub fn triple(self) -> &'static str {
        match self {
            Arch::I386 => "i686-unknown-linux-gnu",
            Arch::X86_64 => "x86_64-unknown-linux-gnu",
        }
    }

    /// The width of a register.
    pub fn bits(self) -> u32 {
        match self {
            Arch::I386 => 32,
            Arch::X86_64 => 64,
        }
    }

    /// What the Rust compiler is told of the processor: what is linked without
    /// libc for i386 runs on a 486.
    pub fn processor(self) -> &'static [&'static str] {
        match self {
            // From 1.87 on the compiler warns of i686 without SSE2, in a warning
            // that has no name. Other builds show the warnings of the code.
            Arch::I386 => &["-C", "target-cpu=i486", "-A", "warnings"],
            Arch::X86_64 => &[],
        }
    }
}

/// The kernel or emulator that takes the tool's calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Int80,
    Sysinfo,
    Syscall,
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Gate::Int80 => "int 0x80",
            Gate::Sysinfo => "AT_SYSINFO",
            Gate::Syscall => "syscall",
        })
    }
}

/// One way to run a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub name: &'static str,
    pub arch: Arch,
    /// The program that runs the tool; `None` is the kernel itself.
    pub emulator: Option<&'static str>,
    pub gate: Gate,
}

const fn way(name: &'static str, arch: Arch, emulator: Option<&'static str>, gate: Gate) -> Way {
    Way {
        name,
        arch,
        emulator,
        gate,
    }
}

/// Every way, in the order in which it is shown.
pub const WAYS: [Way; 4] = [
    way("i386-int80", Arch::I386, None, Gate::Int80),
    way("i386-sysinfo", Arch::I386, None, Gate::Sysinfo),
    way("qemu-i386", Arch::I386, Some("qemu-i386"), Gate::Int80),
    way("x86_64", Arch::X86_64, None, Gate::Syscall),
];

impl Way {
    /// The way with this name.
    pub fn named(name: &str) -> Option<Way> {
        WAYS.into_iter().find(|way| way.name == name)
    }

    /// `native`, or the emulator's name.
    pub fn runner(&self) -> &'static str {
        self.emulator.unwrap_or("native")
    }

    /// Where a tool for this way lies.
    pub fn tool(&self, dist: &Path, tool: &str) -> PathBuf {
        dist.join(self.arch.name()).join(tool)
    }

    /// The command that runs a tool in this way, without the tool's arguments.
    pub fn command(&self, dist: &Path, tool: &str) -> Command {
        self.program(&self.tool(dist, tool))
    }

    /// The same for any program of the way's architecture.
    pub fn program(&self, program: &Path) -> Command {
        match self.emulator {
            None => Command::new(program),
            Some(emulator) => {
                let mut command = Command::new(emulator);
                command.arg(program);
                command
            }
        }
    }

    /// What `sfcat` must be told so that it takes this way's gate. (`sf` knows
    /// one gate only, so it does not take part in `i386-sysinfo`.)
    pub fn gate_arguments(&self) -> &'static [&'static str] {
        match self.gate {
            Gate::Int80 => &["--gate", "int80"],
            Gate::Sysinfo => &["--gate", "sysinfo"],
            Gate::Syscall => &[],
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.arch.name(), self.runner(), self.gate)
    }
}

/// Which ways exist on this machine, and where the tools are.
#[derive(Clone, Debug)]
pub struct Available {
    pub dist: PathBuf,
    /// In the order of [`WAYS`]: the way, and why it does not exist.
    pub ways: Vec<(Way, Result<(), String>)>,
}

impl Available {
    /// What xtask has told the tests.
    pub fn from_env() -> Result<Available> {
        let variable = |name| {
            env::var(name).with_context(|| {
                format!("{name} is not set: run these tests with `cargo xtask test --only tools`")
            })
        };
        let dist = PathBuf::from(variable(DIST)?);
        Self::parse(dist, &variable(PRESENT)?, &variable(MISSING)?)
    }

    fn parse(dist: PathBuf, present: &str, missing: &str) -> Result<Available> {
        let mut ways = Vec::new();
        for way in WAYS {
            let reason = missing.split(';').find_map(|entry| {
                let (name, reason) = entry.split_once('=')?;
                (name == way.name).then(|| reason.to_owned())
            });
            let is_present = present.split(',').any(|name| name == way.name);
            ways.push(match (is_present, reason) {
                (true, None) => (way, Ok(())),
                (false, Some(reason)) => (way, Err(reason)),
                (true, Some(_)) => bail!("{} is said to be present and missing", way.name),
                (false, None) => bail!("{PRESENT} and {MISSING} both leave out {}", way.name),
            });
        }
        Ok(Available { dist, ways })
    }

    /// Gives it to a command whose program calls [`Available::from_env`].
    pub fn to_env(&self, command: &mut Command) {
        let (mut present, mut missing) = (Vec::new(), Vec::new());
        for (way, state) in &self.ways {
            match state {
                Ok(()) => present.push(way.name.to_owned()),
                Err(why) => missing.push(format!("{}={}", way.name, why.replace(';', ","))),
            }
        }
        command
            .env(DIST, &self.dist)
            .env(PRESENT, present.join(","))
            .env(MISSING, missing.join(";"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_the_tests_is_what_they_read() {
        let ways = WAYS.map(|way| match way.name {
            "qemu-i386" => (way, Err("no qemu; a=b".to_owned())),
            _ => (way, Ok(())),
        });
        let written = Available {
            dist: "/d".into(),
            ways: ways.to_vec(),
        };
        let mut command = Command::new("true");
        written.to_env(&mut command);
        let value = |name: &str| {
            let mut all = command.get_envs();
            let (_, value) = all.find(|(key, _)| *key == name).unwrap();
            value.unwrap().to_str().unwrap().to_owned()
        };
        let read = Available::parse(value(DIST).into(), &value(PRESENT), &value(MISSING)).unwrap();
        assert_eq!(read.dist, written.dist);
        assert_eq!(read.ways[2].1, Err("no qemu, a=b".to_owned()));
        assert!(read.ways.iter().filter(|(_, state)| state.is_ok()).count() == 3);
    }

    #[test]
    fn a_way_that_is_left_out_is_an_error() {
        assert!(Available::parse("/d".into(), "x86_64", "").is_err());
        assert!(Available::parse("/d".into(), "", "").is_err());
    }
}
