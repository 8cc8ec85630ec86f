//! The world of a real kernel: everything is made by calls through the gate.
//! What is made lives as long as the process.
//!
//! # Safety
//!
//! Pointers are from references that live until the call returns.
#![allow(unsafe_code)]

mod make;

use int80::{
    Fd, Gate, Register,
    call::{self, OpenFlags, PollFd, PollFlags},
    gate::nr,
};
use linux_raw_sys::{
    general::{F_ADD_SEALS, F_SEAL_WRITE, F_SETFL, O_APPEND, O_RDWR},
    net::{AF_INET, SOCK_DGRAM, SOCK_STREAM},
};

use crate::{Input, Notes, Out, Output, Stop, World};

/// Files, pipes and sockets of the kernel behind a gate.
pub struct Real<'a> {
    /// The gate.
    pub gate: &'a dyn Gate,
    /// The directory that files are made in and at once removed from; `None`
    /// for files in memory (memfd_create).
    pub directory: Option<i32>,
    /// A signal handler, and the code that returns from it.
    pub handler: Option<(usize, usize)>,
    /// The running check's note.
    pub notes: Notes,
}

impl World for Real<'_> {
    fn gate(&self) -> &dyn Gate {
        self.gate
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        match kind {
            Input::File | Input::ReadWrite => self.file(len),
            Input::Memory => self.file_in(None, len),
            Input::WriteOnly => Ok(self.pipe()?[1]),
            Input::Directory => self.open(c"/", OpenFlags::DIRECTORY),
            Input::Pipe => {
                let [reader, writer] = self.pipe()?;
                self.feed(writer, len)?;
                Ok(reader)
            }
            Input::Socket => {
                let [reader, writer] = self.sockets(SOCK_STREAM)?;
                self.feed(writer, len)?;
                Ok(reader)
            }
            Input::Null => self.open(c"/dev/null", OpenFlags::empty()),
            Input::Zero => self.open(c"/dev/zero", OpenFlags::empty()),
            Input::Proc => self.open(c"/proc/version", OpenFlags::empty()),
        }
    }

    fn output(&self, kind: Output) -> Result<Out, Stop> {
        let [fd, back] = match kind {
            Output::Stream => self.sockets(SOCK_STREAM)?,
            Output::Datagram => self.sockets(SOCK_DGRAM)?,
            Output::Tcp => self.tcp()?,
            Output::Unconnected => [
                self.call("socket", nr::SOCKET, &[AF_INET.into(), SOCK_STREAM.into()])?,
                -1,
            ],
            Output::Closed => {
                let [ours, theirs] = self.sockets(SOCK_STREAM)?;
                self.close(theirs)?;
                [ours, -1]
            }
            Output::Pipe => {
                let [reader, writer] = self.pipe()?;
                [writer, reader]
            }
            Output::ReadOnly => [self.pipe()?[0], -1],
            Output::File => [self.file(0)?; 2],
            Output::Append => {
                let file = self.file(0)?;
                let flags = Register::from(O_APPEND | O_RDWR);
                self.call("fcntl", nr::FCNTL64, &[file.into(), F_SETFL.into(), flags])?;
                [file; 2]
            }
            Output::Sealed => {
                let file = self.file_in(None, 0)?;
                let seal = Register::from(F_SEAL_WRITE);
                self.call(
                    "seals",
                    nr::FCNTL64,
                    &[file.into(), F_ADD_SEALS.into(), seal],
                )?;
                [file; 2]
            }
            Output::Null => [self.open(c"/dev/null", OpenFlags::WRONLY)?, -1],
            Output::Full => [self.open(c"/dev/full", OpenFlags::WRONLY)?, -1],
            Output::Event => [self.call("eventfd2", nr::EVENTFD2, &[])?, -1],
        };
        Ok(Out { fd, back, kind })
    }

    fn read_back(
        &self,
        out: &Out,
        skip: u64,
        buffer: &mut [u8],
        more: bool,
    ) -> Result<usize, Stop> {
        if out.back < 0 {
            return Ok(0);
        }
        // SAFETY: open as long as the process.
        let back = unsafe { Fd::borrow_raw(out.back) };
        let got = if out.back == out.fd {
            call::pread(self.gate, back, buffer, skip)
        } else {
            // The loopback hands over at once, or nearly so.
            let wait = if more && out.kind == Output::Tcp {
                1000
            } else {
                0
            };
            let mut one = [PollFd {
                fd: back,
                events: PollFlags::IN,
                revents: PollFlags::empty(),
            }];
            match call::poll(self.gate, &mut one, wait) {
                Ok(0) => Ok(0),
                Ok(_) => call::read(self.gate, back, buffer),
                Err(errno) => Err(errno),
            }
        };
        got.map_err(|errno| self.notes.set_up("read", errno))
    }

    /// No two pages are alike.
    fn byte(&self, at: u64) -> u8 {
        (at.wrapping_mul(7) ^ (at >> 8) ^ (at >> 16)) as u8
    }

    fn handler(&self) -> Option<(usize, usize)> {
        self.handler
    }
}
