//! The rungs of the ladder: one row for each way to move bytes.

use super::{FILE_BUDGET, SOCKET_BUDGET};
use crate::Errno;

/// A way to move bytes, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
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
    /// sendmsg or writev: not a rung of the ladder, but the call that sends
    /// headers and trailers.
    Parts,
}

/// The properties of a rung. A new rung is a new row, and its call in
/// `step.rs`.
pub(super) struct Row {
    name: &'static str,
    /// The errnos that mean "not this pair" before the first byte, besides
    /// those of every rung.
    refusals: &'static [Errno],
    /// The rung after it.
    next: Rung,
    /// The rung after it where the kernel does not have the call.
    missing: Rung,
    /// The first offset that the call cannot take, where it has one.
    pub(super) end: Option<u64>,
    /// The most bytes of one call whatever the output is; `None`: by the output.
    pub(super) budget: Option<usize>,
}

/// The errnos that mean "not this pair, not here" on every rung. ENOTSUPP, 524,
/// is a number of the kernel's own that some file systems let out.
const REFUSALS: [Errno; 5] = [
    Errno::EINVAL,
    Errno::ENOSYS,
    Errno::EPERM,
    Errno::EOPNOTSUPP,
    Errno::ENOTSUPP,
];

/// The rows, in the order of [`Rung`].
static ROWS: [Row; 6] = [
    Row {
        name: "copy_file_range",
        // EBADF is an O_APPEND output; EACCES, EIO and ENOENT are network file
        // systems whose server cannot copy.
        refusals: &[
            Errno::EACCES,
            Errno::EBADF,
            Errno::EIO,
            Errno::EISDIR,
            Errno::ENOENT,
            Errno::ETXTBSY,
            Errno::EXDEV,
        ],
        next: Rung::Sendfile64,
        missing: Rung::Sendfile64,
        end: None,
        // Only a file is its output.
        budget: Some(FILE_BUDGET),
    },
    Row {
        name: "sendfile64",
        // The offset is past the limit of the output's file system, which is
        // 2 GiB for a terminal's.
        refusals: &[Errno::EOVERFLOW],
        next: Rung::Splice,
        missing: Rung::Sendfile,
        end: None,
        budget: None,
    },
    Row {
        name: "sendfile",
        refusals: &[Errno::EOVERFLOW],
        next: Rung::Splice,
        missing: Rung::Splice,
        end: Some(0x7fff_ffff),
        budget: None,
    },
    Row {
        name: "splice",
        refusals: &[],
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        budget: None,
    },
    Row {
        name: "read/write",
        refusals: &[],
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        // A read that is smaller than a message cuts it: the buffer alone is
        // small, and not the first read.
        budget: Some(SOCKET_BUDGET),
    },
    Row {
        name: "sendmsg/writev",
        refusals: &[],
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        budget: Some(SOCKET_BUDGET),
    },
];

impl Rung {
    /// The name of the call or calls.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub(super) fn row(self) -> &'static Row {
        match self {
            Self::CopyFileRange => &ROWS[0],
            Self::Sendfile64 => &ROWS[1],
            Self::Sendfile => &ROWS[2],
            Self::Splice => &ROWS[3],
            Self::ReadWrite => &ROWS[4],
            Self::Parts => &ROWS[5],
        }
    }

    /// Whether `errno`, before this rung's first byte, leaves the rung.
    pub(super) fn is_refused_by(self, errno: Errno) -> bool {
        let is_last = self >= Self::ReadWrite;
        !is_last && (REFUSALS.contains(&errno) || self.row().refusals.contains(&errno))
    }

    /// The rung that is tried when this one was left with `errno`.
    pub(super) fn after(self, errno: Errno) -> Self {
        match errno {
            Errno::ENOSYS => self.row().missing,
            _ => self.row().next,
        }
    }
}
