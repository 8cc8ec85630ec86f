//! The whole transfer, however many calls it takes: every byte once, in order,
//! under every fault.
//!
//! sendfile alone is not a copy: it stops short, it refuses half of the pairs
//! of descriptors, and it does not tell which side failed. A [`Transfer`] is a
//! value that knows how far it has come and by which call; [`Transfer::step`]
//! makes one moving call, for event loops, and [`Transfer::run`] goes on to
//! the end.
//!
//! # The ladder
//!
//! [`Rung`]s are tried in their order, by five rules:
//!
//! 1. A rung is left only while it has moved nothing. After its first byte
//!    every error is final, since a file system may report an error once.
//!    Where another transfer has written to the output before, that error may be
//!    of its bytes: start with [`Rung::Sendfile64`], whose EIO leaves no rung.
//! 2. Before its first byte an errno that can mean "not this pair, not here"
//!    leaves the rung: EINVAL, ENOSYS, EPERM and EOPNOTSUPP; for
//!    copy_file_range also EACCES, EBADF (an O_APPEND output), EIO, EISDIR,
//!    ENOENT, ETXTBSY and EXDEV; for sendfile also EOVERFLOW (an offset beyond
//!    the limit of the output's file system).
//! 3. A rung that returns 0 is followed by a read of one byte at the position,
//!    and only a read that returns 0 is the end: some file systems move data by
//!    read alone, and have any size in the inode.
//! 4. EAGAIN where neither descriptor is O_NONBLOCK is a socket's own time
//!    limit, and is an error.
//! 5. Where a sandbox refuses a question (fcntl, getsockopt), an older call is
//!    asked, and then the safe result is assumed.
//!
//! The last rung, read and write, takes any pair; where an earlier rung hid the
//! true error, it returns that error: EISDIR for a directory, ENOSPC for
//! /dev/full.

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

/// The budget of one call to a file or a pipe, 16 MiB, unless another is given.
pub const FILE_BUDGET: usize = 16 << 20;
/// The budget of one call to a socket, 2 MiB, unless another is given.
pub const SOCKET_BUDGET: usize = 2 << 20;

/// One transfer from `in_fd` to `out_fd`, at any stage.
///
/// It allocates nothing and owns no descriptor: dropping it loses no byte but
/// those that were read and not yet written ([`pending`](Self::pending)), and
/// [`give_back`](Self::give_back) gives even these back where the input can
/// seek.
///
/// What was sent to a socket or a pipe may still be the file's own pages: what
/// is written to the file afterwards is then what the reader sees. Starting
/// with [`Rung::ReadWrite`] copies instead.
///
/// An input that has messages, a datagram or packet socket, is to start with
/// [`Rung::ReadWrite`], too, and with a buffer that holds the largest: the kernel
/// cuts a message where the read or the pipe has less room.
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
    /// Whether `run` may make an output pipe larger.
    grow: bool,
    /// The size that an output pipe had before `run` made it larger, or 0.
    grown_from: u32,
    /// Whether `run` knows what the output is.
    settled: bool,
}

impl<'a, G: Gate + Copy> Transfer<'a, G> {
    /// A transfer of all that `in_fd` has from its own position on, to its end.
    ///
    /// Makes no call.
    ///
    /// - `buffer`: for the pairs that only read and write can do; 128 KiB is
    ///   the measured optimum. [`Buffer::none`] means "do not fall back": where
    ///   no other call takes the pair, the first rung's error is returned
    ///   (EINVAL where that rung is read and write itself, or where a call
    ///   returns 0 before the end of the file).
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
            grown_from: 0,
            settled: false,
        }
    }

    /// Reads from byte `offset` on, and leaves `in_fd`'s own position alone.
    #[must_use]
    pub fn from_offset(mut self, offset: u64) -> Self {
        self.machine.position = Some(offset);
        self
    }

    /// Moves exactly `count` bytes, not all up to the end: an input that ends
    /// before is [`End::UnexpectedEof`]. 0 moves nothing.
    #[must_use]
    pub fn exactly(mut self, count: u64) -> Self {
        self.machine.set_total(count, true);
        self
    }

    /// Moves up to `count` bytes, and not beyond the end. 0 moves nothing.
    #[must_use]
    pub fn at_most(mut self, count: u64) -> Self {
        self.machine.set_total(count, false);
        self
    }

    /// Bounds one call to `bytes`, 1..=[`MAX_COUNT`](crate::MAX_COUNT), so that
    /// none holds the program for long; 0 counts as 1.
    ///
    /// Without it [`run`](Self::run) takes [`FILE_BUDGET`] to a file or a pipe
    /// and [`SOCKET_BUDGET`] to a socket; [`step`](Self::step), which does not
    /// ask what the output is, takes the smaller except for copy_file_range.
    #[must_use]
    pub fn budget(mut self, bytes: usize) -> Self {
        self.machine.set_budget(bytes);
        self
    }

    /// Allows [`run`](Self::run) to make an output pipe 1 MiB large, by
    /// F_SETPIPE_SZ, once 64 KiB have gone through it, and restores the old
    /// size at the end where the bytes in the pipe fit it. A refusal is ignored.
    #[must_use]
    pub fn grow_pipe(mut self) -> Self {
        self.grow = true;
        self
    }

    /// Leaves out the rungs before `rung`, where it is known that they do not
    /// take the pair: only a file is copy_file_range's output.
    #[must_use]
    pub fn starting_with(mut self, rung: Rung) -> Self {
        self.machine.rung = rung.min(Rung::ReadWrite);
        self
    }
}

impl<G: Gate + Copy> Transfer<'_, G> {
    /// The bytes that have reached the output.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.machine.total.wrapping_sub(self.machine.left)
    }

    /// The bytes that are promised and have not reached the output; `None`
    /// where no number was promised.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.machine.exact.then_some(self.machine.left)
    }

    /// The byte after the last one that has reached the output; `None` where
    /// `in_fd`'s own position is used.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        let pending = self.machine.pending as u64;
        let position = self.machine.position;
        position.map(|position| position.saturating_sub(pending))
    }

    /// The bytes that were read and have not reached the output. They are the
    /// first to be written on the next step.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        self.buffer.pending()
    }

    /// The rung in use.
    #[must_use]
    pub fn rung(&self) -> Rung {
        self.machine.rung
    }

    /// Why the rung before the one in use was left; `None` where none was, or
    /// where its call returned 0.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.machine.last
    }

    /// The calls made so far that moved, or were to move, bytes.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.machine.calls
    }

    /// Gives the pending bytes back to the input: the next read has them again.
    ///
    /// Makes one call, lseek, where `in_fd`'s own position is used and bytes
    /// are pending, and none otherwise.
    ///
    /// # Errors
    ///
    /// ESPIPE where the input cannot seek; the bytes are then still pending.
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
