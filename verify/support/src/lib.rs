//! What the tests of int80's packages share.

pub mod checkout;
pub mod command;
pub mod elf;
pub mod environment;
pub mod freestanding;
pub mod gates;
pub mod limited;
pub mod linker;
pub mod lying;
pub mod net;
pub mod oracle;
pub mod outcome;
pub mod place;
pub mod processor;
pub mod qemu;
pub mod run;
pub mod runner;
pub mod sandbox;
pub mod schedules;
pub mod skip;
pub mod stage;
pub mod toolchain;
pub mod ways;
