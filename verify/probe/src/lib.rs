//! What the five pages say of sendfile, sentence by sentence, and the checks
//! that show what of it is so.
//!
//! - [`checks`]: one list of [`Step`]s per check, with the identifiers of the
//!   statements that it shows; [`play`] plays them;
//! - [`DIFFERENCES`]: where another kernel or an emulator differs, row by row;
//! - [`ledger`]: the statements, each with its verdict and source;
//! - [`World`]: who makes the files, pipes and sockets: [`Real`] through the
//!   gate, or a simulated kernel;
//! - [`Recorder`]: the gate that all calls go through, which keeps the record.
//!
//! `sfprobe` compiles the checks in, `docs/pages.md` is generated from the
//! tables, and the tests read them. Nothing here allocates or panics.

#![no_std]

pub mod checks;
mod differs;
pub mod ledger;
mod machine;
mod note;
mod older;
mod play;
mod real;
mod record;
mod run;
mod step;
mod world;

pub use checks::{CHECKS, Check, by_statement};
pub use differs::{DIFFERENCES, Difference, Profile, Seen, as_expected, known};
pub use machine::{Machine, machine, small_stack, version};
pub use note::{Note, Outcome, Stop};
pub use play::play;
pub use real::Real;
pub use record::{Fault, Recorder, Registers};
pub use run::{Ended, Told, confirmed, default_action, run};
pub use step::{Hdtr, Need, Step, Version};
pub use world::{Input, Out, Output, World};
