//! Sockets on loopback, and what they need of libc.

use std::{
    net::TcpStream,
    os::fd::{AsRawFd, OwnedFd},
};

pub use int80_support::net::tcp;

/// Closes `socket` with a reset instead of an orderly end.
pub fn reset(socket: TcpStream) {
    rustix::net::sockopt::set_socket_linger(&socket, Some(std::time::Duration::ZERO)).unwrap();
}

/// What is closed, or −1.
pub fn raw(fd: &Option<OwnedFd>) -> i32 {
    fd.as_ref().map_or(-1, AsRawFd::as_raw_fd)
}
