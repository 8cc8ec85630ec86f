//! What a transfer says of itself.

use core::fmt;

use crate::Errno;

/// A way to move bytes: a rung of the ladder, in the order in which they are
/// tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Rung {
    /// copy_file_range, call 377: file to file.
    CopyFileRange,
    /// sendfile64, call 239.
    Sendfile64,
    /// sendfile, call 187, where 239 is ENOSYS: below 2 GiB.
    Sendfile,
    /// splice, call 313: one end is a pipe.
    Splice,
    /// read and write through the caller's buffer: any pair.
    ReadWrite,
    /// sendmsg or writev: not a rung of the ladder, but the call that headers
    /// and trailers go by.
    Parts,
}

impl Rung {
    /// The name of the call or calls.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CopyFileRange => "copy_file_range",
            Self::Sendfile64 => "sendfile64",
            Self::Sendfile => "sendfile",
            Self::Splice => "splice",
            Self::ReadWrite => "read/write",
            Self::Parts => "sendmsg/writev",
        }
    }
}

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
pub struct Refusal {
    /// The rung.
    pub rung: Rung,
    /// What its call answered.
    pub errno: Errno,
}

/// Why a transfer could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// What the call answered.
    pub errno: Errno,
    /// The call.
    pub rung: Rung,
    /// The side that failed.
    pub side: Side,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errno, rung, side } = self;
        write!(f, "{}: {errno} ({})", side.name(), rung.name())
    }
}

impl core::error::Error for Error {}

/// What one step has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Everything that was asked for is in the output; so again on every
    /// further step.
    Complete,
    /// The input ended before the promised count; so again on every further
    /// step. [`Transfer::remaining`](super::Transfer::remaining) tells by how
    /// much.
    Premature,
    /// Nothing moved, and trying again is likely to fail again.
    Failed(Error),
}

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything that was asked for is in the output.
    Complete,
    /// The input ended before the promised count.
    Premature,
    /// The time was over.
    TimedOut,
    /// A call failed.
    Failed(Error),
}

/// What a run has done: how much, whatever happened, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Outcome {
    /// The bytes that have reached the output since the transfer was made.
    pub moved: u64,
    /// How it ended.
    pub end: End,
}
