//! The side that is not ready, and the side that failed.

use super::{Rung, Side, Transfer, machine::Request};
use crate::{
    Errno, Fd, Gate,
    sys::{self, OpenFlags, PollFd, PollFlags, SealFlags, Whence},
};

impl<G: Gate + Copy> Transfer<'_, G> {
    /// The side that is not ready, after EAGAIN.
    #[inline(never)]
    pub(super) fn unready(&self, writing: bool) -> Side {
        if writing {
            return Side::Output;
        }
        if self.machine.rung == Rung::ReadWrite {
            return Side::Input;
        }
        let mut fds = [
            PollFd::new(self.out_fd, PollFlags::OUT),
            PollFd::new(self.in_fd, PollFlags::IN),
        ];
        if sys::poll(self.gate, &mut fds, 0).is_err() {
            // A regular file is always ready.
            return match sys::is_regular(self.gate, self.in_fd) {
                Ok(true) => Side::Output,
                _ => Side::Unknown,
            };
        }
        match fds.map(|fd| fd.revents.is_empty()) {
            [true, _] => Side::Output,
            [_, true] => Side::Input,
            _ => Side::Unknown,
        }
    }

    /// Whether EAGAIN means that the time limit of a socket has passed
    /// (SO_SNDTIMEO, SO_RCVTIMEO): no descriptor that the call waits for is
    /// O_NONBLOCK.
    #[inline(never)]
    pub(super) fn is_time_limit(&self, side: Side) -> bool {
        // A descriptor whose flags are refused may be non-blocking.
        let blocks = |fd| {
            sys::fcntl_getfl(self.gate, fd).is_ok_and(|flags| !flags.contains(OpenFlags::NONBLOCK))
        };
        match (self.machine.rung, side) {
            (Rung::ReadWrite, Side::Output) => blocks(self.out_fd),
            (Rung::ReadWrite, _) => blocks(self.in_fd),
            // One call waits for both, and is non-blocking if either is; but a
            // regular file is always ready, whatever its flag.
            _ => {
                let regular = || sys::is_regular(self.gate, self.in_fd).unwrap_or(false);
                let ready = || side != Side::Input && regular();
                blocks(self.out_fd) && (blocks(self.in_fd) || ready())
            }
        }
    }

    /// The side for which a request failed with `errno`, found by the request, by
    /// the errno, or by calls that move nothing.
    #[inline(never)]
    pub(super) fn explain(&self, errno: Errno, request: Request) -> Side {
        match request {
            Request::Write => return Side::Output,
            Request::Read { .. } | Request::Look => return Side::Input,
            _ if self.machine.rung == Rung::ReadWrite => return Side::Input,
            _ => {}
        }
        match errno {
            // Only the input has an offset, and only it can be a directory.
            Errno::ESPIPE | Errno::EISDIR | Errno::EOVERFLOW => Side::Input,
            Errno::EPIPE
            | Errno::ENOSPC
            | Errno::EDQUOT
            | Errno::EFBIG
            | Errno::EMSGSIZE
            | Errno::EDESTADDRREQ => Side::Output,
            // An input socket has a pipe as output, which has no connection.
            errno if is_of_connection(errno) => match sys::socket_type(self.gate, self.in_fd) {
                Ok(_) => Side::Input,
                Err(_) => Side::Output,
            },
            Errno::EBADF => self.closed(),
            Errno::EIO => match self.look() {
                Ok(_) => Side::Output,
                // Reading a pipe cannot fail with EIO.
                Err(Errno::ESPIPE) if sys::fcntl_getpipe_sz(self.gate, self.in_fd).is_ok() => {
                    Side::Output
                }
                Err(Errno::EIO) => Side::Input,
                Err(_) => Side::Unknown,
            },
            Errno::EINVAL => match self.look() {
                Err(Errno::EISDIR | Errno::EINVAL) => Side::Input,
                _ => self.unwritable(),
            },
            Errno::EPERM => self.unwritable(),
            _ => Side::Unknown,
        }
    }

    /// The side of EBADF.
    #[inline(never)]
    fn closed(&self) -> Side {
        if !self.is_open(self.in_fd, OpenFlags::empty()) {
            Side::Input
        } else if !self.is_open(self.out_fd, OpenFlags::WRONLY) {
            Side::Output
        } else {
            // copy_file_range also returns EBADF for an O_APPEND output.
            self.unwritable()
        }
    }

    /// Whether `fd` is open for reading (no flag) or writing; true if the kernel
    /// refuses to tell.
    fn is_open(&self, fd: Fd<'_>, access: OpenFlags) -> bool {
        match sys::fcntl_getfl(self.gate, fd) {
            Ok(flags) => {
                let flags = flags & OpenFlags::ACCESS;
                flags == access || flags == OpenFlags::RDWR
            }
            Err(errno) => errno != Errno::EBADF,
        }
    }

    /// Reads one byte of the input at the transfer's position, without moving the
    /// position.
    #[inline(never)]
    pub(super) fn look(&self) -> Result<usize, Errno> {
        let position = match self.machine.position {
            Some(position) => position,
            None => sys::lseek(self.gate, self.in_fd, 0, Whence::Current)?,
        };
        sys::pread64(self.gate, self.in_fd, &mut [0], position)
    }

    /// As [`look`](Self::look), but 0 for pipes, sockets and terminals: they
    /// return 0 at the end only, and a terminal does so once.
    pub(super) fn look_for_more(&self) -> Result<usize, Errno> {
        match self.look() {
            Err(Errno::ESPIPE) if !sys::is_regular(self.gate, self.in_fd).unwrap_or(true) => Ok(0),
            result => result,
        }
    }

    /// The output, if it is known to refuse writes: O_APPEND, or sealed.
    #[inline(never)]
    fn unwritable(&self) -> Side {
        let append = sys::fcntl_getfl(self.gate, self.out_fd)
            .is_ok_and(|flags| flags.contains(OpenFlags::APPEND));
        let sealed = sys::fcntl_get_seals(self.gate, self.out_fd).is_ok_and(|seals| {
            seals.intersects(SealFlags::GROW | SealFlags::WRITE | SealFlags::FUTURE_WRITE)
        });
        if append || sealed {
            Side::Output
        } else {
            Side::Unknown
        }
    }
}

/// Whether `errno` is an error of a connection, ENETDOWN to EHOSTUNREACH.
fn is_of_connection(errno: Errno) -> bool {
    (Errno::ENETDOWN..=Errno::EHOSTUNREACH).contains(&errno)
}
