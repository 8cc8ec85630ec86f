//! The results of steps and runs.

use core::fmt;

use super::Rung;
use crate::Errno;

/// One of a transfer's two descriptors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Side {
    /// Not known.
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
    /// The rung that was left.
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
    /// The rung whose call failed.
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

/// The result of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Step {
    /// This number of bytes, at least 1, has reached the output.
    Moved(usize),
    /// This number of bytes, at least 1, was read into the buffer. The next step
    /// writes them.
    Buffered(usize),
    /// Nothing moved: this side is not ready. With [`Side::Unknown`] poll reports
    /// both as ready: try again after a short pause.
    WouldBlock(Side),
    /// Nothing moved: a signal arrived first.
    Interrupted,
    /// All bytes have reached the output. Every further step returns this again.
    Complete,
    /// The input ended before the count of
    /// [`Transfer::exactly`](super::Transfer::exactly). Every further step returns
    /// this again. [`Transfer::remaining`](super::Transfer::remaining) is the
    /// difference.
    UnexpectedEof,
    /// Nothing moved: a call failed. The next step makes the call again.
    Failed(Failure),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// All bytes have reached the output.
    Complete,
    /// The input ended before the count of
    /// [`Transfer::exactly`](super::Transfer::exactly).
    UnexpectedEof,
    /// The deadline passed before the end.
    TimedOut,
    /// A call failed.
    Failed(Failure),
}

/// The result of a run: the bytes moved, however it ended, and how it ended.
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
    /// The bytes moved, if all have reached the output; for use with `?`.
    ///
    /// # Errors
    ///
    /// Every end but [`End::Complete`]. Only [`moved`](Self::moved) has the bytes
    /// moved then.
    pub fn into_result(self) -> Result<u64, Error> {
        match self.end {
            End::Complete => Ok(self.moved),
            End::UnexpectedEof => Err(Error::UnexpectedEof),
            End::TimedOut => Err(Error::TimedOut),
            End::Failed(failure) => Err(Error::Failed(failure)),
        }
    }
}

/// Why a run did not move all bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The input ended before the count of
    /// [`Transfer::exactly`](super::Transfer::exactly).
    UnexpectedEof,
    /// The deadline passed before the end.
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

/// For functions that return an errno, such as the `main` of a small program:
/// ENODATA for [`UnexpectedEof`](Error::UnexpectedEof), ETIMEDOUT for
/// [`TimedOut`](Error::TimedOut), otherwise the errno of the call that failed.
/// The side that failed is lost.
impl From<Error> for Errno {
    fn from(error: Error) -> Self {
        match error {
            Error::UnexpectedEof => Self::ENODATA,
            Error::TimedOut => Self::ETIMEDOUT,
            Error::Failed(failure) => failure.errno,
        }
    }
}
