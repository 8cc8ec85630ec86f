//! Sockets: creating, binding, listening, connecting and shutting down.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::mem::MaybeUninit;

use bitflags::bitflags;
use linux_raw_sys::{general, net as kernel};

use super::{AddressFamily, SocketAddress, opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

/// A socket type (socket(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct SocketType(pub u32);

impl SocketType {
    /// A byte stream over a connection (`SOCK_STREAM`).
    pub const STREAM: Self = Self(kernel::SOCK_STREAM);
    /// Datagrams (`SOCK_DGRAM`).
    pub const DGRAM: Self = Self(kernel::SOCK_DGRAM);
    /// Datagrams over a connection, in order (`SOCK_SEQPACKET`).
    pub const SEQPACKET: Self = Self(kernel::SOCK_SEQPACKET);
}

bitflags! {
    /// Flags of a new socket (socket(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct SocketFlags: u32 {
        /// Close the descriptor on execve.
        const CLOEXEC = general::O_CLOEXEC;
        /// Return EAGAIN instead of waiting.
        const NONBLOCK = general::O_NONBLOCK;
    }
}

/// `socket(domain, type, 0)`: creates a socket that is neither bound nor
/// connected.
///
/// # Returns
///
/// The socket.
///
/// # Errors
///
/// EACCES; EAFNOSUPPORT if the kernel does not have the family; EINVAL,
/// EMFILE, ENFILE, ENOBUFS, ENOMEM; ENOSYS before Linux 4.3 on i386.
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

/// `socketpair(AF_UNIX, type, 0, sv)`: creates two Unix sockets that are
/// connected to each other.
///
/// # Returns
///
/// Both sockets.
///
/// # Errors
///
/// EAFNOSUPPORT, EMFILE, ENFILE, EOPNOTSUPP; ENOSYS before Linux 4.3 on i386.
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
    // SAFETY: the kernel writes two descriptors.
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
    // SAFETY: the call succeeded and so has written both; they are new, so
    // nothing else owns them.
    unsafe { Ok(pair.assume_init().map(|fd| OwnedFd::from_raw_fd(gate, fd))) }
}

/// `bind(sockfd, addr, addrlen)`: assigns an address to a socket.
///
/// For a Unix socket with a path it creates a file, which closing the socket
/// does not remove.
///
/// # Errors
///
/// EACCES; EADDRINUSE if the address or path is taken; EADDRNOTAVAIL; EBADF;
/// EINVAL if the socket is bound already; ENOTSOCK; for a path also ELOOP,
/// ENOENT, ENOTDIR and EROFS; ENOSYS before Linux 4.3 on i386.
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
    let [address, length] = address.registers();
    // SAFETY: the kernel reads `length` bytes of the address.
    decode(unsafe { gate.call(nr::BIND, [register(fd), address, length]) }).map(drop)
}

/// `listen(sockfd, backlog)`: marks a socket as one that accepts connections.
///
/// - `backlog`: the most connections that wait for [`accept4`]; the kernel caps
///   it at `/proc/sys/net/core/somaxconn`.
///
/// # Errors
///
/// EADDRINUSE, EBADF, EINVAL, ENOTSOCK; EOPNOTSUPP for a type that has no
/// connections; ENOSYS before Linux 4.3 on i386.
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

/// `accept4(sockfd, NULL, NULL, flags)`: accepts the next connection of a
/// listening socket, and waits for one if none is pending.
///
/// It does not return the peer's address:
/// [`getpeername_address`](super::getpeername_address) does.
///
/// # Returns
///
/// The socket of the connection.
///
/// # Errors
///
/// EAGAIN if the socket is non-blocking and no connection is pending;
/// ECONNABORTED and other network errors of the connection itself (accept(2)),
/// after which the next connection may succeed; EMFILE, ENFILE, ENOBUFS, ENOMEM;
/// EBADF; EINTR; EINVAL if the socket does not listen; ENOTSOCK; ENOSYS before
/// Linux 4.3 on i386.
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
    // SAFETY: without an address the call touches no memory; it opens a
    // descriptor.
    unsafe {
        let args = [register(fd), NONE, NONE, flags.bits().into()];
        opened(gate, gate.call(nr::ACCEPT4, args))
    }
}

/// `connect(sockfd, addr, addrlen)`: connects a socket to `address`.
///
/// # Errors
///
/// EINPROGRESS if the socket is non-blocking: it is writable once the attempt
/// is over, and [`SocketOption::ERROR`](super::SocketOption::ERROR) has the
/// result. ECONNREFUSED, ENETUNREACH, ETIMEDOUT and others (connect(2)); ENOSYS
/// before Linux 4.3 on i386.
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
    let [address, length] = address.registers();
    // SAFETY: the kernel reads `length` bytes of the address.
    decode(unsafe { gate.call(nr::CONNECT, [register(fd), address, length]) }).map(drop)
}

/// The direction that [`shutdown`] ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Shutdown {
    /// Receiving (`SHUT_RD`).
    Read = 0,
    /// Sending (`SHUT_WR`): the peer reads end of file.
    Write = 1,
    /// Both (`SHUT_RDWR`).
    Both = 2,
}

/// `shutdown(sockfd, how)`: ends one direction of a connection, or both.
///
/// It does not close the descriptor.
///
/// # Errors
///
/// EBADF, ENOTCONN, ENOTSOCK; ENOSYS before Linux 4.3 on i386.
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
