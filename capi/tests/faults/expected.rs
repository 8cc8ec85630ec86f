//! What is to come of an errno in the place of a moving call: by what the
//! descriptors are, not by what the library does.

use int80::{Errno, transfer::Side};

use crate::moving::Moving;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing but the call has failed: everything arrives.
    GoesOn,
    /// It ends, and names this side.
    Fails(Side),
}

/// Every errno that Linux has.
pub fn every_errno() -> impl Iterator<Item = Errno> {
    (1..4096)
        .filter_map(Errno::from_raw_os_error)
        .filter(|errno| errno.name().is_some())
}

/// Of a transfer.
pub fn of_transfer(moving: Moving, errno: Errno) -> Expected {
    match errno {
        _ if moving == Moving::Clock => Expected::Fails(Side::Unknown),
        Errno::EINTR | Errno::EAGAIN => Expected::GoesOn,
        _ if is_refusal(moving, errno) => Expected::GoesOn,
        _ => Expected::Fails(side(moving, errno)),
    }
}

/// Of a short transfer: whatever sendfile says but of a connection, read and
/// write find nothing any more.
pub fn of_short_transfer(moving: Moving, errno: Errno) -> Expected {
    let of_a_connection = Errno::ENETDOWN.raw_os_error()..=Errno::EHOSTUNREACH.raw_os_error();
    match moving {
        Moving::Read | Moving::Write => of_transfer(moving, errno),
        _ if errno == Errno::EPIPE || of_a_connection.contains(&errno.raw_os_error()) => {
            Expected::Fails(Side::Output)
        }
        _ => Expected::GoesOn,
    }
}

/// Of FreeBSD's function, which does not wait and does not try again.
pub fn of_bsd(moving: Moving, errno: Errno) -> Expected {
    let without = matches!(errno, Errno::ENOSYS | Errno::EPERM | Errno::ENOTSOCK);
    match moving {
        // The header goes by writev.
        Moving::Sendmsg if without => Expected::GoesOn,
        _ if is_refusal(moving, errno) => Expected::GoesOn,
        _ => Expected::Fails(Side::Unknown),
    }
}

/// Whether the call says that it is not for the pair, and another one is.
fn is_refusal(moving: Moving, errno: Errno) -> bool {
    let any = matches!(
        errno,
        Errno::EINVAL | Errno::ENOSYS | Errno::EPERM | Errno::EOPNOTSUPP
    );
    match moving {
        Moving::CopyFileRange => {
            any || matches!(
                errno,
                Errno::EBADF | Errno::EISDIR | Errno::ETXTBSY | Errno::EXDEV
            )
        }
        Moving::Sendfile | Moving::Sendfile32 => any || errno == Errno::EOVERFLOW,
        Moving::Splice => any,
        _ => false,
    }
}

/// The input can be read, so that where one can find out it is the output's.
fn side(moving: Moving, errno: Errno) -> Side {
    match (moving, errno) {
        (Moving::Read | Moving::Pread, _) => Side::Input,
        (Moving::Write | Moving::Send, _) => Side::Output,
        // An output has no offset, and is no directory.
        (_, Errno::ESPIPE | Errno::EISDIR | Errno::EOVERFLOW) => Side::Input,
        (
            _,
            Errno::EIO
            | Errno::EPIPE
            | Errno::ENOSPC
            | Errno::EDQUOT
            | Errno::EFBIG
            | Errno::EMSGSIZE
            | Errno::EDESTADDRREQ
            | Errno::ENOTCONN
            | Errno::ECONNRESET
            | Errno::ETIMEDOUT,
        ) => Side::Output,
        _ => Side::Unknown,
    }
}
