//! Runs of a whole transfer, and deadlines.

use core::time::Duration;

use super::{
    End, FILE_BUDGET, Failure, Outcome, Output, Rung, SOCKET_BUDGET, Side, Step, Transfer,
};
use crate::{
    Errno, Fd, Gate,
    sys::{self, PollFd, PollFlags, SocketType},
};

/// The bytes that are moved before pipes are enlarged: the default pipe holds them.
const SMALL: usize = 64 << 10;
/// What sendfile writes at once, with any offset: the kernel's own pipe has 16
/// pages. An error that a file system reports once, at a later write of the same
/// call, would be lost.
const ONE_WRITE: usize = 60 << 10;
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
        transfer.hold();
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
    /// The calls of [`step`](Self::step), and poll. With
    /// [`grow_pipe`](Self::grow_pipe) also F_GETPIPE_SZ and F_SETPIPE_SZ.
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

    /// Asks for the kinds of both sides, once, and sets the limits of the calls by
    /// them.
    #[inline(never)]
    pub(super) fn prepare(&mut self) {
        let machine = &self.machine;
        if self.output != Output::Unknown || machine.left == 0 || machine.ended {
            return;
        }
        let fds = [self.out_fd, self.in_fd];
        let kinds = fds.map(|fd| sys::socket_type(self.gate, fd));
        // Other calls make one message of several, or cut one. Where the kind is
        // refused, it may be one of messages.
        let streams = kinds.iter().all(|kind| {
            matches!(
                kind,
                Ok(SocketType::STREAM) | Err(Errno::ENOTSOCK | Errno::EBADF)
            )
        });
        if !streams && self.buffer.capacity() > 0 {
            self.machine.rung = Rung::ReadWrite;
        }
        self.output = match kinds {
            [Ok(SocketType::STREAM), _] => Output::Stream,
            [Err(Errno::ENOTSOCK), _] => Output::Other,
            _ => Output::Messages,
        };
        let is_pipe = || sys::fcntl_getpipe_sz(self.gate, self.out_fd).is_ok();
        self.limit = match (self.machine.budget, self.output) {
            (0, Output::Other) if is_pipe() => FILE_BUDGET,
            (0, Output::Other) => ONE_WRITE,
            (0, _) => SOCKET_BUDGET,
            (budget, _) => budget,
        };
        self.machine.limit = self.limit;
    }

    /// Limits the calls of a run to what the default pipe holds, until pipes have
    /// been enlarged.
    fn hold(&mut self) {
        if self.grow && !self.settled {
            self.prepare();
            self.machine.limit = self.limit.min(SMALL);
        }
    }

    /// Enlarges pipes, once enough bytes have moved to make it worth the calls.
    #[inline(never)]
    fn settle(&mut self) {
        let machine = &self.machine;
        let worth = machine.left > 0 && self.moved() >= SMALL as u64;
        if !self.grow || self.settled || !worth || machine.rung == Rung::CopyFileRange {
            return;
        }
        self.settled = true;
        // No call before splice reads a pipe.
        let input = match machine.rung >= Rung::Splice {
            true => self.enlarge(self.in_fd),
            false => 0,
        };
        self.grown_from = [self.enlarge(self.out_fd), input];
        self.machine.limit = self.limit;
    }

    /// The former capacity of a pipe that was enlarged, else 0.
    #[inline(never)]
    fn enlarge(&self, fd: Fd<'_>) -> u32 {
        match sys::fcntl_getpipe_sz(self.gate, fd) {
            Ok(size)
                if size < PIPE_SIZE as usize
                    && sys::fcntl_setpipe_sz(self.gate, fd, PIPE_SIZE).is_ok() =>
            {
                size as u32
            }
            _ => 0,
        }
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
