//! The side that is not ready, and the side that failed.

use super::{Rung, Side, Transfer, machine::Request};
use crate::{
    Errno, Fd, Gate,
    sys::{self, OpenFlags, PollFd, PollFlags, S_IFIFO, S_IFREG, S_IFSOCK, Whence},
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
            return match sys::file_type(self.gate, self.in_fd) {
                Ok(S_IFREG) => Side::Output,
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
                let regular = || sys::file_type(self.gate, self.in_fd) == Ok(S_IFREG);
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
            Errno::ESPIPE | Errno::EISDIR => return Side::Input,
            Errno::EBADF => return self.closed(),
            _ => {}
        }
        let looked = self.look();
        // These can be errors of the pair, and a sandbox may refuse both calls, but not
        // with EIO.
        let refused = matches!(request, Request::GiveUp(_)) && errno != Errno::EIO;
        if refused || matches!(errno, Errno::EINVAL | Errno::ENOMEM) {
            return match looked {
                Err(Errno::EISDIR | Errno::EINVAL) => Side::Input,
                _ => self.unwritable(),
            };
        }
        let kind = sys::file_type(self.gate, self.in_fd);
        match errno {
            _ if looked == Err(errno) => Side::Input,
            // The input can be read, and reading a pipe cannot fail.
            _ if looked.is_ok() || kind == Ok(S_IFIFO) => Side::Output,
            // An input socket has a pipe as output, which has no connection.
            _ if is_of_connection(errno) => match kind {
                Ok(S_IFSOCK) => Side::Input,
                _ => Side::Output,
            },
            Errno::EPERM
            | Errno::EACCES
            | Errno::EPIPE
            | Errno::ENOSPC
            | Errno::EDQUOT
            | Errno::EFBIG => Side::Output,
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
    /// return 0 at the end only, and a terminal does so once. From a pipe to an output
    /// that takes nothing and gives no reason the 0 is of the output.
    pub(super) fn look_for_more(&self) -> Result<usize, Errno> {
        let looked = self.look();
        if looked != Err(Errno::ESPIPE) {
            return looked;
        }
        match sys::file_type(self.gate, self.in_fd) {
            Ok(S_IFIFO) => {
                let mut fds = [PollFd::new(self.in_fd, PollFlags::IN)];
                let _ = sys::poll(self.gate, &mut fds, 0);
                Ok(fds[0].revents.contains(PollFlags::IN).into())
            }
            Ok(S_IFREG) | Err(_) => looked,
            Ok(_) => Ok(0),
        }
    }

    /// The output, if it is known to refuse a call of the kernel's: O_APPEND.
    #[inline(never)]
    fn unwritable(&self) -> Side {
        match sys::fcntl_getfl(self.gate, self.out_fd) {
            Ok(flags) if flags.contains(OpenFlags::APPEND) => Side::Output,
            _ => Side::Unknown,
        }
    }
}

/// Whether `errno` is an error of a connection, ENETDOWN to EHOSTUNREACH.
fn is_of_connection(errno: Errno) -> bool {
    (Errno::ENETDOWN..=Errno::EHOSTUNREACH).contains(&errno)
}
