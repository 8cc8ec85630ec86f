//! The log: lines that are written together, and are left out where no one reads
//! them (S.11).

use int80::{
    Fd, Native, OwnedFd,
    sys::{self, AtFlags, OpenFlags},
};
use int80_rt::Gate;
use int80_serve::{
    Out,
    log::{LINE_MAX, Line, Peer},
};

use crate::{files::S_IFMT, memory, say::is_ready};

/// The type of a terminal in its mode (`include/uapi/linux/stat.h`).
const S_IFCHR: u32 = 0o020_000;

/// Standard error, opened once more, where it is a terminal: one that is ready may have
/// room for a byte alone, and a write of more waits. The flag for that is of the
/// descriptor's own, since others share standard error. `None` where there is no
/// /proc, too.
#[inline(never)]
pub fn terminal(gate: Gate) -> Option<OwnedFd<Gate>> {
    let status = sys::statx(gate, Fd::STDERR, c"", AtFlags::EMPTY_PATH).ok()?;
    if u32::from(status.stx_mode) & S_IFMT != S_IFCHR {
        return None;
    }
    let flags = OpenFlags::WRONLY | OpenFlags::NONBLOCK | OpenFlags::NOCTTY | OpenFlags::CLOEXEC;
    sys::openat(gate, Fd::CWD, c"/proc/self/fd/2", flags, 0).ok()
}

/// Lines that have not been written.
pub struct Log<'a> {
    file: Fd<'a>,
    lines: &'static mut [u8],
    used: usize,
    /// The lines that were left out.
    dropped: u32,
}

impl<'a> Log<'a> {
    pub fn new(gate: Gate, file: Fd<'a>) -> Self {
        Self {
            file,
            lines: memory::zeros(gate, LINE_MAX),
            used: 0,
            dropped: 0,
        }
    }

    /// Adds a line.
    pub fn add(&mut self, line: &Line<'_>) {
        let mut written = self.put(line);
        if !written {
            self.flush();
            written = self.put(line);
        }
        self.dropped += u32::from(!written);
    }

    fn put(&mut self, line: &Line<'_>) -> bool {
        let room = self.lines.get_mut(self.used..).unwrap_or_default();
        let Some(len) = line.write(room) else {
            return false;
        };
        self.used += len;
        true
    }

    /// Writes the lines, where that does not wait.
    pub fn flush(&mut self) {
        let bytes = self.lines.get(..self.used).unwrap_or_default();
        if bytes.is_empty() {
            return;
        }
        if self.dropped > 0 && is_ready(self.file) {
            let mut note = [0; 64];
            let mut out = Out::new(&mut note);
            out.text("sfserve: log: ").number(self.dropped.into());
            out.text(" lines left out\n");
            if sys::write(Native, self.file, out.as_bytes()).is_ok() {
                self.dropped = 0;
            }
        }
        let written = match is_ready(self.file) {
            true => sys::write(Native, self.file, bytes).unwrap_or(0),
            false => 0,
        };
        let rest = bytes.get(written..).unwrap_or_default();
        self.dropped += rest.iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.used = 0;
    }
}

/// The other side of a connection.
pub fn peer(gate: Gate, socket: &OwnedFd<Gate>) -> Peer {
    let address = sys::getpeername_address(gate, socket);
    match address.ok().and_then(|address| address.ip()) {
        Some(core::net::SocketAddr::V4(ip)) => Peer::V4(ip.ip().octets()),
        Some(core::net::SocketAddr::V6(ip)) => Peer::V6(ip.ip().octets()),
        None => Peer::Unix,
    }
}
