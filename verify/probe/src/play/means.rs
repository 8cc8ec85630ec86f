//! What a check does to descriptors, memory and signals.
//!
//! # Safety
//!
//! Pointers are to objects that live until the call returns, or, for the signal
//! handler, as long as the program; the check's process is its own.
#![allow(unsafe_code)]

use int80::{Gate, Register, gate::nr, sys};
use linux_raw_sys::general::{
    ITIMER_REAL, MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE, SA_RESTORER, SIGALRM, SIGPIPE,
};

use super::Play;
use crate::{
    Outcome, Output, Stop, Text,
    recipe::{self, BACK, FD, OTHER, SEEN, VALUE, frame},
    step::WRITTEN,
};

const ZERO: Register = Register::ZERO;
/// The bytes of a signal set.
const SIGNALS: usize = 8;
const PAGE: usize = 4096;

impl Play<'_> {
    /// Makes the calls of a recipe on the output, with the first of two values;
    /// gives what they have seen.
    #[inline(never)]
    pub(super) fn ask(&self, recipe: u8) -> Result<i32, Stop> {
        let mut words = frame();
        (words[FD], words[BACK]) = (self.out.fd, self.out.back);
        words[OTHER] = self.input;
        words[VALUE] = self.also as i32;
        words[recipe::SIGPIPE] = 1 << (SIGPIPE - 1);
        self.gate.follow(recipe, &mut words)?;
        Ok(words[SEEN])
    }

    /// The bytes that inputs have from `start` on.
    #[inline(never)]
    pub(super) fn pattern(&self, start: u64, bytes: &mut [u8]) {
        for (at, byte) in (start..).zip(bytes) {
            *byte = self.world.byte(at);
        }
    }

    #[inline(never)]
    pub(super) fn write(&self, fd: i32) -> Outcome {
        let mut bytes = [0; WRITTEN];
        let bytes = bytes.get_mut(..self.value as usize).unwrap_or_default();
        self.pattern(self.also as u64, bytes);
        let written = sys::write(self.gate, self.fd(fd), bytes);
        self.gate.made(nr::WRITE, written).map(drop)
    }

    #[inline(never)]
    pub(super) fn alarms(&self) -> Outcome {
        let Some((handler, restorer)) = self.world.handler() else {
            return Err(self.gate.skip(Text::NO_SIGNALS));
        };
        // struct sigaction: handler, flags, restorer, and a mask of 8 bytes. No
        // SA_RESTART.
        let action = [handler, SA_RESTORER as usize, restorer, 0, 0];
        let at = Register::from(action.as_ptr());
        let set = [SIGALRM.into(), at, ZERO, SIGNALS.into(), ZERO, ZERO];
        // SAFETY: this file's header.
        unsafe { self.gate.make6(nr::RT_SIGACTION, set) }?;
        let time = [0_usize, 50_000, 0, 50_000];
        let at = Register::from(time.as_ptr());
        // SAFETY: this file's header.
        unsafe { self.gate.make(nr::SETITIMER, ITIMER_REAL.into(), at, ZERO) }.map(drop)
    }

    /// Memory in a place that the kernel chooses.
    #[inline(never)]
    fn map(&self, size: usize, rights: u32, flags: u32, fd: i32) -> Result<*mut (), Stop> {
        let gate = self.gate;
        let (size, flags) = (Register::from(size), Register::from(flags));
        // SAFETY: nothing that is there is replaced.
        let at = unsafe {
            gate.call(
                nr::MMAP2,
                [ZERO, size, rights.into(), flags, fd.into(), ZERO],
            )
        };
        gate.done(nr::MMAP2, at)?;
        Ok(core::ptr::with_exposed_provenance_mut(at as usize))
    }

    /// The input's bytes in memory.
    pub(super) fn map_input(&self, size: usize) -> Result<*const u8, Stop> {
        let at = self.map(size, PROT_READ, MAP_PRIVATE, self.input)?;
        Ok(at.cast())
    }

    /// A page with 10 in its first 8 bytes, and these rights.
    pub(super) fn page(&self, rights: u32) -> Result<*mut (), Stop> {
        let both = PROT_READ | PROT_WRITE;
        let page = self.map(PAGE, both, MAP_PRIVATE | MAP_ANONYMOUS, -1)?;
        // SAFETY: the page is there and may be written.
        unsafe { page.cast::<i64>().write(10) };
        // SAFETY: the page is no one else's.
        unsafe {
            self.gate
                .make(nr::MPROTECT, page.into(), PAGE.into(), rights.into())
        }?;
        Ok(page)
    }

    /// Starts another process, which is to read.
    #[inline(never)]
    pub(super) fn later(&mut self) -> Outcome {
        // SAFETY: there is one thread, and the new process has its own memory.
        let pid = unsafe { self.gate.make(nr::FORK, ZERO, ZERO, ZERO) }?;
        if pid > 0 {
            return Ok(());
        }
        let outcome = self.read_later();
        sys::exit_group(self.gate, i32::from(outcome.is_err()))
    }

    fn read_later(&mut self) -> Outcome {
        // Where it is the only one that writes, there is an end.
        // SAFETY: the descriptor is not used again.
        unsafe { self.gate.make(nr::CLOSE, self.out.fd.into(), ZERO, ZERO) }?;
        // No more than a while: it is another process that must come to wait.
        let _ = sys::poll(self.gate, &mut [], 50);
        if self.cut > 0 {
            let (input, len) = (self.input.into(), self.cut.into());
            // SAFETY: no pointer is passed.
            unsafe { self.gate.make(nr::FTRUNCATE64, input, len, ZERO) }?;
        }
        // Bytes come when they come.
        self.out.kind = Output::Tcp;
        self.arrived(self.also, self.value, true)
    }
}
