//! Messages: `sfcat: WHAT: message`, in one call, on standard error.

use int80::{
    Errno, Fd, Native,
    call::{self, IoSlice},
};

use crate::text;

/// Writes `sfcat: WHAT: ` and text `n`: an errno's number, or one of [`text`]'s
/// constants.
#[inline(never)]
pub fn report(what: &[u8], n: usize) {
    let mut space = [0; text::LONGEST];
    let message = text::unpack(n, &mut space);
    let line = [
        IoSlice::new(b"sfcat: "),
        IoSlice::new(what),
        IoSlice::new(b": "),
        IoSlice::new(message),
        IoSlice::new(b"\n"),
    ];
    // A message that cannot be written has nowhere else to go.
    let _ = call::writev(Native, Fd::STDERR, &line);
}

/// Writes `sfcat: WHAT: ` and text `n`, and ends the program with status 1.
#[inline(never)]
pub fn fail(what: &[u8], n: usize) -> ! {
    report(what, n);
    call::exit_group(Native, 1)
}

/// Writes `sfcat: write error: ` and what the errno means, and ends the program
/// with status 1: there is nowhere to copy to.
pub fn write_error(errno: Errno) -> ! {
    fail(b"write error", errno.number() as usize)
}
