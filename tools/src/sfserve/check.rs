//! `--check`: asks the server that runs (U.6).

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use int80::{
    Errno,
    sys::{self, MessageFlags, PollFd, PollFlags, SocketAddress, SocketFlags, SocketType},
};
use int80_rt::Gate;
use int80_serve::options::Listen;

use crate::{options::Options, say};

const REQUEST: &[u8] = b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
/// How long an answer may take, in milliseconds.
const PATIENCE: i32 = 5000;

/// 0 where the server answers, and does not say that it cannot serve; else 1.
#[inline(never)]
pub fn check(gate: Gate, options: &Options) -> u8 {
    let first = options.listen.iter().next();
    let place = first.unwrap_or(Listen::V4([127, 0, 0, 1], 8080));
    match ask(gate, place) {
        Ok(b'1'..=b'4') => 0,
        Ok(_) => {
            say::warn(b"--check", b"the server says that it cannot serve");
            1
        }
        Err(errno) => {
            say::warn(b"--check", say::text(errno));
            1
        }
    }
}

/// The first digit of the status.
#[inline(never)]
fn ask(gate: Gate, place: Listen<'_>) -> Result<u8, Errno> {
    let address = address(place).ok_or(Errno::ENAMETOOLONG)?;
    let flags = SocketFlags::CLOEXEC;
    let socket = sys::socket(gate, address.family(), SocketType::STREAM, flags)?;
    sys::connect(gate, &socket, &address)?;
    sys::sendto(gate, &socket, REQUEST, MessageFlags::NOSIGNAL)?;
    let mut answer = [0; 13];
    let mut used = 0;
    while let Some(room @ [_, ..]) = answer.get_mut(used..) {
        let mut fds = [PollFd::new(&socket, PollFlags::IN)];
        if sys::poll(gate, &mut fds, PATIENCE)? == 0 {
            return Err(Errno::ETIMEDOUT);
        }
        match sys::recvfrom(gate, &socket, room, MessageFlags::empty())? {
            0 => return Err(Errno::ECONNRESET),
            count => used += count,
        }
    }
    let status = answer.strip_prefix(b"HTTP/1.1 ".as_slice());
    status
        .and_then(|status| status.first().copied())
        .ok_or(Errno::EPROTO)
}

/// Where the server is asked: on the machine itself where it serves every
/// address.
fn address(place: Listen<'_>) -> Option<SocketAddress> {
    let v4 = |ip, port| SocketAddr::V4(SocketAddrV4::new(ip, port)).into();
    Some(match place {
        Listen::Unix(path) => SocketAddress::unix(path)?,
        Listen::Any(port) | Listen::V4([0, 0, 0, 0], port) => v4(Ipv4Addr::LOCALHOST, port),
        Listen::V4(ip, port) => v4(Ipv4Addr::from(ip), port),
        Listen::V6(ip, port) => {
            let ip = Ipv6Addr::from(ip);
            let ip = if ip == Ipv6Addr::UNSPECIFIED {
                Ipv6Addr::LOCALHOST
            } else {
                ip
            };
            SocketAddr::V6(SocketAddrV6::new(ip, port, 0, 0)).into()
        }
    })
}
