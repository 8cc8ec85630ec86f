//! `sfcat` under `strace`, between descriptors for which a certain call is used.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    path::Path,
    process::{Command, Stdio},
    sync::OnceLock,
};

use xtask::ways::Arch;

use crate::{
    outcome::{Outcome, Place, number, pipe, run},
    stage::pattern,
};

/// More than one call of copy_file_range's moves.
const LONGEST: usize = (16 << 20) + 1000;

/// A call that moves, and a pair of descriptors for which it is the one used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// File to file.
    CopyFileRange,
    /// File to socket.
    Sendfile,
    /// The call with a cell of 32 bits, where 239 is missing.
    Sendfile32,
    /// Pipe to socket.
    Splice,
    /// File to a file that appends.
    Read,
    Write,
}

pub const MOVING: [Moving; 6] = [
    Moving::CopyFileRange,
    Moving::Sendfile,
    Moving::Sendfile32,
    Moving::Splice,
    Moving::Read,
    Moving::Write,
];

impl Moving {
    /// Its name for `strace`.
    pub fn name(self, arch: Arch) -> &'static str {
        match self {
            Self::CopyFileRange => "copy_file_range",
            Self::Sendfile if arch == Arch::I386 => "sendfile64",
            Self::Sendfile | Self::Sendfile32 => "sendfile",
            Self::Splice => "splice",
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// As many bytes as need two moving calls and more, by the budget of each,
    /// and one that finds the end; a pipe of 1 MiB is what anyone may have.
    pub fn length(self) -> usize {
        match self {
            Self::CopyFileRange => LONGEST,
            Self::Sendfile | Self::Sendfile32 => (4 << 20) + 1000,
            Self::Splice => 1 << 20,
            Self::Read | Self::Write => 500_000,
        }
    }

    pub fn input(self) -> &'static [u8] {
        static LONG: OnceLock<Vec<u8>> = OnceLock::new();
        &LONG.get_or_init(|| pattern(LONGEST))[..self.length()]
    }

    /// Whether another rung is below it.
    pub fn has_another(self) -> bool {
        !matches!(self, Self::Read | Self::Write)
    }
}

/// Runs `sfcat` under `strace` with these injections; also gives the trace.
pub fn play(place: &Place, folder: &Path, moving: Moving, inject: &[String]) -> (Outcome, String) {
    let name = moving.name(place.way.arch);
    let sfcat = place.sfcat();
    let mut command = Command::new("strace");
    command
        .args(["-qq", "-o", "log", "-e"])
        .arg(format!("trace={name}"));
    if moving == Moving::Sendfile32 {
        // Only what is traced is tampered with.
        command.args(["-e", "trace=sendfile,sendfile64"]);
        command.args(["-e", "inject=sendfile64:error=ENOSYS"]);
    }
    for inject in inject {
        command.args(["-e".to_owned(), format!("inject={name}:{inject}")]);
    }
    command.arg(sfcat.get_program()).args(sfcat.get_args());
    let (stdin, operand) = match moving {
        Moving::Splice => (full_pipe(moving.input()).into(), "-"),
        _ => (Stdio::null(), "input"),
    };
    command.arg(operand);
    let output = folder.join("output");
    let (status, messages, written) = match moving {
        Moving::Sendfile | Moving::Sendfile32 | Moving::Splice => {
            let (ours, mut theirs) = UnixStream::pair().expect("sockets");
            run(
                command,
                folder,
                stdin,
                OwnedFd::from(ours).into(),
                move || {
                    let mut written = Vec::new();
                    theirs.read_to_end(&mut written).expect("reading");
                    written
                },
            )
        }
        _ => {
            File::create(&output).expect("an output");
            let appends = !moving.has_another();
            let options = OpenOptions::new().append(appends).write(true).open(&output);
            let stdout = options.expect("an output").into();
            let (status, messages, ()) = run(command, folder, stdin, stdout, || ());
            (status, messages, fs::read(&output).expect("the output"))
        }
    };
    let trace = fs::read_to_string(folder.join("log")).expect("a trace");
    (
        Outcome {
            status: number(status),
            messages,
            written,
        },
        trace,
    )
}

/// A pipe with all of `bytes` in it and no writer.
fn full_pipe(bytes: &[u8]) -> File {
    let (reader, writer) = pipe();
    rustix::pipe::fcntl_setpipe_size(&writer, bytes.len()).expect("a large pipe");
    File::from(writer).write_all(bytes).expect("filling it");
    reader
}

/// The calls of a trace.
pub fn calls<'a>(trace: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let is_call = move |line: &&str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('('))
    };
    trace.lines().filter(is_call)
}
