//! The pairs, and the plain copy that they are compared with.

#[path = "outputs.rs"]
mod outputs;

use std::{
    fs::{File, OpenOptions},
    io::{Seek, Write},
    os::fd::OwnedFd,
    os::unix::net::UnixStream,
    thread,
};

use int80::{
    Gate, Transfer,
    transfer::{End, Side},
};
use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::{MemfdFlags, OFlags, fcntl_setfl, memfd_create},
    io::Errno as Os,
    pipe::{PipeFlags, pipe_with},
};

use int80_support::gates::{fd, pattern};
use outputs::read_files;
pub use outputs::{Output, pipe, tcp};

/// More than a pipe and most socket buffers hold.
const LEN: usize = 300_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Regular,
    Empty,
    Memfd,
    /// /proc, without a size.
    Proc,
    Sys,
    Pipe,
    NonblockingPipe,
    Socket,
    Directory,
    DevNull,
    WriteOnly,
}

impl Input {
    pub const ALL: [Self; 11] = [
        Self::Regular,
        Self::Empty,
        Self::Memfd,
        Self::Proc,
        Self::Sys,
        Self::Pipe,
        Self::NonblockingPipe,
        Self::Socket,
        Self::Directory,
        Self::DevNull,
        Self::WriteOnly,
    ];

    fn open(self) -> OwnedFd {
        let write = |mut to: File| {
            thread::spawn(move || to.write_all(&pattern(LEN)));
        };
        match self {
            Self::Regular => int80_support::gates::file_with(&pattern(LEN)).into(),
            Self::Empty => int80_support::gates::file_with(b"").into(),
            Self::Memfd => {
                let file = memfd_create("input", MemfdFlags::empty()).unwrap();
                let mut file = File::from(file);
                file.write_all(&pattern(LEN)).unwrap();
                file.rewind().unwrap();
                file.into()
            }
            Self::Proc => File::open("/proc/self/limits").unwrap().into(),
            Self::Sys => File::open("/sys/kernel/mm/transparent_hugepage/enabled")
                .or_else(|_| File::open("/proc/version"))
                .unwrap()
                .into(),
            Self::Pipe | Self::NonblockingPipe => {
                let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
                write(writer.into());
                if self == Self::NonblockingPipe {
                    fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
                }
                reader
            }
            Self::Socket => {
                let (near, far) = UnixStream::pair().unwrap();
                write(OwnedFd::from(far).into());
                near.into()
            }
            Self::Directory => File::open("/").unwrap().into(),
            Self::DevNull => File::open("/dev/null").unwrap().into(),
            Self::WriteOnly => {
                let file = tempfile::NamedTempFile::new().unwrap();
                let file = OpenOptions::new().write(true).open(file.path()).unwrap();
                file.into()
            }
        }
    }

    fn is_bad(self) -> bool {
        matches!(self, Self::Directory | Self::WriteOnly)
    }

    /// Whether nothing is read from it.
    fn is_empty(self) -> bool {
        matches!(self, Self::Empty | Self::DevNull)
    }
}

/// How a copy went: bytes at the far end, and the error and its side.
type Copied = (Vec<u8>, Option<(i32, Side)>);

/// By read and write alone, as one writes it on an afternoon.
fn plain(input: Input, output: Output) -> Copied {
    let (from, (to, reader)) = (input.open(), output.open());
    let wait = |fd: &OwnedFd, events| {
        poll(&mut [PollFd::new(fd, events)], None).unwrap();
    };
    let mut buffer = vec![0; 65536];
    let error = 'copy: loop {
        let count = match rustix::io::read(&from, &mut buffer) {
            Ok(0) => break None,
            Ok(count) => count,
            Err(Os::AGAIN) => {
                wait(&from, PollFlags::IN);
                continue;
            }
            Err(errno) => break Some((errno.raw_os_error(), Side::Input)),
        };
        let mut rest = &buffer[..count];
        while !rest.is_empty() {
            match rustix::io::write(&to, rest) {
                Ok(count) => rest = &rest[count..],
                Err(Os::AGAIN) => wait(&to, PollFlags::OUT),
                Err(errno) => break 'copy Some((errno.raw_os_error(), Side::Output)),
            }
        }
    };
    drop(to);
    read_files();
    (reader.join().unwrap(), error)
}

/// Compares a transfer of the pair with the plain copy of another such pair.
pub fn compare<G: Gate + Copy>(gate: G, input: Input, output: Output) {
    let (from, (to, reader)) = (input.open(), output.open());
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&to), fd(&from), &mut buffer[..]).grow_pipe();
    let outcome = transfer.run();
    let error = match outcome.end {
        End::Complete => None,
        End::Failed(error) => Some((error.errno.raw_os_error(), error.side)),
        end => panic!("{input:?} to {output:?}: {end:?}"),
    };
    drop(to);
    read_files();
    let bytes = reader.join().unwrap();
    let (expected, expected_error) = plain(input, output);
    let told = format!("{input:?} to {output:?}: {outcome:?}");
    assert!(bytes == expected, "{told}: {} bytes came", bytes.len());
    if input.is_bad() && output.is_bad() {
        // Either side can be looked at first.
        assert!(error.is_some(), "{told}");
    } else if input.is_empty() && output.is_bad() {
        // Whether a bad output is noticed when nothing goes there is the
        // kernel's affair.
        assert!(error.is_none_or(|(_, side)| side == Side::Output), "{told}");
    } else {
        assert_eq!(error, expected_error, "{told}");
        let kept = matches!(output, Output::DevNull) || outcome.moved == bytes.len() as u64;
        assert!(kept || error.is_some(), "{told}");
    }
}
