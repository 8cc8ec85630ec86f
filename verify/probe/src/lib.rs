//! What the five pages say of sendfile, sentence by sentence, and the checks
//! that show what of it is so.
//!
//! - [`checks`]: one list of steps per check, in one table, [`CHECKS`], with the
//!   identifiers of the statements that it shows; [`step`] has the steps, and
//!   [`play`] plays them;
//! - [`ledger`]: the statements, each with its verdict and source;
//! - [`World`]: who makes the files, pipes and sockets: [`Real`] through the
//!   gate, or a simulated kernel;
//! - [`Recorder`]: the gate that all calls go through, which keeps the record;
//! - [`Profile`]: where another kernel or an emulator legitimately differs.
//!
//! `sfprobe` compiles the checks in, `docs/pages.md` is generated from both
//! tables, and the tests read them. Nothing here allocates or panics.

#![no_std]

pub mod checks;
pub mod ledger;
mod machine;
mod note;
mod play;
mod profile;
mod real;
mod recipe;
mod record;
mod run;
pub mod step;
mod text;
mod world;

pub use checks::{CHECKS, Check, by_statement};
pub use machine::{Machine, machine};
pub use note::{Note, Outcome, Stop};
pub use play::play;
pub use profile::{Difference, Profile, as_expected, judge};
pub use real::Real;
pub use record::{Fault, Recorder, Registers};
pub use run::{Ended, Told, run};
pub use text::{SET_UP, Text};
pub use world::{Input, Out, Output, World};
