//! Lines of a descriptor, read into a buffer of the program.

use core::cell::Cell;

use int80::{
    Errno, Fd, Gate,
    sys::{self, PollFlags},
};

use crate::retry;

/// Reads lines from a descriptor into a buffer.
///
/// A line that does not fit into the buffer is returned in pieces. Bytes after
/// the last newline are a line, too. The position of the descriptor is ahead of
/// the lines returned, since whole blocks are read.
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
    /// Whether the last line returned is continued.
    within: bool,
    /// Whether the input has ended.
    ended: bool,
}

/// A line, or a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line<'a> {
    /// The bytes, without the newline. The last piece of a long line may be
    /// empty.
    pub text: &'a [u8],
    /// Whether the line did not fit into the buffer: the next piece belongs to
    /// the same line.
    pub continues: bool,
}

impl<'a, G: Gate> Lines<'a, G> {
    /// The lines of `fd`, from its position on. Makes no system call.
    ///
    /// - `buffer`: its size is that of the longest line, newline included, that is
    ///   returned in one piece.
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
    /// The line, in the buffer, until the next call; `None` at the end of the
    /// input and ever after.
    ///
    /// # Errors
    ///
    /// Those of [`sys::read`] except EINTR, and EAGAIN only for a socket whose
    /// time limit has passed; EINVAL if the buffer is empty. An error loses no
    /// bytes: the next call continues.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, Errno> {
        if self.buffer.is_empty() {
            return Err(Errno::EINVAL);
        }
        // Where the search for a newline continues.
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

    /// Returns what is buffered up to `end`, and continues at `next`.
    fn piece(&mut self, end: usize, next: usize, continues: bool) -> Line<'_> {
        let start = self.start;
        self.start = next;
        self.within = continues;
        Line {
            text: self.buffer.get(start..end).unwrap_or_default(),
            continues,
        }
    }

    /// Makes room after what is buffered by moving it to the front; `false` if it
    /// fills the buffer.
    fn has_room(&mut self) -> bool {
        if self.end < self.buffer.len() {
            return true;
        }
        if self.start == 0 {
            return false;
        }
        // What is buffered ends at the end of the buffer. `copy_within` checks its
        // range and could panic.
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
