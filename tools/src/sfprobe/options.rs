//! The command line.

use core::ffi::CStr;

use int80_rt::{GateName, Process, after};

use crate::text::{MISSING, NAMES_NO_GATE, NO_PROFILE, PROFILES, UNKNOWN};

/// What is to be shown in place of checking.
#[derive(Clone, Copy, PartialEq)]
pub enum Show {
    List,
    Calls,
    Help,
    Version,
}

/// What is wrong, and the number of the text that says how.
pub type Wrong = (&'static [u8], usize);

/// What was asked for.
#[derive(Default)]
pub struct Options {
    /// Why it cannot be done.
    pub wrong: Option<Wrong>,
    pub show: Option<Show>,
    /// Part of a name, or an identifier; empty for all.
    pub only: &'static [u8],
    pub gate: Option<GateName>,
    pub directory: Option<&'static CStr>,
    /// A profile's number.
    pub expect: u8,
}

/// The options in the order of `parse`.
const NAMES: &[u8] = b"--list\0--help\0--version\0--only\0--dir\0--gate\0--expect\0--calls";

/// The place of a name in a list that has a NUL after each.
#[inline(never)]
fn find(name: &[u8], names: &[u8]) -> Option<usize> {
    let is = |known| after(name, known).is_some_and(<[u8]>::is_empty);
    names.split(|byte| *byte == 0).position(is)
}

impl Options {
    /// Reads the command line.
    #[inline(never)]
    pub fn parse(&mut self, process: Process) {
        let mut arguments = process.arguments();
        // The program's own name.
        arguments.next();
        while let Some(argument) = arguments.next() {
            let text = argument.to_bytes();
            match find(text, NAMES) {
                Some(0) => self.show = Some(Show::List),
                Some(1) => self.show = Some(Show::Help),
                Some(2) => self.show = Some(Show::Version),
                Some(7) => self.show = Some(Show::Calls),
                None => self.wrong = Some((text, UNKNOWN)),
                Some(option) => match arguments.next() {
                    Some(value) => self.value(option, value),
                    None => self.wrong = Some((text, MISSING)),
                },
            }
        }
    }

    /// An option with a value.
    fn value(&mut self, option: usize, value: &'static CStr) {
        let name = value.to_bytes();
        match option {
            3 => self.only = name,
            4 => self.directory = Some(value),
            5 => match GateName::parse(name) {
                None => self.wrong = Some((name, NAMES_NO_GATE)),
                gate => self.gate = gate,
            },
            _ => match find(name, &PROFILES) {
                None => self.wrong = Some((name, NO_PROFILE)),
                Some(profile) => self.expect = profile as u8,
            },
        }
    }
}
