//! The calls that move bytes.
//!
//! # Safety
//!
//! Offsets are fields of the check's state, or at addresses at which no Rust
//! object lies; descriptors are those that the world has made.
#![allow(unsafe_code)]

use core::ptr::null_mut;

use int80::{Errno, Gate, Register, errno, gate::nr, sendfile, sendfile64, sys};

use super::{At, Play};
use crate::{Input, Outcome, Output, Stop, note::OFFSET};

impl Play<'_> {
    /// The offset, as the last call sees it.
    pub(super) fn value(&self) -> i64 {
        if self.wide {
            self.offset
        } else {
            (self.offset as i32).into()
        }
    }

    /// Call 187 or 239, eax as it is.
    #[inline(never)]
    pub(super) fn send(&mut self, number: u32, count: usize) {
        self.wide = number == nr::SENDFILE64;
        self.before = self.value();
        let at = match self.at {
            At::Null => null_mut(),
            At::Own => (&raw mut self.offset).cast(),
            At::Address(address) => address,
        };
        let (out, input) = (self.out.fd.into(), self.input.into());
        // SAFETY: this file's header.
        let eax = unsafe {
            self.gate
                .call(number, [out, input, at.into(), count.into()])
        };
        self.returned(eax);
    }

    /// Notes what a call has returned.
    fn returned(&mut self, eax: isize) {
        self.eax = eax;
        if eax > 0 {
            self.sent = eax as i64;
        }
    }

    fn came(&mut self, result: Result<usize, Errno>) {
        self.returned(result.map_or_else(errno::encode, |count| count as isize));
    }

    pub(super) fn safe_send(&mut self, count: usize) {
        let (out, input) = (self.fd(self.out.fd), self.fd(self.input));
        self.came(sendfile(self.gate, out, input, Some(&mut 7), count));
    }

    pub(super) fn safe_send64(&mut self, count: usize) {
        let (out, input) = (self.fd(self.out.fd), self.fd(self.input));
        self.came(sendfile64(self.gate, out, input, Some(&mut 7), count));
    }

    pub(super) fn splice(&mut self, count: u32) -> Outcome {
        let zero = Register::ZERO;
        let (out, input) = (self.out.fd.into(), self.input.into());
        let args = [input, zero, out, zero, count.into(), zero];
        // SAFETY: no offset is given.
        let eax = unsafe { self.gate.call(nr::SPLICE, args) };
        if eax == errno::encode(Errno::ENOSYS) {
            return Err(self.gate.skip("the kernel has no splice"));
        }
        self.returned(eax);
        Ok(())
    }

    /// The call that a sandbox has refused, so that nothing is found out; 0 is
    /// none.
    ///
    /// The calls under test are refused if they are so where every kernel takes
    /// them: a kernel that returns a wrong errno in one case differs.
    #[cold]
    pub(super) fn refused(&self, outcome: Outcome) -> u32 {
        let (doubted, eax) = self.gate.doubted();
        match outcome {
            Err(Stop::Differs) if self.gate.refused() != 0 => self.gate.refused(),
            Ok(()) | Err(Stop::Differs) if doubted != 0 => {
                match self.plain(doubted) {
                    Ok(again) if again != eax => 0,
                    // There is no pair to try.
                    Err(_) if outcome.is_ok() => 0,
                    _ => doubted,
                }
            }
            _ => 0,
        }
    }

    /// Moves a byte of a file to what every kernel takes: a Unix stream socket, or
    /// for splice a pipe.
    fn plain(&self, number: u32) -> Result<isize, Stop> {
        let kind = match number {
            nr::SPLICE => Output::Pipe,
            _ => Output::Stream,
        };
        let input = self.world.input(Input::File, 1)?.into();
        let out = self.world.output(kind)?.fd.into();
        let (zero, one) = (Register::ZERO, 1_u32.into());
        let args = match number {
            nr::SPLICE => [input, zero, out, zero, one, zero],
            _ => [out, input, zero, one, zero, zero],
        };
        // SAFETY: no offset is given.
        Ok(unsafe { self.gate.enter(number, args) })
    }

    /// Sends until the offset is at `end`, or nothing moves any more.
    pub(super) fn send_all(&mut self, end: i64) {
        let start = self.value();
        while self.value() < end {
            self.send(nr::SENDFILE, (end - self.value()) as usize);
            if self.eax <= 0 {
                break;
            }
        }
        self.sent = self.value() - start;
    }

    pub(super) fn resume(&mut self, all: i64) -> Outcome {
        while self.value() < all {
            self.send(nr::SENDFILE, (all - self.value()) as usize);
            self.offset_follows()?;
            if self.eax > 0 {
                continue;
            }
            self.fails(Errno::EAGAIN)?;
            self.arrived_up_to(self.before)?;
        }
        self.arrived_up_to(all)
    }

    /// The input's bytes up to `end` have arrived.
    fn arrived_up_to(&mut self, end: i64) -> Outcome {
        let from = self.read as i64;
        self.arrived(from, end - from, true)
    }

    pub(super) fn offset_follows(&self) -> Outcome {
        let moved = self.eax.max(0) as i64;
        let expected = self.before.wrapping_add(moved);
        self.gate.is(OFFSET, self.value(), expected)
    }

    /// Sends 64 KiB of what is a hole in every long file, and looks whether the
    /// file has more blocks then.
    pub(super) fn holes_stay(&mut self) -> Outcome {
        const HOLE: i64 = 1 << 20;
        let blocks = || {
            let status = sys::fstat64(self.gate, self.fd(self.input));
            let eax = status.map_or_else(errno::encode, |status| status.st_blocks as isize);
            self.gate.made(nr::FSTAT64, eax)
        };
        let before = blocks()?;
        let mut offset = HOLE;
        let args = [
            self.out.fd.into(),
            self.input.into(),
            (&raw mut offset).into(),
            0x1_0000_u32.into(),
        ];
        // SAFETY: the kernel reads and writes the offset.
        unsafe { self.gate.call(nr::SENDFILE64, args) };
        if blocks()? > before {
            let why = "this file system fills holes that are sent";
            return Err(self.gate.skip(why));
        }
        Ok(())
    }
}
