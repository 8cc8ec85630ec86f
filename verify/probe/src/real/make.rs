//! The calls that make files, pipes and sockets, one function each.
//!
//! # Safety
//!
//! As in `real`: pointers are from references that live until the call returns.
#![allow(unsafe_code)]

use core::ffi::{CStr, c_char};

use int80::{Fd, Gate, Register, gate::nr, sys};
use linux_raw_sys::{
    general::{
        AT_FDCWD, F_ADD_SEALS, F_SEAL_WRITE, F_SETFL, MAP_ANONYMOUS, MAP_PRIVATE,
        MFD_ALLOW_SEALING, O_CREAT, O_EXCL, O_LARGEFILE, O_RDONLY, O_RDWR, PROC_SUPER_MAGIC,
        PROT_READ, S_IFCHR, S_IFMT,
    },
    net::{AF_INET, AF_UNIX, SOCK_STREAM},
};

use super::Real;
use crate::{Stop, World};

const ZERO: Register = Register::ZERO;

/// Up to here every byte of a file is written; beyond, its first and last 64 KiB.
const WHOLE: u64 = 10 << 20;
const EDGE: u64 = 64 << 10;

/// The bytes that are written at once.
const ROOM: usize = 2048;

const NO_DEVICE: &str = "/dev/null, zero or full is no device here";
const NO_MEMFD: &str = "files in memory need Linux 3.17; see --dir";

/// A sockaddr_in or a sockaddr_in6.
type Address = [u32; 7];

impl Real<'_> {
    /// The two ends of a pipe: the one that is read comes first.
    pub(super) fn pipe(&self) -> Result<[i32; 2], Stop> {
        let mut ends = [0; 2];
        let to = Register::from(ends.as_mut_ptr());
        // SAFETY: the kernel writes two descriptors.
        unsafe { self.gate.make(nr::PIPE2, to, ZERO, Register::ZERO) }?;
        Ok(ends)
    }

    /// Two Unix sockets that are connected.
    pub(super) fn socketpair(&self, kind: u32) -> Result<[i32; 2], Stop> {
        let mut pair = [0; 2];
        let to = Register::from(pair.as_mut_ptr());
        let args = [AF_UNIX.into(), kind.into(), ZERO, to, ZERO, ZERO];
        // SAFETY: the kernel writes two descriptors.
        unsafe { self.gate.make6(nr::SOCKETPAIR, args) }?;
        Ok(pair)
    }

    /// A TCP socket.
    pub(super) fn socket(&self, family: u32) -> Result<i32, Stop> {
        let (family, kind) = (family.into(), SOCK_STREAM.into());
        // SAFETY: no pointer is passed.
        unsafe { self.gate.make(nr::SOCKET, family, kind, ZERO) }
    }

    /// Both ends of a TCP connection over the loopback.
    pub(super) fn tcp(&self, family: u32) -> Result<[i32; 2], Stop> {
        // struct sockaddr_in: family and port 0, 127.0.0.1. struct sockaddr_in6:
        // family and port 0, flow, ::1 in four words, scope.
        let mut address: Address = [family, 0, 0, 0, 0, 1_u32.to_be(), 0];
        let mut size = 28_u32;
        if family == AF_INET {
            address[1] = u32::from_ne_bytes([127, 0, 0, 1]);
            size = 16;
        }
        let gate = self.gate;
        let listener = self.socket(family)?;
        let at = Register::from(address.as_mut_ptr());
        let length = Register::from(&raw mut size);
        // SAFETY: the kernel reads the address, and writes at most `size` bytes
        // of it and the size.
        unsafe {
            gate.make(nr::BIND, listener.into(), at, size.into())?;
            gate.make(nr::LISTEN, listener.into(), 1_u32.into(), Register::ZERO)?;
            gate.make(nr::GETSOCKNAME, listener.into(), at, length)?;
            let fd = self.socket(family)?;
            gate.make(nr::CONNECT, fd.into(), at, size.into())?;
            let other = gate.make(nr::ACCEPT4, listener.into(), Register::ZERO, Register::ZERO)?;
            self.close(listener)?;
            Ok([fd, other])
        }
    }

    /// `path` points to a text that ends with NUL.
    pub(super) fn open(&self, path: *const c_char, flags: u32) -> Result<i32, Stop> {
        let mode = 0o600_u32.into();
        let args = [AT_FDCWD.into(), path.into(), flags.into(), mode, ZERO, ZERO];
        // SAFETY: the kernel reads the path.
        unsafe { self.gate.make6(nr::OPENAT, args) }
    }

    /// Opens the character device with these numbers: 1 and `minor`. In containers
    /// the path may be another file's. Where fstat64 fails, as before Linux 2.4, what
    /// is opened is taken for the device.
    pub(super) fn device(&self, path: &CStr, minor: u64, flags: u32) -> Result<i32, Stop> {
        let fd = self.open(path.as_ptr(), flags)?;
        // SAFETY: open as long as the process.
        match sys::fstat64(self.gate, unsafe { Fd::borrow_raw(fd) }) {
            Ok(status) if status.st_mode & S_IFMT != S_IFCHR || status.st_rdev != 0x100 | minor => {
                Err(self.gate.skip(NO_DEVICE))
            }
            _ => Ok(fd),
        }
    }

    /// /proc/version, of procfs.
    pub(super) fn proc_version(&self) -> Result<i32, Stop> {
        // A struct statfs, which begins with the type, has at most 120 bytes.
        let mut status = [0_u32; 32];
        let to = Register::from(status.as_mut_ptr());
        let fd = self.open(c"/proc/version".as_ptr(), O_RDONLY)?;
        // SAFETY: the kernel writes the structure.
        unsafe { self.gate.make(nr::FSTATFS, fd.into(), to, ZERO) }?;
        match status[0] {
            PROC_SUPER_MAGIC => Ok(fd),
            _ => Err(self.gate.skip("/proc/version is not of procfs here")),
        }
    }

    pub(super) fn close(&self, fd: i32) -> Result<i32, Stop> {
        // SAFETY: the descriptor is the check's own, and not used again.
        unsafe {
            self.gate
                .make(nr::CLOSE, fd.into(), Register::ZERO, Register::ZERO)
        }
    }

    pub(super) fn eventfd(&self) -> Result<i32, Stop> {
        // SAFETY: no pointer is passed.
        unsafe {
            self.gate
                .make(nr::EVENTFD2, Register::ZERO, Register::ZERO, Register::ZERO)
        }
    }

    /// Sets the status flags.
    pub(super) fn set_flags(&self, fd: i32, flags: u32) -> Result<i32, Stop> {
        let (fd, flags) = (fd.into(), flags.into());
        // SAFETY: no pointer is passed.
        unsafe { self.gate.make(nr::FCNTL64, fd, F_SETFL.into(), flags) }
    }

    /// A file in memory that is sealed against writing.
    pub(super) fn sealed(&self) -> Result<i32, Stop> {
        let fd = self.memfd()?;
        let (add, seal) = (F_ADD_SEALS.into(), F_SEAL_WRITE.into());
        // SAFETY: no pointer is passed.
        unsafe { self.gate.make(nr::FCNTL64, fd.into(), add, seal) }?;
        Ok(fd)
    }

    fn memfd(&self) -> Result<i32, Stop> {
        const ENOSYS: isize = -38;
        let name = Register::from(c"sfprobe".as_ptr());
        let args = [name, MFD_ALLOW_SEALING.into()];
        // SAFETY: the kernel reads the name.
        match unsafe { self.gate.call(nr::MEMFD_CREATE, args) } {
            ENOSYS => Err(self.gate.skip(NO_MEMFD)),
            eax => self.gate.made(nr::MEMFD_CREATE, eax),
        }
    }

    /// A file in the current directory that has lost its name.
    fn unnamed(&self) -> Result<i32, Stop> {
        // SAFETY: no pointer is passed.
        let pid = unsafe {
            self.gate
                .make(nr::GETPID, Register::ZERO, Register::ZERO, Register::ZERO)
        }? as u32;
        // The process's number, in letters, makes the name its own.
        let mut name = *b"sfprobe-aaaaaaaa\0";
        for (place, letter) in name.iter_mut().skip(8).take(8).enumerate() {
            *letter += (pid >> (4 * place)) as u8 & 15;
        }
        let name = name.as_ptr().cast();
        let fd = self.open(name, O_RDWR | O_CREAT | O_EXCL | O_LARGEFILE)?;
        // SAFETY: the kernel reads the name.
        unsafe {
            self.gate
                .make(nr::UNLINKAT, AT_FDCWD.into(), name.into(), ZERO)
        }?;
        Ok(fd)
    }

    /// The address of a page that was there, and is no more: any fixed address may
    /// be in use, the first page by `setarch --mmap-page-zero`.
    pub(super) fn unmapped(&self) -> Result<usize, Stop> {
        const PAGE: u32 = 4096;
        let (page, flags) = (PAGE.into(), (MAP_PRIVATE | MAP_ANONYMOUS).into());
        let none = (-1_i32).into();
        let args = [ZERO, page, PROT_READ.into(), flags, none, ZERO];
        // SAFETY: nothing that is there is replaced; the page is used by none.
        unsafe {
            let at = self.gate.call(nr::MMAP2, args);
            self.gate.made(nr::MMAP2, at)?;
            let at = at as usize;
            self.gate.make(nr::MUNMAP, at.into(), page, ZERO)?;
            Ok(at)
        }
    }

    /// A regular file of that length without a name, open for reading and
    /// writing, its position at the start.
    pub(super) fn file(&self, len: u64) -> Result<i32, Stop> {
        let fd = match self.in_directory {
            true => self.unnamed()?,
            false => self.memfd()?,
        };
        let (low, high) = (Register::low(len), Register::high(len));
        // SAFETY: no pointer is passed.
        unsafe { self.gate.make(nr::FTRUNCATE64, fd.into(), low, high) }?;
        let mut at = 0;
        while at < len {
            if len > WHOLE && at == EDGE {
                at = len - EDGE;
            }
            at += self.fill(Some(at), fd, len - at)? as u64;
        }
        Ok(fd)
    }

    /// Writes at most `len` of the bytes that inputs have at `at`, to that place
    /// or, without one, to a pipe or a socket.
    pub(super) fn fill(&self, at: Option<u64>, fd: i32, len: u64) -> Result<i32, Stop> {
        let mut buffer = [0; ROOM];
        let from = at.unwrap_or(0);
        for (place, byte) in (from..).zip(&mut buffer) {
            *byte = self.byte(place);
        }
        let bytes = Register::from(buffer.as_ptr());
        let count = Register::from(len.min(ROOM as u64) as usize);
        let (low, high) = (Register::low(from), Register::high(from));
        let nr = at.map_or(nr::WRITE, |_| nr::PWRITE64);
        let args = [fd.into(), bytes, count, low, high, ZERO];
        // SAFETY: the kernel reads the buffer; write looks at three arguments.
        unsafe { self.gate.make6(nr, args) }
    }
}
