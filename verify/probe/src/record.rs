//! The gate that a check's calls go through: it keeps the registers of the last
//! sendfile, which calls were refused and why the check has stopped, and it
//! injects faults.
#![allow(unsafe_code)] // A gate.

use core::cell::Cell;

use int80::{
    Errno, Gate, Register, errno,
    gate::{DynGate, nr, six},
};

use crate::{Note, Outcome, Stop, older::older};

/// A call: eax, ebx, ecx, edx and esi before it, and eax after it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registers(pub [usize; 6]);

/// What a sendfile call meets with.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The kernel.
    None,
    /// This in eax.
    Return(isize),
    /// The count that it asks for, in eax.
    Echo,
    /// The kernel with at most 4096 bytes, and once it has moved some, this in eax.
    After(isize),
}

/// A gate that passes calls on, and makes the older form of a call that the
/// kernel does not have. Everything goes through one, so that the library is
/// compiled once.
pub struct Recorder<'a> {
    gate: &'a dyn DynGate,
    last: Cell<Registers>,
    note: Cell<Note>,
    step: Cell<u32>,
    fault: Cell<Fault>,
    /// The first call that was refused and is not under test; 0 is none.
    refused: Cell<u32>,
    /// The last call under test that was perhaps refused, and how.
    doubted: Cell<(u32, isize)>,
    emulated: Cell<bool>,
}

impl<'a> Recorder<'a> {
    /// A recorder before `gate`.
    #[must_use]
    pub fn new(gate: &'a dyn DynGate) -> Self {
        Self {
            gate,
            last: Cell::default(),
            note: Cell::default(),
            step: Cell::new(0),
            fault: Cell::new(Fault::None),
            refused: Cell::new(0),
            doubted: Cell::default(),
            emulated: Cell::new(false),
        }
    }

    /// The last sendfile; zeros where there was none.
    #[must_use]
    pub fn last(&self) -> Registers {
        self.last.get()
    }

    /// Why the check has stopped.
    #[must_use]
    pub fn note(&self) -> Note {
        self.note.get()
    }

    /// The check goes on to its next step.
    pub fn count_step(&self) {
        self.step.set(self.step.get().wrapping_add(1));
    }

    /// Sets what the sendfile calls that come meet with.
    pub fn inject(&self, fault: Fault) {
        self.fault.set(fault);
    }

    #[cold]
    #[inline(never)]
    fn stop(&self, stop: Stop, what: &'static str, seen: i64, expected: i64) -> Stop {
        let step = self.step.get();
        self.note.set(Note {
            what,
            step,
            expected,
            seen,
        });
        stop
    }

    /// A check begins: what was refused before is none of its own. An emulator
    /// does not tell of filters.
    pub(crate) fn begin(&self, emulated: bool) {
        self.emulated.set(emulated);
        self.refused.set(0);
        self.doubted.set((0, 0));
    }

    /// The call of the check that a sandbox refuses and that is not under test;
    /// 0 is none.
    #[must_use]
    pub fn refused(&self) -> u32 {
        self.refused.get()
    }

    /// The call under test that has returned what sandboxes return, and what that
    /// was; 0 is none. Whether it is a refusal is shown by a call that cannot fail.
    #[must_use]
    pub fn doubted(&self) -> (u32, isize) {
        self.doubted.get()
    }

    /// Skips the check, since call `nr` is refused.
    pub fn skip_refused(&self, nr: u32) -> Stop {
        self.stop(Stop::Refused, "call", 0, nr.into())
    }

    /// Skips the check, for this reason.
    pub fn skip(&self, why: &'static str) -> Stop {
        self.stop(Stop::Skip, why, 0, 0)
    }

    /// Whether `what` is as on today's kernel.
    ///
    /// # Errors
    ///
    /// Where it is not.
    #[inline(never)]
    pub fn is(&self, what: &'static str, seen: i64, expected: i64) -> Outcome {
        if seen == expected {
            return Ok(());
        }
        Err(self.stop(Stop::Differs, what, seen, expected))
    }

    /// The result of call `nr` of the set-up.
    ///
    /// # Errors
    ///
    /// Where the call has failed.
    pub fn made(&self, nr: u32, eax: isize) -> Result<i32, Stop> {
        if !matches!(eax, -4095..=-1) {
            return Ok(eax as i32);
        }
        Err(self.stop(Stop::SetUp, "call", -(eax as i64), nr.into()))
    }

    /// Makes call `nr` of the set-up.
    ///
    /// # Errors
    ///
    /// Where it fails.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    #[inline(never)]
    pub unsafe fn make(&self, nr: u32, a: Register, b: Register, c: Register) -> Result<i32, Stop> {
        let zero = Register::ZERO;
        // SAFETY: the caller's promise.
        unsafe { self.make6(nr, [a, b, c, zero, zero, zero]) }
    }

    /// The same with six arguments.
    ///
    /// # Errors
    ///
    /// Where it fails.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    #[inline(never)]
    pub unsafe fn make6(&self, nr: u32, args: [Register; 6]) -> Result<i32, Stop> {
        // SAFETY: the caller's promise.
        self.made(nr, unsafe { self.enter(nr, args) })
    }

    /// Makes call `nr`, in its older form where the kernel has no other.
    #[inline(never)]
    pub(crate) unsafe fn enter(&self, nr: u32, args: [Register; 6]) -> isize {
        // SAFETY: the caller's promise.
        let eax = unsafe { self.gate.call6(nr, args) };
        if eax != errno::encode(Errno::ENOSYS) {
            return eax;
        }
        // SAFETY: the caller's promise; the newer form has done nothing.
        unsafe { older(self.gate, nr, args) }.unwrap_or(eax)
    }

    /// Makes call `nr`, and notes whether it is refused.
    #[inline(never)]
    unsafe fn watch(&self, nr: u32, args: [Register; 6]) -> isize {
        // SAFETY: the caller's promise.
        let eax = unsafe { self.enter(nr, args) };
        if self.is_refusal(eax) {
            match nr {
                nr::SENDFILE | nr::SENDFILE64 | nr::SPLICE => self.doubted.set((nr, eax)),
                _ if self.refused.get() == 0 => self.refused.set(nr),
                _ => {}
            }
        }
        eax
    }

    /// Whether a sandbox may have returned this: EPERM or EACCES, or, where there
    /// is or may be a filter of calls, ENOSYS.
    #[inline(never)]
    fn is_refusal(&self, eax: isize) -> bool {
        const PR_GET_SECCOMP: u32 = 21;
        const FILTER: isize = 2;
        const EPERM: isize = errno::encode(Errno::EPERM);
        const EACCES: isize = errno::encode(Errno::EACCES);
        const ENOSYS: isize = errno::encode(Errno::ENOSYS);
        match eax {
            EPERM | EACCES => true,
            ENOSYS if self.emulated.get() => true,
            ENOSYS => {
                let zero = Register::ZERO;
                let args = [PR_GET_SECCOMP.into(), zero, zero, zero, zero, zero];
                // SAFETY: it asks, and changes nothing.
                let filter = unsafe { self.gate.call6(nr::PRCTL, args) };
                matches!(filter, FILTER | EPERM | EACCES)
            }
            _ => false,
        }
    }

    /// Makes call `nr`, a sendfile.
    unsafe fn sendfile(&self, nr: u32, mut args: [Register; 6]) -> isize {
        let [b, c, d, count, ..] = args.map(Register::bits);
        let fault = self.fault.get();
        let eax = match fault {
            Fault::Return(eax) => eax,
            Fault::Echo => count as isize,
            Fault::None | Fault::After(_) => {
                if let Fault::After(_) = fault {
                    args[3] = Register::from(count.min(4096));
                }
                // SAFETY: the caller's promise; a smaller count is as good.
                unsafe { self.watch(nr, args) }
            }
        };
        if let (Fault::After(next), 1..) = (fault, eax) {
            self.fault.set(Fault::Return(next));
        }
        self.last
            .set(Registers([nr as usize, b, c, d, count, eax as usize]));
        eax
    }
}

// SAFETY: a call is passed on as it came, in its older form or with a smaller
// count, and its result is returned; or nothing is done.
unsafe impl Gate for Recorder<'_> {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        unsafe {
            match nr {
                nr::SENDFILE | nr::SENDFILE64 => self.sendfile(nr, six(args)),
                _ => self.watch(nr, six(args)),
            }
        }
    }
}
