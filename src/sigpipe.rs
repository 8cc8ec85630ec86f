//! Calls whose SIGPIPE does not reach the program.

use crate::{
    Errno, Fd, Gate,
    sys::{self, How, SignalSet},
};

/// Makes `calls`, which write to `out_fd`, without SIGPIPE reaching the program
/// where the reader is gone: EPIPE is then the only sign.
///
/// sendfile, splice and write have no MSG_NOSIGNAL, and a short count can come
/// with the signal as well as EPIPE. Around `calls` the signal is blocked for
/// this thread; if one has come by their end it is taken back, and the mask is
/// restored. One that was pending before stays pending. It makes four calls, or
/// two where `out_fd` is neither a socket nor a pipe and nothing has to be done.
///
/// It is not a lock: SIGPIPE that another process sends to this thread during
/// `calls` is taken back as well.
///
/// # Returns
///
/// What `calls` returns.
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

/// Restores the mask on every way out.
struct Guard<G: Gate + Copy> {
    gate: G,
    /// The mask as it was, where SIGPIPE was blocked by this.
    before: Option<SignalSet>,
    /// Whether one was pending before.
    pending: bool,
}

impl<G: Gate + Copy> Guard<G> {
    fn new(gate: G, out_fd: Fd<'_>) -> Self {
        // An output that cannot be asked may break.
        let breaks = sys::getsockopt_type(gate, out_fd) != Err(Errno::ENOTSOCK)
            || sys::fcntl_getpipe_sz(gate, out_fd) != Err(Errno::EBADF);
        // Where a sandbox refuses the mask the signal comes.
        let before = if breaks {
            sys::rt_sigprocmask(gate, How::Block, SignalSet::PIPE).ok()
        } else {
            None
        };
        // Asked once it is blocked: one that comes from now on is taken back.
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
                // EAGAIN: none has come.
                let _ = sys::rt_sigtimedwait(self.gate, SignalSet::PIPE);
            }
            let _ = sys::rt_sigprocmask(self.gate, How::SetMask, before);
        }
    }
}
