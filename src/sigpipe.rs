//! Calls without SIGPIPE.

use crate::{
    Errno, Fd, Gate,
    sys::{self, How, SignalSet},
};

/// Runs `calls`, which write to `out_fd`, without sending the program SIGPIPE if
/// the reader has closed: EPIPE is then the only sign.
///
/// sendfile, splice and write have no MSG_NOSIGNAL, and the signal can accompany
/// a short count as well as EPIPE. This function blocks SIGPIPE for this thread
/// while `calls` run, removes one that became pending, and restores the mask. A
/// SIGPIPE that was pending before stays pending. It makes five system calls
/// besides for a socket, and six for a pipe; two if `out_fd` is neither, where
/// nothing has to be done.
///
/// A SIGPIPE that another process sends to this thread meanwhile is removed,
/// too.
///
/// # Returns
///
/// The result of `calls`.
///
/// # Examples
///
/// ```
/// use int80::{Fd, Native, Transfer, transfer::{Buffer, End}, without_sigpipe};
///
/// # fn main() {
/// let mut transfer = Transfer::new(Native, Fd::STDOUT, Fd::STDIN, Buffer::none()).exactly(0);
/// let outcome = without_sigpipe(Native, Fd::STDOUT, || transfer.run());
/// assert_eq!(outcome.end, End::Complete);
/// # }
/// ```
///
/// # References
///
/// signal(7), sigtimedwait(2).
pub fn without_sigpipe<'fd, G: Gate + Copy, R>(
    gate: G,
    out_fd: impl Into<Fd<'fd>>,
    calls: impl FnOnce() -> R,
) -> R {
    let _guard = Guard::new(gate, out_fd.into());
    calls()
}

/// Restores the mask when it is dropped.
struct Guard<G: Gate + Copy> {
    gate: G,
    /// The mask before, if the guard has blocked SIGPIPE.
    before: Option<SignalSet>,
    /// Whether SIGPIPE was pending before.
    pending: bool,
}

impl<G: Gate + Copy> Guard<G> {
    fn new(gate: G, out_fd: Fd<'_>) -> Self {
        // An output whose kind is unknown may be a socket or a pipe.
        let breaks = sys::getsockopt_type(gate, out_fd) != Err(Errno::ENOTSOCK)
            || sys::fcntl_getpipe_sz(gate, out_fd) != Err(Errno::EBADF);
        // If a sandbox refuses to change the mask, the signal is delivered.
        let before = if breaks {
            sys::rt_sigprocmask(gate, How::Block, SignalSet::PIPE).ok()
        } else {
            None
        };
        // Asked once SIGPIPE is blocked: one that arrives later is removed.
        let pending = before.is_some()
            && sys::rt_sigpending(gate).is_ok_and(|set| set.contains(SignalSet::PIPE));
        Self {
            gate,
            before,
            pending,
        }
    }
}

impl<G: Gate + Copy> Drop for Guard<G> {
    fn drop(&mut self) {
        if let Some(before) = self.before {
            if !self.pending {
                // EAGAIN: none is pending.
                let _ = sys::rt_sigtimedwait(self.gate, SignalSet::PIPE);
            }
            let _ = sys::rt_sigprocmask(self.gate, How::SetMask, before);
        }
    }
}
