//! A simulated kernel behind the gate: it interprets the registers of i386
//! calls on files, pipes, sockets and signals that are simple models, as the
//! kernels of several eras did, and lets go wrong what a schedule says.
//!
//! Pointers in registers are real pointers of the test process; addresses
//! below 4096 are the ones that answer EFAULT.

#![allow(dead_code, unused_imports)] // Each test uses its part of it.
#![allow(unsafe_code)] // A gate, and the caller's memory.

mod ask;
mod dispatch;
mod era;
mod fault;
mod inspect;
mod memory;
mod moves;
mod object;
mod rope;
mod setup;
mod signal;
mod socket;
mod state;
mod takes;
mod wait;

use std::cell::RefCell;

use int80::{Gate, Register, gate::six};

pub use era::Era;
pub use fault::Fault;
pub use object::FileKind;
pub use rope::{Rope, pattern};
pub use setup::{INPUT_SEED, Input, Output};
pub use state::{Answer, Counts};

use state::State;

/// A simulated kernel with one process, the caller.
pub struct Kernel(RefCell<State>);

// SAFETY: each call reads and writes what Linux's would (`memory.rs`), and a
// count that it returns is of bytes that it moved.
unsafe impl Gate for Kernel {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        self.0.borrow_mut().call(nr, six(args))
    }
}
