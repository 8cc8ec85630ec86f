//! Words for people: on standard output what is served, on standard error what
//! is wrong.

use int80::{Errno, Fd, Native, sys};
use int80_serve::Out;

/// What an errno means.
pub fn text(errno: Errno) -> &'static [u8] {
    errno.message().unwrap_or("Unknown error").as_bytes()
}

/// Writes all of `bytes`, as far as it goes: there is no other place to say that
/// it does not.
#[inline(never)]
pub fn write_all(fd: Fd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        let written = sys::write(Native, fd, bytes)?;
        bytes = bytes.get(written..).unwrap_or_default();
    }
    Ok(())
}

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

    /// Adds bytes, of which control bytes are shown as question marks. What
    /// does not fit is left out.
    #[inline(never)]
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        for &byte in bytes {
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
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.with(|out| {
            out.number(number);
        })
    }

    /// Adds what `write` appends.
    pub fn with(&mut self, write: impl FnOnce(&mut Out<'_>)) -> &mut Self {
        let mut buffer = [0; 160];
        let mut out = Out::new(&mut buffer);
        write(&mut out);
        self.add(out.as_bytes())
    }

    /// Writes the line.
    #[inline(never)]
    pub fn end(&mut self, fd: Fd<'_>) {
        let last = self.bytes.len() - 1;
        self.used = self.used.min(last);
        if let Some(place) = self.bytes.get_mut(self.used) {
            *place = b'\n';
        }
        let line = self.bytes.get(..=self.used).unwrap_or_default();
        let _ = write_all(fd, line);
        self.used = 0;
    }
}

/// `sfserve: A: B` on standard error.
#[inline(never)]
pub fn warn(what: &[u8], text: &[u8]) {
    Line::new()
        .add(b"sfserve: ")
        .add(what)
        .add(b": ")
        .add(text)
        .end(Fd::STDERR);
}

/// The same, and the end of the program.
#[inline(never)]
pub fn fail(what: &[u8], text: &[u8]) -> ! {
    warn(what, text);
    int80_rt::exit(1)
}
