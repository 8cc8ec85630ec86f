//! poll, and the readiness of a descriptor.

use int80::{Errno, Register};
use linux_raw_sys::general::pollfd;

use super::{
    memory,
    object::Object,
    setup::place,
    state::{Result, State},
};

const POLLIN: i16 = 1;
const POLLOUT: i16 = 4;
const POLLERR: i16 = 8;
const POLLHUP: i16 = 16;
const POLLNVAL: i16 = 32;

impl State {
    pub fn poll(&mut self, at: Register, count: usize, timeout: Register) -> Result {
        let timeout = timeout.bits() as u32 as i32;
        if timeout != 0 && self.schedule.interrupts() {
            return Err(Errno::EINTR);
        }
        let until = self.clock + timeout.max(0) as u64 * 1_000_000;
        let one = |index| {
            let pointer = at.as_ptr().cast::<pollfd>().wrapping_add(index);
            Register::from(pointer)
        };
        loop {
            let mut ready = 0;
            for index in 0..count {
                let mut fd = memory::load::<pollfd>(one(index))?;
                fd.revents = self.readiness(place(fd.fd), fd.events);
                ready += usize::from(fd.revents != 0);
                memory::store(one(index), fd)?;
            }
            if ready > 0 || timeout == 0 {
                return Ok(ready);
            }
            let moved = self.advance();
            if timeout > 0 && (!moved || self.clock >= until) {
                self.clock = self.clock.max(until);
                return Ok(0);
            }
            assert!(moved, "a poll that would hang");
        }
    }

    /// What poll says of a descriptor.
    pub fn readiness(&mut self, fd: usize, events: i16) -> i16 {
        if self.file(fd).is_err() {
            return POLLNVAL;
        }
        let mut found = POLLIN | POLLOUT;
        if let Some(source) = self.object(fd).and_then(Object::source) {
            if source.queue.is_empty() {
                found &= !POLLIN;
            }
            if source.at_end() {
                found |= POLLHUP;
            }
        }
        if let Some(sink) = self.object(fd).and_then(Object::sink) {
            if sink.room() == 0 {
                found &= !POLLOUT;
            }
            if !sink.reader {
                found |= POLLERR;
            }
        }
        // Of a pipe's end only what that end is for.
        let always = match events & POLLIN {
            0 => POLLERR,
            _ => POLLHUP,
        };
        found & (events | always)
    }
}
