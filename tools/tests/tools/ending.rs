//! The end of a program where the kernel refuses it: exit_group came with Linux
//! 2.5.35, and a sandbox may refuse any call, or have it do nothing (B2).

use std::process::{Command, Stdio};

use int80_support::outcome::{Place, number};
use libtest_mimic::{Failed, Trial};

use crate::flow::cannot_trace;

/// A tool, what becomes of some calls, and the status it ends with.
const CASES: [(&str, &str, i32); 11] = [
    ("sf", "exit_group:error=ENOSYS", 0),
    ("sf", "exit_group,exit:error=ENOSYS", SEGV),
    ("sfcat", "exit_group:error=ENOSYS", 0),
    ("sfcat", "exit_group,exit:error=ENOSYS", SEGV),
    ("sfprobe", "exit_group:error=ENOSYS", 0),
    ("sfprobe", "exit_group,exit:error=ENOSYS", SEGV),
    ("sfserve", "exit_group:error=ENOSYS", 0),
    ("sfserve", "exit_group,exit:error=ENOSYS", SEGV),
    // Neither the text nor the message that it cannot be written can be written.
    ("sfcat", "write:retval=0", 1),
    ("sfprobe", "write:retval=0", 2),
    ("sfserve", "write:retval=0", 1),
];

/// `hlt`, which no program may.
const SEGV: i32 = 139;

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    CASES.into_iter().map(|(tool, calls, status)| {
        let place = place.clone();
        let name = format!("{}: {tool}: b2: {calls}", place.way.name);
        Trial::test(name.clone(), move || match cannot_trace(&place) {
            None => ends(&place, tool, calls, status),
            Some(reason) => {
                eprintln!("skipped: {name}: {reason}");
                Ok(())
            }
        })
    })
}

fn ends(place: &Place, tool: &str, calls: &str, status: i32) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("empty"), "")?;
    let shows = !matches!(tool, "sf" | "sfcat") || calls.starts_with("write");
    // A program that spins is ended.
    let mut command = Command::new("timeout");
    command
        .args(["20", "strace", "-qq", "-o", "trace", "-e"])
        .arg(format!("inject={calls}"))
        .arg(place.way.tool(&place.dist, tool))
        .args(shows.then_some("--version"))
        .current_dir(folder.path())
        .stdin(std::fs::File::open(folder.path().join("empty"))?)
        .stdout(Stdio::null());
    let ended = number(command.status()?);
    match ended == status {
        true => Ok(()),
        false => Err(format!("status {ended}, and {status} is expected").into()),
    }
}
