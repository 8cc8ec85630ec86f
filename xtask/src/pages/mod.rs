//! `cargo xtask pages`: what the five pages say, tried in every way that this
//! machine has, and `docs/pages.md`, which is written from it.

mod document;
pub mod tap;

use crate::{Session, build, progress::say};
use anyhow::{Context, Result, ensure};
use int80_probe::{CHECKS, Check, Profile};
use int80_support::{
    command::capture,
    ways::{Available, Way},
};
use std::fs;
use tap::{Line, State};

pub use document::{Run, SUMMARY, document, from_source, statement_row};

/// The document, from the top folder.
pub const DOCUMENT: &str = "docs/pages.md";

/// The `pages` command. `false`: a way differs, and the table does not say why.
pub fn command(session: &Session) -> Result<bool> {
    let built = build::all(session)?;
    let ways = build::ways(session, &built);
    let mut runs = Vec::new();
    let mut unexplained = Vec::new();
    for (way, state) in &ways.ways {
        let lines = match state {
            Ok(()) => {
                say("pages", &format!("sfprobe on {}", way.name));
                let lines = probe(&ways, way)?;
                unexplained.extend(unexpected(way, &lines));
                Ok(lines)
            }
            Err(reason) => {
                println!("skipped: {}: {reason}", way.name);
                Err(reason.clone())
            }
        };
        runs.push(Run { way: *way, lines });
    }
    println!("{}", document::matrix(&runs));
    println!("{}", document::summary(&runs));
    for one in &unexplained {
        println!("unexplained: {one}");
    }
    if !unexplained.is_empty() {
        return Ok(false);
    }
    let text = document(&runs, &versions(session)?);
    let path = session.paths.root.join(DOCUMENT);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{DOCUMENT} is written");
    Ok(true)
}

/// Every check in one way, with today's kernel as what is expected.
fn probe(ways: &Available, way: &Way) -> Result<Vec<Line>> {
    let mut command = way.command(&ways.dist, "sfprobe");
    command
        .args(way.gate_arguments())
        .args(["--expect", "linux"]);
    let output = capture(&mut command, "trying the pages' statements")?;
    let lines = tap::parse(&String::from_utf8_lossy(&output.stdout))
        .with_context(|| format!("what sfprobe says on {}", way.name))?;
    ensure!(
        lines.len() == CHECKS.into_iter().flatten().count(),
        "sfprobe on {} has other checks than this program: build it again",
        way.name
    );
    Ok(lines)
}

/// What a way does in another way than today's kernel, and the table does not
/// say; and what the table says and the way does not do.
fn unexpected(way: &Way, lines: &[Line]) -> Vec<String> {
    let mut found = Vec::new();
    for (check, line) in CHECKS.into_iter().flatten().zip(lines) {
        let known = known(way, check);
        let seen = match &line.state {
            State::NotOk { seen } => Some(seen.clone()),
            State::Ok | State::Skipped(_) => None,
        };
        let skipped = matches!(line.state, State::Skipped(_));
        match (known, seen) {
            (Some(known), Some(seen)) if seen == known.seen.to_string() => {}
            (None, None) => {}
            (Some(_), None) if skipped => {}
            (known, seen) => found.push(format!(
                "{} {}: {} is known, {} is seen",
                way.name,
                check.name,
                known.map_or("no difference".to_owned(), |known| known.seen.to_string()),
                seen.unwrap_or_else(|| "none".to_owned()),
            )),
        }
    }
    found
}

/// The difference that the table has for a check in this way.
fn known(way: &Way, check: &Check) -> Option<&'static int80_probe::Difference> {
    let profile = profile(way);
    let check = CHECKS
        .into_iter()
        .flatten()
        .find(|one| one.name == check.name)?;
    check.differs.iter().find(|one| one.profile == profile)
}

/// What is expected of a way.
pub fn profile(way: &Way) -> Profile {
    match way.emulator {
        Some(_) => Profile::Qemu7_2,
        None => Profile::Linux,
    }
}

/// The profile's name, as `--expect` takes it.
pub fn profile_name(way: &Way) -> &'static str {
    let wanted = profile(way);
    let named = Profile::ALL.into_iter().find(|(_, one)| *one == wanted);
    named.map_or("linux", |(name, _)| name)
}

/// The kernel's and qemu's versions.
fn versions(session: &Session) -> Result<String> {
    let kernel = rustix::system::uname();
    let kernel = kernel.release().to_string_lossy().into_owned();
    let mut text = format!("Linux {kernel}");
    if session.machine.qemu.is_ok() {
        let mut command = std::process::Command::new("qemu-i386");
        command.arg("--version");
        let output = capture(&mut command, "asking for qemu's version")?;
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = words.split_whitespace().nth(2).unwrap_or("of no version");
        text += &format!(", qemu-i386 {version}");
    }
    Ok(text)
}
