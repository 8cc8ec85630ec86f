//! musl, for the tests of its drop-in: Debian's packages for both architectures,
//! unpacked into `target/` and never installed.

use super::{Need, apt::Apt, lock::UNFINISHED};
use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// The loader with the library, and what a program is built with.
const PACKAGES: [&str; 2] = ["musl", "musl-dev"];
const ARCHITECTURES: [&str; 2] = ["i386", "amd64"];

/// The folder that [`unpack`] has made.
pub fn unpacked(paths: &Paths) -> Need<PathBuf> {
    let place = place(paths);
    match place.is_dir() {
        true => Ok(place),
        false => Err("no musl for both architectures".to_owned()),
    }
}

fn place(paths: &Paths) -> PathBuf {
    paths.private.join("musl")
}

/// Makes it beside its place and moves it there when it is complete.
pub fn unpack(paths: &Paths, apt: &Apt) -> Result<()> {
    say(
        "set-up",
        "unpacking musl and musl-dev for both architectures into target/ (some 2 MB are downloaded)",
    );
    let unfinished = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempdir_in(&paths.private)?;
    let folder = unfinished.path().join("musl");
    for architecture in ARCHITECTURES {
        for package in PACKAGES {
            apt.unpack(&format!("{package}:{architecture}"), &folder)?;
        }
    }
    let place = place(paths);
    fs::rename(&folder, &place)
        .with_context(|| format!("cannot move the finished folder to {}", place.display()))
}
