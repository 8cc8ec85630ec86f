//! The sockets that connections come to (U.2, U.5).

use core::{ffi::CStr, net::SocketAddr};

use int80::{
    Errno, Fd, OwnedFd,
    sys::{
        self, AddressFamily, AtFlags, OpenFlags, SocketAddress, SocketFlags, SocketOption,
        SocketType,
    },
};
use int80_rt::{FixedVec, Gate, Process};
use int80_serve::options::Listen;

use crate::{
    files::S_IFMT,
    memory::{self, copy},
    options::{MOST, MOST_WORKERS, Options},
    say::{self, Line, must},
};

const FLAGS: SocketFlags = SocketFlags::CLOEXEC.union(SocketFlags::NONBLOCK);
/// How many connections wait at a time.
pub const BACKLOG: u32 = 4096;
/// The type of a socket's name in its mode (`include/uapi/linux/stat.h`).
const S_IFSOCK: u32 = 0o140_000;
/// Where connections are taken where no option says so.
pub const DEFAULT: Listen<'static> = Listen::V4([127, 0, 0, 1], 8080);

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
    /// The names of Unix sockets that this server has made.
    names: FixedVec<Name>,
}

/// A path, and which file it names.
struct Name {
    path: &'static [u8],
    file: Option<(u32, u32, u64)>,
}

impl Listeners {
    /// The sockets that a service manager has opened, before any file is.
    pub fn inherited(gate: Gate, process: Process) -> Self {
        // Those of options, and as many that are handed over.
        let most = MOST * (MOST_WORKERS as usize + 1);
        let mut listeners = Self {
            sockets: memory::vector(gate, most),
            places: memory::vector(gate, 2 * MOST),
            names: memory::vector(gate, MOST),
        };
        // SAFETY: of the files that were opened, only standard ones are open.
        #[allow(unsafe_code)]
        let sockets = unsafe { process.take_listen_fds(gate, MOST as i32 + 1) };
        for socket in sockets {
            listeners.inherit(gate, socket);
        }
        listeners
    }

    /// Opens every other socket; one that cannot be opened ends the program.
    pub fn open(&mut self, gate: Gate, options: &Options) {
        for &place in options.listen.iter() {
            self.add(gate, place, options.workers);
        }
        if self.sockets.is_empty() {
            self.add(gate, DEFAULT, options.workers);
        }
    }

    /// Closes the sockets, and removes the names of Unix sockets: not one that
    /// another server has taken.
    #[inline(never)]
    pub fn close(&mut self, gate: Gate) {
        self.sockets.clear();
        for name in self.names.iter() {
            let _ = with_name(name.path, |path| match identity(gate, path) == name.file {
                true => sys::unlinkat(gate, Fd::CWD, path, false),
                false => Ok(()),
            });
        }
        self.names.clear();
    }

    /// A socket of the service manager's, which need not be one that returns
    /// EAGAIN.
    #[inline(never)]
    fn inherit(&mut self, gate: Gate, socket: OwnedFd<Gate>) {
        if self.places.len() == MOST {
            say::fail(b"LISTEN_FDS", b"expected at most 16 of them");
        }
        let kind = sys::getsockopt_type(gate, &socket);
        if kind != Ok(SocketType::STREAM)
            || sys::getsockopt(gate, &socket, SocketOption::ACCEPTCONN) != Ok(1)
        {
            say::fail(b"LISTEN_FDS", b"not a socket that connections come to");
        }
        let flags = sys::fcntl_getfl(gate, &socket);
        let set = |flags| sys::fcntl_setfl(gate, &socket, flags | OpenFlags::NONBLOCK);
        let address = flags
            .and_then(set)
            .and_then(|()| sys::getsockname(gate, &socket));
        let address = must(b"LISTEN_FDS", address);
        let _ = self.places.push(place_of(&address));
        self.push(gate, socket, None);
    }

    fn push(&mut self, gate: Gate, socket: OwnedFd<Gate>, worker: Option<u32>) {
        // Connections inherit it; those of a Unix socket do not have it.
        let _ = sys::setsockopt(gate, &socket, SocketOption::TCP_NODELAY, 1);
        let _ = self.sockets.push(Listener { socket, worker });
    }

    #[inline(never)]
    fn add(&mut self, gate: Gate, place: Listen<'static>, workers: u32) {
        if let Err(errno) = self.try_add(gate, place, workers) {
            let mut line = Line::new();
            line.add(b"sfserve: --listen ");
            line.with(|out| place.write_url(out));
            line.add(b": ").errno(errno);
            self.close(gate);
            line.end_program(1)
        }
    }

    #[inline(never)]
    fn try_add(&mut self, gate: Gate, place: Listen<'static>, workers: u32) -> Result<(), Errno> {
        if let Listen::Unix(path) = place {
            let socket = unix(gate, place, path)?;
            let file = with_name(path, |path| Ok(identity(gate, path)))?;
            let _ = self.names.push(Name { path, file });
            self.push(gate, listening(gate, socket)?, None);
            let _ = self.places.push(place);
            return Ok(());
        }
        // With a shared port a second server would take half of the first one's
        // connections: whether the port is free is tried without.
        let (first, mut place) = bound(gate, place, false)?;
        if workers == 1 {
            self.push(gate, listening(gate, first)?, Some(0));
        } else {
            drop(first);
            for worker in 0..workers {
                let (socket, bound) = bound(gate, place, true)?;
                place = bound;
                self.push(gate, listening(gate, socket)?, Some(worker));
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

/// The address of a place; `None` where a path is too long for one.
#[inline(never)]
pub fn address(place: Listen<'_>) -> Option<SocketAddress> {
    let ip = match place {
        Listen::Unix(path) => return SocketAddress::unix(path),
        Listen::V4(ip, port) => SocketAddr::from((ip, port)),
        Listen::V6(ip, port) => SocketAddr::from((ip, port)),
        Listen::Any(port) => SocketAddr::from(([0; 16], port)),
    };
    Some(ip.into())
}

/// A TCP socket at a place, with the port that it got. Every address is IPv4 alone
/// where the machine has no IPv6.
#[inline(never)]
fn bound(
    gate: Gate,
    place: Listen<'static>,
    shared: bool,
) -> Result<(OwnedFd<Gate>, Listen<'static>), Errno> {
    let socket = match (bound_to(gate, place, shared), place) {
        (Err(Errno::EAFNOSUPPORT | Errno::EADDRNOTAVAIL), Listen::Any(port)) => {
            bound_to(gate, Listen::V4([0; 4], port), shared)?
        }
        (result, _) => result?,
    };
    let ip = sys::getsockname(gate, &socket)?.ip();
    Ok((socket, place.with_port(ip.map_or(0, |ip| ip.port()))))
}

#[inline(never)]
fn bound_to(gate: Gate, place: Listen<'static>, shared: bool) -> Result<OwnedFd<Gate>, Errno> {
    let address = address(place).ok_or(Errno::ENAMETOOLONG)?;
    let socket = sys::socket(gate, address.family(), SocketType::STREAM, FLAGS)?;
    let set = |option, value| sys::setsockopt(gate, &socket, option, value);
    set(SocketOption::REUSEADDR, 1)?;
    if shared {
        set(SocketOption::REUSEPORT, 1)?;
    }
    if address.family() == AddressFamily::INET6 {
        let alone = !matches!(place, Listen::Any(_));
        set(SocketOption::IPV6_V6ONLY, alone.into())?;
    }
    sys::bind(gate, &socket, &address)?;
    Ok(socket)
}

/// The socket, to which connections can come.
fn listening(gate: Gate, socket: OwnedFd<Gate>) -> Result<OwnedFd<Gate>, Errno> {
    sys::listen(gate, &socket, BACKLOG)?;
    Ok(socket)
}

/// A Unix socket. One that a server has left behind, at which no one listens,
/// is replaced; a file of another kind is not, and connect refuses it, too.
#[inline(never)]
fn unix(gate: Gate, place: Listen<'_>, path: &[u8]) -> Result<OwnedFd<Gate>, Errno> {
    let address = address(place).ok_or(Errno::ENAMETOOLONG)?;
    let open = || sys::socket(gate, AddressFamily::UNIX, SocketType::STREAM, FLAGS);
    let socket = open()?;
    match sys::bind(gate, &socket, &address) {
        Err(Errno::EADDRINUSE) => {
            if sys::connect(gate, &open()?, &address) != Err(Errno::ECONNREFUSED) {
                return Err(Errno::EADDRINUSE);
            }
            with_name(path, |path| match identity(gate, path) {
                Some(_) => sys::unlinkat(gate, Fd::CWD, path, false),
                None => Err(Errno::EADDRINUSE),
            })?;
            sys::bind(gate, &socket, &address)?;
        }
        result => result?,
    }
    Ok(socket)
}

/// Which socket a name is of, where the kernel tells; `None` for other files.
fn identity(gate: Gate, path: &CStr) -> Option<(u32, u32, u64)> {
    let status = sys::statx(gate, Fd::CWD, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    let file = (status.stx_dev_major, status.stx_dev_minor, status.stx_ino);
    (u32::from(status.stx_mode) & S_IFMT == S_IFSOCK).then_some(file)
}

/// The path as the kernel takes it.
fn with_name<T>(path: &[u8], call: impl FnOnce(&CStr) -> Result<T, Errno>) -> Result<T, Errno> {
    let mut name = [0; 128];
    let place = name.get_mut(..path.len()).filter(|_| path.len() < 128);
    copy(place.ok_or(Errno::ENAMETOOLONG)?, path);
    call(sys::c_string(&name).unwrap_or(c"."))
}
