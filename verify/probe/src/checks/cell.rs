//! The registers, the offset cell and the positions.

use int80::Errno;
use linux_raw_sys::general::{PROT_EXEC, PROT_NONE, PROT_READ};

use super::{Check, NO_239, ONLY_SOCKETS, check};
use crate::{Output, step::*};

/// What stands behind 187's cell.
const BEYOND: i64 = 0x5ead_beef;

pub const CHECKS: [Check; 13] = [
    check!(
        "registers",
        "P0.1 P0.2 P0.4 P0.5 P0.10 P0.17 P1.1 P1.2 P1.9 P1.15 P2.1 P2.2 P2.10 P2.13 P4.1 P4.2 P4.7 P4.13 X.3",
        "187 takes out_fd, in_fd, cell, count and returns the bytes",
        [file(100), stream(), send(30), eax(30), arrived(0, 30)]
    ),
    check!(
        "cell-moves",
        "P0.8 P0.9 P0.12 P1.5 P1.6 P1.7 P2.5 P2.6 P2.7 P4.5 P4.6 P4.9 X.1",
        "reads from the cell on, moves the cell, leaves in_fd's position",
        [
            file(100),
            stream(),
            seek(3),
            cell(10),
            send(20),
            eax(20),
            cell_is(30),
            stands(3),
            arrived(10, 20),
        ]
    ),
    check!(
        "cell-of-32-bits",
        "P0.3 P1.1 P2.1",
        "187 leaves the word after its cell alone",
        [
            file(100),
            stream(),
            cell((BEYOND << 32) | 5),
            send(20),
            eax(20),
            cell_is(25),
            word_after_is(BEYOND),
            arrived(5, 20),
        ]
    ),
    check!(
        "cell-of-64-bits",
        "P1.1 P2.1 P2.26 X.1",
        "239 takes a cell of 64 bits",
        [
            file(100),
            stream(),
            seek(3),
            cell(10),
            send64(20),
            eax(20),
            cell_is(30),
            stands(3),
            arrived(10, 20),
        ]
    )
    .but(&[NO_239]),
    check!(
        "null-moves-position",
        "P0.12 P1.8 P2.8 P2.9 P4.9 X.2",
        "without a cell in_fd's position is used and moved",
        [
            file(100),
            stream(),
            seek(40),
            send(25),
            eax(25),
            stands(65),
            arrived(40, 25),
        ]
    ),
    check!(
        "position-output",
        "P0.13 P1.14 P2.12 P4.10 X.3",
        "a file as output is written at its position, which moves",
        [
            file(100),
            output(Output::File),
            cell(0),
            send(10),
            eax(10),
            output_stands(10),
            cell(10),
            send(5),
            eax(5),
            output_stands(15),
            arrived(0, 15),
        ]
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "end-short",
        "P0.9 P0.10 P1.9 P2.10 P2.14 P4.7 X.4",
        "a count beyond the end is cut short; the cell is at the end",
        [
            file(100),
            stream(),
            cell(90),
            send(50),
            eax(10),
            cell_is(100),
            arrived(90, 10),
        ]
    ),
    check!(
        "end-zero",
        "X.4",
        "at the end, past it and in an empty file: 0",
        [
            file(100),
            stream(),
            cell(100),
            send(50),
            eax(0),
            cell_is(100),
            cell(150),
            send(50),
            eax(0),
            cell_is(150),
            file(0),
            cell(0),
            send(50),
            eax(0),
            cell_is(0),
            arrived(0, 0),
        ]
    ),
    check!(
        "count-zero",
        "P0.10 X.5",
        "count 0 moves nothing and returns 0",
        [
            file(100),
            stream(),
            cell(10),
            send(0),
            eax(0),
            cell_is(10),
            arrived(0, 0),
        ]
    ),
    check!(
        "cell-kept-on-error",
        "P0.9 P0.18 P1.6 P2.6 P4.6 X.6",
        "an error leaves the cell as it was",
        [
            file(100),
            output(Output::ReadOnly),
            cell(10),
            send(20),
            fails(Errno::EBADF),
            cell_is(10),
            cell(-1),
            send(20),
            fails(Errno::EINVAL),
            cell_is(-1),
        ]
    ),
    check!(
        "cell-unmapped",
        "P0.24 P1.19 P2.17 X.10",
        "239: a cell at a bad address is EFAULT",
        [
            file(100),
            stream(),
            cell_at(16),
            send64(20),
            fails(Errno::EFAULT),
            arrived(0, 0),
        ]
    )
    .but(&[NO_239]),
    check!(
        "cell-no-access",
        "P0.24 P1.19 P2.17 X.10",
        "239: a cell in memory that may not be read is EFAULT, and nothing moves",
        [
            file(100),
            stream(),
            cell_in_page(PROT_NONE),
            send64(20),
            fails(Errno::EFAULT),
            arrived(0, 0),
        ]
    )
    .but(&[NO_239]),
    check!(
        "cell-read-only",
        "P0.24 P1.19 P2.17 X.10",
        "239: a cell that cannot be written is EFAULT after the bytes have moved",
        [
            file(100),
            stream(),
            cell_in_page(PROT_READ),
            send64(20),
            fails(Errno::EFAULT),
            arrived(10, 20),
            cell_in_page(PROT_READ | PROT_EXEC),
            send64(20),
            fails(Errno::EFAULT),
            arrived(10, 20),
        ]
    )
    .but(&[NO_239]),
];
