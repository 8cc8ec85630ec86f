//! The log: lines that are written together, and are left out where no one reads
//! them (S.11).

use int80::{Fd, Native, OwnedFd, sys};
use int80_rt::Gate;
use int80_serve::{
    Out,
    log::{LINE_MAX, Line, Peer},
};

use crate::{memory, say::is_ready};

/// Lines that have not been written.
pub struct Log {
    lines: &'static mut [u8],
    used: usize,
    count: u32,
    /// The lines that were left out.
    dropped: u32,
}

impl Log {
    pub fn new(gate: Gate) -> Self {
        Self {
            lines: memory::zeros(gate, LINE_MAX),
            used: 0,
            count: 0,
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
        // Less than that would cut what fits into an empty buffer.
        if room.len() < 2048 {
            return false;
        }
        let Some(len) = line.write(room) else {
            return false;
        };
        self.used += len;
        self.count += 1;
        true
    }

    /// Writes the lines, where that does not wait.
    pub fn flush(&mut self) {
        let bytes = self.lines.get(..self.used).unwrap_or_default();
        if bytes.is_empty() || !is_ready(Fd::STDERR) {
            self.dropped += self.count;
        } else {
            if self.dropped > 0 {
                let mut note = [0; 64];
                let mut out = Out::new(&mut note);
                out.text("sfserve: log: ").number(self.dropped.into());
                out.text(" lines left out\n");
                let _ = sys::write(Native, Fd::STDERR, out.as_bytes());
                self.dropped = 0;
            }
            if is_ready(Fd::STDERR) {
                let _ = sys::write(Native, Fd::STDERR, bytes);
            } else {
                self.dropped += self.count;
            }
        }
        (self.used, self.count) = (0, 0);
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
