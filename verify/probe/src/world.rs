//! What a check moves bytes between.

use crate::{Recorder, Stop};

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A regular file, open for reading and writing.
    File,
    /// A descriptor open for writing only.
    WriteOnly,
    /// A directory.
    Directory,
    /// A pipe with bytes in it.
    Pipe,
    /// A stream socket with bytes in it.
    Socket,
    /// /dev/null.
    Null,
    /// /dev/zero.
    Zero,
    /// /proc/version.
    Proc,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// A Unix stream socket.
    Stream,
    /// A TCP connection over the loopback.
    Tcp,
    /// The same by IPv6.
    Tcp6,
    /// A Unix datagram socket.
    Datagram,
    /// A TCP socket that is not connected.
    Unconnected,
    /// A Unix stream socket whose peer is closed.
    Closed,
    /// A pipe.
    Pipe,
    /// A regular file, open for reading and writing.
    File,
    /// The same with O_APPEND.
    Append,
    /// A descriptor open for reading only.
    ReadOnly,
    /// A memfd that is sealed against writing.
    Sealed,
    /// /dev/null.
    Null,
    /// /dev/full.
    Full,
    /// An eventfd.
    Event,
}

/// An output, and where what was written to it can be read.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// The descriptor that is written.
    pub fd: i32,
    /// Its other end, or itself; −1 where there is none.
    pub back: i32,
    /// What it is.
    pub kind: Output,
}

impl Out {
    /// Descriptor −1.
    pub const NONE: Self = Self {
        fd: -1,
        back: -1,
        kind: Output::Null,
    };
}

/// Who makes files, pipes and sockets.
pub trait World {
    /// The gate through which they are reached, with the running check's record.
    fn gate(&self) -> &Recorder<'_>;

    /// An input of `len` bytes, the one at `at` being [`byte`](World::byte)
    /// (for more than 10 MiB, only the first and the last 64 KiB).
    ///
    /// # Errors
    ///
    /// Where it cannot be made.
    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop>;

    /// An output, empty.
    ///
    /// # Errors
    ///
    /// Where it cannot be made.
    fn output(&self, kind: Output) -> Result<Out, Stop>;

    /// Reads what was written to the output from byte `skip` on, in order: each
    /// byte is asked for once. 0: nothing more is there, and where there is to be
    /// `more`, none has come in a while.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn read_back(&self, out: &Out, skip: u64, buffer: &mut [u8], more: bool)
    -> Result<usize, Stop>;

    /// The byte at `at` of every input.
    fn byte(&self, at: u64) -> u8;

    /// An address at which a program may have memory, and this one has none.
    ///
    /// # Errors
    ///
    /// Where none is known.
    fn nowhere(&self) -> Result<usize, Stop>;

    /// The address of a signal handler that returns, and of the code that
    /// returns from it; `None` where signals cannot be caught.
    fn handler(&self) -> Option<(usize, usize)> {
        None
    }
}
