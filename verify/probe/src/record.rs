//! What a check leaves behind: the registers of its last sendfile, and why it
//! has stopped; and the faults that it asks for.
#![allow(unsafe_code)] // A gate.

use core::cell::Cell;

use int80::{Errno, Gate, Register, errno, gate::nr};

use crate::{Note, Outcome, Stop, Text};

/// A call: eax, ebx, ecx, edx and esi before it, and eax after it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registers(pub [usize; 6]);

/// What a sendfile call meets with in place of the kernel.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The kernel.
    None,
    /// This in eax.
    Answer(isize),
    /// The count that it asks for, in eax.
    Echo,
    /// The kernel with at most 4096 bytes, and once it has moved some, this in eax.
    After(isize),
}

/// The only method that is called of a gate behind a pointer: a table of all
/// seven would bring in six that nobody calls.
trait Enter {
    /// Call `nr`.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    unsafe fn enter(&self, nr: u32, registers: &[Register; 6]) -> isize;
}

impl<G: Gate> Enter for G {
    unsafe fn enter(&self, nr: u32, registers: &[Register; 6]) -> isize {
        let [a, b, c, d, e, f] = *registers;
        // SAFETY: the caller's promise.
        unsafe { self.call(nr, [a, b, c, d, e, f]) }
    }
}

/// A gate that hands on every call, keeps a check's record, and lets sendfile
/// fail where the check wants that. Everything goes through one, so that the
/// library is compiled once.
pub struct Recorder<'a> {
    gate: &'a dyn Enter,
    last: Cell<Registers>,
    note: Cell<Note>,
    step: Cell<u32>,
    fault: Cell<Fault>,
}

impl<'a> Recorder<'a> {
    /// Listens before `gate`.
    #[must_use]
    pub fn new<G: Gate>(gate: &'a G) -> Self {
        Self {
            gate,
            last: Cell::default(),
            note: Cell::default(),
            step: Cell::new(0),
            fault: Cell::new(Fault::None),
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
    pub(crate) fn count_step(&self) {
        self.step.set(self.step.get().wrapping_add(1));
    }

    /// What the sendfile calls that come meet with.
    pub fn inject(&self, fault: Fault) {
        self.fault.set(fault);
    }

    /// Something is not as on today's kernel.
    #[cold]
    #[inline(never)]
    pub fn differs(&self, what: Text, seen: i64, expected: i64) -> Stop {
        self.note.set(Note {
            what,
            step: self.step.get(),
            expected,
            seen,
        });
        Stop::Differs
    }

    /// It cannot be done here, for this reason.
    pub fn skip(&self, reason: Text) -> Stop {
        self.differs(reason, 0, 0);
        Stop::Skip
    }

    /// What call `nr` of the set-up has given.
    ///
    /// # Errors
    ///
    /// Where it has failed.
    #[inline(never)]
    pub fn done(&self, nr: u32, eax: isize) -> Result<i32, Stop> {
        if matches!(eax, -4095..=-1) {
            self.differs(Text::default(), (-eax) as i64, nr.into());
            return Err(Stop::SetUp);
        }
        Ok(eax as i32)
    }

    /// The same of a call of the library's.
    ///
    /// # Errors
    ///
    /// Where it has failed.
    #[inline(never)]
    pub fn made(&self, nr: u32, result: Result<usize, Errno>) -> Result<i32, Stop> {
        self.done(
            nr,
            result.map_or_else(errno::encode, |value| value as isize),
        )
    }

    /// Call `nr` of the set-up.
    ///
    /// # Errors
    ///
    /// Where it fails.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    #[inline(never)]
    pub unsafe fn make6(&self, nr: u32, registers: [Register; 6]) -> Result<i32, Stop> {
        // SAFETY: the caller's promise.
        self.done(nr, unsafe { self.gate.enter(nr, &registers) })
    }

    /// The same with three arguments.
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

    /// Call `nr`, a sendfile.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    unsafe fn sendfile(&self, nr: u32, registers: &mut [Register; 6]) -> isize {
        let [b, c, d, count, ..] = registers;
        let [ebx, ecx, edx, esi] = [*b, *c, *d, *count].map(Register::bits);
        let after = match self.fault.get() {
            Fault::Answer(eax) => eax,
            Fault::Echo => count.bits() as isize,
            fault => {
                if let Fault::After(_) = fault {
                    *count = Register::from(count.bits().min(4096));
                }
                // SAFETY: the caller's promise; a smaller count is as good.
                let eax = unsafe { self.gate.enter(nr, registers) };
                if let (Fault::After(next), 1..) = (fault, eax) {
                    self.fault.set(Fault::Answer(next));
                }
                eax
            }
        };
        let all = [nr as usize, ebx, ecx, edx, esi, after as usize];
        self.last.set(Registers(all));
        after
    }
}

// SAFETY: a call goes on as it came, or with a smaller count, and its answer
// back; or it does nothing.
unsafe impl Gate for Recorder<'_> {
    #[inline(never)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let mut registers = int80::gate::six(args);
        // SAFETY: the caller's promise.
        unsafe {
            if nr == nr::SENDFILE || nr == nr::SENDFILE64 {
                self.sendfile(nr, &mut registers)
            } else {
                self.gate.enter(nr, &registers)
            }
        }
    }
}

/// What came of a comparison.
impl Recorder<'_> {
    /// Whether `what` is as on today's kernel.
    ///
    /// # Errors
    ///
    /// Where it is not.
    #[inline(never)]
    pub fn is(&self, what: Text, seen: i64, expected: i64) -> Outcome {
        if seen == expected {
            return Ok(());
        }
        Err(self.differs(what, seen, expected))
    }
}
