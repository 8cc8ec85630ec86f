//! TCP_CORK for as long as a value lives.

use crate::{Errno, Fd, Gate, call};

/// Holds back what fills no packet, until it is dropped.
///
/// For programs that write a header themselves before a
/// [`Transfer`](crate::Transfer); [`Framed`](crate::transfer::Framed) needs none.
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
/// P0, P1, P2 (NOTES); tcp(7).
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
    /// EBADF; ENOTSOCK; EOPNOTSUPP or ENOPROTOOPT where it is not TCP; ENOSYS
    /// before Linux 4.3 on i386.
    pub fn new(gate: G, socket: Fd<'fd>) -> Result<Self, Errno> {
        call::set_cork(gate, socket, true).map(|()| Self { gate, socket })
    }
}

impl<G: Gate + Copy> Drop for Cork<'_, G> {
    fn drop(&mut self) {
        // The socket was TCP and is open: there is nothing that can fail.
        let _ = call::set_cork(self.gate, self.socket, false);
    }
}
