//! To the end.

use super::{
    End, Error, FILE_BUDGET, Ladder, Outcome, Rung, SOCKET_BUDGET, Side, Step, Transfer,
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

/// What can be driven step by step.
pub(super) trait Job<'a, G, L> {
    fn step(&mut self) -> Step;
    fn transfer(&mut self) -> &mut Transfer<'a, G, L>;
    fn moved(&self) -> u64;
}

impl<'a, G: Gate + Copy, L: Ladder> Job<'a, G, L> for Transfer<'a, G, L> {
    #[inline(always)]
    fn step(&mut self) -> Step {
        Transfer::step(self)
    }

    #[inline(always)]
    fn transfer(&mut self) -> &mut Self {
        self
    }

    #[inline(always)]
    fn moved(&self) -> u64 {
        Transfer::moved(self)
    }
}

/// Drives `job` to its end, or to the end of patience.
#[inline(always)]
pub(super) fn run<'a, G, L, J, P>(job: &mut J, patience: P) -> Outcome
where
    G: Gate + Copy,
    L: Ladder,
    J: Job<'a, G, L>,
    P: Patience<G>,
{
    job.transfer().start_small();
    let end = loop {
        let transfer = job.transfer();
        let timeout = match patience.timeout(transfer.gate) {
            Ok(Some(timeout)) => timeout,
            Ok(None) => break End::TimedOut,
            Err(errno) => {
                break End::Failed(Error {
                    errno,
                    rung: transfer.rung,
                    side: Side::Unknown,
                });
            }
        };
        match job.step() {
            Step::Moved(_) => job.transfer().settle(),
            Step::Buffered(_) | Step::Interrupted => {}
            Step::WouldBlock(side) => job.transfer().wait(side, timeout),
            Step::Complete => break End::Complete,
            Step::Premature => break End::Premature,
            Step::Failed(error) => break End::Failed(error),
        }
    };
    Outcome {
        moved: job.moved(),
        end,
    }
}

impl<G: Gate + Copy, L: Ladder> Transfer<'_, G, L> {
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
        run(self, Forever)
    }

    /// Bounds the first calls, while it is not known what the output is.
    fn start_small(&mut self) {
        if !self.settled && !L::SHORT {
            self.limit = self.limit.min(SMALL);
        }
    }

    /// Sets the most bytes of the next call, by what the output is, once it is
    /// worth a question. Only a file is copy_file_range's output.
    #[inline(never)]
    fn settle(&mut self) {
        let worth = self.left > 0 && self.moved() >= SMALL as u64;
        if L::SHORT || self.settled || !worth || self.rung == Rung::CopyFileRange {
            return;
        }
        self.settled = true;
        let pipe = self.grow && call::set_pipe_size(self.gate, self.out_fd, PIPE_SIZE).is_ok();
        self.limit = self.budget;
        if self.limit == 0 {
            let socket = !pipe && call::socket_type(self.gate, self.out_fd) != Err(Errno::ENOTSOCK);
            self.limit = if socket { SOCKET_BUDGET } else { FILE_BUDGET };
        }
    }

    /// Waits for the side that is not ready, up to `timeout` milliseconds.
    #[inline(never)]
    fn wait(&self, side: Side, timeout: i32) {
        let (fd, events) = match side {
            Side::Input => (self.in_fd, PollFlags::IN),
            _ => (self.out_fd, PollFlags::OUT),
        };
        let mut fds = [PollFd::new(fd, events)];
        let (fds, timeout): (&mut [_], _) = match side {
            // Both look ready and are not: not to spin on it.
            Side::Unknown if !L::SHORT => (&mut [], 1),
            _ => (&mut fds, timeout),
        };
        // An error of poll's leaves it to the call that is made next.
        let _ = call::poll(self.gate, fds, timeout);
    }
}
