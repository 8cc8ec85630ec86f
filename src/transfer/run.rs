//! To the end.

use super::{
    End, FILE_BUDGET, Outcome, Rung, SOCKET_BUDGET, Side, Step, Transfer,
    deadline::{Forever, Patience},
};
use crate::{
    Errno, Gate,
    call::{self, PollFd, PollFlags},
};

/// What is done before it is asked what the output is: a small transfer needs
/// no more, and the default pipe holds it.
const SMALL: usize = 64 << 10;
/// What an output pipe is grown to: what the kernel allows anyone.
const PIPE_SIZE: u32 = 1 << 20;

impl<G: Gate + Copy> Transfer<'_, G> {
    /// Moves everything: goes on after short counts and signals, and waits
    /// with poll where a non-blocking side is not ready.
    ///
    /// It can be called again after any end: it goes on where it stopped.
    ///
    /// # Returns
    ///
    /// The bytes that have reached the output since the transfer was made,
    /// whatever happened, and how it ended.
    ///
    /// # Errors
    ///
    /// [`End::Failed`] with the errno, the rung whose call it was, and the side
    /// as far as it can be known.
    ///
    /// # Platform
    ///
    /// The rungs' calls, poll, and from 64 KiB on getsockopt and, where it is
    /// allowed, F_SETPIPE_SZ, once.
    pub fn run(&mut self) -> Outcome {
        self.run_with(Forever)
    }

    #[inline(always)]
    pub(super) fn run_with(&mut self, patience: impl Patience<G>) -> Outcome {
        let end = loop {
            let timeout = match patience.timeout(self.gate) {
                Ok(Some(timeout)) => timeout,
                Ok(None) => break End::TimedOut,
                Err(errno) => {
                    break End::Failed(super::Error {
                        errno,
                        rung: self.rung,
                        side: Side::Unknown,
                    });
                }
            };
            self.settle();
            match self.step() {
                Step::Moved(_) | Step::Buffered(_) | Step::Interrupted => {}
                Step::WouldBlock(side) => self.wait(side, timeout),
                Step::Complete => break End::Complete,
                Step::Premature => break End::Premature,
                Step::Failed(error) => break End::Failed(error),
            }
        };
        Outcome {
            moved: self.moved(),
            end,
        }
    }

    /// Sets the most bytes of the next call, by what the output is.
    fn settle(&mut self) {
        if self.settled || self.rung == Rung::CopyFileRange {
            // Only a file takes bytes from there.
        } else if self.moved() < SMALL as u64 {
            self.limit = self.limit.min(SMALL);
        } else {
            self.settled = true;
            let pipe = self.grow && call::set_pipe_size(self.gate, self.out_fd, PIPE_SIZE).is_ok();
            self.limit = self.budget;
            if self.limit == 0 {
                let socket =
                    !pipe && call::socket_type(self.gate, self.out_fd) != Err(Errno::ENOTSOCK);
                self.limit = if socket { SOCKET_BUDGET } else { FILE_BUDGET };
            }
        }
    }

    /// Waits for the side that is not ready, up to `timeout` milliseconds.
    fn wait(&self, side: Side, timeout: i32) {
        let mut fds = [match side {
            Side::Input => PollFd::new(self.in_fd, PollFlags::IN),
            _ => PollFd::new(self.out_fd, PollFlags::OUT),
        }];
        // An error of poll's leaves it to the call that is made next.
        let _ = match side {
            // Both look ready and are not: not to spin on it.
            Side::Unknown => call::poll(self.gate, &mut [], 1),
            _ => call::poll(self.gate, &mut fds, timeout),
        };
    }
}
