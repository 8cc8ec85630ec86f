//! Messages: `sfcat: WHAT: message`, in one call, on standard error.

use int80::{Errno, Fd, Native, call};

use crate::line::Line;

/// Writes `line` and an end of line to standard error.
#[inline(never)]
pub fn write(mut line: Line) {
    line.byte(b'\n');
    // A message that cannot be written has nowhere else to go.
    let _ = call::write(Native, Fd::STDERR, line.get());
}

/// `sfcat: WHAT: `
#[inline(never)]
pub fn about(what: &[u8]) -> Line {
    let mut line = Line::new();
    line.bytes(b"sfcat: ");
    line.bytes(what);
    line.bytes(b": ");
    line
}

/// Writes `sfcat: WHAT: ` and text `n`: an errno's number, or one of
/// [`text`](crate::text)'s constants.
#[inline(never)]
pub fn report(what: &[u8], n: usize) {
    let mut line = about(what);
    line.text(n);
    write(line);
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
