//! Messages: `sfcat: NAME: message`, in one call, on standard error.

use int80::{
    Errno, Fd, Native,
    call::{self, IoSlice},
};
use int80_rt::Gate;

/// A message. Its functions give the exit status that goes with it, 1.
pub struct Report;

impl Report {
    /// `sfcat: ` and the parts, of which there may be four.
    pub fn of(parts: &[&[u8]]) -> u8 {
        let mut slices = [const { IoSlice::new(b"") }; 6];
        let texts = [&b"sfcat: "[..]]
            .into_iter()
            .chain(parts.iter().copied())
            .chain([&b"\n"[..]]);
        for (slice, text) in slices.iter_mut().zip(texts) {
            *slice = IoSlice::new(text);
        }
        // A message that cannot be written has nowhere else to go.
        let _ = call::writev(Native, Fd::STDERR, &slices);
        1
    }

    /// `sfcat: WHAT: message of errno`.
    pub fn errno(what: &[u8], errno: Errno) -> u8 {
        let message = errno.message().unwrap_or("Unknown error");
        Self::of(&[what, b": ", message.as_bytes()])
    }
}

/// Writes all of `bytes` to standard output; the exit status.
pub fn write_all(gate: Gate, mut bytes: &[u8]) -> u8 {
    while !bytes.is_empty() {
        match call::write(gate, Fd::STDOUT, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(errno) => return Report::errno(b"write error", errno),
        }
    }
    0
}
