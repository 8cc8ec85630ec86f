//! What the tests of int80's packages share.

pub mod checkout;
pub mod command;
pub mod elf;
pub mod freestanding;
pub mod gates;
pub mod limited;
pub mod outcome;
pub mod place;
pub mod run;
pub mod schedules;
pub mod stage;
pub mod ways;
