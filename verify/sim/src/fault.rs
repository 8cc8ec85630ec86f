//! What goes wrong, and when.

use int80::Errno;

/// What happens at one moving call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The call moves at most so many bytes, at least 1.
    Short(u32),
    /// A signal comes before the first byte; at a poll, too.
    Interrupt,
    /// EAGAIN though both sides are ready, where one is non-blocking.
    Again,
    /// This errno, this once; nothing moves.
    Fail(Errno),
    /// A call that writes acknowledges its bytes and loses them, and the next
    /// one that writes fails with this errno, once: a network file system, or a
    /// quota. [`Kernel::written`](crate::Kernel::written) has the bytes all the
    /// same: it is what the calls have acknowledged.
    Lose(Errno),
    /// The call returns 0 though there is more, where it moves bytes of a file
    /// within the kernel.
    Zero,
    /// EAGAIN though no side is non-blocking, where one is a socket: its own
    /// time limit.
    TimeLimit,
    /// From now on every read of the input fails with this errno.
    BreakInput(Errno),
    /// From now on every write of the output fails with this errno.
    BreakOutput(Errno),
    /// The input file has so many bytes more.
    Grow(u32),
    /// The input file has at most so many bytes.
    Shrink(u32),
    /// The reader of the output goes away.
    ReaderGone,
    /// The peers make progress: the reader reads, the writer writes.
    Peers,
}

/// The faults of one run, one a moving call, and then none.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    faults: std::collections::VecDeque<Fault>,
}

impl Schedule {
    /// These, in order.
    #[must_use]
    pub fn new(faults: &[Fault]) -> Self {
        Self {
            faults: faults.iter().copied().collect(),
        }
    }

    /// The next one.
    pub fn next(&mut self) -> Fault {
        self.faults.pop_front().unwrap_or(Fault::None)
    }

    /// Puts `fault` before the next one.
    pub fn put_back(&mut self, fault: Fault) {
        self.faults.push_front(fault);
    }

    /// Takes the next one if it is a signal.
    pub fn interrupts(&mut self) -> bool {
        let signal = self.faults.front() == Some(&Fault::Interrupt);
        if signal {
            self.faults.pop_front();
        }
        signal
    }
}
