//! FreeBSD's sendfile on Linux: a file to a stream socket, with headers and
//! trailers.
//!
//! | | Linux's sendfile | FreeBSD's |
//! |---|---|---|
//! | order | output, input | file, socket |
//! | `offset` | read and moved through a pointer | a value |
//! | count 0 | moves nothing | to the end of the file |
//! | result | the bytes, or an errno | success or an errno, and in both cases the bytes |
//! | after a short count | returns it | continues; EAGAIN and EINTR end it |

mod raw;

pub use raw::{SfHdtr, sendfile_raw};

use core::mem::MaybeUninit;

use crate::{
    Errno, Fd, Gate, Transfer,
    sys::{self, IoSlice, OpenFlags, S_IFREG, SocketType},
    transfer::{Rung, Step, WithHeaders},
};

/// Bytes to send before and after the file (`struct sf_hdtr`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    /// The parts before the file.
    pub headers: &'a [IoSlice<'a>],
    /// The parts after the file.
    pub trailers: &'a [IoSlice<'a>],
}

/// The flags of today's FreeBSD, which are hints: SF_NODISKIO, SF_MNOWAIT,
/// SF_SYNC, SF_USER_READAHEAD, SF_NOCACHE, and a number of pages above bit 16.
const HINTS: u32 = 0xffff_001f;

/// The buffer for files that the kernel cannot send itself, in bytes.
const BUFFER: usize = 4096;

/// `sendfile(fd, s, offset, nbytes, hdtr, sbytes, flags)`: sends a regular file,
/// or a part of it, to a stream socket, as FreeBSD 5.2.1 describes it.
///
/// It does not use or change the file's own position. It does not retry: a full
/// non-blocking socket is EAGAIN, and a signal EINTR, with the bytes sent so
/// far. To continue, call again with the rest of headers, file and trailers.
///
/// - `fd`: a regular file, open for reading.
/// - `s`: a connected stream socket.
/// - `offset`: the byte to start from, 0 or more. At or past the end of the file
///   only headers and trailers are sent.
/// - `nbytes`: bytes of the file; 0 is all up to its end. It is no error if the
///   file has fewer.
/// - `hdtr`: sent before and after the file, and not counted in `nbytes`; `None`
///   for neither.
/// - `flags`: 0, or FreeBSD's hints (SF_NODISKIO and others), which have no
///   effect.
///
/// # Returns
///
/// Success or the errno; and in both cases the bytes sent, including those of
/// headers and trailers.
///
/// # Errors
///
/// In the order in which they are checked:
///
/// | errno | cause |
/// |---|---|
/// | EINVAL | a flag that FreeBSD does not have; a negative `offset` |
/// | EBADF | `fd` is not open for reading |
/// | EINVAL | `fd` is not a regular file |
/// | EBADF | `s` is not open |
/// | ENOTSOCK | `s` is not a socket |
/// | EINVAL | `s` is not a stream socket |
/// | ENOTCONN | `s` is not connected, or its connection was reset before |
/// | EAGAIN | the socket is non-blocking and full |
/// | EINTR | a signal arrived |
/// | EIO | reading `fd` failed |
/// | EPIPE, ECONNRESET | the peer has closed; SIGPIPE is sent with EPIPE, unless [`without_sigpipe`](crate::without_sigpipe) is used |
///
/// After an error in the file no trailer is sent.
///
/// # Platform
///
/// fcntl, statx or fstat64, getsockopt and getpeername check the descriptors;
/// sendmsg and sendfile64 send, and setsockopt (TCP_CORK) ends what a socket holds
/// back. If a kernel (i386 before Linux 4.3) or a sandbox
/// refuses one of the first four, its condition is not checked.
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

/// The offset, if it and the flags are valid.
fn arguments(offset: i64, flags: i32) -> Result<u64, Errno> {
    if flags as u32 & !HINTS != 0 {
        return Err(Errno::EINVAL);
    }
    u64::try_from(offset).map_err(|_| Errno::EINVAL)
}

/// Checks that `fd` is a readable regular file and `s` a connected stream socket.
/// An errno that is not about the descriptor is the refusal of a kernel or a
/// sandbox, and is ignored.
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
    match sys::file_type(gate, fd) {
        Err(Errno::EBADF) => return Err(Errno::EBADF),
        Ok(kind) if kind != S_IFREG => return Err(Errno::EINVAL),
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
        .from_offset(offset)
        .with_stream_output();
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
