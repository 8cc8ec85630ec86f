//! Where kernels differ, and what is looked at.

use int80::{Errno, errno};
use linux_raw_sys::general::SIGPIPE;

use super::super::{Op, Step};
use crate::{Text, recipe};

/// The calls of a recipe, and what they see.
const fn ask(recipe: u8, what: Text, expected: i64) -> Step {
    Step::two(Op::Ask, ((recipe as i64) << 8) | what.0 as i64, expected)
}

/// Skips the check, for this reason, on a kernel before that version.
pub const fn needs(version: [u8; 2], reason: Text) -> Step {
    Step::two(Op::Needs, release(version), reason.0 as i64)
}

/// Skips the check, for this reason, from the first version on until the second.
pub const fn not_between(first: [u8; 2], version: [u8; 2], reason: Text) -> Step {
    let both = (release(first) << 16) | release(version);
    Step::two(Op::Needs, both, reason.0 as i64)
}

/// Before that version eax is this errno, and the check is at its end.
pub const fn fails_before(version: [u8; 2], errno: Errno) -> Step {
    Step::two(Op::Before, release(version), errno::encode(errno) as i64)
}

/// Eax is this for a 64-bit kernel's 32-bit program, and EINVAL elsewhere.
pub const fn eax_of_64_bit_kernel(eax: i64) -> Step {
    Step::new(Op::Wide, eax)
}

const fn release([major, minor]: [u8; 2]) -> i64 {
    ((major as i64) << 8) | minor as i64
}

/// Eax is this.
pub const fn eax(expected: i64) -> Step {
    Step::new(Op::Eax, expected)
}

/// Eax is this errno, negated.
pub const fn fails(errno: Errno) -> Step {
    eax(errno::encode(errno) as i64)
}

/// The bytes that went out, beside the result of `bsd`.
pub const fn sbytes(expected: i64) -> Step {
    Step::new(Op::Sbytes, expected)
}

/// Some bytes have gone out, and fewer than these.
pub const fn some_of(count: i64) -> Step {
    Step::new(Op::Some, count)
}

/// The cell is this.
pub const fn cell_is(expected: i64) -> Step {
    Step::new(Op::CellIs, expected)
}

/// The cell has moved by eax since before the call, or not at all if that is
/// an errno.
pub const fn cell_follows() -> Step {
    Step::new(Op::CellFollows, 0)
}

/// The 4 bytes after 187's cell are these.
pub const fn word_after_is(expected: i64) -> Step {
    Step::new(Op::WordAfter, expected)
}

/// The input's position is there.
pub const fn stands(at: i64) -> Step {
    Step::new(Op::Stands, at)
}

/// The output's position is there.
pub const fn output_stands(at: i64) -> Step {
    Step::new(Op::OutStands, at)
}

/// The output's status flags are these.
pub const fn flags_are(flags: u32) -> Step {
    ask(recipe::STATUS_FLAGS, Text::FLAGS, flags as i64)
}

/// The input has no O_NONBLOCK.
pub const fn input_waits() -> Step {
    Step::new(Op::InFlags, 0)
}

/// Mmap of the input fails.
pub const fn cannot_be_mapped() -> Step {
    Step::new(Op::NotMapped, 0)
}

/// SIGPIPE waits, and no other signal.
pub const fn sigpipe_waits() -> Step {
    ask(recipe::PENDING, Text::SIGPIPE, 1 << (SIGPIPE - 1))
}

/// The input's bytes from `start` on, `count` of them, and no more, have arrived
/// since the last look.
pub const fn arrived(start: i64, count: i64) -> Step {
    Step::two(Op::Arrived, start, count)
}

/// As `arrived`, but more may come.
pub const fn next(start: i64, count: i64) -> Step {
    Step::two(Op::Next, start, count)
}

/// As `next`, but each byte is `value`.
pub const fn next_are(value: u8, count: i64) -> Step {
    Step::two(Op::Bytes, value as i64, count)
}

/// The input's bytes from `start` up to the cell, or for `bsd` as many as it
/// says, and no more, have arrived.
pub const fn sent_arrived(start: i64) -> Step {
    Step::new(Op::Sent, start)
}

/// The process of `reads_later` has ended, and has found what it was to find.
pub const fn was_read() -> Step {
    ask(recipe::WAIT, Text::READ, 0)
}
