//! One moving call.

use super::{FILE_BUDGET, Ladder, Refusal, Rung, Side, Step, Transfer};
use crate::{
    Errno, Gate,
    call::{self, PollFd, PollFlags, SpliceFlags},
    send, send32,
};

/// Where call 187 with an offset ends.
const END_OF_32_BITS: u64 = 0x7fff_ffff;

// What is marked as never inlined is smaller so, by a thirtieth of `sfcat`, and
// a call of the kernel's costs more than one of ours.
impl<G: Gate + Copy, L: Ladder> Transfer<'_, G, L> {
    /// Makes at most one call that moves bytes, on the best rung that takes the
    /// pair, and says what came of it.
    ///
    /// It does not wait where a non-blocking side is not ready, does not try
    /// again after a signal, and does not go on after a short count. Rungs
    /// that refuse the pair have moved nothing, and are left within the step.
    /// Where a call alone does not tell which side would block or has failed,
    /// both are asked by calls that move nothing.
    ///
    /// # Returns
    ///
    /// See [`Step`]. Once the end was reached no further call is made.
    ///
    /// # Examples
    ///
    /// ```
    /// use int80::{Errno, Fd, Native, transfer::{Side, Step, Transfer}};
    ///
    /// // Descriptor −1 is open in no program.
    /// let none = unsafe { Fd::borrow_raw(-1) };
    /// let mut transfer = Transfer::new(Native, Fd::STDOUT, none, &mut []);
    /// let Step::Failed(error) = transfer.step() else { panic!() };
    /// assert_eq!((error.errno, error.side), (Errno::EBADF, Side::Input));
    /// ```
    pub fn step(&mut self) -> Step {
        while self.left > 0 && !self.ended {
            if !L::SHORT && self.rung == Rung::ReadWrite && self.buffer.is_empty() {
                return self.no_fall_back();
            }
            let writing = !self.pending().is_empty();
            let result = self.attempt();
            self.calls = self.calls.wrapping_add(1);
            match result {
                // A device that takes nothing, and says no more: as cat has it.
                Ok(0) if writing => return self.failed(Errno::ENOSPC),
                Ok(0) if !L::SHORT && self.rung == Rung::CopyFileRange && !self.moves => {
                    self.climb()
                }
                Ok(0) => self.ended = true,
                Ok(count) => return self.account(count, writing),
                Err(Errno::EINTR) => return Step::Interrupted,
                Err(errno) if self.is_refusal(errno) => {
                    let refusal = Refusal {
                        rung: self.rung,
                        errno,
                    };
                    self.last = Some(refusal);
                    if !L::SHORT {
                        self.first.get_or_insert(refusal);
                    }
                    self.climb();
                }
                Err(Errno::EAGAIN) => return Step::WouldBlock(self.unready(writing)),
                Err(errno) => return self.failed(errno),
            }
        }
        if !L::SHORT && self.exact && self.left > 0 {
            Step::Premature
        } else {
            Step::Complete
        }
    }

    /// The rung's call; for read and write the one whose turn it is.
    #[inline(never)]
    fn attempt(&mut self) -> Result<usize, Errno> {
        let (gate, out_fd, in_fd) = (self.gate, self.out_fd, self.in_fd);
        // A copy of the position is the cell: where it is afterwards follows
        // from what was moved.
        let position = self.cell();
        let mut cell = position;
        let offset = cell.as_mut();
        let limit = match (self.rung, self.budget) {
            (Rung::CopyFileRange, 0) if !L::SHORT => FILE_BUDGET,
            (Rung::CopyFileRange, budget) if !L::SHORT => budget,
            _ => self.limit,
        };
        let count = self.left.min(limit as u64) as usize;
        match self.rung {
            Rung::ReadWrite | Rung::Parts => {
                if !self.pending().is_empty() {
                    return call::write(gate, out_fd, self.pending());
                }
                let count = count.min(self.buffer.len());
                let buffer = self.buffer.get_mut(..count).unwrap_or_default();
                match position {
                    Some(position) => call::pread(gate, in_fd, buffer, position),
                    None => call::read(gate, in_fd, buffer),
                }
            }
            _ if L::SHORT => send(gate, out_fd, in_fd, offset, count),
            Rung::CopyFileRange => call::copy_file_range(gate, in_fd, offset, out_fd, count),
            Rung::Sendfile64 => send(gate, out_fd, in_fd, offset, count),
            Rung::Sendfile => {
                if self.position >= Some(END_OF_32_BITS) {
                    return Err(Errno::EOVERFLOW);
                }
                let mut cell = self.position.map(|position| position as u32);
                send32(gate, out_fd, in_fd, cell.as_mut(), count)
            }
            Rung::Splice => {
                let flags = SpliceFlags::empty();
                call::splice(gate, in_fd, offset, out_fd, count, flags)
            }
        }
    }

    /// Books `count` bytes, which were read, written or both.
    fn account(&mut self, count: usize, writing: bool) -> Step {
        self.moves = true;
        if writing {
            self.pending.start = self.pending.start.wrapping_add(count);
        } else if let (Some(position), false) = (&mut self.position, L::SHORT) {
            *position = position.wrapping_add(count as u64);
        }
        if self.rung == Rung::ReadWrite && !writing {
            self.pending = 0..count;
            return Step::Buffered(count);
        }
        self.left = self.left.saturating_sub(count as u64);
        Step::Moved(count)
    }

    /// Whether `errno` says that this rung is not for this pair.
    fn is_refusal(&self, errno: Errno) -> bool {
        if L::SHORT {
            // A connection tells of its error once.
            return self.rung != Rung::ReadWrite && errno != Errno::EPIPE && !connection(errno);
        }
        match errno {
            Errno::EINVAL | Errno::ENOSYS | Errno::EPERM | Errno::EOPNOTSUPP => {
                self.rung != Rung::ReadWrite
            }
            Errno::EBADF | Errno::EISDIR | Errno::ETXTBSY | Errno::EXDEV => {
                self.rung == Rung::CopyFileRange
            }
            // The offset is past the 2 GiB of call 187, or of the *output's*
            // file system: a tty's has that limit, too.
            Errno::EOVERFLOW => matches!(self.rung, Rung::Sendfile64 | Rung::Sendfile),
            _ => false,
        }
    }

    /// Goes on to the next rung. 187 is for kernels that have no 239.
    fn climb(&mut self) {
        let no_239 = self.last.is_some_and(|last| last.errno == Errno::ENOSYS);
        self.moves = false;
        self.rung = match self.rung {
            _ if L::SHORT => Rung::ReadWrite,
            Rung::CopyFileRange => Rung::Sendfile64,
            Rung::Sendfile64 if no_239 => Rung::Sendfile,
            Rung::Sendfile64 | Rung::Sendfile => Rung::Splice,
            Rung::Splice | Rung::ReadWrite | Rung::Parts => Rung::ReadWrite,
        };
    }

    /// The side that is not ready, after EAGAIN.
    fn unready(&self, writing: bool) -> Side {
        if L::SHORT || self.rung == Rung::ReadWrite {
            return if writing { Side::Output } else { Side::Input };
        }
        let mut fds = [
            PollFd::new(self.out_fd, PollFlags::OUT),
            PollFd::new(self.in_fd, PollFlags::IN),
        ];
        // An error of poll's leaves both unready.
        let _ = call::poll(self.gate, &mut fds, 0);
        match fds.map(|fd| fd.revents.is_empty()) {
            [true, _] => Side::Output,
            [_, true] => Side::Input,
            _ => Side::Unknown,
        }
    }

    /// What the first rung answered, since the last one has no buffer.
    fn no_fall_back(&mut self) -> Step {
        let Refusal { rung, errno } = self.first.unwrap_or(Refusal {
            rung: self.rung,
            errno: Errno::EINVAL,
        });
        self.rung = rung;
        self.failed(errno)
    }

    fn failed(&self, errno: Errno) -> Step {
        Step::Failed(super::Error {
            errno,
            rung: self.rung,
            side: self.blame(errno),
        })
    }
}

/// Whether `errno` is one of a connection's own, ENETDOWN to EHOSTUNREACH.
fn connection(errno: Errno) -> bool {
    (Errno::ENETDOWN.number()..=Errno::EHOSTUNREACH.number()).contains(&errno.number())
}
