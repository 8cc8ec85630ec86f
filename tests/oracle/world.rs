//! The files and sockets that calls are made on, and their state afterwards.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::fd::{AsRawFd, OwnedFd},
    ptr::null_mut,
};

use rustix::{
    mm::{MapFlags, ProtFlags, mmap_anonymous},
    pipe::{PipeFlags, pipe_with},
};

use crate::case::{Case, Cell};
use int80_support::gates::{file_with, pattern, sparse_file};

/// Everything that a case can name.
pub struct World {
    small: File,
    large: File,
    write_only: File,
    directory: File,
    output: File,
    append: File,
    read_only: File,
    full_reader: OwnedFd,
    pipe_reader: File,
    pipe_writer: OwnedFd,
    closed: OwnedFd,
    /// A page below 4 GiB.
    cell: *mut i32,
}

/// The state after a call.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub eax: isize,
    cell: Option<i32>,
    positions: [u64; 5],
    written: u64,
    piped: Vec<u8>,
}

impl World {
    pub fn new() -> Self {
        let name = tempfile::NamedTempFile::new().unwrap();
        let (full_reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        rustix::io::write(&writer, b"in the pipe").unwrap();
        std::mem::forget(writer);
        let (pipe_reader, pipe_writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        let (_, closed) = pipe_with(PipeFlags::empty()).unwrap();
        // SAFETY: a new mapping, never unmapped.
        let cell = unsafe {
            mmap_anonymous(
                null_mut(),
                4096,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::PRIVATE | MapFlags::from_bits_retain(libc::MAP_32BIT as u32),
            )
        };
        Self {
            small: file_with(&pattern(10_000)),
            large: sparse_file(0x8000_0000, &pattern(5000)),
            write_only: OpenOptions::new().write(true).open(name.path()).unwrap(),
            directory: File::open("/").unwrap(),
            output: tempfile::tempfile().unwrap(),
            append: OpenOptions::new().append(true).open(name.path()).unwrap(),
            read_only: File::open(name.path()).unwrap(),
            full_reader,
            pipe_reader: pipe_reader.into(),
            pipe_writer,
            closed,
            cell: cell.unwrap().cast(),
        }
    }

    fn number(&self, name: &str, output: bool) -> i32 {
        match (name, output) {
            ("small", _) => self.small.as_raw_fd(),
            ("large", _) => self.large.as_raw_fd(),
            ("write-only", _) => self.write_only.as_raw_fd(),
            ("directory", _) => self.directory.as_raw_fd(),
            ("pipe", false) => self.full_reader.as_raw_fd(),
            ("file", _) => self.output.as_raw_fd(),
            ("append", _) => self.append.as_raw_fd(),
            ("read-only", _) => self.read_only.as_raw_fd(),
            ("pipe", true) => self.pipe_writer.as_raw_fd(),
            ("closed pipe", _) => self.closed.as_raw_fd(),
            _ => -1,
        }
    }

    /// Makes the call of `case` by `call`, from a state that is always the same.
    pub fn run(&mut self, case: &Case, call: impl Fn(i32, i32, *mut i32, u32) -> isize) -> Outcome {
        for mut file in [&self.small, &self.large] {
            file.seek(SeekFrom::Start(case.position)).unwrap();
        }
        self.output.set_len(0).unwrap();
        self.output.rewind().unwrap();
        let writable = self.cell;
        let pointer = match case.cell {
            Cell::Null => null_mut(),
            Cell::Value(value) => {
                // SAFETY: a page of this world's.
                unsafe { writable.write(value) };
                writable
            }
        };
        let (out_fd, in_fd) = (
            self.number(case.output, true),
            self.number(case.input, false),
        );
        let eax = call(out_fd, in_fd, pointer, case.count);
        let mut piped = Vec::new();
        // Non-blocking: ends in EAGAIN when the pipe is empty.
        let _ = self.pipe_reader.read_to_end(&mut piped);
        let position = |mut file: &File| file.stream_position().unwrap();
        Outcome {
            eax,
            cell: match case.cell {
                Cell::Null => None,
                // SAFETY: a page of this world's.
                Cell::Value(_) => Some(unsafe { pointer.read_volatile() }),
            },
            positions: [
                &self.small,
                &self.large,
                &self.output,
                &self.append,
                &self.read_only,
            ]
            .map(position),
            written: self.output.metadata().unwrap().len(),
            piped,
        }
    }
}
