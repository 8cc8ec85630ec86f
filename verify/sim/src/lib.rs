//! Simulated Linux kernels as gates of `int80`, for tests of loops over system
//! calls.
//!
//! A [`Kernel`] interprets the registers of i386 calls on simple models of
//! files, pipes, sockets and signals, as the kernels of several [`Era`]s do. A
//! schedule of [`Fault`]s injects faults call by call: short counts, signals, full
//! buffers, errors that are reported once, file systems that report a wrong size.
//! Afterwards a test examines the bytes written, the number of calls, and the
//! result of each.
//!
//! ```
//! use int80::{Transfer, transfer::End};
//! use int80_sim::{Era, Fault, FileKind, Input, Kernel, Output};
//!
//! let kernel = Kernel::new(Era::V6_8);
//! let input = kernel.input(Input::File(FileKind::Regular), 1000, 100);
//! let output = kernel.output(Output::Pipe, 64, 10);
//! kernel.schedule(&[Fault::Interrupt, Fault::Short(7)]);
//! let mut buffer = [0; 128];
//! let outcome = Transfer::new(&kernel, output, input, &mut buffer).run();
//! assert_eq!((outcome.moved, outcome.end), (1000, End::Complete));
//! assert_eq!(kernel.written_len(output), 1000);
//! ```
//!
//! Pointers in registers are pointers of the test's process; addresses below 4096
//! are EFAULT. Descriptors are numbers above the largest that Linux opens, at most
//! 64 for each kernel, so that a descriptor of a simulated kernel is harmless at
//! the real one. A call that would block forever panics, and so does the 20,001st
//! call.
//!
//! # Safety
//!
//! The crate implements a gate, and accesses the caller's memory as the calls do.
#![allow(unsafe_code)]

mod ask;
mod dispatch;
mod era;
mod fault;
mod inspect;
mod memory;
mod moves;
mod object;
mod record;
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
pub use record::{Call, Recorder};
pub use rope::{Rope, pattern};
pub use setup::{INPUT_SEED, Input, Output};
pub use state::{Counts, Returned};

use state::State;

/// A simulated kernel with one process, the caller.
///
/// It is not `Sync`: one thread uses it at a time.
pub struct Kernel(RefCell<State>);

// SAFETY: each call reads and writes what Linux's would (`memory.rs`), and a
// count that it returns is of bytes that it moved.
unsafe impl Gate for Kernel {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        self.0.borrow_mut().call(nr, six(args))
    }
}
