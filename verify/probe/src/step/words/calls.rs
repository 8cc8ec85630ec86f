//! The calls that move bytes.

use super::super::{Op, Step};

/// Call 187.
pub const fn send(count: i64) -> Step {
    Step::new(Op::Send, count)
}

/// Call 239.
pub const fn send64(count: i64) -> Step {
    Step::new(Op::Send64, count)
}

/// Call 187 by the library's safe function.
pub const fn safe_send(count: i64) -> Step {
    Step::new(Op::Safe32, count)
}

/// Call 239 by the library's safe function.
pub const fn safe_send64(count: i64) -> Step {
    Step::new(Op::Safe64, count)
}

/// Call splice; skips the check where the kernel has none.
pub const fn splice(count: i64) -> Step {
    Step::new(Op::Splice, count)
}

/// Call 187, again and again, until the cell is at `all`, or nothing moves.
pub const fn send_all(all: i64) -> Step {
    Step::new(Op::SendAll, all)
}

/// Call 187 until `all` bytes are through, each time that the output is full
/// after reading it empty. The cell, eax and the bytes are looked at each time.
pub const fn resume(all: i64) -> Step {
    Step::new(Op::Resume, all)
}

/// What the next `bsd` has as `hdtr`: null (0), or one of these.
pub const fn hdtr(frame: u32) -> Step {
    Step::new(Op::Frame, frame as i64)
}

/// Bytes 0 to 9 of the input as headers, in two parts and an empty one between
/// them, and bytes 80 to 99 as a trailer.
pub const FRAMED: u32 = 1;
/// An address that is no one's.
pub const BAD_HDTR: u32 = 2;
/// Headers at such an address.
pub const BAD_HEADERS: u32 = 3;
/// Trailers at such an address.
pub const BAD_TRAILERS: u32 = 4;

/// The first 4 MiB of the input as header, and no trailer.
pub const LONG_HEADER: u32 = 5;
/// The bytes of the input from 100 up to 4 MiB as trailer.
pub const LONG_TRAILER: u32 = 6;

/// `sbytes` at an address that is no one's, and the parts of `FRAMED`.
pub const BAD_SBYTES: u32 = 7;

/// How many parts the headers have, in place of 3.
pub const fn parts(count: i64) -> Step {
    Step::new(Op::Parts, count)
}

/// What the next `bsd` has as `flags`.
pub const fn bsd_flags(flags: i64) -> Step {
    Step::new(Op::BsdFlags, flags)
}

/// Page P3's function, from the cell's value on.
pub const fn bsd(nbytes: i64) -> Step {
    Step::new(Op::Bsd, nbytes)
}
