//! The command line.

use core::{ffi::CStr, iter::Skip};

use int80_probe::{CHECKS, Check, Profile, Version, version};
use int80_rt::{GateName, Process};

/// What is to be shown in place of checking.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    List,
    Calls,
    Help,
    Version,
}

/// What was asked for.
pub struct Options {
    process: Process,
    /// What is wrong, and why.
    pub wrong: Option<(&'static [u8], &'static str)>,
    pub show: Option<Show>,
    pub gate: Option<GateName>,
    pub directory: Option<&'static CStr>,
    pub kernel: Option<Version>,
    pub expect: Option<Profile>,
}

/// An option.
#[derive(Clone, Copy, PartialEq)]
enum Name {
    Show(Show),
    Only,
    Gate,
    Dir,
    Kernel,
    Expect,
}

const NAMES: [(&str, Name); 9] = [
    ("--list", Name::Show(Show::List)),
    ("--calls", Name::Show(Show::Calls)),
    ("--help", Name::Show(Show::Help)),
    ("--version", Name::Show(Show::Version)),
    ("--only", Name::Only),
    ("--gate", Name::Gate),
    ("--dir", Name::Dir),
    ("--kernel", Name::Kernel),
    ("--expect", Name::Expect),
];

/// The command line's options, one after the other, each with its value.
struct Arguments(Skip<int80_rt::Arguments>);

impl Iterator for Arguments {
    /// The argument, the option that it is, and the option's value.
    type Item = (&'static CStr, Option<Name>, Option<&'static CStr>);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let argument = self.0.next()?;
        let text = argument.to_bytes();
        let found = NAMES.iter().find(|(name, _)| name.as_bytes() == text);
        let name = found.map(|(_, name)| *name);
        let value = match name {
            None | Some(Name::Show(_)) => None,
            Some(_) => self.0.next(),
        };
        Some((argument, name, value))
    }
}

impl Options {
    /// Reads the command line.
    #[inline(never)]
    pub fn new(process: Process) -> Self {
        let mut options = Self {
            process,
            wrong: None,
            show: None,
            gate: None,
            directory: None,
            kernel: None,
            expect: None,
        };
        for (argument, name, value) in options.arguments() {
            let (what, why) = match (name, value) {
                (None, _) => (argument, Some("unknown option; see --help")),
                (Some(Name::Show(show)), _) => {
                    options.show = Some(show);
                    continue;
                }
                (Some(_), None) => (argument, Some("a value is missing")),
                (Some(name), Some(value)) => (value, options.value(name, value)),
            };
            if let Some(why) = why {
                options.wrong = Some((what.to_bytes(), why));
            }
        }
        options
    }

    fn arguments(&self) -> Arguments {
        Arguments(self.process.arguments().skip(1))
    }

    /// Takes the value of an option, or says why it is none.
    #[inline(never)]
    fn value(&mut self, name: Name, value: &'static CStr) -> Option<&'static str> {
        let text = value.to_bytes();
        let (known, why) = match name {
            Name::Gate => {
                self.gate = GateName::parse(text);
                let why = "no such gate; see --help";
                (self.gate.is_some(), why)
            }
            Name::Kernel => {
                self.kernel = version(text);
                (self.kernel.is_some(), "no version of Linux; see --help")
            }
            Name::Expect => {
                self.expect = Profile::named(text);
                (self.expect.is_some(), "no such profile; see --help")
            }
            // The patterns of --only are read again for each check.
            Name::Only => {
                let known = CHECKS.iter().any(|check| is_named(check, text));
                (known, "no check has this name or shows this")
            }
            _ => {
                self.directory = Some(value);
                (true, "")
            }
        };
        (!known).then_some(why)
    }

    /// Whether a check is asked for: one of the patterns of `--only` means it, or
    /// there is none.
    fn asks_for(&self, check: &Check) -> bool {
        let mut all = true;
        for (_, name, value) in self.arguments() {
            if let (Some(Name::Only), Some(pattern)) = (name, value) {
                if is_named(check, pattern.to_bytes()) {
                    return true;
                }
                all = false;
            }
        }
        all
    }

    /// The checks that are asked for.
    pub fn checks(&self) -> impl Iterator<Item = &'static Check> {
        CHECKS.iter().filter(|check| self.asks_for(check))
    }
}

/// Whether the pattern is in the check's name, or is the identifier of a
/// statement that it shows, or a page's (`P0.`).
fn is_named(check: &Check, pattern: &[u8]) -> bool {
    let (name, shows, _) = check.parts();
    let mut name = name.as_bytes();
    while let [_, rest @ ..] = name {
        if name.starts_with(pattern) {
            return true;
        }
        name = rest;
    }
    let page = pattern.ends_with(b".");
    let mut shown = shows.as_bytes().split(|byte| *byte == b' ');
    shown.any(|id| id == pattern || page && id.starts_with(pattern))
}
