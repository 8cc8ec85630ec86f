//! Until when.

use core::time::Duration;

use super::{Ladder, Outcome, Transfer, run};
use crate::{Errno, Gate, call};

/// A moment of the monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    milliseconds: u64,
}

impl Deadline {
    /// The moment that is `time` from now.
    ///
    /// # Errors
    ///
    /// ENOSYS before Linux 5.1 on i386: no clock of 64 bits.
    pub fn after<G: Gate>(gate: G, time: Duration) -> Result<Self, Errno> {
        let now = milliseconds(call::monotonic(gate)?);
        Ok(Self {
            milliseconds: now.saturating_add(milliseconds(time)),
        })
    }
}

/// A time in whole milliseconds. `Duration::as_millis` has 128 bits.
fn milliseconds(time: Duration) -> u64 {
    time.as_secs()
        .saturating_mul(1000)
        .saturating_add(time.subsec_millis().into())
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
        let now = milliseconds(call::monotonic(gate)?);
        let left = self.milliseconds.saturating_sub(now).min(i32::MAX as u64);
        Ok((left > 0).then_some(left as i32))
    }
}

impl<G: Gate + Copy, L: Ladder> Transfer<'_, G, L> {
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
        run::run(self, deadline)
    }
}
