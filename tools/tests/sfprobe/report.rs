//! What `sfprobe` reports: one test for each check, and TAP that others read.

use int80_probe::{CHECKS, Check};
use int80_support::{command::capture, skip, ways::Way};
use libtest_mimic::{Failed, Trial};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use xtask::pages::{
    profile,
    tap::{self, State, value},
};

/// The command for one way, with its gate and its profile.
pub fn sfprobe(dist: &Path, way: Way) -> Command {
    let mut command = way.command(dist, "sfprobe");
    command.args(way.gate_arguments());
    command
}

pub fn trials(dist: &Path, way: Way) -> Vec<Trial> {
    let mut command = sfprobe(dist, way);
    match profile(&way) {
        Ok(profile) => command.args(["--expect", profile.name()]),
        Err(reason) => {
            let name = format!("{} sfprobe: every check", way.name);
            return vec![skip::trial(name, move || skip::here(reason))];
        }
    };
    let test = |name: &str, run: Box<dyn FnOnce() -> Result<(), Failed> + Send>| {
        Trial::test(format!("{} sfprobe: {name}", way.name), run)
    };
    let output = match capture(&mut command, "sfprobe") {
        Ok(output) => output,
        Err(error) => {
            let error = format!("{error:#}");
            return vec![test("starts", Box::new(move || Err(error.into())))];
        }
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = match tap::parse(&text) {
        Ok(lines) => lines,
        Err(error) => {
            let error = format!("{error:#}\n{text}");
            return vec![test("reports in TAP", Box::new(move || Err(error.into())))];
        }
    };
    let status = output.status.code();
    let names: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
    let has_registers = lines.iter().any(|line| {
        let keys = ["eax", "ebx", "ecx", "edx", "esi"];
        keys.iter().all(|key| value(&line.block, key).is_some())
    });
    let mut trials = vec![
        test("exit status 0", Box::new(move || equal(&status, &Some(0)))),
        test(
            "every check, in order",
            Box::new(move || {
                let all: Vec<&str> = CHECKS.iter().map(Check::name).collect();
                equal(&names, &all)
            }),
        ),
        test("registers", Box::new(move || equal(&has_registers, &true))),
    ];
    let (place, way_name) = (dist.to_owned(), way.name);
    trials.push(test(
        "d1: read by prove as it is",
        Box::new(move || prove(&place, way_name, &text)),
    ));
    for line in lines {
        let label = format!("{} {}", way.name, line.name);
        let name = line.name.clone();
        trials.push(test(
            &name,
            Box::new(move || match line.state {
                State::Ok => Ok(()),
                State::Skipped(reason) => {
                    eprintln!("skipped: {label}: {reason}");
                    Ok(())
                }
                State::NotOk { .. } => Err(line.block.join("\n").into()),
            }),
        ));
    }
    trials
}

fn equal<A: PartialEq<B> + std::fmt::Debug, B: std::fmt::Debug>(
    seen: &A,
    expected: &B,
) -> Result<(), Failed> {
    if seen == expected {
        return Ok(());
    }
    Err(format!("{seen:?}, and {expected:?} is expected").into())
}

/// Perl's harness reads the report and agrees. Before version 3.45 it knows TAP
/// version 13 only, and fails over any other (D1).
fn prove(dist: &Path, way: &str, text: &str) -> Result<(), Failed> {
    if which::which("prove").is_err() {
        eprintln!("skipped: {way} prove: perl's prove is not installed");
        return Ok(());
    }
    let folder = tempfile::tempdir_in(dist)?;
    let run = |name: &str, text: &str| -> Result<bool, Failed> {
        let path: PathBuf = folder.path().join(name);
        fs::write(&path, text)?;
        let mut command = Command::new("prove");
        command.args(["-e", "cat"]).arg(&path);
        Ok(capture(&mut command, "prove")?.status.success())
    };
    equal(&run("whole", text)?, &true)?;
    // It would see a failure, and a test that is missing.
    equal(
        &run("failed", &text.replacen("\nok 1 ", "\nnot ok 1 ", 1))?,
        &false,
    )?;
    let last = text.rfind("\nok ").unwrap_or_default();
    equal(&run("cut", &text[..last + 1])?, &false)
}
