//! Faults in real runs of `sfcat`: `strace` puts an errno in the place of one
//! call, or sends a signal at it. What is written is the whole input wherever
//! `sfcat` says that all went well; otherwise it is the beginning of the input,
//! the message names the errno, and the status is 1.

use std::{fs, path::Path, process::Command};

use libtest_mimic::{Failed, Trial};
use xtask::ways::Arch;

use crate::{
    moving::{MOVING, Moving, calls, play},
    outcome::{Outcome, Place},
};

/// The errnos, and what `sfcat` calls them.
const ERRNOS: [(&str, &str); 11] = [
    ("EINTR", "Interrupted system call"),
    ("EAGAIN", "Resource temporarily unavailable"),
    ("EIO", "Input/output error"),
    ("EINVAL", "Invalid argument"),
    ("ENOSYS", "Function not implemented"),
    ("EPERM", "Operation not permitted"),
    ("ENOSPC", "No space left on device"),
    ("EPIPE", "Broken pipe"),
    ("ENOMEM", "Cannot allocate memory"),
    ("EFBIG", "File too large"),
    ("EDQUOT", "Disk quota exceeded"),
];

pub fn trials(place: &Place) -> Vec<Trial> {
    let mut trials = Vec::new();
    for moving in MOVING {
        if moving == Moving::Sendfile32 && place.way.arch != Arch::I386 {
            continue;
        }
        for (name, test) in [("errnos", errors as Test), ("signals", signals)] {
            trials.push(trial(place, moving, name, test));
        }
    }
    trials
}

type Test = fn(&Place, &Path, Moving) -> Result<(), Failed>;

fn trial(place: &Place, moving: Moving, name: &str, test: Test) -> Trial {
    let place = place.clone();
    let name = format!("{}: injected: {name} at {moving:?}", place.way.name);
    Trial::test(name.clone(), move || match unable(&place) {
        Some(reason) => {
            eprintln!("skipped: {name}: {reason}");
            Ok(())
        }
        None => {
            let folder = tempfile::tempdir()?;
            fs::write(folder.path().join("input"), moving.input())?;
            test(&place, folder.path(), moving)
        }
    })
}

/// Why nothing can be injected.
fn unable(place: &Place) -> Option<String> {
    if place.is_emulated() {
        return Some("strace would see the emulator's calls".to_owned());
    }
    let mut command = Command::new("strace");
    command
        .args(["-o", "log"])
        .arg(place.way.tool(&place.dist, "sfcat"))
        .arg("--version");
    let folder = tempfile::tempdir().expect("a folder");
    match command.current_dir(folder.path()).output() {
        Err(error) => Some(format!("strace: {error}")),
        Ok(output) if !output.status.success() => {
            Some(String::from_utf8_lossy(&output.stderr).into_owned())
        }
        Ok(_) => None,
    }
}

/// Each errno in the place of the first, the second and the last call, and of
/// every second one where that is not the end.
fn errors(place: &Place, folder: &Path, moving: Moving) -> Result<(), Failed> {
    let (outcome, trace) = play(place, folder, moving, &[]);
    whole(&outcome, moving)?;
    let name = moving.name(place.way.arch);
    let count = calls(&trace, name).count();
    if count < 3 {
        return Err(format!("{name} is not the call that is used:\n{trace}").into());
    }
    for (errno, message) in ERRNOS {
        let goes_on = match errno {
            "EINTR" | "EAGAIN" => true,
            "EINVAL" | "ENOSYS" | "EPERM" => moving.has_another(),
            _ => false,
        };
        for when in ["1", "2", &count.to_string(), "1+2", "2+2"] {
            if when.contains('+') && !goes_on {
                continue;
            }
            let inject = format!("error={errno}:when={when}");
            let (outcome, trace) = play(place, folder, moving, &[inject]);
            let injected = calls(&trace, name).any(|line| line.contains("(INJECTED)"));
            let result = match (injected, goes_on) {
                (false, _) => Err("nothing was injected".into()),
                (true, true) => whole(&outcome, moving),
                (true, false) => failed(&outcome, moving, errno, message),
            };
            result.map_err(|why| {
                format!(
                    "{errno} at {when}: {}: {outcome:?}\n{trace}",
                    why.message().unwrap_or("")
                )
            })?;
        }
    }
    Ok(())
}

/// An end with this errno, and nothing lost, repeated or reordered before it.
fn failed(outcome: &Outcome, moving: Moving, errno: &str, message: &str) -> Result<(), Failed> {
    let side = match (moving, errno) {
        (Moving::Write, _) => "write error",
        (Moving::Read, _) => "input",
        // Either side may be short of memory.
        (Moving::Splice, "ENOMEM") => "-",
        (_, "ENOMEM") => "input",
        _ => "write error",
    };
    if outcome.status != 1 || outcome.messages != format!("sfcat: {side}: {message}\n") {
        return Err("not the message and status of this errno".into());
    }
    match moving.input().starts_with(&outcome.written) {
        true => Ok(()),
        false => Err("what is written is not the beginning of the input".into()),
    }
}

/// A signal that is ignored, at every second call, since the kernel makes the
/// call again; and together with EINTR.
fn signals(place: &Place, folder: &Path, moving: Moving) -> Result<(), Failed> {
    for inject in [
        "signal=SIGWINCH:when=1+2",
        "error=EINTR:signal=SIGWINCH:when=1+2",
    ] {
        let (outcome, trace) = play(place, folder, moving, &[inject.to_owned()]);
        whole(&outcome, moving)?;
        if !trace.contains("--- SIGWINCH") {
            return Err(format!("no signal came:\n{trace}").into());
        }
    }
    Ok(())
}

fn whole(outcome: &Outcome, moving: Moving) -> Result<(), Failed> {
    let fine = outcome.status == 0 && outcome.messages.is_empty();
    match fine && outcome.written == moving.input() {
        true => Ok(()),
        false => Err(format!("not the whole input: {outcome:?}").into()),
    }
}
