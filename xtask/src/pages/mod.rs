//! `cargo xtask pages`: what the five pages say, tried in every way that this
//! machine has, and `docs/pages.md`, which is written from it.

mod document;
pub mod tap;

use crate::{Session, build, progress::say, setup::Need};
use anyhow::{Context, Result, ensure};
use int80_probe::{CHECKS, Check, Profile, Seen};
use int80_support::{
    command::capture,
    qemu,
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
        let lines = match state.clone().and_then(|()| profile(way)) {
            Ok(profile) => {
                say("pages", &format!("sfprobe on {}", way.name));
                let lines = probe(&ways, way)?;
                unexplained.extend(unexpected(way, profile, &lines));
                Ok(lines)
            }
            Err(reason) => {
                println!("skipped: {}: {reason}", way.name);
                Err(reason)
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
    let text = document(&runs, &versions());
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
        lines.len() == CHECKS.len(),
        "sfprobe on {} has other checks than this program: build it again",
        way.name
    );
    Ok(lines)
}

/// What a way does in another way than today's kernel, and the table does not
/// say; and what the table says and the way does not do.
fn unexpected(way: &Way, profile: Profile, lines: &[Line]) -> Vec<String> {
    let differs = |(check, line): (&Check, &Line)| {
        let known = int80_probe::known(check.name(), profile).map(|row| said(row.seen));
        let seen = match &line.state {
            State::NotOk { seen } => Some(seen.clone()),
            State::Skipped(_) => known.clone(),
            State::Ok => None,
        };
        (known != seen).then(|| {
            let or_none = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
            let (known, seen) = (or_none(known), or_none(seen));
            let (way, check) = (way.name, check.name());
            format!("{way} {check}: the known difference is {known}, {seen} is seen")
        })
    };
    CHECKS.iter().zip(lines).filter_map(differs).collect()
}

/// What sfprobe says of a difference.
pub fn said(seen: Seen) -> String {
    match seen {
        Seen::Signal(signal) => format!("ended by signal {signal}"),
        Seen::Value(value) => value.to_string(),
    }
}

/// What is expected of a way: of qemu-i386, by the version that is installed.
///
/// # Errors
///
/// The reason to skip the way: nothing is written down of that version.
pub fn profile(way: &Way) -> Need<Profile> {
    match way.emulator {
        None => Ok(Profile::Linux),
        Some(_) => qemu_profile(&qemu::installed()?),
    }
}

fn qemu_profile(version: &str) -> Need<Profile> {
    let name = format!("{}-{}", qemu::NAME, qemu::release(version)?);
    Profile::named(name.as_bytes()).ok_or_else(|| format!("sfprobe has no profile {name}"))
}

/// The kernel's and qemu's versions.
fn versions() -> String {
    let kernel = rustix::system::uname();
    let kernel = kernel.release().to_string_lossy().into_owned();
    let mut text = format!("Linux {kernel}");
    if let Ok(version) = qemu::installed() {
        text += &format!(", {} {version}", qemu::NAME);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_qemu_is_not_taken_for_one_that_is_known() {
        assert_eq!(qemu_profile("7.2.22"), Ok(Profile::Qemu7_2));
        assert_eq!(qemu_profile("10.0.3"), Ok(Profile::Qemu10_0));
        let reason = qemu_profile("8.2.1").unwrap_err();
        assert_eq!(reason, "for qemu 7.2 and 10.0, this is 8.2.1");
        for release in qemu::KNOWN {
            assert!(qemu_profile(release).is_ok(), "{release}");
        }
    }
}
