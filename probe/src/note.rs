//! Why a check ended, and what it has to say of it.

use core::cell::Cell;

use int80::Errno;

/// Why a check ended before its end. The details are in [`Notes`]: an outcome
/// of one byte halves the size of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
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
    /// What was looked at, why it is skipped, or the call that failed.
    pub what: &'static str,
    /// What today's kernel does.
    pub expected: i64,
    /// What was seen; the errno of the call that failed.
    pub seen: i64,
}

/// Where a world keeps the note of the check that it is made for.
#[derive(Debug, Default)]
pub struct Notes(Cell<Note>);

impl Notes {
    /// The note.
    #[must_use]
    pub fn get(&self) -> Note {
        self.0.get()
    }

    /// Something is not as on today's kernel.
    #[cold]
    #[inline(never)]
    pub fn differs(&self, what: &'static str, seen: i64, expected: i64) -> Stop {
        self.0.set(Note {
            what,
            expected,
            seen,
        });
        Stop::Differs
    }

    /// It cannot be done here, for this reason.
    pub fn skip(&self, what: &'static str) -> Stop {
        self.differs(what, 0, 0);
        Stop::Skip
    }

    /// A call of the set-up has failed.
    #[inline(never)]
    pub fn set_up(&self, what: &'static str, errno: Errno) -> Stop {
        self.differs(what, errno.number().into(), 0);
        Stop::SetUp
    }
}
