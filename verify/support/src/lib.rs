//! What the tests of int80's packages share.

pub mod checkout;
pub mod command;
pub mod elf;
pub mod freestanding;
pub mod gates;
pub mod limited;
pub mod lying;
pub mod net;
pub mod oracle;
pub mod outcome;
pub mod place;
pub mod qemu;
pub mod run;
pub mod sandbox;
pub mod schedules;
pub mod skip;
pub mod stage;
pub mod ways;
