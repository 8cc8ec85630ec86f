//! Words for people: on standard output what is served, on standard error what
//! is wrong.

use int80::{
    Errno, Fd, Native,
    sys::{self, PollFd, PollFlags},
};
use int80_serve::Out;

/// What errnos mean: those that opening folders and sockets, and the start of a
/// process, end in. The library's table has five times as many.
const TEXTS: [(Errno, &str); 24] = [
    (Errno::EPERM, "Operation not permitted"),
    (Errno::ENOENT, "No such file or directory"),
    (Errno::EIO, "Input/output error"),
    (Errno::EAGAIN, "Resource temporarily unavailable"),
    (Errno::ENOMEM, "Cannot allocate memory"),
    (Errno::EACCES, "Permission denied"),
    (Errno::ENOTDIR, "Not a directory"),
    (Errno::EINVAL, "Invalid argument"),
    (Errno::ENFILE, "Too many open files in system"),
    (Errno::EMFILE, "Too many open files"),
    (Errno::ENOSPC, "No space left on device"),
    (Errno::EROFS, "Read-only file system"),
    (Errno::EPIPE, "Broken pipe"),
    (Errno::ENAMETOOLONG, "File name too long"),
    (Errno::ENOSYS, "Function not implemented"),
    (Errno::ELOOP, "Too many levels of symbolic links"),
    (Errno::EPROTO, "Protocol error"),
    (Errno::ENOTSOCK, "Socket operation on non-socket"),
    (
        Errno::EAFNOSUPPORT,
        "Address family not supported by protocol",
    ),
    (Errno::EADDRINUSE, "Address already in use"),
    (Errno::EADDRNOTAVAIL, "Cannot assign requested address"),
    (Errno::ECONNRESET, "Connection reset by peer"),
    (Errno::ETIMEDOUT, "Connection timed out"),
    (Errno::ECONNREFUSED, "Connection refused"),
];

/// Writes all of `bytes`, as far as it goes: there is no other place to say that
/// it does not.
#[inline(never)]
pub fn write_all(fd: Fd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match sys::write(Native, fd, bytes)? {
            // Writing it again would not end.
            0 => return Err(Errno::ENOSPC),
            written => bytes = bytes.get(written..).unwrap_or_default(),
        }
    }
    Ok(())
}

/// The most that is said of a text.
const LONGEST: usize = 880;

/// A line that is being put together.
pub struct Line {
    bytes: [u8; 1024],
    used: usize,
}

impl Line {
    #[inline(never)]
    pub const fn new() -> Self {
        Self {
            bytes: [0; 1024],
            used: 0,
        }
    }

    /// Adds a text, whose control bytes are shown as question marks, up to what
    /// leaves room for the rest of the line.
    #[inline(never)]
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        for &byte in bytes.get(..LONGEST).unwrap_or(bytes) {
            if let Some(place) = self.bytes.get_mut(self.used) {
                *place = if byte < b' ' || byte == 0x7f {
                    b'?'
                } else {
                    byte
                };
                self.used += 1;
            }
        }
        self
    }

    #[inline(never)]
    pub fn number(&mut self, number: u32) -> &mut Self {
        self.with(|out| {
            out.number(number.into());
        })
    }

    /// Adds what an errno means, or its number.
    #[inline(never)]
    pub fn errno(&mut self, errno: Errno) -> &mut Self {
        match TEXTS.iter().find(|(known, _)| *known == errno) {
            Some((_, text)) => self.add(text.as_bytes()),
            None => self.add(b"errno ").number(errno.raw_os_error() as u32),
        }
    }

    /// Adds what `write` appends.
    pub fn with(&mut self, write: impl FnOnce(&mut Out<'_>)) -> &mut Self {
        let mut buffer = [0; 160];
        let mut out = Out::new(&mut buffer);
        write(&mut out);
        self.add(out.as_bytes())
    }

    /// Writes the line on standard output; an error ends the program.
    #[inline(never)]
    pub fn show(&mut self) {
        must(b"write error", self.write(Fd::STDOUT));
    }

    /// Writes the line, where that does not wait: the supervisor says it beside
    /// watching over the workers.
    pub fn end(&mut self, fd: Fd<'_>) {
        if is_ready(fd) {
            let _ = self.write(fd);
        }
    }

    /// Writes the line on standard error, and ends the program.
    #[inline(never)]
    pub fn end_program(&mut self, status: u8) -> ! {
        let _ = self.write(Fd::STDERR);
        int80_rt::exit(status)
    }

    #[inline(never)]
    fn write(&mut self, fd: Fd<'_>) -> Result<(), Errno> {
        let last = self.bytes.len() - 1;
        self.used = self.used.min(last);
        if let Some(place) = self.bytes.get_mut(self.used) {
            *place = b'\n';
        }
        let line = self.bytes.get(..=self.used).unwrap_or_default();
        let result = write_all(fd, line);
        self.used = 0;
        result
    }
}

/// Whether bytes can be written without waiting: a pipe that is ready takes 4096.
/// Where poll is refused, they are written all the same.
#[inline(never)]
pub fn is_ready(fd: Fd<'_>) -> bool {
    let mut fds = [PollFd::new(fd, PollFlags::OUT)];
    let result = sys::poll(Native, &mut fds, 0);
    let [one] = fds;
    result.is_err() || one.revents.contains(PollFlags::OUT)
}

/// `sfserve: A: B` on standard error.
#[inline(never)]
pub fn warn(what: &[u8], text: &[u8]) {
    about(what).add(text).end(Fd::STDERR);
}

/// The same with the text of an errno.
#[inline(never)]
pub fn failed(what: &[u8], errno: Errno) {
    about(what).errno(errno).end(Fd::STDERR);
}

#[inline(never)]
fn about(what: &[u8]) -> Line {
    let mut line = Line::new();
    line.add(b"sfserve: ").add(what).add(b": ");
    line
}

/// The same, and the end of the program.
#[inline(never)]
pub fn fail(what: &[u8], text: &[u8]) -> ! {
    about(what).add(text).end_program(1)
}

/// The value of what the program cannot do without: an error ends it.
pub fn must<T>(what: &[u8], result: Result<T, Errno>) -> T {
    match result {
        Ok(value) => value,
        Err(errno) => fail_by(what, errno),
    }
}

#[inline(never)]
fn fail_by(what: &[u8], errno: Errno) -> ! {
    about(what).errno(errno).end_program(1)
}
