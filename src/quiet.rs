//! Calls whose SIGPIPE does not reach the program.

use crate::{
    Errno, Fd, Gate,
    call::{self, SignalSet},
};

/// Makes `calls`, which write to `out_fd`, without SIGPIPE reaching the program
/// where the reader is gone: EPIPE alone says it.
///
/// sendfile, splice and write have no MSG_NOSIGNAL, and a short count can come
/// with the signal as well as EPIPE. Around `calls` the signal is blocked for
/// this thread; if one has come meanwhile it is taken back, and the mask is
/// restored. One that was pending before is left pending. Four calls, or two
/// where `out_fd` is neither a socket nor a pipe and nothing has to be done.
///
/// It is not a lock: SIGPIPE sent to this thread by another process meanwhile
/// is taken for ours.
///
/// # Returns
///
/// What `calls` returns.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, Transfer, quietly, transfer::End};
///
/// # fn main() {
/// let mut transfer = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, &mut []).count(0);
/// let outcome = quietly(Native, Fd::STDOUT, || transfer.run());
/// assert_eq!(outcome.end, End::Complete);
/// # }
/// ```
///
/// # References
///
/// signal(7), sigtimedwait(2).
pub fn quietly<G: Gate + Copy, R>(gate: G, out_fd: Fd<'_>, calls: impl FnOnce() -> R) -> R {
    let _guard = Quiet::new(gate, out_fd);
    calls()
}

/// Ends the quiet on every way out.
struct Quiet<G: Gate + Copy> {
    gate: G,
    /// The mask as it was, where SIGPIPE was blocked by this.
    before: Option<SignalSet>,
    /// Whether one was pending before.
    pending: bool,
}

impl<G: Gate + Copy> Quiet<G> {
    fn new(gate: G, out_fd: Fd<'_>) -> Self {
        // What cannot be asked is taken for one that breaks.
        let breaks = call::socket_type(gate, out_fd) != Err(Errno::ENOTSOCK)
            || call::pipe_size(gate, out_fd) != Err(Errno::EBADF);
        // Where a sandbox refuses the mask there is no quiet.
        let before = if breaks {
            call::block_signals(gate, SignalSet::PIPE).ok()
        } else {
            None
        };
        // Asked once it is blocked: what comes from now on is taken back.
        let pending = before.is_some()
            && call::pending_signals(gate).is_ok_and(|set| set.contains(SignalSet::PIPE));
        Self {
            gate,
            before,
            pending,
        }
    }
}

impl<G: Gate + Copy> Drop for Quiet<G> {
    fn drop(&mut self) {
        if let Some(before) = self.before {
            if !self.pending {
                // EAGAIN: none has come.
                let _ = call::take_signal(self.gate, SignalSet::PIPE);
            }
            let _ = call::set_signal_mask(self.gate, before);
        }
    }
}
