//! `--check`, which asks the server that runs (U.6), and what is told to a service
//! manager (U.8).

use int80::{
    Errno, OwnedFd,
    sys::{self, MessageFlags, PollFd, PollFlags, SocketAddress, SocketFlags, SocketType},
};
use int80_rt::{Gate, Process};
use int80_serve::{after, options::Listen};

use crate::{
    listen::{DEFAULT, address},
    options::Options,
    say,
};

const REQUEST: &[u8] = b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
/// How long the other side may take, in milliseconds.
const PATIENCE: i32 = 5000;

/// 0 where the server answers, and does not say that it cannot serve; else 1.
#[inline(never)]
pub fn check(gate: Gate, options: &Options) -> u8 {
    let place = options.listen.first().copied().unwrap_or(DEFAULT);
    match ask(gate, place) {
        Ok(b'1'..=b'4') => 0,
        Ok(_) => {
            say::warn(b"--check", b"the server says that it cannot serve");
            1
        }
        Err(errno) => {
            say::failed(b"--check", errno);
            1
        }
    }
}

/// Tells a service manager, where there is one (sd_notify(3)).
#[inline(never)]
pub fn notify(gate: Gate, process: Process, state: &[u8]) {
    let Some(path) = process.variable(b"NOTIFY_SOCKET") else {
        return;
    };
    let address = match path {
        [b'@', name @ ..] => SocketAddress::unix_abstract(name),
        path => SocketAddress::unix(path),
    };
    let address = address.ok_or(Errno::EINVAL);
    let sent = address.and_then(|address| send(gate, &address, SocketType::DGRAM, state));
    if let Err(errno) = sent {
        say::failed(b"NOTIFY_SOCKET", errno);
    }
}

/// Connects a socket, and sends this over it; neither takes longer than the
/// other side may.
#[inline(never)]
fn send(
    gate: Gate,
    address: &SocketAddress,
    kind: SocketType,
    bytes: &[u8],
) -> Result<OwnedFd<Gate>, Errno> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = sys::socket(gate, address.family(), kind, flags)?;
    match sys::connect(gate, &socket, address) {
        // What comes of it is told by the sending.
        Ok(()) | Err(Errno::EINPROGRESS) => {}
        Err(errno) => return Err(errno),
    }
    wait(gate, &socket, PollFlags::OUT)?;
    sys::sendto(gate, &socket, bytes, MessageFlags::NOSIGNAL)?;
    Ok(socket)
}

fn wait(gate: Gate, socket: &OwnedFd<Gate>, events: PollFlags) -> Result<(), Errno> {
    match sys::poll(gate, &mut [PollFd::new(socket, events)], PATIENCE)? {
        0 => Err(Errno::ETIMEDOUT),
        _ => Ok(()),
    }
}

/// The first digit of the status.
#[inline(never)]
fn ask(gate: Gate, place: Listen<'_>) -> Result<u8, Errno> {
    let address = address(place.from_here()).ok_or(Errno::ENAMETOOLONG)?;
    let socket = send(gate, &address, SocketType::STREAM, REQUEST)?;
    let mut answer = [0; 13];
    let mut used = 0;
    while let Some(room @ [_, ..]) = answer.get_mut(used..) {
        wait(gate, &socket, PollFlags::IN)?;
        match sys::recvfrom(gate, &socket, room, MessageFlags::empty())? {
            0 => return Err(Errno::ECONNRESET),
            count => used += count,
        }
    }
    let status = after(&answer, b"HTTP/1.1 ");
    status
        .and_then(|status| status.first().copied())
        .ok_or(Errno::EPROTO)
}
