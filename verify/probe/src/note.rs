//! Why a check ended, and what was looked at.

/// Why a check ended before its end. The details are in the [`Note`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Something is not as on today's kernel.
    Differs,
    /// It cannot be tried here.
    Skip,
    /// A call failed that makes what the check needs.
    SetUp,
    /// A sandbox refuses a call.
    Refused,
}

/// What came of a check.
pub type Outcome = Result<(), Stop>;

/// What stopped a check.
#[derive(Clone, Copy, Debug, Default)]
pub struct Note {
    /// What was looked at; why the check is skipped.
    pub what: &'static str,
    /// At which of the check's steps, from 1 on.
    pub step: u32,
    /// What today's kernel does; the number on i386 of the call that failed or
    /// is refused.
    pub expected: i64,
    /// What was seen; the errno of the call that failed.
    pub seen: i64,
}

// What is looked at.
pub(crate) const EAX: &str = "eax";
pub(crate) const OFFSET: &str = "offset";
