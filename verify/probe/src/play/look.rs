//! What is looked at.
#![allow(unsafe_code)] // lseek.

use int80::{Register, gate::nr, sys::Whence};

use super::Play;
use crate::{Outcome, Stop, Text};

/// The bytes that are read back at once.
const ROOM: usize = 2048;

impl Play<'_> {
    /// Whether `what` is the step's value.
    #[inline(never)]
    pub(super) fn is(&self, what: Text, seen: i64) -> Outcome {
        self.gate.is(what, seen, self.value)
    }

    /// Whether `what` holds.
    #[inline(never)]
    pub(super) fn holds(&self, what: Text, seen: bool) -> Outcome {
        self.gate.is(what, seen.into(), 1)
    }

    #[inline(never)]
    pub(super) fn eax(&self) -> Outcome {
        self.is(Text::EAX, self.eax as i64)
    }

    pub(super) fn some_of(&self) -> Outcome {
        self.holds(Text::SOME, self.sent > 0)?;
        self.holds(Text::NOT_ALL, self.sent < self.value)
    }

    #[inline(never)]
    pub(super) fn cell_follows(&self) -> Outcome {
        let moved = self.eax.max(0) as i64;
        let expected = self.before.wrapping_add(moved);
        self.gate.is(Text::CELL, self.value(), expected)
    }

    /// Moves a position by that much from `whence` on, and says where it is.
    #[inline(never)]
    fn lseek(&self, fd: i32, by: i64, whence: Whence) -> Result<i64, Stop> {
        let mut at = 0_i64;
        let (high, low) = (Register::high(by as u64), Register::low(by as u64));
        let (to, whence) = (Register::from(&raw mut at), Register::from(whence as u32));
        let call = [fd.into(), high, low, to, whence, Register::ZERO];
        // SAFETY: the kernel writes 8 bytes.
        unsafe { self.gate.make6(nr::_LLSEEK, call) }?;
        Ok(at)
    }

    /// Whether the descriptor's position is there; −1 is none.
    pub(super) fn stands(&self, what: Text, fd: i32) -> Outcome {
        self.is(what, self.lseek(fd, 0, Whence::Current).unwrap_or(-1))
    }

    pub(super) fn seek(&self, to: i64) -> Outcome {
        self.lseek(self.input, to, Whence::Set).map(drop)
    }

    /// Whether the input's bytes from `start` on have arrived, and, at the
    /// `end`, no more.
    #[inline(never)]
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
                    return self.gate.is(Text::ANOTHER, at as i64, -1);
                }
                at += 1;
            }
            if got == 0 {
                self.read = read;
                return self.gate.is(Text::ARRIVED, at as i64, count as i64);
            }
        }
    }
}
