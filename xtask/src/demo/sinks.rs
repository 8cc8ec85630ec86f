//! Runs a tool with its standard output in a file, a pipe or a TCP connection,
//! and reads what arrives there. Each wait has a limit.

use super::digest::Digest;
use anyhow::{Context, Result, anyhow, bail};
use int80_support::{
    command::{show, wait},
    net,
};
use rustix::{
    pipe::{PipeFlags, pipe_with},
    process::{Pid, Signal, kill_process},
};
use std::{
    fmt,
    fs::{self, File},
    io::{self, Read},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

/// Where a tool's standard output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sink {
    File,
    Pipe,
    Tcp,
}

impl Sink {
    pub const ALL: [Sink; 3] = [Sink::File, Sink::Pipe, Sink::Tcp];

    /// As it is said in a sentence.
    pub fn place(self) -> &'static str {
        match self {
            Sink::File => "a file",
            Sink::Pipe => "a pipe",
            Sink::Tcp => "a TCP connection",
        }
    }
}

impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Sink::File => "file",
            Sink::Pipe => "pipe",
            Sink::Tcp => "TCP",
        })
    }
}

/// What came of one run.
pub struct Transfer {
    pub received: Digest,
    pub status: ExitStatus,
    pub stderr: String,
}

/// Who reads what arrives.
enum Reader {
    /// Read when the tool has ended.
    File(PathBuf),
    /// A thread reads while the tool is writing, and answers at the end.
    Thread(Receiver<io::Result<Digest>>),
}

/// After the tool has ended its reader is at the end, too, or nearly.
const READER_LIMIT: Duration = Duration::from_secs(30);

/// Runs the command, whose standard input is already set, for at most `limit`.
pub fn transfer(
    mut command: Command,
    sink: Sink,
    scratch: &Path,
    limit: Duration,
) -> Result<Transfer> {
    let shown = show(&command);
    let (output, reader) =
        open(sink, scratch, limit).with_context(|| format!("opening {}", sink.place()))?;
    let mut child = command
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    // With it goes our copy of the output: the reader must see the end.
    drop(command);
    let stderr = child.stderr.take().context("standard error is piped")?;
    let stderr = listen(stderr);
    let Some(status) = wait(&mut child, limit)? else {
        end(&mut child)?;
        bail!(
            "`{shown}` did not end within {} seconds and was killed",
            limit.as_secs()
        );
    };
    let received = match reader {
        Reader::File(path) => {
            let received = Digest::of(File::open(&path)?)?;
            // It may be large, and there are many rows.
            fs::remove_file(&path)?;
            received
        }
        Reader::Thread(answer) => answer
            .recv_timeout(READER_LIMIT)
            .map_err(|_| anyhow!("{} was still open after `{shown}` had ended", sink.place()))?
            .with_context(|| format!("reading from {}", sink.place()))?,
    };
    Ok(Transfer {
        received,
        status,
        stderr: stderr.recv_timeout(READER_LIMIT).unwrap_or_default(),
    })
}

fn open(sink: Sink, scratch: &Path, limit: Duration) -> Result<(Stdio, Reader)> {
    Ok(match sink {
        Sink::File => {
            let path = scratch.join("received");
            (File::create(&path)?.into(), Reader::File(path))
        }
        Sink::Pipe => {
            // Closed on exec, so that no other child keeps it open.
            let (from, to) = pipe_with(PipeFlags::CLOEXEC)?;
            (to.into(), read_in_thread(File::from(from)))
        }
        Sink::Tcp => {
            let (to, from) = net::tcp();
            from.set_read_timeout(Some(limit))?;
            (OwnedFd::from(to).into(), read_in_thread(from))
        }
    })
}

fn read_in_thread(from: impl Read + Send + 'static) -> Reader {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // The receiver is gone when the run was given up.
        let _ = sender.send(Digest::of(from));
    });
    Reader::Thread(receiver)
}

/// Keeps the beginning of what the tool says and reads the rest away.
fn listen(mut from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = (&mut from).take(1 << 16).read_to_end(&mut text);
        let _ = io::copy(&mut from, &mut io::sink());
        let _ = sender.send(String::from_utf8_lossy(&text).trim().to_owned());
    });
    receiver
}

/// Ends a child that hangs. A tracer is asked first: it then ends what it
/// traces, which would go on alone otherwise.
fn end(child: &mut Child) -> Result<()> {
    let id = Pid::from_child(child);
    let _ = kill_process(id, Signal::TERM);
    if wait(child, Duration::from_secs(2))?.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use int80_support::skip;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::null());
        command
    }

    #[test]
    fn every_sink_gives_what_was_written() {
        skip::or_say("demo::sinks::every_sink_gives_what_was_written", every_sink);
    }

    fn every_sink() {
        let scratch = tempfile::tempdir().unwrap();
        for sink in Sink::ALL {
            let command = shell("printf abc; echo oops >&2; exit 5");
            let limit = Duration::from_secs(20);
            let transfer = transfer(command, sink, scratch.path(), limit).unwrap();
            assert_eq!(
                transfer.received,
                Digest::of(&b"abc"[..]).unwrap(),
                "{sink}"
            );
            assert_eq!(transfer.status.code(), Some(5), "{sink}");
            assert_eq!(transfer.stderr, "oops", "{sink}");
        }
    }

    #[test]
    fn a_tool_that_hangs_is_an_error() {
        let scratch = tempfile::tempdir().unwrap();
        let limit = Duration::from_millis(200);
        let error = transfer(shell("exec sleep 600"), Sink::Pipe, scratch.path(), limit);
        let error = error.err().unwrap().to_string();
        assert!(error.contains("did not end"), "{error}");
    }
}
