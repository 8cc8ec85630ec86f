//! The plan: a text with one word in a line, and an empty line after each run.
//! The first word of a run says where standard output goes, the others are the
//! command.

use core::{
    ffi::{CStr, c_char},
    ptr::null,
};

use int80::{
    Errno, Fd, Native,
    sys::{self, OpenFlags},
};

/// The most words of a command.
const WORDS: usize = 24;

/// Where a run's standard output goes.
#[derive(Clone, Copy, PartialEq)]
pub enum Sink {
    /// Where this program's own goes.
    Here,
    /// A file, which is compared.
    File,
    /// A pipe, which is read and compared.
    Pipe,
    /// A TCP connection over the loopback, in the same way.
    Tcp,
    /// A pipe, in which the command says its address: it serves over HTTP.
    Serve,
}

/// One command, and where its standard output goes.
pub struct Run {
    pub sink: Sink,
    /// Pointers to strings that end in NUL, and null from the last one on.
    pub words: [*const c_char; WORDS + 1],
}

/// The runs that are still to come.
pub struct Plan {
    rest: &'static [u8],
}

impl Plan {
    /// Reads the whole plan, and ends each of its words in NUL.
    pub fn read(name: &CStr, room: &'static mut [u8]) -> Result<Plan, Errno> {
        let file = sys::openat(Native, Fd::CWD, name, OpenFlags::empty(), 0)?;
        let mut len = 0;
        loop {
            match sys::read(Native, &file, &mut room[len..])? {
                0 => break,
                count => len += count,
            }
        }
        if len == room.len() {
            return Err(Errno::EFBIG);
        }
        let text = &mut room[..len];
        for byte in &mut *text {
            if *byte == b'\n' {
                *byte = 0;
            }
        }
        Ok(Plan { rest: text })
    }

    fn word(&mut self) -> Option<&'static CStr> {
        let word = CStr::from_bytes_until_nul(self.rest).ok()?;
        self.rest = &self.rest[word.to_bytes_with_nul().len()..];
        Some(word).filter(|word| !word.is_empty())
    }
}

impl Iterator for Plan {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let sink = match self.word()?.to_bytes() {
            b"file" => Sink::File,
            b"pipe" => Sink::Pipe,
            b"tcp" => Sink::Tcp,
            b"serve" => Sink::Serve,
            _ => Sink::Here,
        };
        let mut words = [null(); WORDS + 1];
        let mut count = 0;
        while let Some(word) = self.word() {
            if count < WORDS {
                words[count] = word.as_ptr();
                count += 1;
            }
        }
        Some(Run { sink, words })
    }
}
