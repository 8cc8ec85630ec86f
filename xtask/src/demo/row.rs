//! One row of the demo: a tool, a way to run it, and a sink. It is run once as
//! it is and once traced.

use super::{
    digest::Digest,
    elf,
    sinks::{Sink, Transfer, transfer},
    source::Source,
    trace::{self, Call},
};
use crate::{Session, setup::Need};
use anyhow::{Context, Result};
use int80_support::{
    command::last_lines,
    ways::{Gate, Way},
};
use std::{
    fmt,
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

/// What all rows share.
pub struct Stage<'a> {
    pub session: &'a Session,
    pub source: &'a Source,
    pub dist: &'a Path,
    pub scratch: &'a Path,
}

pub struct Row {
    pub tool: &'static str,
    /// `None`: it was not built.
    pub tool_bytes: Option<u64>,
    pub way: Way,
    pub sink: Sink,
}

pub enum Outcome {
    Skipped(String),
    Ran(Ran),
}

pub struct Ran {
    /// `None`: the run did not come to its end.
    pub received: Option<Digest>,
    /// `Err`: why they were not counted, which is no failure.
    pub calls: Need<Vec<Call>>,
    /// Each thing that is wrong.
    pub failures: Vec<String>,
}

impl Outcome {
    pub fn has_failed(&self) -> bool {
        matches!(self, Outcome::Ran(ran) if !ran.failures.is_empty())
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, into {}", self.tool, self.way, self.sink.place())
    }
}

impl Row {
    pub fn run(&self, stage: &Stage<'_>) -> Outcome {
        let mut failures = Vec::new();
        let plain = self.send(self.way.command(stage.dist, self.tool), stage);
        let received = match plain {
            Ok(transfer) => {
                failures.extend(wrong(&transfer, stage.source));
                Some(transfer.received)
            }
            Err(error) => {
                failures.push(format!("{error:#}"));
                None
            }
        };
        // A run that has failed is not done again: it may hang each time.
        let calls = match failures.is_empty() {
            true => self.traced(stage, &mut failures),
            false => Err("the run failed".to_owned()),
        };
        Outcome::Ran(Ran {
            received,
            calls,
            failures,
        })
    }

    /// Completes the command and runs it. `sf` reads its standard input; `sfcat`
    /// is given the file's name.
    fn send(&self, mut command: Command, stage: &Stage<'_>) -> Result<Transfer> {
        if self.tool == "sf" {
            command.stdin(File::open(&stage.source.path)?);
        } else {
            command
                .args(self.way.gate_arguments())
                .arg(&stage.source.path)
                .stdin(Stdio::null());
        }
        // A minute, and then 8 MiB in a second: what is slower hangs.
        let limit = Duration::from_secs(60 + (stage.source.digest.bytes >> 23));
        transfer(command, self.sink, stage.scratch, limit)
    }

    /// The same once more, counted. The tracer may not be there or not be
    /// allowed to trace, but what it does show must be right.
    fn traced(&self, stage: &Stage<'_>, failures: &mut Vec<String>) -> Need<Vec<Call>> {
        if self.way.emulator.is_none() {
            stage.session.machine.strace.clone()?;
        }
        let file = stage.scratch.join("trace");
        let command = trace::command(&self.way, stage.dist, self.tool, &file);
        let transfer = self
            .send(command, stage)
            .map_err(|error| format!("{error:#}"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(&file);
        let calls = trace::calls(&text);
        let transfer = match transfer {
            Ok(transfer) if !calls.is_empty() => transfer,
            Ok(transfer) => {
                let said = last_lines(&transfer.stderr, 1);
                return Err(format!(
                    "the tracer shows nothing ({}) {said}",
                    transfer.status
                ));
            }
            Err(reason) => return Err(reason),
        };
        let traced = wrong(&transfer, stage.source).into_iter();
        failures.extend(traced.map(|text| format!("when traced: {text}")));
        failures.extend(self.wrong_calls(stage, &calls));
        Ok(calls)
    }

    /// The calls must have moved each byte once, and have come from where this
    /// way's gate is.
    fn wrong_calls(&self, stage: &Stage<'_>, calls: &[Call]) -> Vec<String> {
        let mut wrong = Vec::new();
        let moved: i64 = calls.iter().map(|call| call.result.max(0)).sum();
        let bytes = stage.source.digest.bytes;
        if u64::try_from(moved) != Ok(bytes) {
            wrong.push(format!("the traced calls moved {moved} bytes of {bytes}"));
        }
        let program = fs::read(self.way.tool(stage.dist, self.tool)).context("reading the tool");
        let own = match program.and_then(|program| elf::loaded(&program)) {
            Ok(own) => own,
            Err(error) => return vec![format!("{error:#}")],
        };
        let strange = calls.iter().find(|call| {
            let Some(address) = call.address else {
                return false;
            };
            let is_own = own.iter().any(|range| range.contains(&address));
            is_own == (self.way.gate == Gate::Sysinfo)
        });
        if let Some(call) = strange {
            wrong.push(format!(
                "this call did not come through {}: {}",
                self.way.gate, call.line
            ));
        }
        wrong
    }
}

/// What is wrong with a run that has ended.
fn wrong(transfer: &Transfer, source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    if !transfer.status.success() {
        wrong.push(format!("it ended with {}", transfer.status));
    }
    if !transfer.stderr.is_empty() {
        wrong.push(format!("it said: {}", last_lines(&transfer.stderr, 3)));
    }
    if transfer.received.bytes != source.digest.bytes {
        wrong.push(format!(
            "{} bytes arrived of {}",
            transfer.received.bytes, source.digest.bytes
        ));
    } else if transfer.received != source.digest {
        wrong.push(format!(
            "other bytes arrived, with digest {}",
            transfer.received.sha256
        ));
    }
    wrong
}
