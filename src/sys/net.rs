//! Sockets: making, binding, listening, connecting, and their addresses.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::{
    fmt,
    mem::MaybeUninit,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    ptr,
};

use bitflags::bitflags;
use linux_raw_sys::net as kernel;

use super::{MessageFlags, SocketType, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

/// A family of addresses (socket(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct AddressFamily(pub u16);

impl AddressFamily {
    /// Names of files (`AF_UNIX`).
    pub const UNIX: Self = Self(kernel::AF_UNIX as u16);
    /// IPv4 (`AF_INET`).
    pub const INET: Self = Self(kernel::AF_INET as u16);
    /// IPv6 (`AF_INET6`).
    pub const INET6: Self = Self(kernel::AF_INET6 as u16);
}

/// The largest address, of a Unix socket (`struct sockaddr_un`).
const MAX_ADDRESS: usize = size_of::<kernel::sockaddr_un>();
/// Where the path begins in a `sockaddr_un`.
const PATH: usize = core::mem::offset_of!(kernel::sockaddr_un, sun_path);

/// A socket's address, as the kernel lays it out.
#[derive(Clone, Copy)]
pub struct SocketAddress {
    bytes: [u8; MAX_ADDRESS],
    length: u32,
}

impl SocketAddress {
    /// The address of a Unix socket at this path; `None` where it has more than
    /// 107 bytes, or a NUL among them.
    #[must_use]
    pub fn unix(path: &[u8]) -> Option<Self> {
        let mut address = Self::new(AddressFamily::UNIX);
        // One byte is left for the NUL.
        let room = address.bytes.get(PATH..)?;
        let room = room.get(..path.len().checked_add(1)?)?;
        let length = PATH.checked_add(room.len())? as u32;
        if !path.iter().all(|&byte| byte != 0) {
            return None;
        }
        address.put(PATH, path);
        address.length = length;
        Some(address)
    }

    /// The address of a Unix socket of this name, which is no file; `None` where
    /// it has more than 107 bytes.
    #[must_use]
    pub fn unix_abstract(name: &[u8]) -> Option<Self> {
        let mut address = Self::new(AddressFamily::UNIX);
        // A NUL is before the name.
        let begin = PATH.checked_add(1)?;
        let end = begin.checked_add(name.len())?;
        if end > MAX_ADDRESS {
            return None;
        }
        address.put(begin, name);
        address.length = end as u32;
        Some(address)
    }

    fn new(family: AddressFamily) -> Self {
        let mut address = Self {
            bytes: [0; MAX_ADDRESS],
            length: 0,
        };
        address.put(0, &family.0.to_ne_bytes());
        address
    }

    fn put(&mut self, at: usize, bytes: &[u8]) {
        for (place, byte) in self.bytes.iter_mut().skip(at).zip(bytes) {
            *place = *byte;
        }
    }

    fn get<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut bytes = [0; N];
        for (place, byte) in bytes.iter_mut().zip(self.bytes.iter().skip(at)) {
            *place = *byte;
        }
        bytes
    }

    /// The family.
    #[must_use]
    pub fn family(&self) -> AddressFamily {
        AddressFamily(u16::from_ne_bytes(self.get(0)))
    }

    /// The IP address and port; `None` where the family is another.
    #[must_use]
    pub fn ip(&self) -> Option<SocketAddr> {
        let port = u16::from_be_bytes(self.get(2));
        match self.family() {
            AddressFamily::INET => {
                let ip = Ipv4Addr::from(self.get::<4>(4));
                Some(SocketAddr::V4(SocketAddrV4::new(ip, port)))
            }
            AddressFamily::INET6 => {
                let ip = Ipv6Addr::from(self.get::<16>(8));
                let scope = u32::from_ne_bytes(self.get(24));
                Some(SocketAddr::V6(SocketAddrV6::new(ip, port, 0, scope)))
            }
            _ => None,
        }
    }
}

impl From<SocketAddr> for SocketAddress {
    fn from(ip: SocketAddr) -> Self {
        let family = match ip {
            SocketAddr::V4(_) => AddressFamily::INET,
            SocketAddr::V6(_) => AddressFamily::INET6,
        };
        let mut address = Self::new(family);
        address.put(2, &ip.port().to_be_bytes());
        match ip {
            SocketAddr::V4(ip) => {
                address.put(4, &ip.ip().octets());
                address.length = size_of::<kernel::sockaddr_in>() as u32;
            }
            SocketAddr::V6(ip) => {
                address.put(8, &ip.ip().octets());
                address.put(24, &ip.scope_id().to_ne_bytes());
                address.length = size_of::<kernel::sockaddr_in6>() as u32;
            }
        }
        address
    }
}

impl fmt::Debug for SocketAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ip() {
            Some(ip) => write!(f, "SocketAddress({ip})"),
            None => write!(f, "SocketAddress(family {})", self.family().0),
        }
    }
}

bitflags! {
    /// How a socket is made (socket(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SocketFlags: u32 {
        /// Closed on execve.
        const CLOEXEC = linux_raw_sys::general::O_CLOEXEC;
        /// EAGAIN instead of waiting.
        const NONBLOCK = linux_raw_sys::general::O_NONBLOCK;
    }
}

/// `socket(domain, type, 0)`: a socket that is neither bound nor connected.
///
/// # Returns
///
/// The socket.
///
/// # Errors
///
/// EACCES; EAFNOSUPPORT where the machine lacks the family; EMFILE, ENFILE,
/// ENOBUFS, ENOMEM; ENOSYS before Linux 4.3 on i386.
///
/// # Platform
///
/// i386: 359, not socketcall. x86_64: 41.
///
/// # References
///
/// socket(2).
#[inline]
pub fn socket<G: Gate + Copy>(
    gate: G,
    family: AddressFamily,
    kind: SocketType,
    flags: SocketFlags,
) -> Result<OwnedFd<G>, Errno> {
    let kind = kind.0 | flags.bits();
    let family = u32::from(family.0);
    // SAFETY: the call touches no memory, and opens a descriptor.
    unsafe {
        let args = [family.into(), kind.into(), Register::ZERO];
        opened(gate, gate.call(nr::SOCKET, args))
    }
}

/// `bind(sockfd, addr, addrlen)`: gives a socket its address.
///
/// A Unix socket's path is made, and not removed when the socket is closed.
///
/// # Errors
///
/// EACCES, EADDRINUSE, EADDRNOTAVAIL, EBADF, EINVAL, ENOTSOCK; for a path as
/// openat.
///
/// # Platform
///
/// i386: 361, not socketcall. x86_64: 49.
///
/// # References
///
/// bind(2).
#[inline]
pub fn bind<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    address: &SocketAddress,
) -> Result<(), Errno> {
    let at = address.bytes.as_ptr();
    // SAFETY: the kernel reads the address, of that length.
    decode(unsafe { gate.call(nr::BIND, [register(fd), at.into(), address.length.into()]) })
        .map(drop)
}

/// `listen(sockfd, backlog)`: connections can come.
///
/// - `backlog`: how many may wait; the kernel has a limit of its own.
///
/// # Errors
///
/// EADDRINUSE, EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP.
///
/// # Platform
///
/// i386: 363, not socketcall. x86_64: 50.
///
/// # References
///
/// listen(2).
#[inline]
pub fn listen<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>, backlog: u32) -> Result<(), Errno> {
    // SAFETY: the call touches no memory.
    decode(unsafe { gate.call(nr::LISTEN, [register(fd), backlog.into()]) }).map(drop)
}

/// `accept4(sockfd, NULL, NULL, flags)`: takes a connection that waits.
///
/// It does not tell the other side's address: [`getpeername_address`] does.
///
/// # Returns
///
/// The socket of the connection.
///
/// # Errors
///
/// EAGAIN where none waits; ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM, and
/// errors of the connection itself (accept(2)): the next one may be good;
/// EBADF, EINTR, EINVAL, ENOTSOCK.
///
/// # Platform
///
/// i386: 364, not socketcall. x86_64: 288.
///
/// # References
///
/// accept(2).
#[doc(alias = "accept")]
#[inline]
pub fn accept4<'fd, G: Gate + Copy>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    flags: SocketFlags,
) -> Result<OwnedFd<G>, Errno> {
    const NONE: Register = Register::ZERO;
    // SAFETY: without an address the call touches no memory. It opens a
    // descriptor.
    unsafe {
        let args = [register(fd), NONE, NONE, flags.bits().into()];
        opened(gate, gate.call(nr::ACCEPT4, args))
    }
}

/// `connect(sockfd, addr, addrlen)`: connects a socket.
///
/// # Errors
///
/// EINPROGRESS where the socket does not wait; ECONNREFUSED, ENETUNREACH,
/// ETIMEDOUT and others (connect(2)).
///
/// # Platform
///
/// i386: 362, not socketcall. x86_64: 42.
///
/// # References
///
/// connect(2).
#[inline]
pub fn connect<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    address: &SocketAddress,
) -> Result<(), Errno> {
    let at = address.bytes.as_ptr();
    // SAFETY: the kernel reads the address, of that length.
    decode(unsafe {
        gate.call(
            nr::CONNECT,
            [register(fd), at.into(), address.length.into()],
        )
    })
    .map(drop)
}

/// `recvfrom(sockfd, buf, len, flags, NULL, NULL)`: receives bytes.
///
/// # Returns
///
/// How many; 0 where the other side writes no more.
///
/// # Errors
///
/// EAGAIN, EBADF, ECONNREFUSED, ECONNRESET, EINTR, ENOMEM, ENOTCONN, ENOTSOCK.
///
/// # Platform
///
/// i386: 371, not socketcall. x86_64: 45.
///
/// # References
///
/// recv(2).
#[doc(alias = "recv")]
#[inline]
pub fn recvfrom<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    buf: &mut [u8],
    flags: MessageFlags,
) -> Result<usize, Errno> {
    const NONE: Register = Register::ZERO;
    let at = Register::from(buf.as_mut_ptr());
    let (length, flags) = (buf.len().into(), flags.bits().into());
    // SAFETY: the kernel writes into the slice alone.
    decode(unsafe { gate.call(nr::RECVFROM, [register(fd), at, length, flags, NONE, NONE]) })
}

/// `sendto(sockfd, buf, len, flags, NULL, 0)`: sends bytes over a connection.
///
/// # Returns
///
/// How many the socket took, which may be fewer than there are.
///
/// # Errors
///
/// EAGAIN, EBADF, ECONNRESET, EDESTADDRREQ, EINTR, EMSGSIZE, ENOBUFS, ENOMEM,
/// ENOTCONN, ENOTSOCK, EPIPE (with SIGPIPE but for
/// [`NOSIGNAL`](MessageFlags::NOSIGNAL)).
///
/// # Platform
///
/// i386: 369, not socketcall. x86_64: 44.
///
/// # References
///
/// send(2).
#[doc(alias = "send")]
#[inline]
pub fn sendto<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    buf: &[u8],
    flags: MessageFlags,
) -> Result<usize, Errno> {
    const NONE: Register = Register::ZERO;
    let at = Register::from(buf.as_ptr());
    let (length, flags) = (buf.len().into(), flags.bits().into());
    // SAFETY: the kernel reads the slice alone.
    decode(unsafe { gate.call(nr::SENDTO, [register(fd), at, length, flags, NONE, NONE]) })
}

/// An option of a socket whose value is an `int`: level and name (socket(7),
/// tcp(7), ipv6(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketOption(pub u32, pub u32);

impl SocketOption {
    /// The address may be in use by closed connections.
    pub const REUSEADDR: Self = Self(kernel::SOL_SOCKET, kernel::SO_REUSEADDR);
    /// Several sockets share the address and its connections.
    pub const REUSEPORT: Self = Self(kernel::SOL_SOCKET, kernel::SO_REUSEPORT);
    /// The bytes of the sending buffer.
    pub const SNDBUF: Self = Self(kernel::SOL_SOCKET, kernel::SO_SNDBUF);
    /// The error of a connection, which is taken.
    pub const ERROR: Self = Self(kernel::SOL_SOCKET, kernel::SO_ERROR);
    /// Small packets go at once.
    pub const TCP_NODELAY: Self = Self(kernel::IPPROTO_TCP as u32, kernel::TCP_NODELAY);
    /// Not IPv4 as well.
    pub const IPV6_V6ONLY: Self = Self(kernel::IPPROTO_IPV6 as u32, 26);
}

/// `setsockopt(sockfd, level, optname, optval, 4)`: an option whose value is an
/// `int`.
///
/// # Errors
///
/// EBADF, EINVAL, ENOPROTOOPT, ENOTSOCK, EOPNOTSUPP.
///
/// # Platform
///
/// i386: 366, not socketcall. x86_64: 54.
///
/// # References
///
/// setsockopt(2).
#[inline]
pub fn setsockopt<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    option: SocketOption,
    value: i32,
) -> Result<(), Errno> {
    let SocketOption(level, name) = option;
    // SAFETY: the kernel reads 4 bytes.
    decode(unsafe {
        gate.call(
            nr::SETSOCKOPT,
            [
                register(fd),
                level.into(),
                name.into(),
                ptr::from_ref(&value).into(),
                size_of::<i32>().into(),
            ],
        )
    })
    .map(drop)
}

/// `getsockopt(sockfd, level, optname, optval, 4)`: an option whose value is an
/// `int`.
///
/// # Returns
///
/// The value of the option.
///
/// # Errors
///
/// EBADF, EINVAL, ENOPROTOOPT, ENOTSOCK, EOPNOTSUPP.
///
/// # Platform
///
/// i386: 365, not socketcall. x86_64: 55.
///
/// # References
///
/// getsockopt(2).
#[inline]
pub fn getsockopt<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    option: SocketOption,
) -> Result<i32, Errno> {
    let SocketOption(level, name) = option;
    let (mut value, mut size) = (0_i32, size_of::<i32>() as u32);
    // SAFETY: the kernel writes up to 4 bytes, and how many they were.
    decode(unsafe {
        gate.call(
            nr::GETSOCKOPT,
            [
                register(fd),
                level.into(),
                name.into(),
                ptr::from_mut(&mut value).into(),
                ptr::from_mut(&mut size).into(),
            ],
        )
    })?;
    Ok(value)
}

/// `getsockname(sockfd, addr, addrlen)`: the address that a socket is bound to.
///
/// # Returns
///
/// The address.
///
/// # Errors
///
/// EBADF, ENOBUFS, ENOTSOCK.
///
/// # Platform
///
/// i386: 367, not socketcall. x86_64: 51.
///
/// # References
///
/// getsockname(2).
#[inline]
pub fn getsockname<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<SocketAddress, Errno> {
    // SAFETY: the call writes an address.
    unsafe { address::<{ nr::GETSOCKNAME }>(gate, register(fd)) }
}

/// `getpeername(sockfd, addr, addrlen)`: the address of the other side.
///
/// # Returns
///
/// The address.
///
/// # Errors
///
/// EBADF, ENOBUFS, ENOTCONN, ENOTSOCK.
///
/// # Platform
///
/// i386: 368, not socketcall. x86_64: 52.
///
/// # References
///
/// getpeername(2).
#[inline]
pub fn getpeername_address<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
) -> Result<SocketAddress, Errno> {
    // SAFETY: the call writes an address.
    unsafe { address::<{ nr::GETPEERNAME }>(gate, register(fd)) }
}

/// # Safety
///
/// Call `NR` takes a descriptor, a place for an address and its length. It is a
/// constant, so that the gate of x86_64 has nothing to look up.
unsafe fn address<const NR: u32>(gate: impl Gate, fd: Register) -> Result<SocketAddress, Errno> {
    let mut address = SocketAddress {
        bytes: [0; MAX_ADDRESS],
        length: MAX_ADDRESS as u32,
    };
    let at = Register::from(address.bytes.as_mut_ptr());
    let length = ptr::from_mut(&mut address.length);
    // SAFETY: the kernel writes at most so many bytes of the address as
    // `length` says, and its true length, which is no more for these families.
    decode(unsafe { gate.call(NR, [fd, at, length.into()]) })?;
    address.length = address.length.min(MAX_ADDRESS as u32);
    Ok(address)
}

/// Which direction [`shutdown`] ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Shutdown {
    /// Receiving (`SHUT_RD`).
    Read = 0,
    /// Sending (`SHUT_WR`): the other side reads the end.
    Write = 1,
    /// Both (`SHUT_RDWR`).
    Both = 2,
}

/// `shutdown(sockfd, how)`: ends a direction of a connection.
///
/// It does not close the descriptor.
///
/// # Errors
///
/// EBADF, ENOTCONN, ENOTSOCK.
///
/// # Platform
///
/// i386: 373, not socketcall. x86_64: 48.
///
/// # References
///
/// shutdown(2).
#[inline]
pub fn shutdown<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>, how: Shutdown) -> Result<(), Errno> {
    // SAFETY: the call touches no memory.
    decode(unsafe { gate.call(nr::SHUTDOWN, [register(fd), (how as u32).into()]) }).map(drop)
}

/// `socketpair(AF_UNIX, type, 0, sv)`: two sockets that are connected to each
/// other.
///
/// # Returns
///
/// Both sockets.
///
/// # Errors
///
/// EAFNOSUPPORT, EMFILE, ENFILE, EOPNOTSUPP.
///
/// # Platform
///
/// i386: 360, not socketcall. x86_64: 53.
///
/// # References
///
/// socketpair(2).
#[inline]
pub fn socketpair<G: Gate + Copy>(
    gate: G,
    kind: SocketType,
    flags: SocketFlags,
) -> Result<[OwnedFd<G>; 2], Errno> {
    let mut pair = MaybeUninit::<[i32; 2]>::uninit();
    let kind = kind.0 | flags.bits();
    // SAFETY: the kernel writes two numbers.
    decode(unsafe {
        gate.call(
            nr::SOCKETPAIR,
            [
                kernel::AF_UNIX.into(),
                kind.into(),
                Register::ZERO,
                pair.as_mut_ptr().into(),
            ],
        )
    })?;
    // SAFETY: the call succeeded, and so has written both: descriptors that
    // are new, so that nothing else owns them.
    unsafe { Ok(pair.assume_init().map(|fd| OwnedFd::from_raw_fd(gate, fd))) }
}

/// `ioctl(sockfd, SIOCOUTQ, value)`: the bytes that were sent and that the other
/// side has not acknowledged; of a Unix socket, has not read.
///
/// # Returns
///
/// The number of bytes.
///
/// # Errors
///
/// EBADF, EINVAL, ENOTTY.
///
/// # Platform
///
/// i386: 54. x86_64: 16.
///
/// # References
///
/// tcp(7), unix(7).
#[doc(alias("SIOCOUTQ", "TIOCOUTQ"))]
#[inline]
pub fn ioctl_outq<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<u32, Errno> {
    let mut value = 0_u32;
    // SAFETY: the kernel writes 4 bytes.
    decode(unsafe {
        gate.call(
            nr::IOCTL,
            [
                register(fd),
                SIOCOUTQ.into(),
                ptr::from_mut(&mut value).into(),
            ],
        )
    })?;
    Ok(value)
}

/// The number of [`ioctl_outq`]'s request.
pub const SIOCOUTQ: u32 = 0x5411;
