//! The whole job, however many calls it takes: every byte once, in order,
//! whatever happens.
//!
//! sendfile alone is not a copy: it stops short, it refuses half of the pairs
//! of descriptors, and it does not say which side failed. A [`Transfer`] is a
//! value that knows how far it has come and by which call; [`Transfer::step`]
//! makes one moving call, for event loops, and [`Transfer::run`] goes on to
//! the end.
//!
//! # The ladder
//!
//! [`Rung`]s are tried in their order. One is left only when its call has moved
//! nothing *and* the errno says "not this pair": EINVAL, ENOSYS, EPERM and
//! EOPNOTSUPP, for copy_file_range also EBADF (an O_APPEND output), EISDIR,
//! ETXTBSY, EXDEV, and 0 on its first call, which is how some kernels answer
//! for a file whose size they do not know, and for sendfile also EOVERFLOW (an
//! offset beyond the limit of the output's file system). The last rung, read and write,
//! takes any pair; where an earlier rung hid the true error, it is the one
//! that says it: EISDIR for a directory, ENOSPC for /dev/full.
//!
//! [`Transfer::short`] has a ladder of two rungs, for the smallest programs.

mod blame;
mod deadline;
mod framed;
mod ladder;
mod outcome;
mod parts;
mod run;
mod state;
mod step;

pub use deadline::Deadline;
pub use framed::{Framed, Progress};
pub use ladder::{Full, Ladder, Short};
pub use outcome::{End, Error, Outcome, Refusal, Rung, Side, Step};

use core::{marker::PhantomData, ops::Range};

use crate::{Fd, Gate, MAX_COUNT};

/// The budget of one call to a file or a pipe, 16 MiB, unless another is given.
pub const FILE_BUDGET: usize = 16 << 20;
/// The budget of one call to a socket, 2 MiB, unless another is given.
pub const SOCKET_BUDGET: usize = 2 << 20;

/// One transfer from `in_fd` to `out_fd`, at any point of its way.
///
/// It allocates nothing and owns nothing: dropping it loses no byte but those
/// that were read and not yet written ([`pending`](Self::pending)), and
/// [`give_back`](Self::give_back) gives even these back where the input can
/// seek.
///
/// What was sent to a socket or a pipe may still be the file's own pages: what
/// is written to the file afterwards is then what the reader sees. Starting
/// with [`Rung::ReadWrite`] copies instead.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, transfer::{End, Transfer}};
///
/// # fn main() {
/// let mut buffer = [0; 4096];
/// let mut transfer = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, &mut buffer)
///     .from_offset(4096)
///     .count(0);
/// let outcome = transfer.run();
/// assert_eq!((outcome.moved, outcome.end), (0, End::Complete));
/// # }
/// ```
#[derive(Debug)]
pub struct Transfer<'a, G, L = Full> {
    gate: G,
    out_fd: Fd<'a>,
    in_fd: Fd<'a>,
    /// The next byte to be read; `None` is the file's own position.
    position: Option<u64>,
    /// The bytes that are to be written; `u64::MAX` where the transfer goes to
    /// the end.
    total: u64,
    /// Those of them that are to be written yet.
    left: u64,
    /// Whether `total` is a promise.
    exact: bool,
    /// The input has said that it is at its end.
    ended: bool,
    buffer: &'a mut [u8],
    /// Where in the buffer the bytes are that were read and not yet written.
    pending: Range<usize>,
    /// The most bytes of one call; 0 is the default of the output's kind.
    budget: usize,
    /// The most bytes of the next call.
    limit: usize,
    /// Whether a pipe may be made larger.
    grow: bool,
    /// Whether `run` knows what the output is.
    settled: bool,
    rung: Rung,
    /// Whether this rung has moved bytes.
    moves: bool,
    calls: u32,
    first: Option<Refusal>,
    last: Option<Refusal>,
    ladder: PhantomData<L>,
}

impl<'a, G: Gate + Copy> Transfer<'a, G> {
    /// A transfer of all that `in_fd` has from its own position on, to its end.
    ///
    /// Makes no call.
    ///
    /// - `buffer`: for the pairs that only read and write can do, 128 KiB is
    ///   the measured optimum. An empty one means "do not fall back": where
    ///   no other call takes the pair, the first rung's error is reported (EINVAL
    ///   where that rung is read and write itself).
    #[must_use]
    pub fn new(gate: G, out_fd: Fd<'a>, in_fd: Fd<'a>, buffer: &'a mut [u8]) -> Self {
        Self::made(gate, out_fd, in_fd, buffer, Rung::CopyFileRange)
    }

    /// Reads from byte `offset` on, and leaves `in_fd`'s own position alone.
    #[must_use]
    pub fn from_offset(mut self, offset: u64) -> Self {
        self.position = Some(offset);
        self
    }

    /// Moves exactly `count` bytes, not all up to the end: that the input ends
    /// before is an outcome of its own. 0 moves nothing.
    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.total = count;
        self.left = count;
        self.exact = true;
        self
    }

    /// No call moves more than `bytes` (1..=[`MAX_COUNT`]), so that none holds
    /// the program for long.
    ///
    /// Without it [`run`](Self::run) takes [`FILE_BUDGET`] to a file or a pipe
    /// and [`SOCKET_BUDGET`] to a socket; [`step`](Self::step), which does not
    /// ask what the output is, takes the smaller but for copy_file_range.
    #[must_use]
    pub fn budget(mut self, bytes: usize) -> Self {
        let bytes = bytes.clamp(1, MAX_COUNT);
        self.budget = bytes;
        self.limit = bytes;
        self
    }

    /// Allows [`run`](Self::run) to make an output pipe 1 MiB large, by
    /// F_SETPIPE_SZ, once 64 KiB have gone through it. A refusal is ignored.
    #[must_use]
    pub fn grow_pipe(mut self) -> Self {
        self.grow = true;
        self
    }
}

impl<'a, G: Gate + Copy> Transfer<'a, G, Short> {
    /// A transfer with two rungs, sendfile64 and then read and write, for
    /// programs of which each byte counts: a third of the code. It starts at
    /// `in_fd`'s own position, and has no promised count.
    ///
    /// No question is asked about the descriptors. Instead sendfile64 is left
    /// for EAGAIN and every error but a connection's: read and write then meet
    /// the same on the side where it is, or nothing any more. An error of a
    /// connection (EPIPE, ENETDOWN to EHOSTUNREACH) would not come again; it is
    /// taken for the output's, so that a socket as `in_fd` is to be
    /// [started](Self::starting_with) with [`Rung::ReadWrite`].
    ///
    /// - `buffer`: 128 KiB is the measured optimum. The budget is
    ///   [`SOCKET_BUDGET`].
    #[must_use]
    pub fn short<const N: usize>(
        gate: G,
        out_fd: Fd<'a>,
        in_fd: Fd<'a>,
        buffer: &'a mut [u8; N],
    ) -> Self {
        const { assert!(N > 0, "the last rung needs a buffer") };
        Self::made(gate, out_fd, in_fd, buffer, Rung::Sendfile64)
    }
}

impl<'a, G: Gate + Copy, L: Ladder> Transfer<'a, G, L> {
    fn made(gate: G, out_fd: Fd<'a>, in_fd: Fd<'a>, buffer: &'a mut [u8], rung: Rung) -> Self {
        Self {
            gate,
            out_fd,
            in_fd,
            position: None,
            total: u64::MAX,
            left: u64::MAX,
            exact: false,
            ended: false,
            buffer,
            pending: 0..0,
            budget: 0,
            limit: SOCKET_BUDGET,
            grow: false,
            settled: false,
            rung,
            moves: false,
            calls: 0,
            first: None,
            last: None,
            ladder: PhantomData,
        }
    }

    /// Moves up to `count` bytes, and not beyond the end. 0 moves nothing.
    #[must_use]
    pub fn at_most(mut self, count: u64) -> Self {
        self.exact = false;
        self.total = count;
        self.left = count;
        self
    }

    /// Leaves out the rungs before `rung`, where it is known that they do not
    /// take the pair: nothing but a file is copy_file_range's output.
    #[must_use]
    pub fn starting_with(mut self, rung: Rung) -> Self {
        self.rung = match rung {
            Rung::CopyFileRange | Rung::Sendfile64 if L::SHORT => Rung::Sendfile64,
            _ if L::SHORT => Rung::ReadWrite,
            _ => rung.min(Rung::ReadWrite),
        };
        self
    }
}
