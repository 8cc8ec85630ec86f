//! What the proofs of int80's register contract look at.
//!
//! - [`callers`]: small functions that call through the library, whose machine
//!   code the tests read.
//! - [`numbers`]: such a caller for each number of the table.
//! - [`plan`]: the pseudo-random calls that the program `traced` makes, and that
//!   its tracer expects; [`list`]: those that it makes without one.
//! - `peers`: the same caller through other crates, each behind a feature of
//!   its name.
//!
//! The tests in `tests/proofs/` compile all of this anew, for both
//! architectures and at every optimisation level.
#![no_std]

pub mod callers;
pub mod list;
pub mod numbers;
mod peers;
pub mod plan;
