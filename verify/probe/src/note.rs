//! Why a check ended, and what it has to say of it.

use crate::Text;

/// Why a check ended before its end. The details are in the [`Note`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)] // As wide as a descriptor: what makes one then comes back in two registers.
pub enum Stop {
    /// Something is not as on today's kernel.
    Differs,
    /// It cannot be done here.
    Skip,
    /// What it needs could not be made.
    SetUp,
}

/// What came of a check.
pub type Outcome = Result<(), Stop>;

/// What stopped a check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Note {
    /// What was looked at, or why it is skipped.
    pub what: Text,
    /// At which of the check's steps, from 1 on.
    pub step: u32,
    /// What today's kernel does; the number on i386 of the call that failed.
    pub expected: i64,
    /// What was seen; the errno of the call that failed.
    pub seen: i64,
}
