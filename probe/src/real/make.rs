//! The calls that make files, pipes and sockets.
//!
//! # Safety
//!
//! As in `real`: pointers are from references that live until the call returns.
#![allow(unsafe_code)]

use int80::{
    Fd, Register,
    call::{self, OpenFlags},
    errno::decode,
    gate::nr,
};
use linux_raw_sys::{
    general::MFD_ALLOW_SEALING,
    net::{AF_INET, AF_UNIX, SOCK_STREAM},
};

use super::Real;
use crate::{Stop, World};

const NONE: Register = Register::ZERO;

/// Up to here every byte of a file is written; beyond, its first and last 64 KiB.
const WHOLE: u64 = 8 << 20;
const EDGE: u64 = 64 << 10;

impl Real<'_> {
    #[inline(never)]
    pub(super) fn call(
        &self,
        name: &'static str,
        number: u32,
        r: &[Register],
    ) -> Result<i32, Stop> {
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

    pub(super) fn open(&self, path: &core::ffi::CStr, flags: OpenFlags) -> Result<i32, Stop> {
        match call::openat(self.gate, Fd::CWD, path, flags, 0) {
            Ok(fd) => Ok(fd.into_raw()),
            Err(errno) => Err(self.notes.set_up("openat", errno)),
        }
    }

    pub(super) fn pipe(&self) -> Result<[i32; 2], Stop> {
        let mut pair = [0_i32; 2];
        self.call("pipe2", nr::PIPE2, &[pair.as_mut_ptr().into()])?;
        Ok(pair)
    }

    pub(super) fn sockets(&self, kind: u32) -> Result<[i32; 2], Stop> {
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
    pub(super) fn file(&self, len: u64) -> Result<i32, Stop> {
        self.file_in(self.directory, len)
    }

    pub(super) fn file_in(&self, directory: Option<i32>, len: u64) -> Result<i32, Stop> {
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
    pub(super) fn feed(&self, fd: i32, len: u64) -> Result<(), Stop> {
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

    pub(super) fn tcp(&self) -> Result<[i32; 2], Stop> {
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

    pub(super) fn close(&self, fd: i32) -> Result<(), Stop> {
        self.call("close", nr::CLOSE, &[fd.into()]).map(drop)
    }
}
