//! Signals: which are blocked, which are pending, and how many were delivered.

use int80::{Errno, Register};
use linux_raw_sys::general::{SIG_BLOCK, SIG_SETMASK, SIG_UNBLOCK};

use super::{
    memory,
    state::{Result, State},
};

/// The signals of the one thread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signals {
    /// The signals that are blocked.
    pub blocked: u64,
    /// The signals that have come and are blocked.
    pub pending: u64,
    /// How many signals have reached the program.
    pub delivered: u32,
}

impl Signals {
    /// A signal comes.
    pub fn raise(&mut self, number: u32) {
        self.pending |= 1 << (number - 1);
        self.deliver();
    }

    /// Delivers the signals that are no longer blocked.
    fn deliver(&mut self) {
        let through = self.pending & !self.blocked;
        self.delivered += through.count_ones();
        self.pending &= !through;
    }
}

impl State {
    pub fn sigprocmask(&mut self, [how, set, old, size, ..]: [Register; 6]) -> Result {
        self.counts.signals += 1;
        if size.bits() != 8 {
            return Err(Errno::EINVAL);
        }
        let before = self.signals.blocked;
        if set != Register::ZERO {
            let set = memory::load::<u64>(set)?;
            self.signals.blocked = match how.bits() as u32 {
                SIG_BLOCK => before | set,
                SIG_UNBLOCK => before & !set,
                SIG_SETMASK => set,
                _ => return Err(Errno::EINVAL),
            };
            self.signals.deliver();
        }
        if old != Register::ZERO {
            memory::store(old, before)?;
        }
        Ok(0)
    }

    pub fn sigpending(&mut self, [set, ..]: [Register; 6]) -> Result {
        self.counts.signals += 1;
        memory::store(set, self.signals.pending & self.signals.blocked).map(|()| 0)
    }

    pub fn sigtimedwait(&mut self, [set, _, time, ..]: [Register; 6]) -> Result {
        self.counts.signals += 1;
        assert_eq!(
            memory::load::<[u32; 2]>(time)?,
            [0, 0],
            "a wait without a limit"
        );
        let there = self.signals.pending & memory::load::<u64>(set)?;
        if there == 0 {
            return Err(Errno::EAGAIN);
        }
        let number = there.trailing_zeros();
        self.signals.pending &= !(1 << number);
        Ok(number as usize + 1)
    }
}
