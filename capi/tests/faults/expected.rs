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
        _ if is_refusal(moving, errno, moved) => Expected::GoesOn,
        _ => Expected::Fails(side(moving, errno)),
    }
}

/// Of FreeBSD's function, which does not wait and does not try again.
pub fn of_bsd(moving: Moving, errno: Errno, moved: bool) -> Expected {
    match moving {
        // The header goes by writev.
        Moving::Sendmsg if errno == Errno::ENOTSOCK => Expected::GoesOn,
        _ if is_refusal(moving, errno, moved) => Expected::GoesOn,
        _ => Expected::Fails(Side::Unknown),
    }
}

/// Whether the call says that it is not for the pair, and another one is. The
/// call without bytes that follows EPERM and EACCES is not tampered with.
fn is_refusal(moving: Moving, errno: Errno, moved: bool) -> bool {
    let copying = moving == Moving::CopyFileRange;
    let rungs = [Moving::Sendfile, Moving::Sendfile32, Moving::Splice];
    match errno {
        _ if !copying && !rungs.contains(&moving) => false,
        Errno::EOVERFLOW => true,
        Errno::EINVAL | Errno::ENOSYS | Errno::EOPNOTSUPP => !moved,
        Errno::EACCES
        | Errno::EBADF
        | Errno::EIO
        | Errno::EISDIR
        | Errno::ENOENT
        | Errno::EPERM
        | Errno::ETXTBSY
        | Errno::EXDEV => copying && !moved,
        _ => false,
    }
}

/// The input can be read, so that where one can find out it is the output's.
fn side(moving: Moving, errno: Errno) -> Side {
    match (moving, errno) {
        (Moving::Read | Moving::Pread, _) => Side::Input,
        (Moving::Write | Moving::Send, _) => Side::Output,
        // An output has no offset, and is no directory.
        (_, Errno::ESPIPE | Errno::EISDIR) => Side::Input,
        // Of the pair, or of the machine.
        (_, Errno::EBADF | Errno::EINVAL | Errno::ENOMEM) => Side::Unknown,
        _ => Side::Output,
    }
}
