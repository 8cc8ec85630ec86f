//! `sfprobe` in every way that this machine has, and the document that is made
//! of it.

mod calls;
mod findings;
mod probe;
mod report;
mod surroundings;
mod usage;

use int80_support::{skip, ways::Available};
use libtest_mimic::{Failed, Trial};
use std::fs;
use xtask::pages::{DOCUMENT, SUMMARY, from_source};

fn main() -> std::process::ExitCode {
    skip::main_with("sfprobe", 1, Available::from_env, trials)
}

fn trials(available: Available) -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("docs/pages.md is what the table says", document),
        Trial::test("the README has the last matrix's summary", readme),
    ];
    trials.extend(findings::of_the_library());
    for (way, state) in &available.ways {
        match state {
            Ok(()) => {
                trials.extend(report::trials(&available.dist, *way));
                trials.extend(usage::trials(&available.dist, *way));
                trials.push(calls::trial(&available.dist, *way));
                trials.extend(findings::trials(&available.dist, *way));
                trials.extend(surroundings::trials(&available.dist, *way));
            }
            Err(reason) => {
                let line = format!("skipped: sfprobe on {}: {reason}", way.name);
                let name = format!("{} sfprobe", way.name);
                trials.push(Trial::test(name, move || {
                    eprintln!("{line}");
                    Ok(())
                }));
            }
        }
    }
    trials
}

fn read(name: &str) -> Result<String, Failed> {
    let path = format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).map_err(|error| format!("{path}: {error}").into())
}

fn document() -> Result<(), Failed> {
    if read(DOCUMENT)?.starts_with(&from_source()) {
        return Ok(());
    }
    Err("the table has changed: run `cargo xtask pages`".into())
}

fn readme() -> Result<(), Failed> {
    let document = read(DOCUMENT)?;
    let summary = document.lines().find(|line| line.starts_with(SUMMARY));
    let summary = summary.ok_or("docs/pages.md has no summary")?;
    // What came of each way stands in the document.
    let summary = summary.split(';').next().unwrap_or(summary);
    let summary = summary.strip_prefix(SUMMARY).unwrap_or(summary);
    let readme = read("README.md")?.replace('\n', " ");
    if readme.contains(summary) && readme.contains("(docs/pages.md)") {
        return Ok(());
    }
    Err(format!("the README has no line {summary:?}, or no link").into())
}
