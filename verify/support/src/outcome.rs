//! Running a program to its end, and what it leaves.

use std::{
    fmt,
    fs::File,
    io::Read,
    os::{
        fd::OwnedFd,
        unix::process::{CommandExt, ExitStatusExt},
    },
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{limited, ways::Way};
use rustix::{
    pipe::{PipeFlags, pipe_with},
    process::Signal,
};

/// One way, and where the tools for it are.
#[derive(Clone)]
pub struct Place {
    pub way: Way,
    pub dist: PathBuf,
}

impl Place {
    /// `sfcat` with this way's gate.
    pub fn sfcat(&self) -> Command {
        let mut command = self.plain_sfcat();
        command.args(self.way.gate_arguments());
        command
    }

    /// `sfcat`, called by that name, without arguments.
    pub fn plain_sfcat(&self) -> Command {
        self.called("sfcat")
    }

    /// `sfcat`, called by this name.
    pub fn called(&self, name: &str) -> Command {
        let program = self.way.tool(&self.dist, "sfcat");
        match self.way.emulator {
            None => {
                let mut command = Command::new(program);
                command.arg0(name);
                command
            }
            Some(emulator) => {
                let mut command = Command::new(emulator);
                command.args(["-0", name]).arg(program);
                command
            }
        }
    }

    pub fn sf(&self) -> Command {
        self.way.command(&self.dist, "sf")
    }

    pub fn is_emulated(&self) -> bool {
        self.way.emulator.is_some()
    }
}

/// What a program has left: its exit status (a signal as 128 + its number, as a
/// shell shows it), its messages, and what it wrote.
#[derive(PartialEq, Eq)]
pub struct Outcome {
    pub status: i32,
    pub messages: String,
    pub written: Vec<u8>,
}

impl fmt::Debug for Outcome {
    /// Of what was written, no more than a person reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.written[..self.written.len().min(80)].escape_ascii();
        write!(f, "status {}, messages {:?}, ", self.status, self.messages)?;
        write!(
            f,
            "{} bytes that begin with \"{start}\"",
            self.written.len()
        )
    }
}

/// The longest that any case may take; a hung program is ended and fails.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs `command` to its end, and `meanwhile` beside it.
pub fn run<T>(
    mut command: Command,
    folder: &Path,
    stdin: Stdio,
    stdout: Stdio,
    meanwhile: impl FnOnce() -> T,
) -> (ExitStatus, String, T) {
    command
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(stdin)
        .stdout(stdout);
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The descriptors that the child was given: a pipe ends when it ends.
    drop(command);
    let mut stderr = child.stderr.take().expect("it is piped");
    let messages = thread::spawn(move || {
        let mut text = Vec::new();
        stderr
            .read_to_end(&mut text)
            .map(|_| String::from_utf8_lossy(&text).into_owned())
    });
    let waiting = thread::spawn(move || {
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(status) = child.try_wait().expect("waiting for a child") {
                return status;
            }
            if Instant::now() > end {
                // All of it: a tracer's program would go on without it.
                limited::end(child).expect("ending a child");
                return ExitStatus::from_raw(Signal::KILL.as_raw());
            }
            thread::sleep(Duration::from_millis(1));
        }
    });
    let result = meanwhile();
    let status = waiting.join().expect("the waiting thread");
    let messages = messages
        .join()
        .expect("the reading thread")
        .expect("reading messages");
    (status, messages, result)
}

/// As a shell shows it.
pub fn number(status: ExitStatus) -> i32 {
    status
        .code()
        .unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

/// Runs `command` with its output in a pipe that is read to the end.
pub fn captured(command: Command, folder: &Path, stdin: Stdio) -> Outcome {
    let (reader, writer) = pipe();
    let read = move || {
        let (mut reader, mut written) = (reader, Vec::new());
        reader.read_to_end(&mut written).expect("reading the pipe");
        written
    };
    let (status, messages, written) = run(command, folder, stdin, writer.into(), read);
    Outcome {
        status: number(status),
        messages,
        written,
    }
}

/// A pipe, its reader first, that no other child is given.
pub fn pipe() -> (File, OwnedFd) {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).expect("a pipe");
    (reader.into(), writer)
}
