//! The loopback interface, which a sandbox may be without.

use std::{
    io,
    net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket},
};

use crate::skip;

const HERE: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);

/// A listening socket; a machine without loopback skips the test, also where only
/// connections fail.
pub fn listener() -> TcpListener {
    if let Some(reason) = no_tcp() {
        skip::here(reason);
    }
    or_skip(TcpListener::bind(HERE))
}

/// Two connected TCP sockets: the one that connected, and the other.
pub fn tcp() -> (TcpStream, TcpStream) {
    let listener = listener();
    let address = listener.local_addr().expect("a bound socket");
    let near = or_skip(TcpStream::connect(address));
    let (far, _) = listener.accept().expect("a connection");
    (near, far)
}

/// A UDP socket that is connected to itself.
pub fn udp() -> UdpSocket {
    let socket = or_skip(UdpSocket::bind(HERE));
    let address = socket.local_addr().expect("a bound socket");
    or_skip(socket.connect(address));
    socket
}

/// Two UDP sockets, the first of which is connected to the second.
pub fn udp_pair() -> (UdpSocket, UdpSocket) {
    let (near, far) = (udp(), or_skip(UdpSocket::bind(HERE)));
    let address = far.local_addr().expect("a bound socket");
    or_skip(near.connect(address));
    (near, far)
}

/// Why no TCP connection can be made here.
pub fn no_tcp() -> Option<String> {
    let listener = TcpListener::bind(HERE);
    let connected = listener.and_then(|listener| TcpStream::connect(listener.local_addr()?));
    connected.err().map(|error| reason(&error))
}

fn or_skip<T>(result: io::Result<T>) -> T {
    result.unwrap_or_else(|error| skip::here(reason(&error)))
}

fn reason(error: &io::Error) -> String {
    format!("no loopback interface ({error})")
}
