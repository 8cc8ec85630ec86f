//! Which side has failed.

use super::{Ladder, Rung, Side, Transfer};
use crate::{
    Errno, Fd, Gate,
    call::{self, OpenFlags, SealFlags, Whence},
};

impl<G: Gate + Copy, L: Ladder> Transfer<'_, G, L> {
    /// The side that a call failed for with `errno`: by the call, by the errno,
    /// or by calls that move nothing.
    pub(super) fn blame(&self, errno: Errno) -> Side {
        if self.rung == Rung::ReadWrite {
            return if self.pending().is_empty() {
                Side::Input
            } else {
                Side::Output
            };
        }
        if L::SHORT {
            // All others go on to read and write.
            return Side::Output;
        }
        match errno {
            // Only the input has an offset, and only it can be a directory.
            Errno::ESPIPE | Errno::EISDIR | Errno::EOVERFLOW => Side::Input,
            Errno::EPIPE
            | Errno::ENOSPC
            | Errno::EDQUOT
            | Errno::EFBIG
            | Errno::EMSGSIZE
            | Errno::EDESTADDRREQ
            | Errno::ENOTCONN => Side::Output,
            // Bytes of a socket go to a pipe, which has no connection.
            Errno::ECONNRESET | Errno::ETIMEDOUT => {
                match call::socket_type(self.gate, self.in_fd) {
                    Ok(_) => Side::Input,
                    Err(_) => Side::Output,
                }
            }
            Errno::EBADF => self.closed(),
            Errno::EIO => match self.look() {
                Ok(_) => Side::Output,
                // A pipe has nothing that could fail.
                Err(Errno::ESPIPE) if call::pipe_size(self.gate, self.in_fd).is_ok() => {
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

    /// The side that is not open for what it is there for.
    fn closed(&self) -> Side {
        if !self.is_open(self.in_fd, OpenFlags::empty()) {
            Side::Input
        } else if !self.is_open(self.out_fd, OpenFlags::WRONLY) {
            Side::Output
        } else {
            // copy_file_range says EBADF for an O_APPEND output, too.
            self.unwritable()
        }
    }

    /// Whether `fd` is open for reading (no flag) or writing, as far as the
    /// kernel tells.
    fn is_open(&self, fd: Fd<'_>, access: OpenFlags) -> bool {
        match call::status_flags(self.gate, fd) {
            Ok(flags) => {
                let flags = flags & OpenFlags::ACCESS;
                flags == access || flags == OpenFlags::RDWR
            }
            Err(errno) => errno != Errno::EBADF,
        }
    }

    /// Reads one byte of the input where the transfer stands, and moves nothing.
    fn look(&self) -> Result<usize, Errno> {
        let position = match self.position {
            Some(position) => position,
            None => call::lseek(self.gate, self.in_fd, 0, Whence::Current)?,
        };
        call::pread(self.gate, self.in_fd, &mut [0], position)
    }

    /// The output where it is known to refuse: O_APPEND, or sealed.
    fn unwritable(&self) -> Side {
        let append = call::status_flags(self.gate, self.out_fd)
            .is_ok_and(|flags| flags.contains(OpenFlags::APPEND));
        let sealed = call::seals(self.gate, self.out_fd).is_ok_and(|seals| {
            seals.intersects(SealFlags::GROW | SealFlags::WRITE | SealFlags::FUTURE_WRITE)
        });
        if append || sealed {
            Side::Output
        } else {
            Side::Unknown
        }
    }
}
