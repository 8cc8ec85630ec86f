//! How far a transfer has come.

use super::{Ladder, Refusal, Rung, Transfer};
use crate::{
    Errno, Gate,
    call::{self, Whence},
};

impl<G: Gate + Copy, L: Ladder> Transfer<'_, G, L> {
    /// The bytes that have reached the output.
    #[inline]
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.total.wrapping_sub(self.left)
    }

    /// The bytes that are promised and have not reached the output; `None`
    /// where no number was promised.
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.exact.then_some(self.left)
    }

    /// The byte after the last one that has reached the output; `None` where
    /// `in_fd`'s own position is used.
    #[inline]
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        let pending = self.pending().len() as u64;
        self.position
            .map(|position| position.saturating_sub(pending))
    }

    /// The bytes that were read and have not reached the output. They are the
    /// first to be written on the next step.
    #[inline]
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        self.buffer.get(self.pending.clone()).unwrap_or_default()
    }

    /// The rung in use.
    #[inline]
    #[must_use]
    pub fn rung(&self) -> Rung {
        self.rung
    }

    /// Why the rung before the one in use was left; `None` where none was, or
    /// where copy_file_range answered 0.
    #[inline]
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.last
    }

    /// The calls made so far that moved, or were to move, bytes.
    #[inline]
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// The position that is not the file's own.
    pub(super) fn cell(&self) -> Option<u64> {
        if L::SHORT { None } else { self.position }
    }

    /// Counts the next `bytes` as moved.
    pub(super) fn skip(&mut self, bytes: u64) {
        self.left = self.left.saturating_sub(bytes);
        if let Some(position) = &mut self.position {
            *position = position.saturating_add(bytes);
        }
    }

    /// Gives the pending bytes back to the input: the next read has them again.
    ///
    /// Makes one call, lseek, where `in_fd`'s own position is used and bytes
    /// are pending, and none otherwise.
    ///
    /// # Errors
    ///
    /// ESPIPE where the input cannot seek; the bytes are then still pending.
    pub fn give_back(&mut self) -> Result<(), Errno> {
        let pending = self.pending().len();
        if pending > 0 {
            match self.position {
                Some(_) => self.position = self.position(),
                None => {
                    let back = (pending as i64).wrapping_neg();
                    call::lseek(self.gate, self.in_fd, back, Whence::Current)?;
                }
            }
            self.pending = 0..0;
        }
        Ok(())
    }
}
