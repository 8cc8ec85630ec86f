//! Lines of a descriptor, read into a buffer of the program's.

use core::cell::Cell;

use int80::{
    Errno, Fd, Gate,
    sys::{self, PollFlags},
};

use crate::retry;

/// Reads lines from a descriptor into a buffer.
///
/// A line that does not fit into the buffer comes in pieces. Bytes after the
/// last newline are a line, too. The descriptor's position is ahead of the lines
/// that were returned, since whole blocks are read.
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native};
/// use int80_rt::Lines;
///
/// # fn main() -> Result<(), Errno> {
/// let mut buffer = [0; 4096];
/// let mut lines = Lines::new(Native, Fd::STDIN, &mut buffer);
/// let mut count = 0_u64;
/// # if false {
/// while let Some(line) = lines.next_line()? {
///     count += u64::from(!line.continues);
/// }
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Lines<'a, G> {
    gate: G,
    fd: Fd<'a>,
    buffer: &'a mut [u8],
    /// What was read and not returned is `buffer[start..end]`.
    start: usize,
    end: usize,
    /// Whether the last line returned goes on.
    within: bool,
    /// Whether the input has ended.
    ended: bool,
}

/// A line, or a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line<'a> {
    /// The bytes, without the newline. The last piece of a long line may have
    /// none.
    pub text: &'a [u8],
    /// Whether the line did not fit into the buffer: the next piece is of the
    /// same line.
    pub continues: bool,
}

impl<'a, G: Gate> Lines<'a, G> {
    /// The lines of `fd`, from its position on. Makes no call.
    ///
    /// - `buffer`: holds the longest line that is returned in one piece, with
    ///   its newline.
    #[must_use]
    pub fn new(gate: G, fd: impl Into<Fd<'a>>, buffer: &'a mut [u8]) -> Self {
        Self {
            gate,
            fd: fd.into(),
            buffer,
            start: 0,
            end: 0,
            within: false,
            ended: false,
        }
    }

    /// Reads the next line, or the next piece of a line that does not fit.
    ///
    /// # Returns
    ///
    /// `None` at the end of the input, then and always. What is returned lies in
    /// the buffer, so that it lives until the next call.
    ///
    /// # Errors
    ///
    /// Those of [`sys::read`] but EINTR, and EAGAIN only from a socket whose own
    /// time limit has passed; EINVAL where the buffer is empty. What was read
    /// before an error is kept, and another call goes on from there.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, Errno> {
        if self.buffer.is_empty() {
            return Err(Errno::EINVAL);
        }
        // Where the search for a newline goes on.
        let mut seen = self.start;
        loop {
            let fresh = self.buffer.get(seen..self.end).unwrap_or_default();
            if let Some(at) = fresh.iter().position(|byte| *byte == b'\n') {
                let newline = seen + at;
                return Ok(Some(self.piece(newline, newline + 1, false)));
            }
            if self.ended {
                let rest = self.within || self.start < self.end;
                return Ok(rest.then(|| self.piece(self.end, self.end, false)));
            }
            if !self.has_room() {
                return Ok(Some(self.piece(self.end, self.end, true)));
            }
            seen = self.end;
            self.fill()?;
        }
    }

    /// Returns what is buffered up to `end`, and goes on at `next`.
    fn piece(&mut self, end: usize, next: usize, continues: bool) -> Line<'_> {
        let start = self.start;
        self.start = next;
        self.within = continues;
        Line {
            text: self.buffer.get(start..end).unwrap_or_default(),
            continues,
        }
    }

    /// Makes room after what is buffered by moving it to the front; `false`
    /// where it fills the buffer.
    fn has_room(&mut self) -> bool {
        if self.end < self.buffer.len() {
            return true;
        }
        if self.start == 0 {
            return false;
        }
        // What is buffered goes up to the buffer's end. `copy_within` would check
        // its range, and could panic.
        let cells = Cell::from_mut(&mut *self.buffer).as_slice_of_cells();
        for (to, from) in cells.iter().zip(cells.iter().skip(self.start)) {
            to.set(from.get());
        }
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        true
    }

    /// Reads once; the caller has made room.
    fn fill(&mut self) -> Result<(), Errno> {
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        match sys::read(&self.gate, self.fd, room) {
            Ok(0) => self.ended = true,
            Ok(count) => self.end += count,
            Err(errno) => retry::after(&self.gate, self.fd, PollFlags::IN, errno)?,
        }
        Ok(())
    }
}
