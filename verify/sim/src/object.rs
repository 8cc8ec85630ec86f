//! The objects that a descriptor can stand for.

use int80::Errno;

use super::rope::Rope;

/// The kind of a file, where a call depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    Regular,
    /// A regular file as in /proc: no size, no splice_read.
    Proc,
    /// A directory.
    Directory,
    /// /dev/null: every write succeeds.
    Null,
    /// /dev/full: ENOSPC on every write, no splice_write.
    Full,
    /// A regular file without a position and with a size of 0, which read alone
    /// moves, as FUSE has them (FOPEN_NONSEEKABLE).
    Stream,
    /// A terminal: no position, no splice.
    Terminal,
}

impl FileKind {
    /// Whether it is a regular file.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        matches!(self, Self::Regular | Self::Proc | Self::Stream)
    }
}

/// A file or a device.
#[derive(Clone, Debug)]
pub struct File {
    pub kind: FileKind,
    /// Its content; for a device what was written to it.
    pub data: Rope,
    /// The size in the inode where that is not the content's: calls that move
    /// bytes within the kernel go by it, and read does not.
    pub size: Option<u64>,
    /// The pattern it is made of, where it grows.
    pub seed: u32,
    /// Which file system it is on.
    pub system: u8,
    /// ENOSPC from this length on.
    pub space: u64,
    /// Whether it is sealed against writing (a memfd).
    pub sealed: bool,
}

/// Bytes on their way, with a peer at the far end.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Written and not yet read.
    pub queue: Rope,
    /// How much the queue holds.
    pub capacity: u64,
    /// What the peer is going to write.
    pub incoming: Rope,
    /// What the peer has read.
    pub taken: Rope,
    /// Whether the channel has a reader.
    pub reader: bool,
    /// The peer does nothing.
    pub stalled: bool,
    /// The most bytes that the peer moves at a time.
    pub pace: u64,
}

impl Channel {
    /// An empty channel.
    #[must_use]
    pub fn new(capacity: u64, pace: u64) -> Self {
        Self {
            queue: Rope::default(),
            capacity,
            incoming: Rope::default(),
            taken: Rope::default(),
            reader: true,
            stalled: false,
            pace,
        }
    }

    /// How much can be written without waiting.
    #[must_use]
    pub fn room(&self) -> u64 {
        self.capacity.saturating_sub(self.queue.len())
    }

    /// Whether there is nothing to read, and nothing to come.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.queue.is_empty() && self.incoming.is_empty()
    }

    /// The peer writes what it has to write; whether it could.
    pub fn write(&mut self) -> bool {
        let count = self.pace.min(self.room()).min(self.incoming.len());
        let some = self.incoming.take(if self.stalled { 0 } else { count });
        let moved = !some.is_empty();
        self.queue.append(some);
        moved
    }

    /// The peer reads; whether it could.
    pub fn read(&mut self) -> bool {
        let reads = self.reader && !self.stalled;
        let some = self.queue.take(if reads { self.pace } else { 0 });
        let moved = !some.is_empty();
        self.taken.append(some);
        moved
    }

    /// Everything that was written to the channel, read or not.
    #[must_use]
    pub fn written(&self) -> Rope {
        let mut all = self.taken.clone();
        all.append(self.queue.clone());
        all
    }
}

/// A socket: two channels, and TCP's cork.
#[derive(Clone, Debug)]
pub struct Socket {
    pub stream: bool,
    pub tcp: bool,
    pub connected: bool,
    pub inbound: Channel,
    pub outbound: Channel,
    /// TCP_CORK.
    pub cork: bool,
    /// Bytes wait for more.
    pub held: bool,
    /// A call on the blocking socket waits only as long as its peer does
    /// something (SO_SNDTIMEO, SO_RCVTIMEO).
    pub time_limit: bool,
    /// The lengths of the messages that have left a datagram socket.
    pub messages: Vec<u64>,
    /// The bytes of a message that waits for its rest (MSG_MORE).
    pub partial: Rope,
}

/// What a descriptor stands for.
#[derive(Clone, Debug)]
pub enum Object {
    File(File),
    Pipe(Channel),
    Socket(Box<Socket>),
}

/// An open descriptor.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    pub object: usize,
    /// The flags it was opened with.
    pub flags: u32,
    pub position: u64,
    /// The error of every read.
    pub read_error: Option<Errno>,
    /// The error of every write.
    pub write_error: Option<Errno>,
    /// The error of the next write, and of no other.
    pub once: Option<Errno>,
}

impl Object {
    /// The channel that is read from.
    pub fn source(&mut self) -> Option<&mut Channel> {
        match self {
            Self::File(_) => None,
            Self::Pipe(channel) => Some(channel),
            Self::Socket(socket) => Some(&mut socket.inbound),
        }
    }

    /// The channel that is written to.
    pub fn sink(&mut self) -> Option<&mut Channel> {
        match self {
            Self::File(_) => None,
            Self::Pipe(channel) => Some(channel),
            Self::Socket(socket) => Some(&mut socket.outbound),
        }
    }
}
