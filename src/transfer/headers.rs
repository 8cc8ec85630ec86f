//! A file between headers and trailers, by sendmsg to a socket and writev
//! elsewhere.

use super::{
    Deadline, Failure, Outcome, Output, Rung, Side, Step, Transfer,
    run::{self, Unlimited},
};
use crate::{
    Errno, Gate,
    sys::{self, IoSlice, MessageFlags, OpenFlags, SocketType},
};

/// The largest number of parts in a call that continues.
const WINDOW: usize = 16;
/// The largest number of parts in one call, the kernel's (`IOV_MAX`).
const MOST_PARTS: usize = 1024;

/// The progress of a [`WithHeaders`]: the bytes that have reached the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the headers.
    pub headers: u64,
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of the trailers.
    pub trailers: u64,
}

/// A [`Transfer`] with bytes before and after it.
///
/// Headers and trailers are sent by sendmsg to a socket and by writev elsewhere.
/// To a stream socket everything but the last part is sent with MSG_MORE, so that
/// a header and the first bytes of the file share a segment. The socket holds
/// nothing back after the end, after an error, while the input is waited for, and
/// after the value is dropped: TCP_CORK is cleared there, so do not hold a
/// [`Cork`](crate::Cork) as well.
///
/// On i386 before Linux 4.3, which has sendmsg and setsockopt in socketcall only,
/// the parts are sent by writev, each in its own segment. If the sendfile of such
/// a kernel holds back the end of a file, because the file has less than was
/// asked for, the end is sent after 200 ms.
///
/// Trailers are sent only after the whole file part: not if it failed or ended
/// before its count.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, Transfer, sys::IoSlice, transfer::{Buffer, WithHeaders}};
///
/// # fn main() {
/// let header = [IoSlice::new(b"HTTP/1.0 200 OK\r\n"), IoSlice::new(b"\r\n")];
/// let file = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, Buffer::none()).from_offset(0);
/// let response = WithHeaders::new(&header, file, &[]);
/// assert_eq!(response.moved(), 0);
/// # }
/// ```
#[derive(Debug)]
pub struct WithHeaders<'a, G: Gate + Copy> {
    headers: &'a [IoSlice<'a>],
    trailers: &'a [IoSlice<'a>],
    transfer: Transfer<'a, G>,
    /// The bytes sent of the headers.
    before: u64,
    /// The bytes sent of the trailers.
    after: u64,
    /// Whether sendmsg is refused.
    silent: bool,
    /// Whether the socket may hold bytes back.
    corked: bool,
}

impl<'a, G: Gate + Copy> WithHeaders<'a, G> {
    /// `transfer` with these parts before and after it. Makes no system call.
    ///
    /// - `headers`, `trailers`: any number of parts of any length, including 0. To a
    ///   socket of messages, up to 1024 parts are one message.
    #[must_use]
    pub fn new(
        headers: &'a [IoSlice<'a>],
        transfer: Transfer<'a, G>,
        trailers: &'a [IoSlice<'a>],
    ) -> Self {
        Self {
            headers,
            trailers,
            transfer,
            before: 0,
            after: 0,
            silent: false,
            corked: false,
        }
    }

    /// Continues where another value, of the same parts and the same transfer,
    /// stopped with this `progress`.
    ///
    /// If the file's own position is used, it must still be where the other value
    /// left it, after [`give_back`](Self::give_back).
    #[must_use]
    pub fn resume(mut self, progress: Progress) -> Self {
        self.before = progress.headers;
        self.transfer.machine.skip(progress.file);
        self.after = progress.trailers;
        if self.moved() > 0 {
            self.transfer.machine.leave_copying();
        }
        // Bytes appended to the file since must not be sent between trailers.
        self.transfer.machine.ended |= progress.trailers > 0;
        self
    }

    /// The bytes of each part that have reached the output.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            headers: self.before,
            file: self.transfer.moved(),
            trailers: self.after,
        }
    }

    /// The bytes of headers, file and trailers that have reached the output.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.before
            .saturating_add(self.transfer.moved())
            .saturating_add(self.after)
    }

    /// The part between headers and trailers.
    #[must_use]
    pub fn transfer(&self) -> &Transfer<'a, G> {
        &self.transfer
    }

    /// As [`Transfer::give_back`], for the part between headers and trailers.
    ///
    /// # Errors
    ///
    /// Those of [`Transfer::give_back`].
    pub fn give_back(&mut self) -> Result<(), Errno> {
        self.transfer.give_back()
    }

    /// Makes at most one call that moves bytes; as [`Transfer::step`].
    ///
    /// # Returns
    ///
    /// As [`Transfer::step`]. The rung of an error in headers or trailers is
    /// [`Rung::Parts`].
    pub fn step(&mut self) -> Step {
        let step = self.advance();
        match step {
            Step::Moved(_)
            | Step::Buffered(_)
            | Step::Interrupted
            | Step::WouldBlock(Side::Output) => {}
            _ => self.uncork(),
        }
        step
    }

    /// Moves everything; as [`Transfer::run`].
    ///
    /// # Returns
    ///
    /// As [`Transfer::run`]; the bytes include those of headers and trailers.
    ///
    /// # Errors
    ///
    /// As [`Transfer::run`]; the rung of one in headers or trailers is
    /// [`Rung::Parts`].
    pub fn run(&mut self) -> Outcome {
        run::run(self, Unlimited)
    }

    /// Moves everything, but makes no call from `deadline` on; as
    /// [`Transfer::run_until`].
    ///
    /// # Returns
    ///
    /// As [`run`](Self::run); [`End::TimedOut`](super::End::TimedOut) if the
    /// deadline passed before the end.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), and those of the clock.
    pub fn run_until(&mut self, deadline: Deadline) -> Outcome {
        let outcome = run::run(self, deadline);
        self.uncork();
        outcome
    }

    fn advance(&mut self) -> Step {
        if self.before < total(self.headers) {
            let more = self.transfer.machine.left > 0 || total(self.trailers) > 0;
            let sent = self.send(self.headers, self.before, more);
            return self.sent(sent, |this| &mut this.before);
        }
        let step = self.transfer.step();
        match step {
            Step::Complete if self.after < total(self.trailers) => {
                let sent = self.send(self.trailers, self.after, false);
                self.sent(sent, |this| &mut this.after)
            }
            // After a short sendfile the socket may hold back bytes.
            Step::Moved(_) => {
                self.corked = self.transfer.output != Output::Other;
                step
            }
            _ => step,
        }
    }

    /// Sends what follows the first `sent` bytes of `parts`, with one call.
    fn send(&mut self, parts: &[IoSlice<'_>], sent: u64, more: bool) -> Result<usize, Errno> {
        let mut window = [IoSlice::new(&[]); WINDOW];
        let (window, rest) = match sent {
            // All at once: to a socket of messages it is one.
            0 if parts.len() <= MOST_PARTS => (parts, false),
            _ => {
                let (count, rest) = fill(&mut window, parts, sent);
                (window.get(..count).unwrap_or_default(), rest)
            }
        };
        let (gate, out_fd) = (self.transfer.gate, self.transfer.out_fd);
        let more = more || rest;
        if more {
            self.transfer.prepare();
        }
        let output = self.transfer.output;
        if !self.silent && output != Output::Other {
            let flags = match more && output == Output::Stream {
                true => MessageFlags::MORE,
                false => MessageFlags::empty(),
            };
            match sys::sendmsg(gate, out_fd, window, flags) {
                Err(Errno::ENOTSOCK) => self.transfer.output = Output::Other,
                Err(errno @ (Errno::ENOSYS | Errno::EPERM | Errno::EACCES)) => {
                    // A sandbox refuses a call without bytes, too; a socket, which
                    // may have told of earlier bytes, does not.
                    if sys::socket_type(gate, out_fd) == Ok(SocketType::STREAM)
                        && sys::sendmsg(gate, out_fd, &[], MessageFlags::empty()) != Err(errno)
                    {
                        return Err(errno);
                    }
                    self.silent = true;
                }
                Ok(0) => return Err(Errno::ENOSPC),
                Ok(count) => {
                    self.corked = flags == MessageFlags::MORE;
                    return Ok(count);
                }
                Err(errno) => return Err(errno),
            }
        }
        match sys::writev(gate, out_fd, window)? {
            0 => Err(Errno::ENOSPC),
            count => Ok(count),
        }
    }

    /// The step for a result of [`send`](Self::send); counts the bytes sent.
    fn sent(&mut self, result: Result<usize, Errno>, place: fn(&mut Self) -> &mut u64) -> Step {
        let errno = match result {
            Ok(count) => {
                let place = place(self);
                *place = place.saturating_add(count as u64);
                self.transfer.machine.leave_copying();
                return Step::Moved(count);
            }
            Err(Errno::EINTR) => return Step::Interrupted,
            Err(errno) => errno,
        };
        let out_fd = self.transfer.out_fd;
        let waits = || {
            !sys::fcntl_getfl(self.transfer.gate, out_fd)
                .is_ok_and(|flags| !flags.contains(OpenFlags::NONBLOCK))
        };
        if errno == Errno::EAGAIN && waits() {
            return Step::WouldBlock(Side::Output);
        }
        Step::Failed(Failure {
            errno,
            rung: Rung::Parts,
            side: match errno {
                // A part of the caller's points to no memory.
                Errno::EFAULT => Side::Unknown,
                _ => Side::Output,
            },
        })
    }

    /// Sends what the socket may hold back.
    fn uncork(&mut self) {
        if self.corked {
            self.corked = false;
            // Sockets other than TCP refuse this, and hold nothing back.
            let _ = sys::setsockopt_cork(self.transfer.gate, self.transfer.out_fd, false);
        }
    }
}

impl<G: Gate + Copy> Drop for WithHeaders<'_, G> {
    fn drop(&mut self) {
        self.uncork();
    }
}

impl<'a, G: Gate + Copy> run::Job<'a, G> for WithHeaders<'a, G> {
    fn step(&mut self) -> Step {
        WithHeaders::step(self)
    }

    fn transfer(&mut self) -> &mut Transfer<'a, G> {
        &mut self.transfer
    }

    fn moved(&self) -> u64 {
        WithHeaders::moved(self)
    }
}

/// The bytes of all parts.
fn total(parts: &[IoSlice<'_>]) -> u64 {
    parts
        .iter()
        .fold(0, |sum: u64, part| sum.saturating_add(part.len() as u64))
}

/// Fills `window` with what follows the first `sent` bytes of `parts`. Returns
/// the number of parts in it, and whether more follow.
fn fill<'a>(window: &mut [IoSlice<'a>], parts: &[IoSlice<'a>], mut sent: u64) -> (usize, bool) {
    let mut count = 0;
    for part in parts {
        let len = part.len() as u64;
        if sent >= len {
            sent = sent.saturating_sub(len);
            continue;
        }
        let Some(slot) = window.get_mut(count) else {
            return (count, true);
        };
        *slot = part.skip(sent as usize);
        sent = 0;
        count = count.wrapping_add(1);
    }
    (count, false)
}
