//! The command line.

use core::ffi::CStr;

use int80::{Fd, Native, call};
use int80_probe::Profile;
use int80_rt::{GateName, Process, after};

/// What was asked for.
#[derive(Default)]
pub struct Options {
    pub list: bool,
    pub help: bool,
    pub version: bool,
    pub only: Option<&'static [u8]>,
    pub gate: Option<GateName>,
    pub directory: Option<&'static CStr>,
    pub expect: Option<Profile>,
}

/// Says what is wrong, and ends the program with 2.
pub fn fail(what: &[u8], why: &[u8]) -> ! {
    for part in [b"sfprobe: ", what, b": ", why, b"\n"] {
        // Nothing can be done for a message that is not written.
        let _ = call::write(Native, Fd::STDERR, part);
    }
    call::exit_group(Native, 2)
}

/// Whether two texts are the same.
fn is(text: &[u8], name: &str) -> bool {
    after(text, name.as_bytes()).is_some_and(<[u8]>::is_empty)
}

/// The options; ends the program where they cannot be understood.
pub fn parse(process: Process) -> Options {
    let mut options = Options::default();
    let mut arguments = process.arguments().skip(1);
    while let Some(argument) = arguments.next() {
        let text = argument.to_bytes();
        let mut value = || match arguments.next() {
            Some(value) => value,
            None => fail(text, b"a value is missing"),
        };
        if is(text, "--list") {
            options.list = true;
        } else if is(text, "--help") {
            options.help = true;
        } else if is(text, "--version") {
            options.version = true;
        } else if is(text, "--only") {
            options.only = Some(value().to_bytes());
        } else if is(text, "--dir") {
            options.directory = Some(value());
        } else if is(text, "--gate") {
            let name = value().to_bytes();
            options.gate = match GateName::parse(name) {
                Some(gate) => Some(gate),
                None => fail(name, b"no such gate; there are int80, sysinfo and syscall"),
            };
        } else if is(text, "--expect") {
            options.expect = Some(profile(value().to_bytes()));
        } else {
            fail(text, b"unknown option; see --help");
        }
    }
    options
}

fn profile(name: &[u8]) -> Profile {
    match Profile::ALL.iter().find(|(known, _)| is(name, known)) {
        Some((_, profile)) => *profile,
        None => fail(name, b"no such profile; see --help"),
    }
}

/// Whether a check is among those that `--only` names.
pub fn is_named(pattern: &[u8], name: &str, shows: &str) -> bool {
    let mut rest = name.as_bytes();
    loop {
        if after(rest, pattern).is_some() {
            return true;
        }
        match rest {
            [_, tail @ ..] => rest = tail,
            [] => break,
        }
    }
    let page = matches!(pattern, [.., b'.']);
    shows
        .as_bytes()
        .split(|byte| *byte == b' ')
        .any(|id| after(id, pattern).is_some_and(|rest| rest.is_empty() || page))
}
