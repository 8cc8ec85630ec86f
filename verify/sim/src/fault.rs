//! Faults, and the schedule of a run.

use int80::Errno;

/// The fault of one call that is to move bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No fault.
    None,
    /// The call moves at most this number of bytes, at least 1.
    Short(u32),
    /// A signal comes before the first byte; at a poll, too.
    Interrupt,
    /// The call fails with EAGAIN though both sides are ready, where one of them
    /// is non-blocking.
    Again,
    /// The call fails with this errno and moves nothing; later calls do not.
    Fail(Errno),
    /// A call that writes acknowledges its bytes and loses them, and the next
    /// one that writes fails with this errno, once: a network file system, or a
    /// quota. [`Kernel::written`](crate::Kernel::written) has the bytes all the
    /// same: it is what the calls have acknowledged.
    Lose(Errno),
    /// The call returns 0 though there is more, where it moves bytes of a file
    /// within the kernel, or of a pipe to what is none.
    Zero,
    /// The call fails with EAGAIN though both sides block, where one of them is
    /// a socket: the socket's own time limit.
    TimeLimit,
    /// From now on every read of the input fails with this errno.
    BreakInput(Errno),
    /// From now on every write of the output fails with this errno.
    BreakOutput(Errno),
    /// The input file grows by this number of bytes.
    Grow(u32),
    /// The input file is truncated to at most this number of bytes.
    Shrink(u32),
    /// The reader of the output goes away.
    ReaderGone,
    /// The peers make progress: the reader reads, the writer writes.
    Peers,
}

/// The faults of one run, one for each moving call, and then none.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    faults: std::collections::VecDeque<Fault>,
}

impl Schedule {
    /// A schedule of these faults, in order.
    #[must_use]
    pub fn new(faults: &[Fault]) -> Self {
        Self {
            faults: faults.iter().copied().collect(),
        }
    }

    /// Takes the next fault.
    pub fn next(&mut self) -> Fault {
        self.faults.pop_front().unwrap_or(Fault::None)
    }

    /// Puts `fault` before the next fault.
    pub fn put_back(&mut self, fault: Fault) {
        self.faults.push_front(fault);
    }

    /// Takes the next fault if it is a signal.
    pub fn interrupts(&mut self) -> bool {
        let signal = self.faults.front() == Some(&Fault::Interrupt);
        if signal {
            self.faults.pop_front();
        }
        signal
    }
}
