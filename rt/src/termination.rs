//! The results of a main function.

use int80::{
    Errno, Fd, Native,
    sys::{self, IoSlice},
};

use crate::Process;

/// The exit status of a program that fails with an errno.
const FAILED: u8 = 1;

/// A result of a main function.
///
/// | value | exit status | standard error |
/// |---|---|---|
/// | `()` | 0 | |
/// | a `u8` | the number | |
/// | `Ok(value)` | that of the value | |
/// | `Err(errno)` | 1 | `NAME: MESSAGE`, where `NAME` is the last component of argument 0 |
pub trait Termination {
    /// Writes a message for an error, and returns the exit status.
    fn report(self, process: Process) -> u8;
}

impl Termination for () {
    #[inline(always)]
    fn report(self, _: Process) -> u8 {
        0
    }
}

impl Termination for u8 {
    #[inline(always)]
    fn report(self, _: Process) -> u8 {
        self
    }
}

impl<T: Termination> Termination for Result<T, Errno> {
    fn report(self, process: Process) -> u8 {
        let errno = match self {
            Ok(value) => return value.report(process),
            Err(errno) => errno,
        };
        let (name, colon) = match process.arguments().next() {
            Some(path) => (last(path.to_bytes()), ": "),
            None => (&[][..], ""),
        };
        let message = errno.message().unwrap_or("Unknown error");
        let parts = [name, colon.as_bytes(), message.as_bytes(), b"\n"].map(IoSlice::new);
        // If the message cannot be written, there is no other place for it.
        let _ = sys::writev(Native, Fd::STDERR, &parts);
        FAILED
    }
}

/// The last component of a path.
fn last(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}
