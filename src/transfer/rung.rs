//! The rungs of the ladder: one row for each call that moves bytes.

use super::{FILE_BUDGET, SOCKET_BUDGET};
use crate::Errno;

/// A call, or a pair of calls, that moves bytes; in the order in which they are
/// tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Rung {
    /// copy_file_range, call 377: from file to file.
    CopyFileRange,
    /// sendfile64, call 239.
    Sendfile64,
    /// sendfile, call 187: if 239 is ENOSYS, and below 2 GiB.
    Sendfile,
    /// splice, call 313: to or from a pipe.
    Splice,
    /// read and write, through the caller's buffer: any pair.
    ReadWrite,
    /// sendmsg or writev: no rung of the ladder, but the call that sends headers
    /// and trailers.
    Parts,
}

/// The properties of a rung. A new rung is a new row, and its call in
/// `step.rs`.
pub(super) struct Row {
    name: &'static str,
    /// The next rung.
    next: Rung,
    /// The next rung if the kernel does not have the call.
    missing: Rung,
    /// The first offset that the call does not support, if there is one.
    pub(super) end: Option<u32>,
    /// The default budget of one call; 0 if it depends on the output.
    pub(super) budget: usize,
}

/// The rows, in the order of [`Rung`].
static ROWS: [Row; 6] = [
    Row {
        name: "copy_file_range",
        next: Rung::Sendfile64,
        missing: Rung::Sendfile64,
        end: None,
        // Its output is always a file.
        budget: FILE_BUDGET,
    },
    Row {
        name: "sendfile64",
        next: Rung::Splice,
        missing: Rung::Sendfile,
        end: None,
        budget: 0,
    },
    Row {
        name: "sendfile",
        next: Rung::Splice,
        missing: Rung::Splice,
        end: Some(0x7fff_ffff),
        budget: 0,
    },
    Row {
        name: "splice",
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        budget: 0,
    },
    Row {
        name: "read/write",
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        // A read that is smaller than a message truncates it: the buffer alone
        // limits the first read.
        budget: SOCKET_BUDGET,
    },
    Row {
        name: "sendmsg/writev",
        next: Rung::ReadWrite,
        missing: Rung::ReadWrite,
        end: None,
        budget: 0,
    },
];

impl Rung {
    /// The name of the call or the calls, such as `"sendfile64"`.
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

    /// Whether `errno`, before this rung's first byte, leaves the rung, which is not
    /// the last.
    pub(super) fn is_refused_by(self, errno: Errno) -> bool {
        match errno {
            // EOVERFLOW is a position past the limit of the output's file system: 2 GiB
            // for a terminal. ENOTSUPP, 524, is internal to the kernel, but some
            // file systems return it.
            Errno::EACCES
            | Errno::EINVAL
            | Errno::ENOSYS
            | Errno::EOVERFLOW
            | Errno::EPERM
            | Errno::EOPNOTSUPP
            | Errno::ENOTSUPP => true,
            // EBADF is an O_APPEND output; EIO and ENOENT come from network file
            // systems whose server cannot copy.
            Errno::EBADF
            | Errno::EIO
            | Errno::EISDIR
            | Errno::ENOENT
            | Errno::ETXTBSY
            | Errno::EXDEV => self == Self::CopyFileRange,
            _ => false,
        }
    }

    /// The rung that is tried after this one was left with `errno`.
    pub(super) fn after(self, errno: Errno) -> Self {
        match errno {
            Errno::ENOSYS => self.row().missing,
            _ => self.row().next,
        }
    }
}
