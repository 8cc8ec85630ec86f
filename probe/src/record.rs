//! The registers of the last sendfile call, for the report.
#![allow(unsafe_code)] // A gate.

use core::cell::Cell;

use int80::{Gate, Register, gate::nr};

/// A call: what was in the registers before it, and in eax after it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registers {
    /// eax, ebx, ecx, edx, esi before.
    pub before: [usize; 5],
    /// eax after.
    pub after: isize,
}

/// A gate that hands on every call and remembers the last sendfile.
pub struct Recorder<'a> {
    gate: &'a dyn Gate,
    last: Cell<Registers>,
}

impl<'a> Recorder<'a> {
    /// Listens before `gate`.
    #[must_use]
    pub fn new(gate: &'a dyn Gate) -> Self {
        let last = Cell::new(Registers::default());
        Self { gate, last }
    }

    /// The last sendfile; zeros where there was none.
    #[must_use]
    pub fn last(&self) -> Registers {
        self.last.get()
    }
}

// SAFETY: every call goes on as it came, and its answer back.
unsafe impl Gate for Recorder<'_> {
    unsafe fn call6(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
        edi: Register,
        ebp: Register,
    ) -> isize {
        // SAFETY: the caller's promise.
        let after = unsafe { self.gate.call6(nr, ebx, ecx, edx, esi, edi, ebp) };
        if nr == nr::SENDFILE || nr == nr::SENDFILE64 {
            let [b, c, d, s] = [ebx, ecx, edx, esi].map(Register::bits);
            let before = [nr as usize, b, c, d, s];
            self.last.set(Registers { before, after });
        }
        after
    }
}
