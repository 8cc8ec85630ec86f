//! The world of a real kernel: everything is made by calls through the gate.
//! What is made lives as long as the process.
//!
//! # Safety
//!
//! Pointers are from references that live until the call returns.
#![allow(unsafe_code)]

mod make;

use core::ffi::CStr;

use int80::{
    Errno, Fd, Gate, Register, errno,
    gate::nr,
    sys::{self, PollFd, PollFlags},
};
use linux_raw_sys::{
    general::{O_APPEND, O_RDONLY, O_RDWR, O_WRONLY},
    net::{AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM},
};

use crate::{Input, Out, Output, Recorder, Stop, World};

/// Files, pipes and sockets of the kernel that a gate enters.
pub struct Real<'a> {
    gate: &'a Recorder<'a>,
    /// Files are made in the current directory; otherwise they are in memory.
    in_directory: bool,
    handler: Option<(usize, usize)>,
}

impl<'a> Real<'a> {
    /// The kernel that `gate` enters, with files in memory (memfd_create), and
    /// perhaps a signal handler and the code that returns from it.
    #[must_use]
    pub fn new(gate: &'a Recorder<'a>, handler: Option<(usize, usize)>) -> Self {
        Self {
            gate,
            in_directory: false,
            handler,
        }
    }

    /// Makes `directory` the process's current one, and from now on makes files
    /// in it, which lose their names at once.
    ///
    /// # Errors
    ///
    /// Where it cannot be entered.
    pub fn enter(&mut self, directory: &CStr) -> Result<(), Errno> {
        let path = Register::from(directory.as_ptr());
        // SAFETY: the kernel reads the path.
        errno::decode(unsafe { self.gate.call(nr::CHDIR, [path]) })?;
        self.in_directory = true;
        Ok(())
    }
}

/// How long to wait for bytes that the loopback has not yet delivered, in
/// milliseconds.
const LOOPBACK: i32 = 10_000;

impl World for Real<'_> {
    fn gate(&self) -> &Recorder<'_> {
        self.gate
    }

    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        match kind {
            Input::File => self.file(len),
            Input::WriteOnly => self.pipe().map(|[_, writer]| writer),
            Input::Directory => self.open(c"/".as_ptr(), O_RDONLY),
            Input::Null => self.device(c"/dev/null", 3, O_RDONLY),
            Input::Zero => self.device(c"/dev/zero", 5, O_RDONLY),
            Input::Proc => self.proc_version(),
            Input::Pipe | Input::Socket => {
                let [fd, other] = match kind {
                    Input::Pipe => self.pipe()?,
                    _ => self.socketpair(SOCK_STREAM)?,
                };
                self.fill(None, other, len)?;
                Ok(fd)
            }
        }
    }

    fn output(&self, kind: Output) -> Result<Out, Stop> {
        let itself = |fd| [fd, fd];
        let alone = |fd| [fd, -1];
        let [fd, back] = match kind {
            Output::Stream => self.socketpair(SOCK_STREAM)?,
            Output::Datagram => self.socketpair(SOCK_DGRAM)?,
            Output::Tcp => self.tcp(AF_INET)?,
            Output::Tcp6 => self.tcp(AF_INET6)?,
            Output::Unconnected => alone(self.socket(AF_INET)?),
            Output::Closed => {
                let [fd, peer] = self.socketpair(SOCK_STREAM)?;
                self.close(peer)?;
                alone(fd)
            }
            Output::Pipe => self.pipe().map(|[reader, writer]| [writer, reader])?,
            Output::ReadOnly => self.pipe().map(|[reader, _]| alone(reader))?,
            Output::File => itself(self.file(0)?),
            Output::Append => {
                let fd = self.file(0)?;
                self.set_flags(fd, O_RDWR | O_APPEND)?;
                itself(fd)
            }
            Output::Sealed => itself(self.sealed()?),
            Output::Null => alone(self.device(c"/dev/null", 3, O_WRONLY)?),
            Output::Full => alone(self.device(c"/dev/full", 7, O_WRONLY)?),
            Output::Event => alone(self.eventfd()?),
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
            sys::pread64(self.gate, back, buffer, skip)
        } else {
            // The loopback delivers at once, or nearly so.
            let slow = more && matches!(out.kind, Output::Tcp | Output::Tcp6);
            let wait = if slow { LOOPBACK } else { 0 };
            match sys::poll(self.gate, &mut [PollFd::new(back, PollFlags::IN)], wait) {
                Ok(1..) => sys::read(self.gate, back, buffer),
                none => none,
            }
        };
        let eax = got.map_or_else(errno::encode, |got| got as isize);
        self.gate.made(nr::READ, eax).map(|got| got as usize)
    }

    /// No two pages are alike.
    fn byte(&self, at: u64) -> u8 {
        (at.wrapping_mul(7) ^ (at >> 8) ^ (at >> 16)) as u8
    }

    fn nowhere(&self) -> Result<usize, Stop> {
        self.unmapped()
    }

    fn handler(&self) -> Option<(usize, usize)> {
        self.handler
    }
}
