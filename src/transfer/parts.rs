//! Headers and trailers: sendmsg on a socket, writev elsewhere.

use super::{Error, Framed, Rung, Side, Step};
use crate::{
    Errno, Gate,
    call::{self, IoSlice, MessageFlags},
};

/// The parts of one call.
const WINDOW: usize = 16;

/// What the output is, as far as calls have told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    Unknown,
    Socket,
    /// There is no sendmsg, and so no telling.
    Silent,
    Other,
}

impl<G: Gate + Copy> Framed<'_, G> {
    /// Sends of `parts` what is behind their first `sent` bytes, with one call.
    pub(super) fn send(
        &mut self,
        parts: &[IoSlice<'_>],
        sent: u64,
        more: bool,
    ) -> Result<usize, Errno> {
        let mut window = [IoSlice::new(&[]); WINDOW];
        let (count, rest) = fill(&mut window, parts, sent);
        let window = window.get(..count).unwrap_or_default();
        let (gate, out_fd) = (self.transfer.gate, self.transfer.out_fd);
        if matches!(self.sink, Sink::Unknown | Sink::Socket) {
            let more = more || rest;
            let flags = if more {
                MessageFlags::MORE
            } else {
                MessageFlags::empty()
            };
            match call::sendmsg(gate, out_fd, window, flags) {
                Err(Errno::ENOTSOCK) => self.sink = Sink::Other,
                Err(Errno::ENOSYS | Errno::EPERM) => self.sink = Sink::Silent,
                Ok(0) => return Err(Errno::ENOSPC),
                Ok(count) => {
                    self.sink = Sink::Socket;
                    self.corked = more;
                    return Ok(count);
                }
                Err(errno) => return Err(errno),
            }
        }
        match call::writev(gate, out_fd, window)? {
            0 => Err(Errno::ENOSPC),
            count => Ok(count),
        }
    }
}

/// The bytes of all parts.
pub(super) fn total(parts: &[IoSlice<'_>]) -> u64 {
    parts
        .iter()
        .fold(0, |sum: u64, part| sum.saturating_add(part.len() as u64))
}

/// Fills `window` with what is behind the first `sent` bytes of `parts`: how
/// many parts that gave, and whether there are more.
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

/// What an error of sendmsg or writev means.
pub(super) fn unsent(errno: Errno) -> Step {
    match errno {
        Errno::EINTR => Step::Interrupted,
        Errno::EAGAIN => Step::WouldBlock(Side::Output),
        _ => Step::Failed(Error {
            errno,
            rung: Rung::Parts,
            side: match errno {
                // The caller's own memory.
                Errno::EFAULT => Side::Unknown,
                _ => Side::Output,
            },
        }),
    }
}
