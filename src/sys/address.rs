//! Socket addresses.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    ptr,
};

use linux_raw_sys::net as kernel;

use super::register;
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

/// An address family (socket(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct AddressFamily(pub u16);

impl AddressFamily {
    /// Local sockets (`AF_UNIX`).
    pub const UNIX: Self = Self(kernel::AF_UNIX as u16);
    /// IPv4 (`AF_INET`).
    pub const INET: Self = Self(kernel::AF_INET as u16);
    /// IPv6 (`AF_INET6`).
    pub const INET6: Self = Self(kernel::AF_INET6 as u16);
}

/// The bytes of the largest address, a Unix socket's (`struct sockaddr_un`).
const MAX_ADDRESS: usize = size_of::<kernel::sockaddr_un>();
/// Where the path begins in a `sockaddr_un`.
const PATH: usize = core::mem::offset_of!(kernel::sockaddr_un, sun_path);

/// A socket address in the kernel's layout (`struct sockaddr`).
#[derive(Clone, Copy)]
pub struct SocketAddress {
    bytes: [u8; MAX_ADDRESS],
    length: u32,
}

impl SocketAddress {
    /// The address of a Unix socket at `path`; `None` if `path` is empty, is longer
    /// than 107 bytes or contains a NUL.
    #[must_use]
    pub fn unix(path: &[u8]) -> Option<Self> {
        // Without a first byte it would be in the abstract namespace.
        path.first()?;
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

    /// The address of a Unix socket in the abstract namespace (unix(7)); `None`
    /// if `name` is longer than 107 bytes.
    #[must_use]
    pub fn unix_abstract(name: &[u8]) -> Option<Self> {
        let mut address = Self::new(AddressFamily::UNIX);
        // A NUL before the name marks the abstract namespace.
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

    /// The registers for the address's bytes and their number.
    pub(super) fn registers(&self) -> [Register; 2] {
        [self.bytes.as_ptr().into(), self.length.into()]
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

    /// The address family.
    #[must_use]
    pub fn family(&self) -> AddressFamily {
        AddressFamily(u16::from_ne_bytes(self.get(0)))
    }

    /// The IP address and the port; `None` if the family is neither
    /// [`INET`](AddressFamily::INET) nor [`INET6`](AddressFamily::INET6).
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

/// `getsockname(sockfd, addr, addrlen)`: the address that a socket is bound to.
///
/// # Returns
///
/// The local address.
///
/// # Errors
///
/// EBADF, ENOBUFS, ENOTSOCK; ENOSYS before Linux 4.3 on i386.
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

/// `getpeername(sockfd, addr, addrlen)`: tests whether a socket is connected.
///
/// It does not return the address: [`getpeername_address`] does.
///
/// # Errors
///
/// EBADF; ENOSYS before Linux 4.3 on i386; ENOTCONN if it is not connected;
/// ENOTSOCK.
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

/// `getpeername(sockfd, addr, addrlen)`: the address of the peer.
///
/// # Returns
///
/// The peer's address.
///
/// # Errors
///
/// EBADF, ENOBUFS, ENOTCONN, ENOTSOCK; ENOSYS before Linux 4.3 on i386.
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

/// The address that call `NR` returns for `fd`. The number is a constant, so that
/// the gate of x86_64 has nothing to look up.
///
/// # Safety
///
/// Call `NR` takes a descriptor, a buffer for an address, and a pointer to the
/// buffer's length.
unsafe fn address<const NR: u32>(gate: impl Gate, fd: Register) -> Result<SocketAddress, Errno> {
    let mut address = SocketAddress {
        bytes: [0; MAX_ADDRESS],
        length: MAX_ADDRESS as u32,
    };
    let at = Register::from(address.bytes.as_mut_ptr());
    let length = ptr::from_mut(&mut address.length);
    // SAFETY: the kernel writes at most `length` bytes of the address, and then
    // its full length through `length`.
    decode(unsafe { gate.call(NR, [fd, at, length.into()]) })?;
    address.length = address.length.min(MAX_ADDRESS as u32);
    Ok(address)
}
