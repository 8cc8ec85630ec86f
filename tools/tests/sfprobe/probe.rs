//! `sfprobe` as tests run it, and its report as they read it.
#![allow(unsafe_code)] // What a parent hands on to its children.

use int80_support::{command::capture, skip, ways::Way};
use libtest_mimic::{Failed, Trial};
use std::{
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Output},
};
use xtask::pages::tap::{self, Line, State};

use crate::report::sfprobe;

pub type Case = fn(&Probe) -> Result<(), Failed>;

/// `sfprobe` in one way.
pub struct Probe<'a> {
    dist: &'a Path,
    pub way: Way,
}

/// A test for each of these cases.
pub fn of_cases(
    cases: &'static [(&str, Case)],
    dist: &Path,
    way: Way,
) -> impl Iterator<Item = Trial> {
    cases.iter().map(move |(name, case)| {
        let dist = dist.to_owned();
        let name = format!("{} sfprobe: {name}", way.name);
        skip::trial(name, move || case(&Probe { dist: &dist, way }))
    })
}

impl Probe<'_> {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = sfprobe(self.dist, self.way);
        command.args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Result<Report, Failed> {
        Report::of(&mut self.command(arguments))
    }
}

/// What sfprobe says, and how it ends.
pub struct Report {
    pub output: Output,
    pub text: String,
    pub lines: Vec<Line>,
}

impl Report {
    pub fn of(command: &mut Command) -> Result<Self, Failed> {
        let output = capture(command, "sfprobe")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines = match text.is_empty() {
            true => Vec::new(),
            false => tap::parse(&text).map_err(|error| format!("{error:#}\n{text}"))?,
        };
        Ok(Self {
            output,
            text,
            lines,
        })
    }

    pub fn count(&self, is: fn(&State) -> bool) -> usize {
        self.lines.iter().filter(|line| is(&line.state)).count()
    }

    pub fn right(&self) -> usize {
        self.count(|state| *state == State::Ok)
    }

    pub fn reason(&self, name: &str) -> Option<&str> {
        let line = self.lines.iter().find(|line| line.name == name)?;
        match &line.state {
            State::Skipped(reason) => Some(reason),
            _ => None,
        }
    }

    /// No check is red, and the status says whether half of them ran.
    pub fn shows_nothing(&self) -> Result<(), Failed> {
        let red = self.count(|state| matches!(state, State::NotOk { .. }));
        // Without write there is no report.
        let enough = self.right() > 0 && self.right() * 2 >= self.lines.len();
        self.expect(red == 0, if enough { 0 } else { 2 })
    }

    pub fn expect(&self, holds: bool, status: i32) -> Result<(), Failed> {
        if holds && self.output.status.code() == Some(status) {
            return Ok(());
        }
        let messages = String::from_utf8_lossy(&self.output.stderr);
        Err(format!("{}\n{}\n{messages}", self.output.status, self.text).into())
    }
}

/// Lets the command's program have this personality.
pub fn personality(command: &mut Command, flags: libc::c_ulong) {
    // SAFETY: between fork and exec the closure makes one call.
    unsafe {
        command.pre_exec(move || match libc::personality(flags) {
            -1 => Err(std::io::Error::last_os_error()),
            _ => Ok(()),
        });
    }
}
