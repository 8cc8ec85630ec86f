//! What is looked at: positions, flags, and the bytes that have arrived.
#![allow(unsafe_code)] // Calls.

use int80::{
    Errno, Register, errno,
    gate::nr,
    sys::{self, Whence},
};
use linux_raw_sys::general::SIGPIPE;

use super::Play;
use crate::{Outcome, Stop};

/// How a process ends that has read other bytes: exit status 1.
const FOUND_ELSE: i32 = 1 << 8;

/// The bytes that are read back at once.
const ROOM: usize = 2048;

impl Play<'_> {
    /// Whether `what` holds.
    pub(super) fn holds(&self, what: &'static str, seen: bool) -> Outcome {
        self.gate.is(what, seen.into(), 1)
    }

    /// Moves a position by that much from `whence` on, and says where it is.
    fn lseek(&self, fd: i32, by: i64, whence: Whence) -> Result<i64, Stop> {
        let mut at = 0_i64;
        let (high, low) = (Register::high(by as u64), Register::low(by as u64));
        let to = Register::from(&raw mut at);
        let whence = (whence as u32).into();
        let args = [fd.into(), high, low, to, whence, Register::ZERO];
        // SAFETY: the kernel writes 8 bytes.
        unsafe { self.gate.make6(nr::_LLSEEK, args) }?;
        Ok(at)
    }

    /// Whether the descriptor's position is there; −1 is none.
    pub(super) fn stands(&self, what: &'static str, fd: i32, at: i64) -> Outcome {
        let none = Errno::ESPIPE.raw_os_error().into();
        let seen = match self.lseek(fd, 0, Whence::Current) {
            Ok(seen) => seen,
            Err(_) if self.gate.note().seen == none => -1,
            // A sandbox may refuse to tell.
            Err(stop) => return Err(stop),
        };
        self.gate.is(what, seen, at)
    }

    pub(super) fn seek(&self, to: i64) -> Outcome {
        self.lseek(self.input, to, Whence::Set).map(drop)
    }

    /// The descriptor's status flags.
    pub(super) fn flags(&self, fd: i32) -> Result<u32, Stop> {
        let flags = sys::fcntl_getfl(self.gate, self.fd(fd));
        let eax = flags.map_or_else(errno::encode, |flags| flags.bits() as isize);
        self.gate.made(nr::FCNTL64, eax).map(|flags| flags as u32)
    }

    pub(super) fn sigpipe_waits(&self) -> Outcome {
        let mut pending = 0_u64;
        let to = Register::from(&raw mut pending);
        // SAFETY: the kernel writes 8 bytes.
        unsafe {
            self.gate
                .make(nr::RT_SIGPENDING, to, 8_u32.into(), Register::ZERO)
        }?;
        let expected = 1 << (SIGPIPE - 1);
        self.gate.is("pending signals", pending as i64, expected)
    }

    /// The status with which a child has ended.
    pub(super) fn ended(&self) -> Result<i32, Stop> {
        let mut status = 0_i32;
        let to = Register::from(&raw mut status);
        // SAFETY: the kernel writes the status.
        unsafe {
            self.gate
                .make(nr::WAIT4, (-1_i32).into(), to, Register::ZERO)
        }?;
        Ok(status)
    }

    pub(super) fn was_read(&self) -> Outcome {
        let status = self.ended()?;
        match status {
            0 => Ok(()),
            FOUND_ELSE => self
                .gate
                .is("status of the process that reads", FOUND_ELSE.into(), 0),
            // It could not read, or something else has ended it.
            _ => Err(self.gate.skip("the process that reads cannot")),
        }
    }

    /// Whether the input's bytes from `start` on have arrived, and, at the
    /// `end`, no more.
    pub(super) fn arrived(&mut self, start: i64, count: i64, end: bool) -> Outcome {
        self.come(None, start as u64, count as usize, end)
    }

    /// The same of bytes that are all alike, where there is a value.
    #[inline(never)]
    pub(super) fn come(
        &mut self,
        value: Option<u8>,
        start: u64,
        count: usize,
        end: bool,
    ) -> Outcome {
        let mut buffer = [0; ROOM];
        let mut at = 0;
        loop {
            let room = if end {
                ROOM
            } else {
                (count - at.min(count)).min(ROOM)
            };
            let buffer = buffer.get_mut(..room).unwrap_or_default();
            let read = self.read.wrapping_add(at as u64);
            let got = self.world.read_back(&self.out, read, buffer, at < count)?;
            for &mut byte in buffer.iter_mut().take(got) {
                let place = start.wrapping_add(at as u64);
                if byte != value.unwrap_or_else(|| self.world.byte(place)) {
                    return self.gate.is("first byte that differs", at as i64, -1);
                }
                at += 1;
            }
            if got == 0 {
                self.read = read;
                return self.gate.is("bytes that arrived", at as i64, count as i64);
            }
        }
    }
}
