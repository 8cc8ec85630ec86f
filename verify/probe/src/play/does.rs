//! What a check does to descriptors, memory and signals.
//!
//! # Safety
//!
//! Pointers are to objects that live until the call returns, or, for the signal
//! handler, as long as the program; the check's process is its own.
#![allow(unsafe_code)]

use int80::{Gate, Register, errno, gate::nr, sys};
use linux_raw_sys::{
    general::{
        F_SETFL, ITIMER_REAL, MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE, SA_RESTORER,
        SIG_BLOCK, SIG_UNBLOCK, SIGALRM, SIGPIPE,
    },
    net::{IPPROTO_TCP, TCP_CORK},
};

use super::Play;
use crate::{Outcome, Output, Stop, step::WRITTEN};

const ZERO: Register = Register::ZERO;
/// The bytes of a signal set.
const SIGNALS: usize = 8;
const PAGE: usize = 4096;
/// Between two signals, in microseconds.
const ALARM: usize = 50_000;

impl Play<'_> {
    /// Sets the output's status flags.
    pub(super) fn set_flags(&self, flags: u32) -> Outcome {
        let (fd, flags) = (self.out.fd.into(), flags.into());
        // SAFETY: no pointer is passed.
        unsafe { self.gate.make(nr::FCNTL64, fd, F_SETFL.into(), flags) }.map(drop)
    }

    pub(super) fn hang_up(&self) -> Outcome {
        // SAFETY: the descriptor is not used again.
        unsafe {
            self.gate.make(
                nr::CLOSE,
                self.out.back.into(),
                Register::ZERO,
                Register::ZERO,
            )
        }
        .map(drop)
    }

    pub(super) fn cork(&self, on: bool) -> Outcome {
        let value = u32::from(on);
        let at = Register::from(&raw const value);
        let (fd, level) = (self.out.fd.into(), (IPPROTO_TCP as u32).into());
        let args = [fd, level, TCP_CORK.into(), at, 4_u32.into(), ZERO];
        // SAFETY: the kernel reads 4 bytes.
        unsafe { self.gate.make6(nr::SETSOCKOPT, args) }.map(drop)
    }

    /// The bytes that inputs have from `start` on.
    pub(super) fn pattern(&self, start: u64, bytes: &mut [u8]) {
        for (at, byte) in (start..).zip(bytes) {
            *byte = self.world.byte(at);
        }
    }

    pub(super) fn write(&self, fd: i32, start: i32, count: u16) -> Outcome {
        let mut bytes = [0; WRITTEN];
        let bytes = bytes.get_mut(..count.into()).unwrap_or_default();
        self.pattern(start as u64, bytes);
        let written = sys::write(self.gate, self.fd(fd), bytes);
        let eax = written.map_or_else(errno::encode, |count| count as isize);
        self.gate.made(nr::WRITE, eax).map(drop)
    }

    /// Blocks the signals of a set, or lets them through.
    fn mask(&self, how: u32, set: u64) -> Outcome {
        let at = Register::from(&raw const set);
        let args = [how.into(), at, ZERO, SIGNALS.into(), ZERO, ZERO];
        // SAFETY: the kernel reads 8 bytes.
        unsafe { self.gate.make6(nr::RT_SIGPROCMASK, args) }.map(drop)
    }

    /// Blocks no signal, which shows that signals can be blocked.
    pub(super) fn mask_nothing(&self) -> Outcome {
        self.mask(SIG_BLOCK, 0)
    }

    pub(super) fn block_sigpipe(&self) -> Outcome {
        self.mask(SIG_BLOCK, 1 << (SIGPIPE - 1))
    }

    pub(super) fn alarms(&self) -> Outcome {
        let Some((handler, restorer)) = self.world.handler() else {
            return Err(self.gate.skip("no signal can be caught here"));
        };
        // struct sigaction: handler, flags, restorer, and a mask of 8 bytes. No
        // SA_RESTART.
        let action = [handler, SA_RESTORER as usize, restorer, 0, 0];
        let at = Register::from(action.as_ptr());
        let set = [SIGALRM.into(), at, ZERO, SIGNALS.into(), ZERO, ZERO];
        // SAFETY: this file's header.
        unsafe { self.gate.make6(nr::RT_SIGACTION, set) }?;
        // The program that started this one may have blocked it.
        self.mask(SIG_UNBLOCK, 1 << (SIGALRM - 1))?;
        self.comes_back()?;
        let time = [0, ALARM, 0, ALARM];
        let at = Register::from(time.as_ptr());
        // SAFETY: this file's header.
        unsafe { self.gate.make(nr::SETITIMER, ITIMER_REAL.into(), at, ZERO) }.map(drop)
    }

    /// Whether a process lives on after a signal: a sandbox may refuse the way back
    /// from the handler, which ends the process.
    fn comes_back(&self) -> Outcome {
        // SAFETY: there is one thread, and the new process has its own memory.
        let pid = unsafe { self.gate.make(nr::FORK, ZERO, ZERO, ZERO) }?;
        if pid == 0 {
            let none = |nr| {
                // SAFETY: no pointer is passed, and the signal is this process's.
                unsafe { self.gate.make(nr, ZERO, ZERO, ZERO) }
            };
            let sent = none(nr::GETPID).and_then(|own| {
                // SAFETY: as above.
                unsafe { self.gate.make(nr::KILL, own.into(), SIGALRM.into(), ZERO) }
            });
            sys::exit_group(self.gate, i32::from(sent.is_err()))
        }
        match self.ended()? {
            0 => Ok(()),
            _ => Err(self.gate.skip("a process cannot catch a signal here")),
        }
    }

    /// Memory in a place that the kernel chooses.
    #[inline(never)]
    fn map(&self, size: usize, rights: u32, flags: u32, fd: i32) -> Result<*mut (), Stop> {
        let (size, flags) = (Register::from(size), Register::from(flags));
        let args = [ZERO, size, rights.into(), flags, fd.into(), ZERO];
        // SAFETY: nothing that is there is replaced.
        let at = unsafe { self.gate.call(nr::MMAP2, args) };
        self.gate.made(nr::MMAP2, at)?;
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
        let (size, rights) = (PAGE.into(), rights.into());
        // SAFETY: the page is the check's own.
        unsafe { self.gate.make(nr::MPROTECT, page.into(), size, rights) }?;
        Ok(page)
    }

    /// Starts another process, which is to read.
    pub(super) fn reads_later(&mut self, count: u32) -> Outcome {
        // SAFETY: there is one thread, and the new process has its own memory.
        let pid = unsafe {
            self.gate
                .make(nr::FORK, Register::ZERO, Register::ZERO, Register::ZERO)
        }?;
        if pid > 0 {
            return Ok(());
        }
        let status = match self.read_later(count) {
            Ok(()) => 0,
            Err(Stop::Differs) => 1,
            Err(_) => 2,
        };
        sys::exit_group(self.gate, status)
    }

    fn read_later(&mut self, count: u32) -> Outcome {
        // Without this writer, the end of the other is seen.
        // SAFETY: the descriptor is not used again.
        unsafe {
            self.gate.make(
                nr::CLOSE,
                self.out.fd.into(),
                Register::ZERO,
                Register::ZERO,
            )
        }?;
        // Some time for the process that writes, so that it comes to wait.
        let _ = sys::poll(self.gate, &mut [], 50);
        if self.cut > 0 {
            let (input, len) = (self.input.into(), self.cut.into());
            // SAFETY: no pointer is passed.
            unsafe { self.gate.make(nr::FTRUNCATE64, input, len, ZERO) }?;
        }
        // Bytes come when they come.
        self.out.kind = Output::Tcp;
        self.arrived(0, count.into(), true)
    }
}
