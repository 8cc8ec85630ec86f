//! Signals that come while a call waits for its reader: calls that end in the
//! middle, with some bytes or with none.

use std::{
    fs,
    io::Read,
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use int80::{Errno, transfer::Side};
use libtest_mimic::{Failed, Trial};
use rustix::process::{Pid, Signal, kill_process};

use crate::{
    interface::{How, Program},
    moving::input,
    told::{COMPLETE, INTERRUPTED, Told, WOULD_BLOCK, parse, side_number, with_marks},
};
use int80_support::outcome::{Outcome, number};

/// Much more than lies between the two ends of a socket.
const LENGTH: usize = 3_000_000;
/// How often.
const SIGNALS: usize = 50;

pub fn trials(program: &Arc<Program>) -> Vec<Trial> {
    let all = How::ALL.into_iter().flat_map(|how| {
        [false, true].map(|nonblocking| {
            let program = program.clone();
            let way = program.place.way.name;
            let to = if nonblocking { "a non-blocking" } else { "a" };
            let name = format!("{way}: the C interface: {how:?}: signals, {to} slow reader");
            Trial::test(name.clone(), move || match program.command() {
                Ok(command) => interrupted(command, how, nonblocking),
                Err(reason) => {
                    eprintln!("skipped: {name}: {reason}");
                    Ok(())
                }
            })
        })
    });
    all.collect()
}

/// A child that does not outlive the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until the process waits: its reader is slow.
fn asleep(pid: Pid) -> Result<(), Failed> {
    let end = Instant::now() + Duration::from_secs(60);
    let path = format!("/proc/{}/stat", pid.as_raw_pid());
    while Instant::now() < end {
        // Behind the name, which is in parentheses.
        let stat = fs::read_to_string(&path)?;
        let state = stat.rsplit(") ").next().unwrap_or_default();
        if state.starts_with('S') {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(1));
    }
    Err("it does not wait for its reader".into())
}

fn interrupted(mut command: Command, how: How, nonblocking: bool) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("input");
    fs::write(&path, input(LENGTH))?;
    let (ours, mut theirs) = UnixStream::pair()?;
    ours.set_nonblocking(nonblocking)?;
    theirs.set_read_timeout(Some(Duration::from_secs(60)))?;
    let count = if how == How::Bsd { LENGTH } else { 0 };
    command
        .args([format!("{how:?}").to_lowercase(), "0".to_owned()])
        .arg(count.to_string())
        .stdin(fs::File::open(&path)?)
        .stdout(OwnedFd::from(ours))
        .stderr(Stdio::piped());
    let mut child = Killed(command.spawn()?);
    drop(command);
    let pid = Pid::from_child(&child.0);
    let mut written = Vec::new();
    for _ in 0..SIGNALS {
        // Its handler is there when the first byte is, and it is not at its end.
        let mut some = [0; 10_000];
        theirs.read_exact(&mut some)?;
        written.extend_from_slice(&some);
        asleep(pid)?;
        kill_process(pid, Signal::USR1)?;
    }
    theirs.read_to_end(&mut written)?;
    let mut messages = String::new();
    let stderr = child.0.stderr.as_mut().ok_or("no pipe")?;
    stderr.read_to_string(&mut messages)?;
    let outcome = Outcome {
        status: number(child.0.wait()?),
        messages,
        written,
    };
    judge(how, nonblocking, &outcome).map_err(|why| {
        let why = why.message().unwrap_or("");
        format!("{why}: {outcome:?}").into()
    })
}

fn judge(how: How, nonblocking: bool, outcome: &Outcome) -> Result<(), Failed> {
    let (told, signalled) = parse(&outcome.messages)?;
    let whole = match how {
        How::Bsd => [b"the header|", input(LENGTH), b"|the trailer"].concat(),
        _ => input(LENGTH).to_vec(),
    };
    if outcome.written != with_marks(&whole, &told)? {
        return Err("what is written is not what is told".into());
    }
    let (last, before) = told.split_last().ok_or("nothing is told")?;
    let is_known = before.iter().all(|told| match how {
        How::Run | How::For => false,
        How::Step => told.result == INTERRUPTED || (nonblocking && blocks(told)),
        How::Bsd => told.is(Errno::EINTR) || (nonblocking && told.is(Errno::EAGAIN)),
    });
    // It has waited, and so it was told for what.
    let waits = nonblocking && matches!(how, How::Step | How::Bsd);
    let was_full = |told: &Told| is_full(told) || told.is(Errno::EAGAIN);
    if waits && !before.iter().any(was_full) {
        return Err("the output was never full".into());
    }
    let end = (&*last.result, last.moved, outcome.status);
    match is_known && signalled && end == (COMPLETE, whole.len() as u64, 0) {
        true => Ok(()),
        false => Err("not what is to be told".into()),
    }
}

/// Whether it is told that a side is not ready, and not that it is the input: of
/// either, if the reader has made room before poll was asked.
fn blocks(told: &Told) -> bool {
    let side = told.transfer.map(|state| state.side);
    told.result == WOULD_BLOCK && side != Some(side_number(Side::Input))
}

/// Whether it is told that the output is not ready.
fn is_full(told: &Told) -> bool {
    let side = told.transfer.map(|state| state.side);
    told.result == WOULD_BLOCK && side == Some(side_number(Side::Output))
}
