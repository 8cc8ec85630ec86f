//! Socket options.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::ptr;

use linux_raw_sys::net as kernel;

use super::{SocketType, register};
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// A socket option whose value is an `int`: its level and its name (socket(7),
/// tcp(7), ipv6(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketOption(pub u32, pub u32);

impl SocketOption {
    /// Allow binding to an address that closed connections still use
    /// (`SO_REUSEADDR`).
    pub const REUSEADDR: Self = Self(kernel::SOL_SOCKET, kernel::SO_REUSEADDR);
    /// Share an address, and the connections to it, among several sockets
    /// (`SO_REUSEPORT`).
    pub const REUSEPORT: Self = Self(kernel::SOL_SOCKET, kernel::SO_REUSEPORT);
    /// The size of the send buffer in bytes; Linux doubles the value that is set
    /// (`SO_SNDBUF`).
    pub const SNDBUF: Self = Self(kernel::SOL_SOCKET, kernel::SO_SNDBUF);
    /// The pending error, an errno or 0; reading it clears it (`SO_ERROR`).
    pub const ERROR: Self = Self(kernel::SOL_SOCKET, kernel::SO_ERROR);
    /// Whether connections come to the socket, 0 or 1 (`SO_ACCEPTCONN`).
    pub const ACCEPTCONN: Self = Self(kernel::SOL_SOCKET, kernel::SO_ACCEPTCONN);
    /// The socket's type (`SO_TYPE`); [`getsockopt_type`] returns it.
    const TYPE: Self = Self(kernel::SOL_SOCKET, kernel::SO_TYPE);
    /// The socket's filter (`SO_GET_FILTER`), which [`getsockopt`] refuses.
    const FILTER: Self = Self(kernel::SOL_SOCKET, kernel::SO_GET_FILTER);
    /// Send small segments at once (`TCP_NODELAY`).
    pub const TCP_NODELAY: Self = Self(kernel::IPPROTO_TCP as u32, kernel::TCP_NODELAY);
    /// Hold back bytes that do not fill a segment; [`setsockopt_cork`] sets it.
    const TCP_CORK: Self = Self(kernel::IPPROTO_TCP as u32, kernel::TCP_CORK);
    /// Refuse IPv4 connections on an IPv6 socket (`IPV6_V6ONLY`).
    pub const IPV6_V6ONLY: Self = Self(kernel::IPPROTO_IPV6 as u32, 26);
}

/// `setsockopt(sockfd, level, optname, optval, 4)`: sets an option whose value
/// is an `int`.
///
/// # Errors
///
/// EBADF; EINVAL; ENOPROTOOPT or EOPNOTSUPP if the socket does not have the
/// option; ENOTSOCK; ENOSYS before Linux 4.3 on i386.
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

/// `getsockopt(sockfd, level, optname, optval, 4)`: reads an option whose value
/// is an `int`.
///
/// # Returns
///
/// The value of the option.
///
/// # Errors
///
/// Those of [`setsockopt`]; EINVAL for SO_GET_FILTER, for which the kernel takes
/// the size as a number of instructions, and would write more.
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
    if option == SocketOption::FILTER {
        return Err(Errno::EINVAL);
    }
    let SocketOption(level, name) = option;
    let (mut value, mut size) = (0_i32, size_of::<i32>() as u32);
    // SAFETY: the kernel writes at most 4 bytes of the value, since the size is in
    // bytes, and its size.
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

/// `getsockopt(sockfd, SOL_SOCKET, SO_TYPE, …)`: the type of a socket.
///
/// # Returns
///
/// The type.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.3 on i386; ENOTSOCK.
///
/// # Platform
///
/// i386: 365, not socketcall. x86_64: 55.
///
/// # References
///
/// getsockopt(2), socket(7).
#[doc(alias("getsockopt", "SO_TYPE"))]
#[inline]
pub fn getsockopt_type<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<SocketType, Errno> {
    getsockopt(gate, fd, SocketOption::TYPE).map(|kind| SocketType(kind as u32))
}

/// As [`getsockopt_type`], by socketcall where i386 does not have 365.
#[inline(never)]
pub(crate) fn socket_type<G: Gate>(gate: G, fd: Fd<'_>) -> Result<SocketType, Errno> {
    match getsockopt_type(&gate, fd) {
        Err(Errno::ENOSYS) => {}
        result => return result,
    }
    let SocketOption(level, name) = SocketOption::TYPE;
    let (mut value, mut size) = (0_u32, size_of::<u32>() as u32);
    let words: [Register; 5] = [
        register(fd),
        level.into(),
        name.into(),
        ptr::from_mut(&mut value).into(),
        ptr::from_mut(&mut size).into(),
    ];
    let call = kernel::SYS_GETSOCKOPT.into();
    // SAFETY: the kernel reads the words, and writes at most 4 bytes of the value,
    // and its size.
    decode(unsafe { gate.call(nr::SOCKETCALL, [call, ptr::from_ref(&words).into()]) })?;
    Ok(SocketType(value))
}

/// `setsockopt(sockfd, IPPROTO_TCP, TCP_CORK, …)`: makes a TCP socket hold back
/// bytes that do not fill a segment, or send them.
///
/// Turning it off also sends what [`MessageFlags::MORE`](super::MessageFlags::MORE)
/// held back.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.3 on i386; ENOTSOCK; ENOPROTOOPT or EOPNOTSUPP
/// if the socket is not TCP.
///
/// # Platform
///
/// i386: 366, not socketcall. x86_64: 54.
///
/// # References
///
/// tcp(7), setsockopt(2).
#[doc(alias("setsockopt", "TCP_CORK"))]
#[inline]
pub fn setsockopt_cork<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    on: bool,
) -> Result<(), Errno> {
    setsockopt(gate, fd, SocketOption::TCP_CORK, on.into())
}
