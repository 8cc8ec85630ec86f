//! The world of a real kernel: everything is made by calls through the gate.
//! What is made lives as long as the process.
//!
//! # Safety
//!
//! Pointers are from references that live until the call returns.
#![allow(unsafe_code)]

mod make;

use int80::{
    Fd,
    gate::nr,
    sys::{self, PollFd, PollFlags},
};
use linux_raw_sys::net::AF_INET6;

use crate::recipe::{self, ADDRESS, BACK, FAMILY, FD, OTHER, SIZE, frame};
use crate::{Input, Out, Output, Recorder, Stop, World};

/// Files, pipes and sockets of the kernel behind a gate.
pub struct Real<'a> {
    /// The gate.
    pub gate: &'a Recorder<'a>,
    /// The directory that files are made in and at once removed from; `None`
    /// for files in memory (memfd_create).
    pub directory: Option<i32>,
    /// A signal handler, and the code that returns from it.
    pub handler: Option<(usize, usize)>,
}

impl World for Real<'_> {
    fn gate(&self) -> &Recorder<'_> {
        self.gate
    }

    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        let mut words = frame();
        match kind {
            Input::File | Input::ReadWrite => return self.file(self.directory, len),
            Input::Memory => return self.file(None, len),
            _ => self.gate.follow(recipe::input(kind), &mut words)?,
        }
        if matches!(kind, Input::Pipe | Input::Socket) {
            self.fill(None, words[OTHER], len)?;
        }
        Ok(words[FD])
    }

    fn output(&self, kind: Output) -> Result<Out, Stop> {
        let mut words = frame();
        if matches!(kind, Output::File | Output::Append | Output::Sealed) {
            // Seals are for files in memory.
            let directory = self.directory.filter(|_| kind != Output::Sealed);
            let file = self.file(directory, 0)?;
            (words[FD], words[BACK]) = (file, file);
        }
        let mut made_as = kind;
        if kind == Output::Tcp6 {
            made_as = Output::Tcp;
            (words[FAMILY], words[SIZE]) = (AF_INET6 as i32, 28);
            // struct sockaddr_in6: family, port, flow, ::1, scope.
            words[ADDRESS] = AF_INET6 as i32;
            (words[ADDRESS + 1], words[ADDRESS + 5]) = (0, 1_i32.to_be());
        }
        if kind != Output::File {
            self.gate.follow(recipe::output(made_as), &mut words)?;
        }
        let (fd, back) = (words[FD], words[BACK]);
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
            sys::pread64(self.gate, back, buffer, skip)
        } else {
            // The loopback hands over at once, or nearly so.
            let slow = more && matches!(out.kind, Output::Tcp | Output::Tcp6);
            let wait = if slow { 1000 } else { 0 };
            match sys::poll(self.gate, &mut [PollFd::new(back, PollFlags::IN)], wait) {
                Ok(1..) => sys::read(self.gate, back, buffer),
                none => none,
            }
        };
        self.gate.made(nr::READ, got).map(|got| got as usize)
    }

    /// No two pages are alike.
    fn byte(&self, at: u64) -> u8 {
        (at.wrapping_mul(7) ^ (at >> 8) ^ (at >> 16)) as u8
    }

    fn handler(&self) -> Option<(usize, usize)> {
        self.handler
    }
}
