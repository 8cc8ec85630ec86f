//! FreeBSD's sendfile on Linux: a file to a stream socket, with headers and
//! trailers.
//!
//! | | Linux's sendfile | FreeBSD's |
//! |---|---|---|
//! | order | output, input | file, socket |
//! | `offset` | read and moved through a pointer | a value |
//! | count 0 | moves nothing | to the end of the file |
//! | result | the bytes, or an errno | success or an errno, and the bytes beside it |
//! | a short count | is returned | goes on; EAGAIN and EINTR end it |

mod raw;

pub use raw::{SfHdtr, sendfile_raw};

use core::mem::MaybeUninit;

use crate::{
    Errno, Fd, Gate, Transfer,
    sys::{self, IoSlice, OpenFlags, SocketType},
    transfer::{Rung, Step, WithHeaders},
};

/// What goes before and after the file (`struct sf_hdtr`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    /// Before the file.
    pub headers: &'a [IoSlice<'a>],
    /// After the file.
    pub trailers: &'a [IoSlice<'a>],
}

/// The flags of today's FreeBSD, which are hints: SF_NODISKIO, SF_MNOWAIT,
/// SF_SYNC, SF_USER_READAHEAD, SF_NOCACHE, and a number of pages above bit 16.
const HINTS: u32 = 0xffff_001f;

/// For a file that the kernel cannot send itself.
const BUFFER: usize = 4096;

/// `sendfile(fd, s, offset, nbytes, hdtr, sbytes, flags)`: sends a regular file,
/// or a part of it, to a stream socket, as FreeBSD 5.2.1 describes it.
///
/// It does not move the file's own position, and does not wait: a non-blocking
/// socket that is full is EAGAIN, and a signal EINTR, with the bytes that went
/// out. To go on, call again with what is left of headers, file and trailers.
///
/// - `fd`: a regular file, open for reading.
/// - `s`: a connected stream socket.
/// - `offset`: the byte to start from; not negative. At or past the end of the
///   file nothing of it is sent; headers and trailers are.
/// - `nbytes`: bytes of the file; 0 is all up to its end. Where the file has
///   fewer, its end is the end, and no error.
/// - `hdtr`: sent before and after; not counted in `nbytes`. `None` is nothing.
/// - `flags`: 0, or FreeBSD's hints, which change nothing.
///
/// # Returns
///
/// Success or the errno, and in any case the bytes that went out, with those of
/// headers and trailers.
///
/// # Errors
///
/// In the order in which they are looked for:
///
/// | errno | cause |
/// |---|---|
/// | EINVAL | a flag that no FreeBSD has; a negative `offset` |
/// | EBADF | `fd` is not open for reading |
/// | EINVAL | `fd` is not a regular file |
/// | EBADF | `s` is not open |
/// | ENOTSOCK | `s` is not a socket |
/// | EINVAL | `s` is not a stream |
/// | ENOTCONN | `s` is not connected, or its connection was reset before |
/// | EAGAIN | the socket is non-blocking and full |
/// | EINTR | a signal came |
/// | EIO | reading `fd` failed |
/// | EPIPE, ECONNRESET | the peer is gone; SIGPIPE comes with EPIPE, but see [`without_sigpipe`](crate::without_sigpipe) |
///
/// After an error in the file no trailer is sent.
///
/// # Platform
///
/// fcntl, statx or fstat64, getsockopt and getpeername to check, and then
/// sendmsg and sendfile64. Where a kernel (on i386 before Linux 4.3) or a
/// sandbox refuses one of the first four, what it would tell is not checked.
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native, bsd};
///
/// // Descriptor −1 is open in no program.
/// let none = unsafe { Fd::borrow_raw(-1) };
/// let (result, sent) = bsd::sendfile(Native, none, none, 0, 0, None, 0);
/// assert_eq!((result, sent), (Err(Errno::EBADF), 0));
/// ```
///
/// # References
///
/// FreeBSD's sendfile(2), of 5.2.1 and of today.
pub fn sendfile<'fd, G: Gate + Copy>(
    gate: G,
    fd: impl Into<Fd<'fd>>,
    s: impl Into<Fd<'fd>>,
    offset: i64,
    nbytes: usize,
    hdtr: Option<&Headers<'_>>,
    flags: i32,
) -> (Result<(), Errno>, u64) {
    let (fd, s) = (fd.into(), s.into());
    let checked = arguments(offset, flags).and_then(|offset| {
        descriptors(gate, fd, s)?;
        Ok(offset)
    });
    match checked {
        Ok(offset) => send(
            gate,
            fd,
            s,
            offset,
            nbytes,
            hdtr.copied().unwrap_or_default(),
        ),
        Err(errno) => (Err(errno), 0),
    }
}

/// The offset, if it and the flags are good.
fn arguments(offset: i64, flags: i32) -> Result<u64, Errno> {
    if flags as u32 & !HINTS != 0 {
        return Err(Errno::EINVAL);
    }
    u64::try_from(offset).map_err(|_| Errno::EINVAL)
}

/// Whether `fd` is a readable regular file and `s` a connected stream socket,
/// as far as the kernel tells: what a call may say of a descriptor counts, and
/// any other error is a refusal to tell.
fn descriptors<G: Gate + Copy>(gate: G, fd: Fd<'_>, s: Fd<'_>) -> Result<(), Errno> {
    match sys::fcntl_getfl(gate, fd) {
        Err(Errno::EBADF) => return Err(Errno::EBADF),
        Ok(flags) => {
            let access = flags & OpenFlags::ACCESS;
            if !access.is_empty() && access != OpenFlags::RDWR {
                return Err(Errno::EBADF);
            }
        }
        Err(_) => {}
    }
    match sys::is_regular(gate, fd) {
        Err(Errno::EBADF) => return Err(Errno::EBADF),
        Ok(false) => return Err(Errno::EINVAL),
        _ => {}
    }
    match sys::getsockopt_type(gate, s) {
        Err(errno @ (Errno::EBADF | Errno::ENOTSOCK)) => return Err(errno),
        Ok(kind) if kind != SocketType::STREAM => return Err(Errno::EINVAL),
        _ => {}
    }
    match sys::getpeername(gate, s) {
        Err(errno @ (Errno::EBADF | Errno::ENOTSOCK | Errno::ENOTCONN)) => Err(errno),
        _ => Ok(()),
    }
}

/// Headers, file and trailers, until the first error.
fn send<G: Gate + Copy>(
    gate: G,
    fd: Fd<'_>,
    s: Fd<'_>,
    offset: u64,
    nbytes: usize,
    hdtr: Headers<'_>,
) -> (Result<(), Errno>, u64) {
    let mut buffer = [MaybeUninit::uninit(); BUFFER];
    let mut file = Transfer::new(gate, s, fd, &mut buffer)
        .starting_with(Rung::Sendfile64)
        .from_offset(offset);
    if nbytes > 0 {
        file = file.at_most(nbytes as u64);
    }
    let mut whole = WithHeaders::new(hdtr.headers, file, hdtr.trailers);
    let result = loop {
        match whole.step() {
            Step::Moved(_) | Step::Buffered(_) => {}
            Step::Interrupted => break Err(Errno::EINTR),
            Step::WouldBlock(_) => break Err(Errno::EAGAIN),
            Step::Complete | Step::UnexpectedEof => break Ok(()),
            Step::Failed(failure) => break Err(failure.errno),
        }
    };
    (result, whole.moved())
}
