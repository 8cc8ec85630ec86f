//! What there is to work with, and what is done to it.

use int80::{Errno, errno};

use super::super::{Op, Step, WRITTEN};
use crate::{Input, Output, recipe};

/// The calls of a recipe.
const fn call(recipe: u8) -> Step {
    Step::new(Op::Call, recipe as i64)
}

/// A regular file of so many bytes as input, its position at the start.
pub const fn file(len: i64) -> Step {
    Step::new(Op::File, len)
}

/// An input of another kind.
pub const fn input(kind: Input, len: i64) -> Step {
    Step::two(Op::In, kind.0 as i64, len)
}

/// Descriptor −1 as input.
pub const fn no_input() -> Step {
    Step::new(Op::NoInput, 0)
}

/// A Unix stream socket as output, which every kernel can send to.
pub const fn stream() -> Step {
    output(Output::Stream)
}

/// An output of another kind.
pub const fn output(kind: Output) -> Step {
    Step::new(Op::To, kind.0 as i64)
}

/// Descriptor −1 as output.
pub const fn no_output() -> Step {
    Step::new(Op::NoOutput, 0)
}

/// The input as output, too.
pub const fn both_sides() -> Step {
    Step::new(Op::Both, 0)
}

// What is done to them.

/// Sets O_NONBLOCK on the output.
pub const fn nonblocking() -> Step {
    call(recipe::NONBLOCKING)
}

/// Sets O_APPEND on the output.
pub const fn appending() -> Step {
    call(recipe::output(Output::Append))
}

/// Moves the input's position.
pub const fn seek(to: i64) -> Step {
    Step::new(Op::Seek, to)
}

/// Writes `count` of the bytes that inputs have from `start` on to the output.
pub const fn write(start: i64, count: i64) -> Step {
    assert!(count <= WRITTEN as i64, "more than a check writes at once");
    Step::two(Op::Write, start, count)
}

/// Writes such bytes into the input, from its start on.
pub const fn overwrite(start: i64, count: i64) -> Step {
    assert!(count <= WRITTEN as i64, "more than a check writes at once");
    Step::two(Op::Overwrite, start, count)
}

/// From here on looks at what is left in the input, a pipe, and not at what has
/// arrived.
pub const fn look_at_input() -> Step {
    Step::new(Op::Left, 0)
}

/// Closes the output's other end.
pub const fn hang_up() -> Step {
    call(recipe::HANG_UP)
}

/// From 50 ms on another process reads the output's other end: the input's bytes
/// from `start` on, `count` of them, and no more.
pub const fn reads_later(start: i64, count: i64) -> Step {
    Step::two(Op::Later, start, count)
}

/// The process that comes next first cuts the input down to so many bytes.
pub const fn cut_later(len: i64) -> Step {
    Step::new(Op::Cut, len)
}

/// Sets TCP_CORK (1) or takes it away (0).
pub const fn cork(on: i64) -> Step {
    Step::two(Op::Call, on, recipe::CORK as i64)
}

/// Blocks SIGPIPE, so that it waits.
pub const fn block_sigpipe() -> Step {
    call(recipe::BLOCK_SIGPIPE)
}

/// Lets SIGALRM come every 50 ms, to a handler that returns, without SA_RESTART.
pub const fn alarms() -> Step {
    Step::new(Op::Alarms, 0)
}

/// A cell with this in its 8 bytes; 187 sees the first 4.
pub const fn cell(value: i64) -> Step {
    Step::new(Op::Cell, value)
}

/// No cell: null.
pub const fn no_cell() -> Step {
    Step::new(Op::NoCell, 0)
}

/// The cell is at this address, which is no one's.
pub const fn cell_at(address: i64) -> Step {
    Step::new(Op::CellAt, address)
}

/// A cell with 10 in it, in a page with these rights.
pub const fn cell_in_page(rights: u32) -> Step {
    Step::new(Op::Page, rights as i64)
}

/// Each sendfile from here on meets with this errno in place of the kernel.
pub const fn inject(errno: Errno) -> Step {
    answer(errno::encode(errno) as i64)
}

/// Each sendfile from here on has this in eax.
pub const fn answer(eax: i64) -> Step {
    Step::new(Op::Answer, eax)
}

/// Each sendfile from here on has its count in eax.
pub const fn echo() -> Step {
    Step::new(Op::Echo, 0)
}

/// The next sendfile moves at most 4096 bytes, and those after it meet with this
/// errno.
pub const fn inject_after_4096(errno: Errno) -> Step {
    Step::new(Op::FailAfter, errno::encode(errno) as i64)
}
