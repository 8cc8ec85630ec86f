//! Sockets on loopback, and what they need of libc.

use std::{
    net::{TcpListener, TcpStream},
    os::fd::{AsRawFd, OwnedFd},
};

/// Two connected TCP sockets.
pub fn tcp() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (far, _) = listener.accept().unwrap();
    (near, far)
}

/// Closes `socket` with a reset instead of an orderly end.
pub fn reset(socket: TcpStream) {
    rustix::net::sockopt::set_socket_linger(&socket, Some(std::time::Duration::ZERO)).unwrap();
}

/// What is closed, or −1.
pub fn raw(fd: &Option<OwnedFd>) -> i32 {
    fd.as_ref().map_or(-1, AsRawFd::as_raw_fd)
}
