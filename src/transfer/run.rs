//! Runs of a whole transfer, and deadlines.

use core::time::Duration;

use super::{End, FILE_BUDGET, Failure, Outcome, Rung, SOCKET_BUDGET, Side, Step, Transfer};
use crate::{
    Errno, Fd, Gate,
    sys::{self, PollFd, PollFlags},
};

/// The bytes that are moved before a call asks for the kind of the output: for a
/// small transfer it makes no difference, and the default pipe holds it.
const SMALL: usize = 64 << 10;
/// The capacity to which a pipe is enlarged: the kernel's default limit
/// for unprivileged processes.
const PIPE_SIZE: u32 = 1 << 20;

/// A point in time of the monotonic clock, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    milliseconds: u64,
}

impl Deadline {
    /// The point in time that is `time` from now, rounded down to milliseconds.
    ///
    /// # Errors
    ///
    /// Those of a seccomp filter that refuses clock_gettime.
    pub fn after<G: Gate>(gate: G, time: Duration) -> Result<Self, Errno> {
        let now = now(gate)?;
        Ok(Self {
            milliseconds: now.saturating_add(milliseconds(time)),
        })
    }
}

/// The monotonic clock in milliseconds, by the older call on i386 before Linux
/// 5.1, which has no clock_gettime64.
fn now<G: Gate>(gate: G) -> Result<u64, Errno> {
    sys::clock_gettime64(&gate)
        .or_else(|_| sys::clock_gettime(&gate))
        .map(milliseconds)
}

/// A time in whole milliseconds. `Duration::as_millis` has 128 bits.
fn milliseconds(time: Duration) -> u64 {
    time.as_secs()
        .saturating_mul(1000)
        .saturating_add(time.subsec_millis().into())
}

/// The time that a run may take.
pub(super) trait Patience<G> {
    /// The milliseconds that are left, negative without a limit; `None` if the
    /// deadline has passed.
    fn timeout(&self, gate: G) -> Result<Option<i32>, Errno>;
}

/// A run without a deadline.
pub(super) struct Unlimited;

impl<G> Patience<G> for Unlimited {
    #[inline(always)]
    fn timeout(&self, _: G) -> Result<Option<i32>, Errno> {
        Ok(Some(-1))
    }
}

impl<G: Gate> Patience<G> for Deadline {
    fn timeout(&self, gate: G) -> Result<Option<i32>, Errno> {
        let left = self.milliseconds.saturating_sub(now(gate)?);
        let left = left.min(i32::MAX as u64);
        Ok((left > 0).then_some(left as i32))
    }
}

/// A job that is done step by step.
pub(super) trait Job<'a, G> {
    fn step(&mut self) -> Step;
    fn transfer(&mut self) -> &mut Transfer<'a, G>;
    fn moved(&self) -> u64;
}

impl<'a, G: Gate + Copy> Job<'a, G> for Transfer<'a, G> {
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

/// Drives `job` to its end or to the deadline.
pub(super) fn run<'a, G, J, P>(job: &mut J, patience: P) -> Outcome
where
    G: Gate + Copy,
    J: Job<'a, G>,
    P: Patience<G>,
{
    job.transfer().start_small();
    let end = loop {
        let transfer = job.transfer();
        let timeout = match patience.timeout(transfer.gate) {
            Ok(Some(timeout)) => timeout,
            Ok(None) => break End::TimedOut,
            Err(errno) => {
                break End::Failed(Failure {
                    errno,
                    rung: transfer.machine.rung,
                    side: Side::Unknown,
                });
            }
        };
        match job.step() {
            Step::Moved(_) => job.transfer().settle(),
            Step::Buffered(_) | Step::Interrupted => {}
            Step::WouldBlock(side) => {
                let transfer = job.transfer();
                if let Err(errno) = transfer.wait(side, timeout) {
                    let rung = transfer.machine.rung;
                    break End::Failed(Failure { errno, rung, side });
                }
            }
            Step::Complete => break End::Complete,
            Step::UnexpectedEof => break End::UnexpectedEof,
            Step::Failed(failure) => break End::Failed(failure),
        }
    };
    job.transfer().shrink_pipes();
    Outcome {
        moved: job.moved(),
        end,
    }
}

impl<G: Gate + Copy> Transfer<'_, G> {
    /// Moves everything: continues after short counts and signals, and waits by
    /// poll while a non-blocking side is not ready.
    ///
    /// It can be called again after any end, and continues where it stopped.
    ///
    /// # Returns
    ///
    /// The bytes that have reached the output since the transfer was created,
    /// however it ended, and how it ended.
    ///
    /// # Errors
    ///
    /// [`End::Failed`] with the errno, the rung whose call failed, and the side
    /// if it can be known. EAGAIN is the time limit of a blocking socket
    /// (SO_SNDTIMEO, SO_RCVTIMEO). The errno of poll, if a sandbox refuses it and a
    /// side is not ready.
    ///
    /// # Platform
    ///
    /// The calls of the rungs, and poll. After 64 KiB getsockopt, once, and with
    /// [`grow_pipe`](Self::grow_pipe) F_GETPIPE_SZ and F_SETPIPE_SZ.
    pub fn run(&mut self) -> Outcome {
        run(self, Unlimited)
    }

    /// As [`run`](Self::run), but makes no call from `deadline` on.
    ///
    /// The clock is read before each call, and limits each wait. A call that has
    /// begun is not interrupted: with non-blocking descriptors no call takes
    /// long, and with blocking ones [`budget`](Self::budget) limits the bytes for
    /// which one call waits.
    ///
    /// # Returns
    ///
    /// As [`run`](Self::run); [`End::TimedOut`] if the deadline passed before the
    /// end.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), and those of the clock.
    pub fn run_until(&mut self, deadline: Deadline) -> Outcome {
        run(self, deadline)
    }

    /// Limits the first calls, while the kind of the output is not known.
    fn start_small(&mut self) {
        if !self.settled {
            self.machine.limit = self.machine.limit.min(SMALL);
        }
    }

    /// Sets the limit of the next call by the kind of the output, once enough
    /// bytes have moved to make the question worth a call.
    #[inline(never)]
    fn settle(&mut self) {
        let machine = &self.machine;
        let worth = machine.left > 0 && self.moved() >= SMALL as u64;
        if self.settled || !worth || machine.rung == Rung::CopyFileRange {
            return;
        }
        self.settled = true;
        let pipe = self.grow && self.grow_pipes();
        self.machine.limit = match self.machine.budget {
            0 if pipe => FILE_BUDGET,
            0 => match sys::getsockopt_type(self.gate, self.out_fd) {
                Err(Errno::ENOTSOCK) => FILE_BUDGET,
                _ => SOCKET_BUDGET,
            },
            budget => budget,
        };
    }

    /// Enlarges the pipes; `true` if the output is one.
    fn grow_pipes(&mut self) -> bool {
        let output = self.enlarge(self.out_fd);
        // No call before splice reads a pipe.
        let piped = self.machine.rung >= Rung::Splice;
        let input = piped.then(|| self.enlarge(self.in_fd)).flatten();
        self.grown_from = [output, input].map(Option::unwrap_or_default);
        output.is_some()
    }

    /// The former capacity of a pipe that was enlarged, 0 of one that was not, and
    /// `None` of what is no pipe.
    fn enlarge(&self, fd: Fd<'_>) -> Option<u32> {
        let size = sys::fcntl_getpipe_sz(self.gate, fd).ok()?;
        let smaller = size < PIPE_SIZE as usize;
        let grown = smaller && sys::fcntl_setpipe_sz(self.gate, fd, PIPE_SIZE).is_ok();
        Some(if grown { size as u32 } else { 0 })
    }

    /// Restores the capacity of the pipes, since the pipes of a user share a
    /// limit.
    fn shrink_pipes(&mut self) {
        for (fd, size) in [self.out_fd, self.in_fd]
            .into_iter()
            .zip(&mut self.grown_from)
        {
            if *size > 0 {
                // EBUSY: the pipe holds more bytes than the old capacity.
                let _ = sys::fcntl_setpipe_sz(self.gate, fd, *size);
                *size = 0;
                self.settled = false;
            }
        }
    }

    /// Waits for the side that is not ready, up to `timeout` milliseconds; an error
    /// if no wait is possible.
    #[inline(never)]
    fn wait(&self, side: Side, timeout: i32) -> Result<(), Errno> {
        let (fd, events) = match side {
            Side::Input => (self.in_fd, PollFlags::IN),
            _ => (self.out_fd, PollFlags::OUT),
        };
        let mut fds = [PollFd::new(fd, events)];
        let known = side != Side::Unknown;
        if known && sys::poll(self.gate, &mut fds, timeout).is_ok() {
            return Ok(());
        }
        // poll reports both as ready, or a limit of 0 descriptors refuses it: a
        // pause of 1 ms, so as not to spin.
        match sys::poll(self.gate, &mut [], 1) {
            Ok(_) | Err(Errno::EINTR) => Ok(()),
            Err(errno) => Err(errno),
        }
    }
}
