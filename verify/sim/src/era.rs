//! Eras: the abilities of each kernel.

use int80::gate::nr;

/// An era of Linux, named after its first version here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// sendfile alone, to any output; 32-bit offsets.
    V2_2,
    /// sendfile64, and still any output.
    V2_4,
    /// Sockets are the only output.
    V2_6_9,
    /// Any output but O_APPEND; splice.
    V2_6_33,
    /// A file without splice_read is refused; copy_file_range across file
    /// systems, with 0 for a file whose size is not known.
    V5_10,
    /// copy_file_range within a file system; sockets to pipes; a short
    /// sendfile does not leave the socket corked.
    V6_8,
}

impl Era {
    /// All of them, the oldest first.
    pub const ALL: [Self; 6] = [
        Self::V2_2,
        Self::V2_4,
        Self::V2_6_9,
        Self::V2_6_33,
        Self::V5_10,
        Self::V6_8,
    ];

    /// Whether the kernel has call `number`.
    #[must_use]
    pub fn has(self, number: u32) -> bool {
        let since = match number {
            nr::SENDFILE64 | nr::FCNTL64 | nr::FSTAT64 => Self::V2_4,
            nr::CLOCK_GETTIME => Self::V2_6_9,
            nr::SPLICE => Self::V2_6_33,
            nr::COPY_FILE_RANGE
            | nr::STATX
            | nr::CLOCK_GETTIME64
            | nr::GETSOCKOPT
            | nr::SETSOCKOPT
            | nr::GETPEERNAME
            | nr::SENDMSG => Self::V5_10,
            _ => Self::V2_2,
        };
        self >= since
    }

    /// Whether a pipe's size can be set.
    #[must_use]
    pub fn grows_pipes(self) -> bool {
        self >= Self::V5_10
    }

    /// Whether sendfile that ends short leaves TCP waiting for more.
    #[must_use]
    pub fn short_sendfile_corks(self) -> bool {
        self < Self::V6_8
    }
}
