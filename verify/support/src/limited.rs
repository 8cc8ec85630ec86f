//! Commands with a time limit: at the end of their time they are ended,
//! with all that they have started.

use crate::command::{show, wait};
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// As [`crate::command::run`], within `limit`.
pub fn run(command: &mut Command, purpose: &str, limit: Duration) -> Result<()> {
    let mut child = start(command.stdin(Stdio::null()), purpose)?;
    match wait(&mut child, limit)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("{purpose} failed ({status}): `{}`", show(command)),
        None => too_long(child, command, purpose, limit),
    }
}

/// Runs the command, shows each line of its output as it comes, and hands each
/// to `line`. Standard output and standard error stay what they are.
pub fn stream(
    command: &mut Command,
    purpose: &str,
    limit: Duration,
    line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let show: [fn(&str); 2] = [|text| println!("{text}"), |text| eprintln!("{text}")];
    listen(command, purpose, limit, show, line)
}

/// The same without showing anything.
pub fn watch(
    command: &mut Command,
    purpose: &str,
    limit: Duration,
    line: impl FnMut(&str),
) -> Result<ExitStatus> {
    listen(command, purpose, limit, [|_| (), |_| ()], line)
}

fn listen(
    command: &mut Command,
    purpose: &str,
    limit: Duration,
    [show, show_error]: [fn(&str); 2],
    mut line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let piped = command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = start(piped.stderr(Stdio::piped()), purpose)?;
    let (sender, receiver) = mpsc::channel();
    let stdout = child.stdout.take().context("standard output is piped")?;
    let stderr = child.stderr.take().context("standard error is piped")?;
    let from_stderr = sender.clone();
    thread::spawn(move || forward(stderr, show_error, from_stderr));
    thread::spawn(move || forward(stdout, show, sender));
    let end = Instant::now() + limit;
    let left = || end.saturating_duration_since(Instant::now());
    loop {
        match receiver.recv_timeout(left()) {
            Ok(text) => line(&text),
            // Both streams have ended.
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return too_long(child, command, purpose, limit);
            }
        }
    }
    match wait(&mut child, left())? {
        Some(status) => Ok(status),
        None => too_long(child, command, purpose, limit),
    }
}

fn start(command: &mut Command, purpose: &str) -> Result<Child> {
    let child = command.spawn();
    child.with_context(|| format!("{purpose}: cannot start `{}`", show(command)))
}

fn too_long<T>(child: Child, command: &Command, purpose: &str, limit: Duration) -> Result<T> {
    end(child)?;
    bail!(
        "{purpose} took longer than {limit:?}, and had to be ended: `{}`",
        show(command)
    )
}

fn forward(from: impl Read, show: impl Fn(&str), to: mpsc::Sender<String>) {
    for line in BufReader::new(from).split(b'\n') {
        // A pipe that cannot be read any more has ended.
        let Ok(line) = line else { return };
        let line = String::from_utf8_lossy(&line).into_owned();
        show(&line);
        if to.send(line).is_err() {
            return;
        }
    }
}

/// Ends a child of ours and all that it has started, in whichever group or
/// session: a process that hangs is seldom the first of them.
///
/// Each is stopped before any is ended, so that none starts another meanwhile;
/// a process whose parent has ended is not found.
pub fn end(mut child: Child) -> Result<()> {
    let mut found = vec![child.id() as i32];
    let mut stopped = 0;
    while stopped < found.len() {
        // One that has ended by itself needs nothing.
        found[stopped..]
            .iter()
            .for_each(|&pid| send(pid, Signal::STOP));
        stopped = found.len();
        for (pid, parent) in processes()? {
            if found.contains(&parent) && !found.contains(&pid) {
                found.push(pid);
            }
        }
    }
    found.iter().for_each(|&pid| send(pid, Signal::KILL));
    child.wait()?;
    Ok(())
}

fn send(pid: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(pid) {
        let _ = kill_process(pid, signal);
    }
}

/// The number of each process, and of its parent: `1234 (any name) S 1 …` in
/// /proc/1234/stat.
fn processes() -> Result<Vec<(i32, i32)>> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc").context("looking for processes")? {
        let path = entry?.path().join("stat");
        // It is none, or has ended meanwhile.
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let number = text.split(' ').next().and_then(|pid| pid.parse().ok());
        let rest = text.rsplit(") ").next().unwrap_or_default();
        let parent = rest.split(' ').nth(1).and_then(|pid| pid.parse().ok());
        all.extend(number.zip(parent));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn both_streams_are_heard_and_the_status_is_kept() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; printf unfinished; exit 3"]);
        let status = stream(&mut command, "the trial", LONG, |line| {
            lines.push(line.to_owned())
        })
        .unwrap();
        lines.sort();
        assert_eq!(lines, ["err", "out", "unfinished"]);
        assert_eq!(status.code(), Some(3));
    }

    /// A shell that has started another, in a session of its own, that sleeps
    /// with both streams in its hands, and says its number.
    fn sleeper() -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "setsid sh -c 'echo $$; sleep 600; exit' & wait"]);
        command
    }

    fn is_running(pid: &str) -> bool {
        let state = fs::read_to_string(format!("/proc/{pid}/stat"));
        state.is_ok_and(|text| !text.contains(") Z "))
    }

    #[test]
    fn what_takes_too_long_is_ended_with_all_that_it_has_started() {
        let mut pid = String::new();
        // On a busy machine it takes longer before it says anything.
        for limit in [SHORT, 20 * SHORT, 200 * SHORT] {
            let error = stream(&mut sleeper(), "the trial", limit, |line| {
                pid = line.to_owned();
            });
            let error = error.unwrap_err().to_string();
            let told = format!("the trial took longer than {limit:?}, and had to be ended: `sh -c");
            assert!(error.starts_with(&told), "{error}");
            if !pid.is_empty() {
                break;
            }
        }
        assert!(!pid.is_empty());
        // It is no child of ours, so that its end may take a moment.
        let end = Instant::now() + Duration::from_secs(60);
        while is_running(&pid) && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
        assert!(!is_running(&pid), "{pid} still runs");
    }

    #[test]
    fn so_is_what_closes_its_streams_and_what_has_the_person_s() {
        let mut closing = Command::new("sh");
        closing.args(["-c", "exec >&- 2>&-; sleep 600; exit"]);
        let error = stream(&mut closing, "the trial", SHORT, |_| {}).unwrap_err();
        assert!(error.to_string().contains("took longer than"), "{error}");
        let error = run(Command::new("sleep").arg("600"), "the trial", SHORT).unwrap_err();
        assert!(error.to_string().contains("took longer than"), "{error}");
        run(&mut Command::new("true"), "the trial", LONG).unwrap();
        run(&mut Command::new("false"), "the trial", LONG).unwrap_err();
    }
}
