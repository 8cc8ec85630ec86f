//! A guard that keeps TCP_CORK set.

use crate::{Errno, Fd, Gate, sys};

/// A guard that makes a TCP socket hold back bytes that do not fill a segment
/// until the guard is dropped.
///
/// It is for programs that write a header before a
/// [`Transfer`](crate::Transfer); [`WithHeaders`](crate::transfer::WithHeaders)
/// does without.
///
/// # Examples
///
/// ```
/// use int80::{Cork, Errno, Fd, Native};
///
/// # fn main() {
/// // Descriptor −1 is open in no program.
/// let none = unsafe { Fd::borrow_raw(-1) };
/// assert_eq!(Cork::new(Native, none).err(), Some(Errno::EBADF));
/// # }
/// ```
///
/// # References
///
/// sendfile(2), NOTES; tcp(7).
#[derive(Debug)]
pub struct Cork<'fd, G: Gate + Copy> {
    gate: G,
    socket: Fd<'fd>,
}

impl<'fd, G: Gate + Copy> Cork<'fd, G> {
    /// Corks a TCP socket, with one call.
    ///
    /// # Errors
    ///
    /// EBADF; ENOTSOCK; EOPNOTSUPP or ENOPROTOOPT if the socket is not TCP; ENOSYS
    /// before Linux 4.3 on i386.
    pub fn new(gate: G, socket: impl Into<Fd<'fd>>) -> Result<Self, Errno> {
        let socket = socket.into();
        sys::setsockopt_cork(gate, socket, true).map(|()| Self { gate, socket })
    }
}

impl<G: Gate + Copy> Drop for Cork<'_, G> {
    fn drop(&mut self) {
        // The socket was TCP and is open: this cannot fail.
        let _ = sys::setsockopt_cork(self.gate, self.socket, false);
    }
}
