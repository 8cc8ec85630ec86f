//! The state of a kernel after calls, for tests to read.

use int80::{Errno, Fd};

use super::{
    Kernel,
    object::Object,
    rope::Rope,
    setup::index,
    state::{Counts, Returned},
};

impl Kernel {
    /// All bytes that were written to a descriptor.
    #[must_use]
    pub fn written(&self, fd: Fd<'_>) -> Rope {
        match self.0.borrow_mut().object(index(fd)) {
            Some(Object::File(file)) => file.data.clone(),
            Some(object) => object.sink().map_or_else(Rope::default, |c| c.written()),
            None => Rope::default(),
        }
    }

    /// The number of bytes that were written to a descriptor.
    #[must_use]
    pub fn written_len(&self, fd: Fd<'_>) -> u64 {
        match self.0.borrow_mut().object(index(fd)) {
            Some(Object::File(file)) => file.data.len(),
            Some(object) => object
                .sink()
                .map_or(0, |channel| channel.taken.len() + channel.queue.len()),
            None => 0,
        }
    }

    /// The number of bytes that an input has left: in a file from `at` on.
    #[must_use]
    pub fn unread(&self, fd: Fd<'_>, at: u64) -> u64 {
        match self.0.borrow_mut().object(index(fd)) {
            Some(Object::File(file)) => file.data.len().saturating_sub(at),
            Some(object) => object
                .source()
                .map_or(0, |channel| channel.queue.len() + channel.incoming.len()),
            None => 0,
        }
    }

    /// The descriptor's own position.
    #[must_use]
    pub fn position(&self, fd: Fd<'_>) -> u64 {
        let mut state = self.0.borrow_mut();
        state.file(index(fd)).map_or(0, |open| open.position)
    }

    /// Whether the descriptor can be read (events 1) or written (4) at once.
    #[must_use]
    pub fn ready(&self, fd: Fd<'_>, events: i16) -> bool {
        self.0.borrow_mut().readiness(index(fd), events) != 0
    }

    /// Whether a socket holds bytes back, or TCP_CORK is on.
    #[must_use]
    pub fn corked(&self, fd: Fd<'_>) -> bool {
        match self.0.borrow_mut().object(index(fd)) {
            Some(Object::Socket(socket)) => socket.cork || socket.held,
            _ => false,
        }
    }

    /// The errors of every read of the input and every write of the output,
    /// where they are broken.
    #[must_use]
    pub fn broken(&self) -> [Option<Errno>; 2] {
        let mut state = self.0.borrow_mut();
        let (input, output) = (state.input, state.output);
        let read = state.file(input).ok().and_then(|open| open.read_error);
        let write = state.file(output).ok().and_then(|open| open.write_error);
        [read, write]
    }

    /// The clock in nanoseconds.
    #[must_use]
    pub fn clock(&self) -> u64 {
        self.0.borrow().clock
    }

    /// The size of a pipe.
    #[must_use]
    pub fn capacity(&self, fd: Fd<'_>) -> u64 {
        match self.0.borrow_mut().object(index(fd)) {
            Some(object) => object.sink().map_or(0, |channel| channel.capacity),
            None => 0,
        }
    }

    /// The numbers of calls so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.0.borrow().counts
    }

    /// The results of the calls that were to move bytes, in order.
    #[must_use]
    pub fn returned(&self) -> Vec<Returned> {
        self.0.borrow().returned.clone()
    }

    /// The messages that have left a datagram socket, apart from each other.
    #[must_use]
    pub fn messages(&self, fd: Fd<'_>) -> Vec<Rope> {
        match self.0.borrow_mut().object(index(fd)) {
            Some(Object::Socket(socket)) => {
                let mut all = socket.outbound.written();
                socket.messages.iter().map(|len| all.take(*len)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How many signals were delivered, the set of pending ones, and the set of
    /// blocked ones.
    #[must_use]
    pub fn signals(&self) -> (u32, u64, u64) {
        let signals = self.0.borrow().signals;
        (signals.delivered, signals.pending, signals.blocked)
    }
}
