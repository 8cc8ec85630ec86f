//! Socket messages and options.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns.
#![allow(unsafe_code)]

use core::ptr;

use bitflags::bitflags;
use linux_raw_sys::net;

use super::{IoSlice, register};
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// The type of a socket (socket(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct SocketType(pub u32);

impl SocketType {
    /// A stream of bytes (`SOCK_STREAM`).
    pub const STREAM: Self = Self(net::SOCK_STREAM);
    /// Messages (`SOCK_DGRAM`).
    pub const DGRAM: Self = Self(net::SOCK_DGRAM);
    /// Messages over a connection (`SOCK_SEQPACKET`).
    pub const SEQPACKET: Self = Self(net::SOCK_SEQPACKET);
}

bitflags! {
    /// How [`sendmsg`] sends (send(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct MessageFlags: u32 {
        /// More is to come: TCP holds back bytes that do not fill a packet, and
        /// UDP holds back all.
        const MORE = net::MSG_MORE;
        /// EPIPE comes without SIGPIPE.
        const NOSIGNAL = net::MSG_NOSIGNAL;
        /// EAGAIN instead of waiting.
        const DONTWAIT = net::MSG_DONTWAIT;
        // The kernel knows more.
        const _ = !0;
    }
}

/// The kernel's `struct msghdr`, with the parts alone filled in.
#[repr(C)]
struct Message {
    name: *mut u8,
    name_len: i32,
    parts: *const IoSlice<'static>,
    parts_len: usize,
    control: *mut u8,
    control_len: usize,
    flags: u32,
}

static_assertions::assert_eq_size!(Message, net::msghdr);

/// `sendmsg(sockfd, msg, flags)`: sends the parts in order.
///
/// # Returns
///
/// The bytes that the socket took, which may end within a part.
///
/// # Errors
///
/// EAGAIN, EBADF, ECONNRESET, EDESTADDRREQ, EFAULT, EINTR, EMSGSIZE (also for
/// more than 1024 parts), ENOBUFS, ENOMEM, ENOSYS before Linux 4.3 on i386,
/// ENOTCONN, ENOTSOCK, EPIPE.
///
/// # Platform
///
/// i386: 370, not socketcall. x86_64: 46.
///
/// # References
///
/// send(2).
#[inline]
pub fn sendmsg<'fd, G: Gate>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    parts: &[IoSlice<'_>],
    flags: MessageFlags,
) -> Result<usize, Errno> {
    let message = Message {
        name: ptr::null_mut(),
        name_len: 0,
        parts: parts.as_ptr().cast(),
        parts_len: parts.len(),
        control: ptr::null_mut(),
        control_len: 0,
        flags: 0,
    };
    // SAFETY: the kernel reads the message and the parts, which are slices.
    decode(unsafe {
        gate.call(
            nr::SENDMSG,
            [
                register(fd),
                ptr::from_ref(&message).into(),
                flags.bits().into(),
            ],
        )
    })
}

/// `getsockopt(sockfd, SOL_SOCKET, SO_TYPE, …)`: the type of the socket.
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
    let mut kind = 0_u32;
    let mut size = size_of::<u32>() as u32;
    // SAFETY: the kernel writes up to 4 bytes, and how many they were.
    decode(unsafe {
        gate.call(
            nr::GETSOCKOPT,
            [
                register(fd),
                net::SOL_SOCKET.into(),
                net::SO_TYPE.into(),
                ptr::from_mut(&mut kind).into(),
                ptr::from_mut(&mut size).into(),
            ],
        )
    })?;
    Ok(SocketType(kind))
}

/// `setsockopt(sockfd, IPPROTO_TCP, TCP_CORK, …)`: holds back bytes that do
/// not fill a packet, or lets go of them.
///
/// Turning it off also sends what [`MessageFlags::MORE`] held back.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.3 on i386; ENOTSOCK; ENOPROTOOPT or EOPNOTSUPP
/// where the socket is not TCP.
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
    let value = u32::from(on);
    // SAFETY: the kernel reads 4 bytes.
    decode(unsafe {
        gate.call(
            nr::SETSOCKOPT,
            [
                register(fd),
                (net::IPPROTO_TCP as u32).into(),
                net::TCP_CORK.into(),
                ptr::from_ref(&value).into(),
                size_of::<u32>().into(),
            ],
        )
    })
    .map(drop)
}

/// `getpeername(sockfd, addr, addrlen)`: whether the socket is connected. The
/// address itself is not asked for.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.3 on i386; ENOTCONN; ENOTSOCK.
///
/// # Platform
///
/// i386: 368, not socketcall. x86_64: 52.
///
/// # References
///
/// getpeername(2).
#[inline]
pub fn getpeername<'fd, G: Gate>(gate: G, fd: impl Into<Fd<'fd>>) -> Result<(), Errno> {
    let mut address = 0_u32;
    let mut size = size_of::<u32>() as u32;
    // SAFETY: the kernel writes at most 4 bytes of the address, and its size.
    decode(unsafe {
        gate.call(
            nr::GETPEERNAME,
            [
                register(fd),
                Register::from(ptr::from_mut(&mut address)),
                ptr::from_mut(&mut size).into(),
            ],
        )
    })
    .map(drop)
}
