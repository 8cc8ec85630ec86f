//! The world of a real kernel: everything is made by calls through the gate.
//! What is made lives as long as the process.
//!
//! # Safety
//!
//! Pointers are from references that live until the call returns.
#![allow(unsafe_code)]

use int80::{
    Fd, Gate, Register,
    call::{self, OpenFlags, PollFd, PollFlags},
    errno::decode,
    gate::nr,
};
use linux_raw_sys::{
    general::{F_ADD_SEALS, F_SEAL_WRITE, F_SETFL, MFD_ALLOW_SEALING, O_APPEND, O_RDWR},
    net::{AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM},
};

use crate::{Input, Notes, Out, Output, Stop, World};

const NONE: Register = Register::ZERO;

/// Up to here every byte of a file is written; beyond, its first and last 64 KiB.
const WHOLE: u64 = 8 << 20;
const EDGE: u64 = 64 << 10;

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

impl Real<'_> {
    #[inline(never)]
    fn call(&self, name: &'static str, number: u32, r: &[Register]) -> Result<i32, Stop> {
        let at = |n: usize| r.get(n).copied().unwrap_or(NONE);
        // SAFETY: this file's header.
        let eax = unsafe {
            self.gate
                .call6(number, at(0), at(1), at(2), at(3), at(4), at(5))
        };
        match decode(eax) {
            Ok(value) => Ok(value as i32),
            Err(errno) => Err(self.notes.set_up(name, errno)),
        }
    }

    fn open(&self, path: &core::ffi::CStr, flags: OpenFlags) -> Result<i32, Stop> {
        match call::openat(self.gate, Fd::CWD, path, flags, 0) {
            Ok(fd) => Ok(fd.into_raw()),
            Err(errno) => Err(self.notes.set_up("openat", errno)),
        }
    }

    fn pipe(&self) -> Result<[i32; 2], Stop> {
        let mut pair = [0_i32; 2];
        self.call("pipe2", nr::PIPE2, &[pair.as_mut_ptr().into()])?;
        Ok(pair)
    }

    fn sockets(&self, kind: u32) -> Result<[i32; 2], Stop> {
        let mut pair = [0_i32; 2];
        let to = Register::from(pair.as_mut_ptr());
        let call = [AF_UNIX.into(), kind.into(), NONE, to];
        self.call("socketpair", nr::SOCKETPAIR, &call)?;
        Ok(pair)
    }

    /// An empty regular file without a name, open for reading and writing.
    fn nameless(&self, directory: Option<i32>) -> Result<i32, Stop> {
        let Some(directory) = directory else {
            let name = Register::from(c"sfprobe".as_ptr());
            return self.call(
                "memfd_create",
                nr::MEMFD_CREATE,
                &[name, MFD_ALLOW_SEALING.into()],
            );
        };
        // A number of this process's makes the name its own.
        let mut name = *b"sfprobe-00000000\0";
        let mut pid = self.call("getpid", nr::GETPID, &[])? as u32;
        for digit in name.iter_mut().skip(8).take(8) {
            *digit = b'a' + (pid & 15) as u8;
            pid >>= 4;
        }
        let path = Register::from(name.as_ptr());
        let flags = OpenFlags::RDWR | OpenFlags::CREAT | OpenFlags::EXCL;
        let flags = flags.bits() | linux_raw_sys::general::O_LARGEFILE;
        let mode = Register::from(0o600_u32);
        let directory = Register::from(directory);
        let file = self.call(
            "openat in --dir",
            nr::OPENAT,
            &[directory, path, flags.into(), mode],
        )?;
        self.call("unlinkat", nr::UNLINKAT, &[directory, path])?;
        Ok(file)
    }

    /// A file of that length, its position at the start.
    fn file(&self, len: u64) -> Result<i32, Stop> {
        self.file_in(self.directory, len)
    }

    fn file_in(&self, directory: Option<i32>, len: u64) -> Result<i32, Stop> {
        let file = self.nameless(directory)?;
        let (low, high) = (Register::low(len), Register::high(len));
        self.call("ftruncate64", nr::FTRUNCATE64, &[file.into(), low, high])?;
        if len <= WHOLE {
            self.fill(file, 0, len)?;
        } else {
            self.fill(file, 0, EDGE)?;
            self.fill(file, len - EDGE, len)?;
        }
        Ok(file)
    }

    fn fill(&self, file: i32, from: u64, to: u64) -> Result<(), Stop> {
        let mut buffer = [0; 4096];
        let mut at = from;
        while at < to {
            let part = (to - at).min(buffer.len() as u64);
            for (place, byte) in (at..).zip(buffer.iter_mut()) {
                *byte = self.byte(place);
            }
            let (bytes, len) = (Register::from(buffer.as_ptr()), part as usize);
            let (low, high) = (Register::low(at), Register::high(at));
            let written = self.call(
                "pwrite64",
                nr::PWRITE64,
                &[file.into(), bytes, len.into(), low, high],
            )?;
            at += written.max(1) as u64;
        }
        Ok(())
    }

    /// Puts the bytes of an input into a pipe or a socket.
    fn feed(&self, fd: i32, len: u64) -> Result<(), Stop> {
        let mut buffer = [0; 4096];
        for (place, byte) in buffer.iter_mut().enumerate() {
            *byte = self.byte(place as u64);
        }
        let len = (buffer.len() as u64).min(len) as usize;
        self.call(
            "write",
            nr::WRITE,
            &[fd.into(), buffer.as_ptr().into(), len.into()],
        )
        .map(drop)
    }

    fn tcp(&self) -> Result<[i32; 2], Stop> {
        let socket =
            |this: &Self| this.call("socket", nr::SOCKET, &[AF_INET.into(), SOCK_STREAM.into()]);
        // struct sockaddr_in: family, port 0, 127.0.0.1, both in the network's order.
        let mut address = [AF_INET, u32::from_ne_bytes([127, 0, 0, 1]), 0, 0];
        let mut size = 16_u32;
        let listener = socket(self)?;
        let to = Register::from(address.as_mut_ptr());
        self.call("bind", nr::BIND, &[listener.into(), to, size.into()])?;
        self.call("listen", nr::LISTEN, &[listener.into(), 1_u32.into()])?;
        let at = Register::from(&raw mut size);
        self.call("getsockname", nr::GETSOCKNAME, &[listener.into(), to, at])?;
        let ours = socket(self)?;
        self.call("connect", nr::CONNECT, &[ours.into(), to, size.into()])?;
        let theirs = self.call("accept4", nr::ACCEPT4, &[listener.into()])?;
        self.call("close", nr::CLOSE, &[listener.into()])?;
        Ok([ours, theirs])
    }

    fn close(&self, fd: i32) -> Result<(), Stop> {
        self.call("close", nr::CLOSE, &[fd.into()]).map(drop)
    }
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
