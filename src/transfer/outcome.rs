//! The results of steps and runs.

use core::fmt;

use super::Rung;
use crate::Errno;

/// One of a transfer's two descriptors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Side {
    /// It cannot be known which of the two.
    Unknown,
    /// `in_fd`.
    Input,
    /// `out_fd`.
    Output,
}

impl Side {
    /// `"input"`, `"output"` or `"unknown side"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown side",
            Self::Input => "input",
            Self::Output => "output",
        }
    }
}

/// Why a rung was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The rung.
    pub rung: Rung,
    /// The errno of its call.
    pub errno: Errno,
}

/// A call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The errno of the call.
    pub errno: Errno,
    /// The call.
    pub rung: Rung,
    /// The side that failed.
    pub side: Side,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errno, rung, side } = self;
        write!(f, "{}: {errno} ({})", side.name(), rung.name())
    }
}

impl core::error::Error for Failure {}

/// What one step has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Step {
    /// So many bytes more have reached the output, at least 1.
    Moved(usize),
    /// So many bytes were read into the buffer, at least 1; they are the first
    /// to be written from now on.
    Buffered(usize),
    /// Nothing moved: this side is not ready. With [`Side::Unknown`] both
    /// looked ready when they were asked afterwards: try again soon.
    WouldBlock(Side),
    /// Nothing moved: a signal came first.
    Interrupted,
    /// Everything that was asked for is in the output. Every further step
    /// returns this again.
    Complete,
    /// The input ended before the promised count. Every further step returns
    /// this again. [`Transfer::remaining`](super::Transfer::remaining) tells by how
    /// much.
    UnexpectedEof,
    /// Nothing moved, and trying again is likely to fail again.
    Failed(Failure),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// Everything that was asked for is in the output.
    Complete,
    /// The input ended before the promised count.
    UnexpectedEof,
    /// The deadline passed first.
    TimedOut,
    /// A call failed.
    Failed(Failure),
}

/// What a run has done: how much, whatever happened, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Outcome {
    /// The bytes that have reached the output since the transfer was made.
    pub moved: u64,
    /// How it ended.
    pub end: End,
}

impl Outcome {
    /// The bytes moved where everything that was asked for is in the output,
    /// for use with `?`.
    ///
    /// # Errors
    ///
    /// Every other end. The bytes moved are then in [`moved`](Self::moved)
    /// alone.
    pub fn into_result(self) -> Result<u64, Error> {
        match self.end {
            End::Complete => Ok(self.moved),
            End::UnexpectedEof => Err(Error::UnexpectedEof),
            End::TimedOut => Err(Error::TimedOut),
            End::Failed(failure) => Err(Error::Failed(failure)),
        }
    }
}

/// Why a run did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The input ended before the promised count.
    UnexpectedEof,
    /// The deadline passed first.
    TimedOut,
    /// A call failed.
    Failed(Failure),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEof => f.write_str("input: ended before the promised count"),
            Self::TimedOut => f.write_str("the deadline passed"),
            Self::Failed(failure) => failure.fmt(f),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Failed(failure) => Some(&failure.errno),
            _ => None,
        }
    }
}

/// For a function that returns errnos, such as a small program's `main`: ENODATA
/// where the input ended before the promised count, ETIMEDOUT where the deadline
/// passed, else the errno of the call that failed. Which side failed is lost.
impl From<Error> for Errno {
    fn from(error: Error) -> Self {
        match error {
            Error::UnexpectedEof => Self::ENODATA,
            Error::TimedOut => Self::ETIMEDOUT,
            Error::Failed(failure) => failure.errno,
        }
    }
}
