//! A file between headers and trailers.

use super::{
    Deadline, Full, Outcome, Side, Step, Transfer,
    deadline::Forever,
    parts::{Sink, total, unsent},
    run,
};
use crate::{
    Errno, Gate,
    call::{self, IoSlice},
};

/// How far a [`Framed`] has come: the bytes of each part that have reached the
/// output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Of the headers.
    pub headers: u64,
    /// Of the file.
    pub file: u64,
    /// Of the trailers.
    pub trailers: u64,
}

/// A [`Transfer`] with bytes before and after it.
///
/// The parts go out by sendmsg on a socket and by writev elsewhere. To a socket
/// every part but the last goes with MSG_MORE, so that a header and the first
/// bytes of the file share a packet; nothing stays corked on any way out, be it
/// the end, an error, a wait for the input, or that the value is dropped. For
/// that TCP_CORK is turned off: do not hold a [`Cork`](crate::Cork) as well.
///
/// On i386 before Linux 4.3 there is neither sendmsg nor setsockopt but behind
/// socketcall: the parts go by writev, each in a packet of its own, and where
/// such a kernel holds back the end of a file (its sendfile does, when the file
/// has less than was asked for), it sends it after 200 ms.
///
/// Trailers are sent only when the file part has come to its end; not where it
/// failed or ended before its count.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, Transfer, call::IoSlice, transfer::Framed};
///
/// # fn main() {
/// let header = [IoSlice::new(b"HTTP/1.0 200 OK\r\n"), IoSlice::new(b"\r\n")];
/// let file = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, &mut []).from_offset(0);
/// let response = Framed::new(&header, file, &[]);
/// assert_eq!(response.moved(), 0);
/// # }
/// ```
#[derive(Debug)]
pub struct Framed<'a, G: Gate + Copy> {
    headers: &'a [IoSlice<'a>],
    trailers: &'a [IoSlice<'a>],
    pub(super) transfer: Transfer<'a, G>,
    /// The bytes of the headers that were sent.
    before: u64,
    /// The bytes of the trailers that were sent.
    after: u64,
    pub(super) sink: Sink,
    /// Whether the socket may hold bytes back.
    pub(super) corked: bool,
}

impl<'a, G: Gate + Copy> Framed<'a, G> {
    /// `transfer` with these parts before and after it. Makes no call.
    ///
    /// - `headers`, `trailers`: any number, of any length, 0 included.
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
            sink: Sink::Unknown,
            corked: false,
        }
    }

    /// Starts where another of the same parts and the same transfer stopped.
    ///
    /// Where the file's own position is used, it is taken to be where that
    /// stop, and [`give_back`](Self::give_back), left it.
    #[must_use]
    pub fn resume(mut self, progress: Progress) -> Self {
        self.before = progress.headers;
        self.transfer.skip(progress.file);
        self.after = progress.trailers;
        // Whatever the file has grown by does not belong between trailers.
        self.transfer.ended |= progress.trailers > 0;
        self
    }

    /// How far it has come.
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
    /// As there.
    pub fn give_back(&mut self) -> Result<(), Errno> {
        self.transfer.give_back()
    }

    /// Makes at most one call that moves bytes; as [`Transfer::step`].
    ///
    /// # Returns
    ///
    /// As [`Transfer::step`]. An error in headers or trailers has
    /// [`Rung::Parts`](super::Rung::Parts).
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
    /// As [`Transfer::run`], with the bytes of headers and trailers counted.
    ///
    /// # Errors
    ///
    /// As [`Transfer::run`]; one in headers or trailers has [`Rung::Parts`](super::Rung::Parts).
    pub fn run(&mut self) -> Outcome {
        run::run(self, Forever)
    }

    /// Moves everything, but makes no call from `deadline` on; as
    /// [`Transfer::run_until`].
    pub fn run_until(&mut self, deadline: Deadline) -> Outcome {
        let outcome = run::run(self, deadline);
        self.uncork();
        outcome
    }

    fn advance(&mut self) -> Step {
        if self.before < total(self.headers) {
            let more = self.transfer.left > 0 || total(self.trailers) > 0;
            return match self.send(self.headers, self.before, more) {
                Ok(count) => {
                    self.before = self.before.saturating_add(count as u64);
                    Step::Moved(count)
                }
                Err(errno) => unsent(errno),
            };
        }
        let step = self.transfer.step();
        match step {
            Step::Complete if self.after < total(self.trailers) => {
                match self.send(self.trailers, self.after, false) {
                    Ok(count) => {
                        self.after = self.after.saturating_add(count as u64);
                        Step::Moved(count)
                    }
                    Err(errno) => unsent(errno),
                }
            }
            // A sendfile that ends short may leave a socket waiting for more.
            Step::Moved(_) => {
                self.corked = self.sink != Sink::Other;
                step
            }
            _ => step,
        }
    }

    /// Lets go of what the socket may hold back.
    fn uncork(&mut self) {
        if self.corked {
            self.corked = false;
            // A socket that is not TCP holds nothing back, and says so.
            let _ = call::set_cork(self.transfer.gate, self.transfer.out_fd, false);
        }
    }
}

impl<G: Gate + Copy> Drop for Framed<'_, G> {
    fn drop(&mut self) {
        self.uncork();
    }
}

impl<'a, G: Gate + Copy> run::Job<'a, G, Full> for Framed<'a, G> {
    fn step(&mut self) -> Step {
        Framed::step(self)
    }

    fn transfer(&mut self) -> &mut Transfer<'a, G> {
        &mut self.transfer
    }

    fn moved(&self) -> u64 {
        Framed::moved(self)
    }
}
