//! A gate that records the calls which pass through another.
//!
//! # Safety
//!
//! Every call is made by the other gate, as it is.
#![allow(unsafe_code)]

use std::cell::RefCell;

use int80::{Gate, Register, gate::six};

/// One call, as it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The i386 number.
    pub nr: u32,
    /// The arguments, and zeros after them.
    pub args: [usize; 6],
    /// The raw result.
    pub result: isize,
}

/// A gate that makes each call through another one and records it.
///
/// # Examples
///
/// ```
/// use int80::gate::nr;
/// use int80_sim::{Era, FileKind, Input, Kernel, Recorder};
///
/// let kernel = Kernel::new(Era::V6_8);
/// let input = kernel.input(Input::File(FileKind::Regular), 100, 1);
/// let gate = Recorder::new(&kernel);
/// assert_eq!(int80::sys::read(&gate, input, &mut [0; 10]), Ok(10));
/// let calls = gate.calls();
/// assert_eq!((calls[0].nr, calls[0].args[2], calls[0].result), (nr::READ, 10, 10));
/// ```
#[derive(Debug)]
pub struct Recorder<G> {
    gate: G,
    calls: RefCell<Vec<Call>>,
}

impl<G: Gate> Recorder<G> {
    /// A recorder of what passes through `gate`.
    #[must_use]
    pub fn new(gate: G) -> Self {
        Self {
            gate,
            calls: RefCell::default(),
        }
    }

    /// The calls so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }

    /// The calls of number `nr` so far, in order.
    #[must_use]
    pub fn calls_of(&self, nr: u32) -> Vec<Call> {
        let calls = self.calls.borrow();
        calls.iter().filter(|call| call.nr == nr).copied().collect()
    }
}

// SAFETY: the other gate keeps the contract.
unsafe impl<G: Gate> Gate for Recorder<G> {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        let result = unsafe { self.gate.call(nr, args) };
        let args = six(args).map(Register::bits);
        self.calls.borrow_mut().push(Call { nr, args, result });
        result
    }
}
