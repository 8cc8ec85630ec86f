//! The sockets that connections come to (U.2, U.5).

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use int80::{
    Errno, Fd, OwnedFd,
    sys::{self, AddressFamily, OpenFlags, SocketAddress, SocketFlags, SocketOption, SocketType},
};
use int80_rt::{FixedVec, Gate, Process};
use int80_serve::options::Listen;

use crate::{
    connection::copy,
    options::{MOST, MOST_WORKERS, Options},
    say::{self, Line},
};

const FLAGS: SocketFlags = SocketFlags::CLOEXEC.union(SocketFlags::NONBLOCK);
const BACKLOG: u32 = 4096;
/// Where connections are taken where no option says so.
const DEFAULT: Listen<'static> = Listen::V4([127, 0, 0, 1], 8080);

/// A socket, and the worker whose own it is; the others share it.
pub struct Listener {
    pub socket: OwnedFd<Gate>,
    pub worker: Option<u32>,
}

/// Every socket, and where they are.
pub struct Listeners {
    pub sockets: FixedVec<Listener>,
    /// As given, with the ports that the kernel chose.
    pub places: FixedVec<Listen<'static>>,
}

impl Listeners {
    /// Opens every socket; one that cannot be opened ends the program.
    pub fn open(gate: Gate, process: Process, options: &Options) -> Self {
        let most = MOST * MOST_WORKERS as usize;
        let (Ok(sockets), Ok(places)) = (FixedVec::new(gate, most), FixedVec::new(gate, MOST))
        else {
            say::fail(b"memory", say::text(Errno::ENOMEM));
        };
        let mut listeners = Self { sockets, places };
        for socket in process.take_listen_fds(gate, MOST as i32) {
            listeners.inherit(gate, socket);
        }
        let mut any = !listeners.sockets.is_empty();
        for place in options.listen.iter() {
            listeners.add(gate, place, options.workers);
            any = true;
        }
        if !any {
            listeners.add(gate, DEFAULT, options.workers);
        }
        listeners
    }

    /// A socket of the service manager's, which need not be one that returns
    /// EAGAIN.
    #[inline(never)]
    fn inherit(&mut self, gate: Gate, socket: OwnedFd<Gate>) {
        let flags = sys::fcntl_getfl(gate, &socket);
        let set = |flags| sys::fcntl_setfl(gate, &socket, flags | OpenFlags::NONBLOCK);
        let address = flags
            .and_then(set)
            .and_then(|()| sys::getsockname(gate, &socket));
        match address {
            Ok(address) => {
                let _ = self.places.push(place_of(&address));
                self.push(socket, None);
            }
            Err(errno) => say::fail(b"LISTEN_FDS", say::text(errno)),
        }
    }

    fn push(&mut self, socket: OwnedFd<Gate>, worker: Option<u32>) {
        let _ = self.sockets.push(Listener { socket, worker });
    }

    #[inline(never)]
    fn add(&mut self, gate: Gate, place: Listen<'static>, workers: u32) {
        if let Err(errno) = self.try_add(gate, place, workers) {
            let mut line = Line::new();
            line.add(b"sfserve: --listen ");
            line.with(|out| place.write_url(out));
            line.add(b": ").add(say::text(errno)).end(Fd::STDERR);
            int80_rt::exit(1)
        }
    }

    #[inline(never)]
    fn try_add(&mut self, gate: Gate, place: Listen<'static>, workers: u32) -> Result<(), Errno> {
        if let Listen::Unix(path) = place {
            let address = SocketAddress::unix(path).ok_or(Errno::ENAMETOOLONG)?;
            self.push(unix(gate, &address, path)?, None);
            let _ = self.places.push(place);
            return Ok(());
        }
        // With a shared port a second server would take half of the first one's
        // connections: whether the port is free is tried without.
        let (first, mut place) = tcp(gate, place, workers > 1)?;
        if workers == 1 {
            self.push(first, Some(0));
        } else {
            drop(first);
            for worker in 0..workers {
                let (socket, bound) = shared(gate, place)?;
                place = bound;
                self.push(socket, Some(worker));
            }
        }
        let _ = self.places.push(place);
        Ok(())
    }
}

/// The address to print of a socket that was handed over.
fn place_of(address: &SocketAddress) -> Listen<'static> {
    match address.ip() {
        Some(SocketAddr::V4(ip)) => Listen::V4(ip.ip().octets(), ip.port()),
        Some(SocketAddr::V6(ip)) => Listen::V6(ip.ip().octets(), ip.port()),
        None => Listen::Unix(b"LISTEN_FDS"),
    }
}

/// The address of a place, and that of one that is left where the machine has
/// no IPv6.
fn addresses(place: Listen<'static>) -> (SocketAddr, Option<SocketAddr>) {
    let v4 = |ip: [u8; 4], port| SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::from(ip), port));
    let v6 = |ip: [u8; 16], port| SocketAddr::V6(SocketAddrV6::new(Ipv6Addr::from(ip), port, 0, 0));
    match place {
        Listen::V4(ip, port) => (v4(ip, port), None),
        Listen::V6(ip, port) => (v6(ip, port), None),
        Listen::Any(port) => (v6([0; 16], port), Some(v4([0; 4], port))),
        Listen::Unix(_) => (v4([0; 4], 0), None),
    }
}

/// A TCP socket at a place, with the port that it got.
#[inline(never)]
fn bound(
    gate: Gate,
    place: Listen<'static>,
    shared: bool,
) -> Result<(OwnedFd<Gate>, Listen<'static>), Errno> {
    let (first, second) = addresses(place);
    let both = i32::from(!matches!(place, Listen::Any(_)));
    let at = |ip: SocketAddr| {
        let address = SocketAddress::from(ip);
        let socket = sys::socket(gate, address.family(), SocketType::STREAM, FLAGS)?;
        let set = |option, value| sys::setsockopt(gate, &socket, option, value);
        set(SocketOption::REUSEADDR, 1)?;
        if shared {
            set(SocketOption::REUSEPORT, 1)?;
        }
        if address.family() == AddressFamily::INET6 {
            set(SocketOption::IPV6_V6ONLY, both)?;
        }
        // Connections inherit it.
        let _ = set(SocketOption::TCP_NODELAY, 1);
        sys::bind(gate, &socket, &address)?;
        Ok(socket)
    };
    let socket = match (at(first), second) {
        (Err(Errno::EAFNOSUPPORT | Errno::EADDRNOTAVAIL), Some(second)) => at(second)?,
        (result, _) => result?,
    };
    let port = sys::getsockname(gate, &socket)?
        .ip()
        .map_or(0, |ip| ip.port());
    Ok((socket, place.with_port(port)))
}

fn tcp(
    gate: Gate,
    place: Listen<'static>,
    probe: bool,
) -> Result<(OwnedFd<Gate>, Listen<'static>), Errno> {
    let (socket, place) = bound(gate, place, false)?;
    if !probe {
        sys::listen(gate, &socket, BACKLOG)?;
    }
    Ok((socket, place))
}

fn shared(gate: Gate, place: Listen<'static>) -> Result<(OwnedFd<Gate>, Listen<'static>), Errno> {
    let (socket, place) = bound(gate, place, true)?;
    sys::listen(gate, &socket, BACKLOG)?;
    Ok((socket, place))
}

/// A Unix socket. One that a server has left behind, at which no one listens,
/// is replaced.
#[inline(never)]
fn unix(gate: Gate, address: &SocketAddress, path: &[u8]) -> Result<OwnedFd<Gate>, Errno> {
    let open = || sys::socket(gate, AddressFamily::UNIX, SocketType::STREAM, FLAGS);
    let socket = open()?;
    match sys::bind(gate, &socket, address) {
        Err(Errno::EADDRINUSE) => {
            if sys::connect(gate, &open()?, address) != Err(Errno::ECONNREFUSED) {
                return Err(Errno::EADDRINUSE);
            }
            remove(gate, path)?;
            sys::bind(gate, &socket, address)?;
        }
        result => result?,
    }
    sys::listen(gate, &socket, BACKLOG)?;
    Ok(socket)
}

/// Removes a Unix socket's name.
pub fn remove(gate: Gate, path: &[u8]) -> Result<(), Errno> {
    let mut name = [0; 128];
    let place = name.get_mut(..path.len()).filter(|_| path.len() < 128);
    copy(place.ok_or(Errno::ENAMETOOLONG)?, path);
    let name = sys::c_string(&name).unwrap_or(c".");
    sys::unlinkat(gate, Fd::CWD, name, false)
}
