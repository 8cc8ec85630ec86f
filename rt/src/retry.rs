//! Retries of calls that have moved nothing.

use int80::{
    Errno, Fd, Gate,
    sys::{self, OpenFlags, PollFd, PollFlags},
};

/// `Ok` if the call that failed with `errno` is to be made again: after a signal,
/// and once a non-blocking `fd` has one of `events`. EAGAIN of any other
/// descriptor is the time limit of a socket, and an error.
pub(crate) fn after<G: Gate>(
    gate: &G,
    fd: Fd<'_>,
    events: PollFlags,
    errno: Errno,
) -> Result<(), Errno> {
    match errno {
        Errno::EINTR => Ok(()),
        Errno::EAGAIN if is_nonblocking(gate, fd) => {
            match sys::poll(gate, &mut [PollFd::new(fd, events)], -1) {
                Ok(_) | Err(Errno::EINTR) => Ok(()),
                Err(errno) => Err(errno),
            }
        }
        errno => Err(errno),
    }
}

fn is_nonblocking<G: Gate>(gate: &G, fd: Fd<'_>) -> bool {
    sys::fcntl_getfl(gate, fd).is_ok_and(|flags| flags.contains(OpenFlags::NONBLOCK))
}
