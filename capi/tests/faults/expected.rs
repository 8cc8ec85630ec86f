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
    /// It ends, and names the side that is not ready: the descriptors block, so
    /// that EAGAIN is a time limit of their own.
    TimeLimit,
}

/// Every errno that Linux has.
pub fn every_errno() -> impl Iterator<Item = Errno> {
    (1..4096)
        .filter_map(Errno::from_raw_os_error)
        .filter(|errno| errno.name().is_some())
}

/// Of a transfer. `moved`: bytes have moved, so that no call is left for another
/// one.
pub fn of_transfer(moving: Moving, errno: Errno, moved: bool) -> Expected {
    match errno {
        // There are two calls of it.
        _ if moving == Moving::Clock => Expected::GoesOn,
        Errno::EINTR => Expected::GoesOn,
        Errno::EAGAIN => Expected::TimeLimit,
        _ if !moved && is_refusal(moving, errno) => Expected::GoesOn,
        _ => Expected::Fails(side(moving, errno)),
    }
}

/// Of FreeBSD's function, which does not wait and does not try again.
pub fn of_bsd(moving: Moving, errno: Errno, moved: bool) -> Expected {
    let without = matches!(
        errno,
        Errno::ENOSYS | Errno::EPERM | Errno::EACCES | Errno::ENOTSOCK
    );
    match moving {
        // The header goes by writev.
        Moving::Sendmsg if without => Expected::GoesOn,
        _ if !moved && is_refusal(moving, errno) => Expected::GoesOn,
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
                Errno::EACCES
                    | Errno::EBADF
                    | Errno::EIO
                    | Errno::EISDIR
                    | Errno::ENOENT
                    | Errno::ETXTBSY
                    | Errno::EXDEV
            )
        }
        Moving::Sendfile | Moving::Sendfile32 => any || errno == Errno::EOVERFLOW,
        Moving::Splice => any,
        _ => false,
    }
}

/// The input can be read, so that where one can find out it is the output's.
fn side(moving: Moving, errno: Errno) -> Side {
    let of_a_connection = Errno::ENETDOWN..=Errno::EHOSTUNREACH;
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
            | Errno::EDESTADDRREQ,
        ) => Side::Output,
        // No input is a socket.
        _ if of_a_connection.contains(&errno) => Side::Output,
        _ => Side::Unknown,
    }
}
