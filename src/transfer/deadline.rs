//! Until when.

use core::time::Duration;

use super::{Outcome, Transfer};
use crate::{Errno, Gate, call};

/// A moment of the monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Duration);

impl Deadline {
    /// The moment that is `time` from now.
    ///
    /// # Errors
    ///
    /// ENOSYS before Linux 5.1 on i386: no clock of 64 bits.
    pub fn after<G: Gate>(gate: G, time: Duration) -> Result<Self, Errno> {
        call::monotonic(gate).map(|now| Self(now.saturating_add(time)))
    }
}

/// How long a run may wait.
pub(super) trait Patience<G> {
    /// The milliseconds that are left, negative for ever; `None` when the time
    /// is over.
    fn timeout(&self, gate: G) -> Result<Option<i32>, Errno>;
}

pub(super) struct Forever;

impl<G> Patience<G> for Forever {
    #[inline(always)]
    fn timeout(&self, _: G) -> Result<Option<i32>, Errno> {
        Ok(Some(-1))
    }
}

impl<G: Gate> Patience<G> for Deadline {
    fn timeout(&self, gate: G) -> Result<Option<i32>, Errno> {
        let left = self.0.saturating_sub(call::monotonic(gate)?);
        // Rounded up: what is left of a millisecond is not waited for by
        // asking again and again.
        let whole = left.as_secs().saturating_mul(1000);
        let rest = left.subsec_nanos().div_ceil(1_000_000);
        let milliseconds = whole.saturating_add(rest.into()).min(i32::MAX as u64) as i32;
        Ok((milliseconds > 0).then_some(milliseconds))
    }
}

impl<G: Gate + Copy> Transfer<'_, G> {
    /// As [`run`](Self::run), but no call is made from `deadline` on.
    ///
    /// The clock is asked before each call and bounds each wait. A call that
    /// has begun is not broken off: where both descriptors are non-blocking
    /// none takes long, and on blocking ones [`budget`](Self::budget) bounds
    /// what one call has to wait for.
    ///
    /// # Returns
    ///
    /// As [`run`](Self::run); [`End::TimedOut`](super::End::TimedOut) when the
    /// time was over first.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), and those of the clock.
    pub fn run_until(&mut self, deadline: Deadline) -> Outcome {
        self.run_with(deadline)
    }
}
