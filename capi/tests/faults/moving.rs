//! A program between descriptors for which a certain call is used, under a
//! tracer.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    path::Path,
    process::{Command, Stdio},
    sync::OnceLock,
};

use int80::transfer::Rung;
use int80_support::ways::Arch;

use int80_support::{
    outcome::{Outcome, number, pipe, run},
    stage::pattern,
};

/// More than two calls of sendfile's move.
pub const LONGEST: usize = (4 << 20) + 1000;

/// The first bytes of what every input has.
pub fn input(length: usize) -> &'static [u8] {
    static LONG: OnceLock<Vec<u8>> = OnceLock::new();
    &LONG.get_or_init(|| pattern(LONGEST))[..length]
}

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
    /// From an offset of a file to a socket, where there is no sendfile.
    Pread,
    Send,
    /// The headers and trailers of a socket.
    Sendmsg,
    /// No call that moves: the clock, between those of file to file.
    Clock,
}

impl Moving {
    /// The rungs of a transfer.
    pub const RUNGS: [Self; 6] = [
        Self::CopyFileRange,
        Self::Sendfile,
        Self::Sendfile32,
        Self::Splice,
        Self::Read,
        Self::Write,
    ];
    /// What FreeBSD's function goes by.
    pub const BSD: [Self; 5] = [
        Self::Sendfile,
        Self::Sendfile32,
        Self::Pread,
        Self::Send,
        Self::Sendmsg,
    ];

    /// Whether there is such a call.
    pub fn is_of(self, arch: Arch) -> bool {
        self != Self::Sendfile32 || arch == Arch::I386
    }

    /// Its name for `strace`.
    pub fn name(self, arch: Arch) -> &'static str {
        match self {
            Self::CopyFileRange => "copy_file_range",
            Self::Sendfile if arch == Arch::I386 => "sendfile64",
            Self::Sendfile | Self::Sendfile32 => "sendfile",
            Self::Splice => "splice",
            Self::Read => "read",
            Self::Write | Self::Send => "write",
            Self::Pread => "pread64",
            Self::Sendmsg => "sendmsg",
            Self::Clock if arch == Arch::I386 => "clock_gettime64",
            Self::Clock => "clock_gettime",
        }
    }

    /// The calls that this kernel is made not to have.
    fn missing(self, arch: Arch) -> &'static [&'static str] {
        match self {
            Self::Sendfile32 => &["sendfile64"],
            Self::Pread | Self::Send if arch == Arch::I386 => &["sendfile64", "sendfile"],
            Self::Pread | Self::Send => &["sendfile"],
            _ => &[],
        }
    }

    pub fn rung(self) -> Rung {
        match self {
            Self::CopyFileRange | Self::Clock => Rung::CopyFileRange,
            Self::Sendfile => Rung::Sendfile64,
            Self::Sendfile32 => Rung::Sendfile,
            Self::Splice => Rung::Splice,
            Self::Read | Self::Write | Self::Pread | Self::Send => Rung::ReadWrite,
            Self::Sendmsg => Rung::Parts,
        }
    }

    /// Whether it is for files; sockets otherwise.
    fn is_to_a_file(self) -> bool {
        matches!(
            self,
            Self::CopyFileRange | Self::Read | Self::Write | Self::Clock
        )
    }

    /// `program` between such a pair, which has `bytes` to move and is run under
    /// `tracer`, whose trace is in the file `log`.
    pub fn play(
        self,
        folder: &Path,
        mut tracer: Command,
        program: &Command,
        bytes: &[u8],
    ) -> (Outcome, String) {
        tracer.arg(program.get_program()).args(program.get_args());
        let stdin: Stdio = match self {
            Self::Splice => full_pipe(bytes).into(),
            _ => File::open(folder.join("input")).expect("the input").into(),
        };
        let (status, messages, written) = if self.is_to_a_file() {
            let output = folder.join("output");
            File::create(&output).expect("an output");
            let appends = matches!(self, Self::Read | Self::Write);
            let options = OpenOptions::new().append(appends).write(true).open(&output);
            let stdout = options.expect("an output").into();
            let (status, messages, ()) = run(tracer, folder, stdin, stdout, || ());
            (status, messages, fs::read(&output).expect("the output"))
        } else {
            let (ours, mut theirs) = UnixStream::pair().expect("sockets");
            let read = move || {
                let mut written = Vec::new();
                theirs.read_to_end(&mut written).expect("reading");
                written
            };
            run(tracer, folder, stdin, OwnedFd::from(ours).into(), read)
        };
        let trace = fs::read_to_string(folder.join("log")).expect("a trace");
        let status = number(status);
        let outcome = Outcome {
            status,
            messages,
            written,
        };
        (outcome, trace)
    }

    /// `strace` with these injections at the moving call.
    pub fn strace(self, arch: Arch, inject: &[String]) -> Command {
        let (name, missing) = (self.name(arch), self.missing(arch));
        // Only what is traced is tampered with.
        let traced = [&[name], missing].concat().join(",");
        let mut command = Command::new("strace");
        command.args(["-qq", "-o", "log", "-e"]);
        command.arg(format!("trace={traced}"));
        for missing in missing {
            command.arg("-e");
            command.arg(format!("inject={missing}:error=ENOSYS"));
        }
        for inject in inject {
            command.args(["-e".to_owned(), format!("inject={name}:{inject}")]);
        }
        command
    }
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
