//! Output of bytes and formatted text to a descriptor.

use core::fmt;

use int80::{
    Errno, Fd, Gate,
    sys::{self, PollFlags},
};

use crate::retry;

/// Writes bytes and formatted text to a descriptor.
///
/// It has no buffer: [`write_all`](Self::write_all) makes one call, and `writeln!`
/// one for each piece of its text. It continues after short writes and signals,
/// and waits for a non-blocking descriptor.
///
/// It keeps the first error: later writes return it and write nothing, so that the
/// output has no gap, and [`finish`](Self::finish) returns it to a program that
/// has ignored it.
///
/// # Examples
///
/// ```
/// use int80::{Errno, Fd, Native};
/// use int80_rt::Writer;
///
/// # fn main() -> Result<(), Errno> {
/// let mut out = Writer::new(Native, Fd::STDOUT);
/// writeln!(out, "{} bytes", 4096)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Writer<'fd, G> {
    gate: G,
    fd: Fd<'fd>,
    error: Option<Errno>,
}

impl<'fd, G: Gate> Writer<'fd, G> {
    /// A writer to `fd`. Makes no system call, and does not close `fd`.
    #[must_use]
    pub fn new(gate: G, fd: impl Into<Fd<'fd>>) -> Self {
        Self {
            gate,
            fd: fd.into(),
            error: None,
        }
    }

    /// Writes all of `bytes`, with as many calls as it takes.
    ///
    /// # Errors
    ///
    /// Those of [`sys::write`] except EINTR, and EAGAIN only for a socket whose
    /// time limit has passed; EIO if a call returns 0. Some of the bytes may have
    /// been written.
    pub fn write_all(&mut self, mut bytes: &[u8]) -> Result<(), Errno> {
        if let Some(errno) = self.error {
            return Err(errno);
        }
        while !bytes.is_empty() {
            let written = match sys::write(&self.gate, self.fd, bytes) {
                Ok(0) => Err(Errno::EIO),
                Ok(count) => {
                    bytes = bytes.get(count..).unwrap_or_default();
                    Ok(())
                }
                Err(errno) => retry::after(&self.gate, self.fd, PollFlags::OUT, errno),
            };
            if let Err(errno) = written {
                self.error = Some(errno);
                return Err(errno);
            }
        }
        Ok(())
    }

    /// Writes formatted text: what `write!` and `writeln!` call.
    ///
    /// # Errors
    ///
    /// Those of [`write_all`](Self::write_all); EINVAL if formatting a value fails.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result<(), Errno> {
        match fmt::write(self, text) {
            Ok(()) => Ok(()),
            Err(fmt::Error) => Err(self.error.unwrap_or(Errno::EINVAL)),
        }
    }

    /// Returns the first error, if there was one.
    ///
    /// # Errors
    ///
    /// The first error of a write.
    pub fn finish(self) -> Result<(), Errno> {
        self.error.map_or(Ok(()), Err)
    }
}

/// For code that writes to any `fmt::Write`; [`finish`](Writer::finish) returns the
/// errno.
impl<G: Gate> fmt::Write for Writer<'_, G> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write_all(text.as_bytes()).map_err(|_| fmt::Error)
    }
}
