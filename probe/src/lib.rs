//! What the five pages say of sendfile, sentence by sentence, and the checks
//! that show what of it is so.
//!
//! - [`checks`]: one function per check, in one table, [`CHECKS`], with the
//!   identifiers of the statements that it shows;
//! - [`ledger`]: the statements, each with its verdict and source;
//! - [`World`]: who makes the files, pipes and sockets: [`Real`] through the
//!   gate, or a simulated kernel;
//! - [`Profile`]: where another kernel or an emulator legitimately differs.
//!
//! `sfprobe` compiles the checks in, `docs/pages.md` is generated from both
//! tables, and the tests read them. Nothing here allocates or panics.

#![no_std]

mod case;
pub mod checks;
pub mod ledger;
mod machine;
mod note;
mod profile;
mod real;
mod record;
mod run;
mod world;

pub use case::Case;
pub use checks::{CHECKS, Check, by_statement};
pub use machine::{Machine, machine};
pub use note::{Note, Notes, Outcome, Stop};
pub use profile::{Difference, Profile, judge};
pub use real::Real;
pub use record::{Recorder, Registers};
pub use run::{Ended, Told, run};
pub use world::{Input, Out, Output, World};
