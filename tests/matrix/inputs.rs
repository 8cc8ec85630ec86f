//! What is read from: made anew for each copy.

use std::{
    fs::{self, File, OpenOptions},
    io::{Seek, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    sync::OnceLock,
    thread,
};

use rustix::{
    fs::{CWD, FileType, MemfdFlags, Mode, OFlags, fcntl_setfl, memfd_create, mknodat},
    pipe::{PipeFlags, pipe_with},
};

use crate::ends::terminal;
use int80_support::gates::{file_with, sparse_file};

/// More than a pipe and most socket buffers hold.
pub const LEN: usize = 300_000;
/// Where the bytes of the sparse file begin: beyond 4 GiB.
const FAR: u64 = 0x1_4000_0000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Regular,
    Empty,
    /// From just before its data on, which lie beyond 4 GiB.
    Sparse,
    /// /proc, by seq_file: it has no size.
    ProcSeq,
    ProcVersion,
    Sys,
    /// No end: a count bounds it.
    Zero,
    Null,
    Tty,
    Pipe,
    NonblockingPipe,
    Fifo,
    Unix,
    Directory,
    Memfd,
    WriteOnly,
    Unopened,
}

pub const ALL: [Input; 17] = [
    Input::Regular,
    Input::Empty,
    Input::Sparse,
    Input::ProcSeq,
    Input::ProcVersion,
    Input::Sys,
    Input::Zero,
    Input::Null,
    Input::Tty,
    Input::Pipe,
    Input::NonblockingPipe,
    Input::Fifo,
    Input::Unix,
    Input::Directory,
    Input::Memfd,
    Input::WriteOnly,
    Input::Unopened,
];

pub struct Source {
    /// `None`: −1 takes its place.
    pub fd: Option<OwnedFd>,
    pub offset: Option<u64>,
    pub count: Option<u64>,
    /// What ends the input when it is closed.
    _keep: Option<File>,
}

impl Input {
    /// Whether reading from it is an error.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Directory | Self::WriteOnly | Self::Unopened)
    }

    /// Whether it is at its end from the start.
    pub fn is_empty(self) -> bool {
        matches!(self, Self::Empty | Self::Null)
    }

    pub fn open(self) -> Source {
        let plain = |fd: OwnedFd| Source {
            fd: Some(fd),
            offset: None,
            count: None,
            _keep: None,
        };
        let file = |name: &str| plain(File::open(name).expect(name).into());
        match self {
            Self::Regular => plain(file_with(given()).into()),
            Self::Empty => plain(file_with(b"").into()),
            Self::Sparse => Source {
                offset: Some(FAR - 5000),
                ..plain(sparse_file(FAR, given()).into())
            },
            Self::ProcSeq => file("/proc/filesystems"),
            Self::ProcVersion => file("/proc/version"),
            Self::Sys => file("/sys/kernel/notes"),
            Self::Zero => Source {
                count: Some(LEN as u64),
                ..file("/dev/zero")
            },
            Self::Null => file("/dev/null"),
            Self::Tty => {
                let (mut controller, terminal) = terminal();
                // Control-D at the start of a line is the end.
                controller.write_all(b"a line that is typed\n\x04").unwrap();
                Source {
                    _keep: Some(controller),
                    ..plain(terminal)
                }
            }
            Self::Pipe | Self::NonblockingPipe => {
                let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
                give(writer);
                if self == Self::NonblockingPipe {
                    fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
                }
                plain(reader)
            }
            Self::Fifo => {
                let (reader, writer) = fifo();
                give(writer);
                plain(reader)
            }
            Self::Unix => {
                let (near, far) = UnixStream::pair().unwrap();
                give(far.into());
                plain(near.into())
            }
            Self::Directory => file("/"),
            Self::Memfd => {
                let mut memfd = File::from(memfd_create("input", MemfdFlags::CLOEXEC).unwrap());
                memfd.write_all(given()).unwrap();
                memfd.rewind().unwrap();
                plain(memfd.into())
            }
            Self::WriteOnly => {
                let named = tempfile::NamedTempFile::new().unwrap();
                let file = OpenOptions::new().write(true).open(named.path()).unwrap();
                plain(file.into())
            }
            Self::Unopened => Source {
                fd: None,
                offset: None,
                count: None,
                _keep: None,
            },
        }
    }
}

/// What the inputs have that are not the kernel's. Made once: emulated, it is
/// half of a test's time.
pub fn given() -> &'static [u8] {
    static GIVEN: OnceLock<Vec<u8>> = OnceLock::new();
    GIVEN.get_or_init(|| int80_support::gates::pattern(LEN))
}

/// Writes the pattern beside the copy, and closes; a reader that goes is fine.
fn give(writer: OwnedFd) {
    thread::spawn(move || {
        let _ = File::from(writer).write_all(given());
    });
}

/// Both ends of a FIFO, the reading one first.
pub fn fifo() -> (OwnedFd, OwnedFd) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fifo");
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    // Each open waits for the other.
    let again = path.clone();
    let writer = thread::spawn(move || OpenOptions::new().write(true).open(again).unwrap());
    let reader = File::open(&path).unwrap();
    let writer = writer.join().unwrap();
    fs::remove_file(path).unwrap();
    (reader.into(), writer.into())
}
