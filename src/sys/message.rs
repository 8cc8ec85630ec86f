//! Bytes and messages of sockets.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::ptr;

use bitflags::bitflags;
use linux_raw_sys::net as kernel;

use super::{IoSlice, register};
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

bitflags! {
    /// Flags of [`sendmsg`], [`sendto`] and [`recvfrom`] (send(2), recv(2)).
    /// MSG_ZEROCOPY, with which the kernel would read the bytes after the call,
    /// has no effect.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct MessageFlags: u32 {
        /// More data follows: TCP holds back bytes that do not fill a segment,
        /// and UDP holds back all.
        const MORE = kernel::MSG_MORE;
        /// Do not send SIGPIPE with EPIPE.
        const NOSIGNAL = kernel::MSG_NOSIGNAL;
        /// Return EAGAIN instead of waiting.
        const DONTWAIT = kernel::MSG_DONTWAIT;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// The register for `flags`, without MSG_ZEROCOPY: the bytes are borrowed for the
/// length of the call only.
#[inline(always)]
fn send_flags(flags: MessageFlags) -> Register {
    let zerocopy = MessageFlags::from_bits_retain(MSG_ZEROCOPY);
    (flags - zerocopy).bits().into()
}

/// `include/linux/socket.h`.
const MSG_ZEROCOPY: u32 = 0x0400_0000;

/// The kernel's `struct msghdr`, of which only the parts are used.
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

static_assertions::assert_eq_size!(Message, kernel::msghdr);

/// `sendmsg(sockfd, msg, flags)`: sends the parts in order, over a connection.
///
/// # Returns
///
/// The bytes that the socket took, which may end within a part.
///
/// # Errors
///
/// EAGAIN, EBADF, ECONNRESET, EDESTADDRREQ, EFAULT, EINTR, EMSGSIZE (also for
/// more than 1024 parts), ENOBUFS, ENOMEM, ENOSYS before Linux 4.3 on i386,
/// ENOTCONN, ENOTSOCK, EPIPE (with SIGPIPE, unless
/// [`NOSIGNAL`](MessageFlags::NOSIGNAL) is set).
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
                send_flags(flags),
            ],
        )
    })
}

/// `sendto(sockfd, buf, len, flags, NULL, 0)`: sends bytes over a connection.
///
/// # Returns
///
/// The bytes that the socket took, which may be fewer than `buf.len()`.
///
/// # Errors
///
/// Those of [`sendmsg`].
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
    let (length, flags) = (buf.len().into(), send_flags(flags));
    // SAFETY: the kernel reads the slice alone.
    decode(unsafe { gate.call(nr::SENDTO, [register(fd), at, length, flags, NONE, NONE]) })
}

/// `recvfrom(sockfd, buf, len, flags, NULL, NULL)`: receives bytes, without the
/// sender's address.
///
/// # Returns
///
/// The bytes received, at most `buf.len()` (with MSG_TRUNC, the bytes of the whole
/// datagram); 0 if the peer of a stream has ended its direction, and for an empty
/// datagram.
///
/// # Errors
///
/// EAGAIN, EBADF, ECONNREFUSED, ECONNRESET, EINTR, ENOMEM, ENOTCONN, ENOTSOCK;
/// ENOSYS before Linux 4.3 on i386.
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

/// `ioctl(sockfd, SIOCOUTQ, value)`: the bytes that were sent and that the peer
/// has not acknowledged (TCP) or not read (Unix sockets).
///
/// # Returns
///
/// The number of bytes.
///
/// # Errors
///
/// EBADF; EINVAL if a TCP socket listens; ENOTTY if `fd` is neither a socket nor
/// a terminal.
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

/// The ioctl request of [`ioctl_outq`].
pub const SIOCOUTQ: u32 = 0x5411;
