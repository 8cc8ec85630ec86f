//! The state machine of a transfer. It makes no call: [`Machine::request`] is the
//! next call to make, and [`Machine::answer`] takes its result.

use super::{Refusal, Rung, SOCKET_BUDGET, Step};
use crate::{Errno, MAX_COUNT};

/// The next call to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// Move at most `count` bytes by the call of `rung`.
    Move {
        rung: Rung,
        position: Option<u64>,
        count: usize,
    },
    /// Read at most `count` bytes into the buffer.
    Read { position: Option<u64>, count: usize },
    /// Write the pending bytes of the buffer.
    Write,
    /// Read one byte without moving the position, to see whether the input is at
    /// its end.
    Look,
    /// No call: the transfer has ended.
    Stop(Step),
    /// No call: no rung is left, and this is the error of the first.
    GiveUp(Refusal),
}

/// The consequence of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The step is over.
    Step(Step),
    /// Nothing has moved: make the next request.
    Again,
    /// A side is not ready.
    Blocked,
    /// The call failed, and the error is final.
    Failed(Errno),
}

/// The progress of a transfer and the rung in use.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    /// The offset of the next byte to read; `None` is the file's own position.
    pub position: Option<u64>,
    /// The bytes to move; `u64::MAX` for all up to the end.
    pub total: u64,
    /// The bytes of `total` that have not reached the output.
    pub left: u64,
    /// Whether an end before `total` is an error.
    pub exact: bool,
    /// Whether a read has returned 0.
    pub ended: bool,
    /// The size of the buffer in bytes.
    capacity: usize,
    /// The bytes that were read and not yet written.
    pub pending: usize,
    /// The most bytes of one call; 0 for the default.
    pub budget: usize,
    /// The most bytes of the next call, for rungs without a default budget.
    pub limit: usize,
    pub rung: Rung,
    /// Whether this rung has moved bytes.
    moves: bool,
    /// Whether this rung has returned 0, which need not be the end.
    doubt: bool,
    /// The errno of a call that a sandbox may have refused, which is made without
    /// bytes to see.
    denied: Option<Errno>,
    pub calls: u32,
    /// The first refusal.
    first: Option<Refusal>,
    /// The last refusal.
    pub last: Option<Refusal>,
}

impl Machine {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            position: None,
            total: u64::MAX,
            left: u64::MAX,
            exact: false,
            ended: false,
            capacity,
            pending: 0,
            budget: 0,
            limit: SOCKET_BUDGET,
            rung: Rung::CopyFileRange,
            moves: false,
            doubt: false,
            denied: None,
            calls: 0,
            first: None,
            last: None,
        }
    }

    pub(super) fn set_total(&mut self, count: u64, exact: bool) {
        self.total = count;
        self.left = count;
        self.exact = exact;
    }

    pub(super) fn set_budget(&mut self, bytes: usize) {
        self.budget = bytes.clamp(1, MAX_COUNT);
        self.limit = self.budget;
    }

    /// Counts the next `bytes` as moved.
    pub(super) fn skip(&mut self, bytes: u64) {
        self.left = self.left.saturating_sub(bytes);
        if let Some(position) = &mut self.position {
            *position = position.saturating_add(bytes);
        }
    }

    /// Leaves out copy_file_range after another call has written to the output: an
    /// error of those bytes that is reported once, by the next call, would be taken
    /// for a file system that cannot copy.
    pub(super) fn leave_copying(&mut self) {
        self.rung = self.rung.max(Rung::Sendfile64);
    }

    /// The next call to make. It stays the same until its result is given to
    /// [`answer`](Self::answer).
    #[inline(never)]
    pub(super) fn request(&mut self) -> Request {
        if self.left == 0 || self.ended {
            return Request::Stop(match self.exact && self.left > 0 {
                true => Step::UnexpectedEof,
                false => Step::Complete,
            });
        }
        if self.pending > 0 {
            return Request::Write;
        }
        if self.doubt {
            return Request::Look;
        }
        // A call whose limit is reached is not made.
        let end = self.rung.row().end;
        if end.is_some_and(|end| self.position >= Some(end.into())) {
            self.leave(Errno::EOVERFLOW);
        }
        let (rung, position) = (self.rung, self.position);
        let limit = match (rung.row().budget, self.budget) {
            (0, _) => self.limit,
            (default, 0) => default,
            (_, budget) => budget,
        };
        let count = match self.denied {
            None => self.left.min(limit as u64) as usize,
            Some(_) => 0,
        };
        if rung < Rung::ReadWrite {
            return Request::Move {
                rung,
                position,
                count,
            };
        }
        match self.capacity {
            0 => Request::GiveUp(self.first.unwrap_or(Refusal {
                rung,
                errno: Errno::EINVAL,
            })),
            capacity => Request::Read {
                position,
                count: count.min(capacity),
            },
        }
    }

    /// Takes the result of `request`.
    #[inline(never)]
    pub(super) fn answer(&mut self, request: Request, result: Result<usize, Errno>) -> Answer {
        self.calls = self.calls.wrapping_add(1);
        if let Some(errno) = self.denied.take() {
            if result != Err(errno) {
                return Answer::Failed(errno);
            }
            self.leave(errno);
            return Answer::Again;
        }
        let count = match result {
            Ok(count) => count,
            Err(Errno::EINTR) => return Answer::Step(Step::Interrupted),
            // The read of the last rung decides; without a buffer there is none.
            Err(_) if matches!(request, Request::Look) && self.capacity > 0 => 1,
            // After the first byte of a rung every error is final: a file system
            // may report it once, and another call would hide it.
            Err(errno) if self.is_refusal(request, errno) => {
                match errno {
                    // What a file system reports once may be of the bytes of another
                    // transfer; a sandbox refuses a call without bytes, too.
                    Errno::EPERM | Errno::EACCES if self.rung > Rung::CopyFileRange => {
                        self.denied = Some(errno);
                    }
                    _ => self.leave(errno),
                }
                return Answer::Again;
            }
            Err(Errno::EAGAIN) => return Answer::Blocked,
            Err(errno) => return Answer::Failed(errno),
        };
        match (request, count) {
            // A device that takes nothing and gives no reason; cat reports the
            // same errno.
            (Request::Write, 0) => return Answer::Failed(Errno::ENOSPC),
            // Only a read that returns 0 is the end: some file systems move
            // data by read alone.
            (Request::Move { .. }, 0) => {
                self.doubt = true;
                return Answer::Again;
            }
            (_, 0) => {
                self.ended = true;
                return Answer::Again;
            }
            // There is a byte, which this rung does not move. read does; without
            // a buffer another rung may.
            (Request::Look, _) => {
                self.doubt = false;
                match (self.capacity, self.moves) {
                    (0, true) => return Answer::Failed(Errno::EINVAL),
                    (0, false) => self.leave(Errno::EINVAL),
                    _ => (self.rung, self.last) = (Rung::ReadWrite, None),
                }
                return Answer::Again;
            }
            _ => {}
        }
        self.moves = true;
        let bytes = count as u64;
        if matches!(request, Request::Write) {
            self.pending = self.pending.saturating_sub(count);
        } else if let Some(position) = &mut self.position {
            *position = position.saturating_add(bytes);
        }
        if matches!(request, Request::Read { .. }) {
            self.pending = count;
            return Answer::Step(Step::Buffered(count));
        }
        self.left = self.left.saturating_sub(bytes);
        Answer::Step(Step::Moved(count))
    }

    /// Whether `errno` means that this rung does not support the pair.
    fn is_refusal(&self, request: Request, errno: Errno) -> bool {
        let moving = matches!(request, Request::Move { .. });
        // A limit of the position, which is met after the first byte.
        let first = !self.moves || errno == Errno::EOVERFLOW;
        moving && first && self.rung.is_refused_by(errno)
    }

    /// Leaves the rung for `errno`.
    fn leave(&mut self, errno: Errno) {
        let refusal = Refusal {
            rung: self.rung,
            errno,
        };
        self.last = Some(refusal);
        if self.moves {
            self.first = None;
        }
        self.first.get_or_insert(refusal);
        self.moves = false;
        self.rung = self.rung.after(errno);
    }
}

#[cfg(test)]
mod tests;
