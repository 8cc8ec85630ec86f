//! The whole transfer, with as many calls as it takes: every byte once, in order,
//! under every fault.
//!
//! sendfile alone is not a copy: it returns short counts, it does not support
//! half of the pairs of descriptors, and it does not tell which side failed. A
//! [`Transfer`] keeps its progress and the call in use; [`Transfer::step`] makes
//! one call that moves bytes, for event loops, and [`Transfer::run`] moves
//! everything.
//!
//! # The ladder
//!
//! The calls that can move bytes are [`Rung`]s of a ladder. They are tried in
//! order, by five rules:
//!
//! 1. A rung is left only before it has moved a byte. After its first byte every
//!    error is final, since a file system may report an error only once; but for
//!    EOVERFLOW, a position beyond the limit of the output's file system, which
//!    is 2 GiB for a terminal.
//!    If another transfer has written to the output before, such an error may be
//!    of its bytes: start with [`Rung::Sendfile64`], which is not left for EIO.
//! 2. Before its first byte, a rung is left for an errno that can mean "not for
//!    this pair of descriptors": EACCES, EINVAL, ENOSYS, EOVERFLOW, EPERM,
//!    EOPNOTSUPP and ENOTSUPP (524); for copy_file_range also EBADF (an O_APPEND
//!    output), EIO, EISDIR, ENOENT, ETXTBSY and EXDEV. Sandboxes return EPERM and
//!    EACCES, but file systems do as well, of earlier bytes and once: other
//!    rungs are left for these two only if a call of 0 bytes is refused, too.
//! 3. When a rung returns 0, one byte is read at the position, and only a read
//!    that returns 0 is the end: some file systems move data by read alone, and
//!    the size in their inodes may be wrong. A pipe is at its end if poll does not
//!    report it as readable: the 0 may come from the output.
//! 4. EAGAIN with no O_NONBLOCK descriptor is the time limit of a socket
//!    (SO_SNDTIMEO, SO_RCVTIMEO), and is an error.
//! 5. If a sandbox refuses a call that asks about a descriptor (statx, fcntl,
//!    getsockopt), an older call is tried, and then the safe result is assumed.
//!
//! The last rung, read and write, supports any pair. Where the refusal of an
//! earlier rung hides the cause, it returns the true error: EISDIR for a
//! directory, ENOSPC for /dev/full.

mod buffer;
mod explain;
mod headers;
mod machine;
mod outcome;
mod run;
mod rung;
mod step;

pub use buffer::Buffer;
pub use headers::{Progress, WithHeaders};
pub use outcome::{End, Error, Failure, Outcome, Refusal, Side, Step};
pub use run::Deadline;
pub use rung::Rung;

use crate::{
    Errno, Fd, Gate,
    sys::{self, Whence},
};
use machine::Machine;

/// The default budget of one call to a pipe, and of copy_file_range: 16 MiB.
pub const FILE_BUDGET: usize = 16 << 20;
/// The default budget of one call to a socket: 2 MiB.
pub const SOCKET_BUDGET: usize = 2 << 20;

/// A transfer from `in_fd` to `out_fd`, and its progress.
///
/// It allocates nothing and owns no descriptor. Dropping it loses only bytes that
/// were read and not yet written ([`pending`](Self::pending)), which
/// [`give_back`](Self::give_back) returns to an input that can seek.
///
/// What was sent to a socket or a pipe may still be the file's own pages: the
/// reader then sees what is written to the file afterwards. Starting with
/// [`Rung::ReadWrite`] copies instead.
///
/// Datagram and packet sockets, as input or output, are for read and write alone,
/// with a buffer that holds the largest message: other calls cut messages, and
/// sendfile can lose what does not fit one. The first step asks for the kinds of
/// both, and goes to read and write if there is a buffer.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, Transfer};
///
/// # fn main() -> Result<(), int80::transfer::Error> {
/// let mut buffer = [0; 4096];
/// let moved = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, &mut buffer)
///     .from_offset(4096)
///     .exactly(0)
///     .run()
///     .into_result()?;
/// assert_eq!(moved, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Transfer<'a, G> {
    gate: G,
    out_fd: Fd<'a>,
    in_fd: Fd<'a>,
    buffer: Buffer<'a>,
    machine: Machine,
    /// Whether `run` may enlarge a pipe.
    grow: bool,
    /// The capacity of the output and of the input before `run` enlarged it, or 0.
    grown_from: [u32; 2],
    /// Whether `run` has enlarged pipes.
    settled: bool,
    /// The kind of the output.
    output: Output,
    /// The most bytes of one call, once the kind of the output is known.
    limit: usize,
}

/// The kind of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Output {
    /// Not asked yet.
    Unknown,
    /// A stream socket, which may hold bytes back.
    Stream,
    /// A socket that sends each call as a message, or one whose kind is refused.
    Messages,
    /// Not a socket.
    Other,
}

impl<'a, G: Gate + Copy> Transfer<'a, G> {
    /// A transfer of everything from the position of `in_fd` to its end.
    ///
    /// Makes no system call. The output comes first, as in sendfile(2).
    ///
    /// - `gate`: what makes the calls; [`Native`](crate::Native) is this kernel.
    /// - `out_fd`, `in_fd`: open for writing and for reading.
    /// - `buffer`: for pairs that only read and write support; 128 KiB is the
    ///   measured optimum for those; the other calls do not use it. With [`Buffer::none`] the transfer does not fall back
    ///   to read and write: if no other call supports the pair, it fails with
    ///   the error of the first rung (EINVAL if that is read and write, or if a
    ///   call returns 0 before the end of the file).
    #[must_use]
    pub fn new(
        gate: G,
        out_fd: impl Into<Fd<'a>>,
        in_fd: impl Into<Fd<'a>>,
        buffer: impl Into<Buffer<'a>>,
    ) -> Self {
        let buffer = buffer.into();
        Self {
            gate,
            out_fd: out_fd.into(),
            in_fd: in_fd.into(),
            machine: Machine::new(buffer.capacity()),
            buffer,
            grow: false,
            grown_from: [0; 2],
            settled: false,
            output: Output::Unknown,
            limit: SOCKET_BUDGET,
        }
    }

    /// Reads from byte `offset` on, 0..=2^63 − 1, and neither uses nor changes
    /// `in_fd`'s own position. From the end of the file on there is nothing to
    /// move; a larger offset fails with EINVAL or EOVERFLOW when it is used.
    #[must_use]
    pub fn from_offset(mut self, offset: u64) -> Self {
        self.machine.position = Some(offset);
        self
    }

    /// Moves exactly `count` bytes. If the input ends before, the transfer ends
    /// with [`End::UnexpectedEof`]. 0 moves nothing. Of this and
    /// [`at_most`](Self::at_most) the last one holds.
    #[must_use]
    pub fn exactly(mut self, count: u64) -> Self {
        self.machine.set_total(count, true);
        self
    }

    /// Moves at most `count` bytes, fewer if the input ends before. 0 moves
    /// nothing.
    #[must_use]
    pub fn at_most(mut self, count: u64) -> Self {
        self.machine.set_total(count, false);
        self
    }

    /// Limits one call to `bytes`, so that none takes long:
    /// 1..=[`MAX_COUNT`](crate::MAX_COUNT), to which other values are clamped.
    ///
    /// The default is [`FILE_BUDGET`] for a pipe and for copy_file_range,
    /// [`SOCKET_BUDGET`] for a socket, and 60 KiB for other outputs: of a larger
    /// call the kernel forgets an error that a file system reports once.
    #[must_use]
    pub fn budget(mut self, bytes: usize) -> Self {
        self.machine.set_budget(bytes);
        self
    }

    /// Allows [`run`](Self::run) to enlarge pipes, of both sides, to 1 MiB
    /// (F_SETPIPE_SZ) once 64 KiB have gone through. At the end it restores the
    /// old capacity, if the bytes in the pipe fit. A refusal is ignored.
    #[must_use]
    pub fn grow_pipe(mut self) -> Self {
        self.grow = true;
        self
    }

    /// Skips the rungs before `rung`, which is for pairs that they are known not
    /// to support: copy_file_range takes only a file as output.
    /// [`Rung::Parts`] counts as [`Rung::ReadWrite`].
    #[must_use]
    pub fn starting_with(mut self, rung: Rung) -> Self {
        self.machine.rung = rung.min(Rung::ReadWrite);
        self
    }

    /// Takes the output for a stream socket, and asks for no kind.
    pub(crate) fn with_stream_output(mut self) -> Self {
        self.output = Output::Stream;
        self
    }
}

impl<G: Gate + Copy> Transfer<'_, G> {
    /// The bytes that have reached the output.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.machine.total.wrapping_sub(self.machine.left)
    }

    /// The bytes of [`exactly`](Self::exactly) that have not reached the output;
    /// `None` without it.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.machine.exact.then_some(self.machine.left)
    }

    /// The offset of the byte after the last one that has reached the output;
    /// `None` if `in_fd`'s own position is used.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        let pending = self.machine.pending as u64;
        let position = self.machine.position;
        position.map(|position| position.saturating_sub(pending))
    }

    /// The bytes that were read and have not reached the output. The next step
    /// writes them first.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        self.buffer.pending()
    }

    /// The rung in use.
    #[must_use]
    pub fn rung(&self) -> Rung {
        self.machine.rung
    }

    /// Why the rung before the one in use was left; `None` if none was, or if it
    /// was left because its call returned 0.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.machine.last
    }

    /// The number of calls so far: those that moved bytes or were meant to, and
    /// the checks whether a 0 was the end.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.machine.calls
    }

    /// Returns the pending bytes to the input: the next read gets them again.
    ///
    /// Makes one call, lseek, if `in_fd`'s own position is used and bytes are
    /// pending, and none otherwise.
    ///
    /// # Errors
    ///
    /// ESPIPE if the input cannot seek; the bytes are then still pending.
    pub fn give_back(&mut self) -> Result<(), Errno> {
        let pending = self.machine.pending;
        if pending > 0 {
            match self.position() {
                Some(position) => self.machine.position = Some(position),
                None => {
                    let back = (pending as i64).wrapping_neg();
                    sys::lseek(self.gate, self.in_fd, back, Whence::Current)?;
                }
            }
            self.machine.pending = 0;
            self.buffer.clear();
        }
        Ok(())
    }
}
