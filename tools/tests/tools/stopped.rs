//! `sfcat` stopped and continued in the middle, and left by its reader, through
//! a pipe of one page, until `sfcat` makes it larger.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::{Failed, Trial};
use rustix::process::{Pid, Signal, kill_process};

use int80_support::{
    outcome::{Place, number, pipe},
    stage::pattern,
};

/// More than the largest pipe that anyone may have holds.
const LENGTH: usize = 3_000_000;

type Test = fn(Command, &Path) -> Result<(), Failed>;

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    let tests = [
        ("stopped and continued", stopped as Test),
        ("a reader that goes", left),
    ];
    tests.into_iter().map(|(name, test)| {
        let place = place.clone();
        Trial::test(format!("{}: sfcat: {name}", place.way.name), move || {
            let folder = tempfile::tempdir()?;
            fs::write(folder.path().join("input"), pattern(LENGTH))?;
            test(place.sfcat(), folder.path())
        })
    })
}

/// Starts it with its output in a small pipe.
fn start(mut command: Command, folder: &Path) -> Result<(std::process::Child, File), Failed> {
    let (reader, writer) = pipe();
    rustix::pipe::fcntl_setpipe_size(&writer, 4096)?;
    command
        .current_dir(folder)
        .arg("input")
        .stdin(Stdio::null());
    let child = command.stdout(writer).stderr(Stdio::piped()).spawn()?;
    Ok((child, reader))
}

fn stopped(command: Command, folder: &Path) -> Result<(), Failed> {
    let (mut child, mut reader) = start(command, folder)?;
    let mut written = vec![0; 10];
    reader.read_exact(&mut written)?;
    let pid = Pid::from_child(&child);
    for _ in 0..10 {
        kill_process(pid, Signal::STOP)?;
        let end = Instant::now() + Duration::from_secs(10);
        while !is_stopped(pid)? {
            if Instant::now() > end {
                child.kill()?;
                return Err("it does not stop".into());
            }
            thread::sleep(Duration::from_millis(1));
        }
        kill_process(pid, Signal::CONT)?;
        let mut part = [0; 5000];
        reader.read_exact(&mut part)?;
        written.extend(part);
    }
    reader.read_to_end(&mut written)?;
    let status = number(child.wait()?);
    match status == 0 && written == pattern(LENGTH) {
        true => Ok(()),
        false => Err(format!("status {status}, {} bytes", written.len()).into()),
    }
}

/// Field 3 of /proc/PID/stat, behind the name in parentheses.
fn is_stopped(pid: Pid) -> Result<bool, Failed> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid()))?;
    Ok(stat
        .rsplit(") ")
        .next()
        .is_some_and(|rest| rest.starts_with('T')))
}

/// SIGPIPE, as for `cat`: no message, and what was read is as it was.
fn left(command: Command, folder: &Path) -> Result<(), Failed> {
    let (mut child, mut reader) = start(command, folder)?;
    let mut written = vec![0; 100_001];
    reader.read_exact(&mut written)?;
    drop(reader);
    let status = number(child.wait()?);
    let mut messages = String::new();
    child
        .stderr
        .take()
        .ok_or("no pipe")?
        .read_to_string(&mut messages)?;
    match status == 141 && messages.is_empty() && written == pattern(LENGTH)[..100_001] {
        true => Ok(()),
        false => Err(format!("status {status}, messages {messages:?}").into()),
    }
}
