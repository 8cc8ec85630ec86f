//! The objects of a kernel, and the state that a test starts from.

use int80::{Errno, Fd};
use linux_raw_sys::general::{O_APPEND, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY};

use super::{
    Kernel,
    era::Era,
    fault::{Fault, Schedule},
    object::{Channel, File, FileKind, Object, Open, Socket},
    rope::Rope,
    state::State,
};

/// The seed of the bytes of an input.
pub const INPUT_SEED: u32 = 1;

/// The kinds of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file of this kind.
    File(FileKind),
    /// A file on a file system of its own.
    Elsewhere,
    /// A file whose inode has this size, which may differ from its contents.
    Lying(u32),
    /// A pipe.
    Pipe,
    /// A stream socket.
    Socket,
    /// A file that is open for writing only.
    WriteOnly,
}

impl Input {
    /// Whether it is a regular file.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        match self {
            Self::File(kind) => kind.is_regular(),
            Self::Elsewhere | Self::Lying(_) | Self::WriteOnly => true,
            Self::Pipe | Self::Socket => false,
        }
    }
}

/// The kinds of outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// A file of this kind.
    File(FileKind),
    /// A file opened with O_APPEND.
    Append,
    /// A file of at most this number of bytes.
    Quota(u32),
    /// A memfd that is sealed against writing.
    Sealed,
    /// A pipe.
    Pipe,
    /// A TCP socket.
    Tcp,
    /// A Unix stream socket.
    Unix,
    /// A TCP socket that was never connected.
    Unconnected,
    /// A datagram socket.
    Datagram,
    /// A file that is open for reading only.
    ReadOnly,
}

impl Output {
    /// Whether it is a regular file.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        match self {
            Self::File(kind) => kind.is_regular(),
            Self::Append | Self::Quota(_) | Self::Sealed | Self::ReadOnly => true,
            _ => false,
        }
    }
}

/// The first descriptor of a simulated kernel.
pub const FIRST: i32 = i32::MAX;
/// The largest number that Linux opens (`sysctl_nr_open_max`, `fs/file.c`).
const LARGEST_OPEN: i32 = 0x7fff_ffbf;

impl Kernel {
    /// A kernel of that era, without open descriptors.
    #[must_use]
    pub fn new(era: Era) -> Self {
        Self(State::new(era).into())
    }

    /// Refuses these calls with `errno`, as a sandbox does.
    pub fn deny(&self, calls: &[u32], errno: Errno) {
        let mut state = self.0.borrow_mut();
        state.denied = calls.to_vec();
        state.denial = errno;
    }

    /// Refuses the call `nr` with `errno`, like a file system without that
    /// operation.
    pub fn refuse(&self, nr: u32, errno: Errno) {
        self.0.borrow_mut().refused.push((nr, errno));
    }

    /// Sets the time limits of a socket (SO_SNDTIMEO, SO_RCVTIMEO): a blocking
    /// call on it returns EAGAIN when its peer does nothing any more.
    pub fn time_limit(&self, fd: Fd<'_>) {
        if let Some(Object::Socket(socket)) = self.0.borrow_mut().object(index(fd)) {
            socket.time_limit = true;
        }
    }

    /// Sets the faults of the calls that follow.
    pub fn schedule(&self, faults: &[Fault]) {
        self.0.borrow_mut().schedule = Schedule::new(faults);
    }

    /// Opens an input of `len` bytes of pattern [`INPUT_SEED`].
    pub fn input(&self, kind: Input, len: u64, pace: u64) -> Fd<'static> {
        let data = Rope::pattern(INPUT_SEED, 0, len);
        let file = |kind, system| {
            Object::File(File {
                kind,
                data: data.clone(),
                size: (kind == FileKind::Stream).then_some(0),
                seed: INPUT_SEED,
                system,
                space: u64::MAX,
                sealed: false,
            })
        };
        let channel = || {
            let mut channel = Channel::new(65536, pace);
            channel.incoming = data.clone();
            channel
        };
        let (object, flags) = match kind {
            Input::File(kind) => (file(kind, u8::from(kind == FileKind::Proc)), O_RDONLY),
            Input::Elsewhere => (file(FileKind::Regular, 1), O_RDONLY),
            Input::Lying(size) => {
                let mut lying = file(FileKind::Regular, 0);
                if let Object::File(file) = &mut lying {
                    file.size = Some(size.into());
                }
                (lying, O_RDONLY)
            }
            Input::Pipe => (Object::Pipe(channel()), O_RDONLY),
            Input::Socket => {
                let socket = Socket {
                    inbound: channel(),
                    ..new_socket(true, pace)
                };
                (Object::Socket(Box::new(socket)), O_RDWR)
            }
            Input::WriteOnly => (file(FileKind::Regular, 0), O_WRONLY),
        };
        let fd = self.open(object, flags);
        self.0.borrow_mut().input = index(fd);
        fd
    }

    /// Opens an output whose buffer, if it has one, holds `capacity` bytes.
    pub fn output(&self, kind: Output, capacity: u64, pace: u64) -> Fd<'static> {
        let file = |kind, space, sealed| {
            Object::File(File {
                kind,
                data: Rope::default(),
                size: None,
                seed: 0,
                system: 0,
                space,
                sealed,
            })
        };
        let regular = |space, sealed| file(FileKind::Regular, space, sealed);
        let socket = |tcp| {
            let mut socket = new_socket(tcp, pace);
            socket.outbound.capacity = capacity;
            Box::new(socket)
        };
        let (object, flags) = match kind {
            Output::File(kind) => (file(kind, u64::MAX, false), O_WRONLY),
            Output::Append => (regular(u64::MAX, false), O_WRONLY | O_APPEND),
            Output::Quota(space) => (regular(space.into(), false), O_WRONLY),
            Output::Sealed => (regular(u64::MAX, true), O_RDWR),
            Output::Pipe => (Object::Pipe(Channel::new(capacity, pace)), O_WRONLY),
            Output::Tcp => (Object::Socket(socket(true)), O_RDWR),
            Output::Unix => (Object::Socket(socket(false)), O_RDWR),
            Output::Datagram => {
                let mut socket = socket(false);
                socket.stream = false;
                (Object::Socket(socket), O_RDWR)
            }
            Output::Unconnected => {
                let mut socket = socket(true);
                socket.connected = false;
                (Object::Socket(socket), O_RDWR)
            }
            Output::ReadOnly => (regular(u64::MAX, false), O_RDONLY),
        };
        let fd = self.open(object, flags);
        self.0.borrow_mut().output = index(fd);
        fd
    }

    /// Opens a descriptor, from [`FIRST`] downwards.
    fn open(&self, object: Object, flags: u32) -> Fd<'static> {
        let mut state = self.0.borrow_mut();
        state.objects.push(object);
        let open = Open {
            object: state.objects.len() - 1,
            flags,
            position: 0,
            read_error: None,
            write_error: None,
            once: None,
        };
        state.open.push(Some(open));
        let number = FIRST - (state.open.len() as i32 - 1);
        assert!(number > LARGEST_OPEN, "too many descriptors");
        // SAFETY: open in this kernel for as long as there is one, and a number
        // that no process can have open.
        unsafe { Fd::borrow_raw(number) }
    }

    /// Sets O_NONBLOCK on the descriptor.
    pub fn nonblocking(&self, fd: Fd<'_>) {
        let mut state = self.0.borrow_mut();
        if let Ok(open) = state.file(index(fd)) {
            open.flags |= O_NONBLOCK;
        }
    }

    /// Turns a stream socket into a datagram socket.
    pub fn datagram(&self, fd: Fd<'_>) {
        if let Some(Object::Socket(socket)) = self.0.borrow_mut().object(index(fd)) {
            socket.stream = false;
        }
    }

    /// Stops the peers of every channel, or lets them go on.
    pub fn stall(&self, stalled: bool) {
        for object in &mut self.0.borrow_mut().objects {
            for channel in [Object::source, Object::sink] {
                if let Some(channel) = channel(object) {
                    channel.stalled = stalled;
                }
            }
        }
    }

    /// Lets the peers make progress: readers read, writers write.
    pub fn advance(&self) {
        self.0.borrow_mut().advance();
    }

    /// Moves the descriptor's own position.
    pub fn seek(&self, fd: Fd<'_>, at: u64) {
        if let Ok(open) = self.0.borrow_mut().file(index(fd)) {
            open.position = at;
        }
    }

    /// Sets the blocked and the pending signals.
    pub fn set_signals(&self, blocked: u64, pending: u64) {
        let signals = &mut self.0.borrow_mut().signals;
        (signals.blocked, signals.pending) = (blocked, pending);
    }
}

/// The place of a descriptor in the kernel's table.
pub(crate) fn index(fd: Fd<'_>) -> usize {
    place(fd.as_raw_fd())
}

/// The place of the descriptor of this number; out of the table for one that
/// this kernel does not open.
pub(crate) fn place(number: i32) -> usize {
    FIRST.wrapping_sub(number) as u32 as usize
}

fn new_socket(tcp: bool, pace: u64) -> Socket {
    Socket {
        stream: true,
        tcp,
        connected: true,
        inbound: Channel::new(65536, pace),
        outbound: Channel::new(65536, pace),
        cork: false,
        held: false,
        time_limit: false,
        messages: Vec::new(),
        partial: Rope::default(),
    }
}

impl State {
    /// Changes the length of the input file.
    pub fn resize(&mut self, to: impl Fn(u64) -> u64) {
        let input = self.input;
        if let Some(Object::File(file)) = self.object(input) {
            file.data = Rope::pattern(file.seed, 0, to(file.data.len()));
        }
    }
}
