//! `cargo xtask test`: every test, and what came of each. `lint` runs its steps
//! in the same way.

mod builds;
mod libtest;
pub mod report;
mod runs;
pub mod steps;
mod summary;

use crate::{
    Session,
    build::{self, Built},
    dist::{self, Kit, examples},
    progress::say,
};
use anyhow::{Result, bail};
use report::Report;
use std::{
    cell::OnceCell,
    path::PathBuf,
    time::{Duration, Instant},
};
use steps::Step;

pub use steps::STEPS;

/// The longest that one command of a step may take: several times what the
/// longest takes on a slow machine that has built nothing yet.
pub const LIMIT: Duration = Duration::from_secs(30 * 60);

/// What the steps share.
pub struct Run {
    pub session: Session,
    built: OnceCell<Result<Built, String>>,
    kit: OnceCell<Result<(Kit, PathBuf), String>>,
}

impl Run {
    /// Builds the tools when the first step needs them, and once only.
    fn built(&self) -> Result<&Built, &String> {
        self.built
            .get_or_init(|| build::all(&self.session).map_err(|error| format!("{error:#}")))
            .as_ref()
    }

    /// Builds the kit in the same way, and the folder of the examples in Rust.
    fn kit(&self) -> Result<&(Kit, PathBuf), &String> {
        let make = || Ok((dist::make(&self.session)?, examples::all(&self.session)?));
        self.kit
            .get_or_init(|| make().map_err(|error: anyhow::Error| format!("{error:#}")))
            .as_ref()
    }
}

/// One step and what came of it.
struct Done {
    step: &'static Step,
    report: Report,
    seconds: f32,
}

/// The names of the steps and what they do.
pub fn list(steps: &[Step]) -> String {
    let line = |step: &Step| {
        let long = if step.long { "; long" } else { "" };
        format!("{:<22} {} ({}{long})\n", step.name, step.what, step.place)
    };
    steps.iter().map(line).collect()
}

/// Runs the steps, or those of them that are named. `false`: something failed.
pub fn command(
    topic: &str,
    steps: &'static [Step],
    only: &[String],
    session: impl FnOnce() -> Result<Session>,
) -> Result<bool> {
    let chosen = choose(steps, only)?;
    let run = Run {
        session: session()?,
        built: OnceCell::new(),
        kit: OnceCell::new(),
    };
    let mut done = Vec::new();
    for (number, step) in (1..).zip(&chosen) {
        let all = chosen.len();
        say(
            topic,
            &format!("[{number}/{all}] {}: {}", step.name, step.what),
        );
        let start = Instant::now();
        let report = match step.long && only.is_empty() {
            true => Report::skipped(format!("it is long: `--only {}` runs it", step.name)),
            false => (step.run)(&run),
        };
        // The tests have said their own already.
        if report.passed + report.failures.len() == 0 {
            for skip in &report.skipped {
                say(topic, &format!("skipped: {}: {}", step.name, skip.reason));
            }
        }
        for failure in &report.failures {
            say(topic, &format!("FAILED: {failure}"));
        }
        done.push(Done {
            step,
            report,
            seconds: start.elapsed().as_secs_f32(),
        });
    }
    println!("{}", summary::text(&done, &run.session.machine.advice()));
    Ok(done.iter().all(|done| done.report.failures.is_empty()))
}

fn choose(steps: &'static [Step], only: &[String]) -> Result<Vec<&'static Step>> {
    for name in only {
        if !steps.iter().any(|step| step.name == name) {
            let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
            bail!(
                "there is no step `{name}`; the steps are: {}",
                names.join(", ")
            );
        }
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(steps.iter().filter(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name_and_keep_their_order() {
        let names = |only: &[&str]| -> Result<Vec<&str>> {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            Ok(choose(STEPS, &only)?.iter().map(|step| step.name).collect())
        };
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
        assert_eq!(names(&["kit", "build"]).unwrap(), ["build", "kit"]);
        let error = names(&["kitt"]).unwrap_err().to_string();
        assert!(
            error.contains("kitt") && error.contains("lib-i386"),
            "{error}"
        );
    }

    #[test]
    fn no_two_steps_share_a_name() {
        for steps in [STEPS, crate::lint::STEPS] {
            for step in steps {
                let same = steps.iter().filter(|other| other.name == step.name);
                assert_eq!(same.count(), 1, "{}", step.name);
            }
        }
    }
}
