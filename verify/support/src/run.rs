//! Running other programs, and what came of it.

use crate::{
    command::{show, wait},
    limited::end,
};
use std::{
    fmt::Display,
    fs::File,
    io::{Read, Seek},
    process::{Command, Output, Stdio},
    time::Duration,
};

pub fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Runs it; panics with all that it said where it fails or says anything on
/// standard error.
#[track_caller]
pub fn run(command: &mut Command) -> Output {
    let output = any(command);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}\n{}",
        show(command),
        said(&output)
    );
    output
}

/// Longer than anything here takes: what runs so long hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs it, whatever comes of it; panics where it does not end.
#[track_caller]
pub fn any(command: &mut Command) -> Output {
    any_within(command, LIMIT)
}

/// The same for what takes longer, as a build does.
#[track_caller]
pub fn any_within(command: &mut Command, limit: Duration) -> Output {
    let (mut stdout, mut stderr) = (file(), file());
    let clone = |file: &File| Stdio::from(file.try_clone().expect("a descriptor"));
    command.stdin(Stdio::null());
    command.stdout(clone(&stdout)).stderr(clone(&stderr));
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => panic!("cannot start {}: {error}", show(command)),
    };
    let status = wait(&mut child, limit).expect("a child of ours");
    if status.is_none() {
        end(child).expect("a child of ours");
    }
    let output = Output {
        status: status.unwrap_or_default(),
        stdout: contents(&mut stdout),
        stderr: contents(&mut stderr),
    };
    assert!(
        status.is_some(),
        "does not end: {}\n{}",
        show(command),
        said(&output)
    );
    output
}

fn file() -> File {
    tempfile::tempfile().expect("a temporary file")
}

fn contents(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.rewind().expect("rewinding it");
    file.read_to_end(&mut bytes).expect("reading it");
    bytes
}

/// What a program said and how it ended.
pub fn said(output: &Output) -> impl Display + use<> {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
