//! Outputs that are full, and going on after a short count.

use int80::Errno;

use super::{Check, ONLY_SOCKETS, check};
use crate::{Input, Output, Text, step::*};

const MIB: i64 = 1 << 20;

/// More than any output holds.
const MUCH: i64 = 256 * MIB;

/// An output that is full, and does not wait.
const fn full(kind: Output) -> [Step; 7] {
    [
        file(MUCH),
        output(kind),
        nonblocking(),
        cell(0),
        send_all(MUCH),
        fails(Errno::EAGAIN),
        cell_follows(),
    ]
}

/// 5 MiB, in as many calls as it takes.
const fn in_parts(kind: Output) -> [Step; 5] {
    [
        file(5 * MIB),
        output(kind),
        nonblocking(),
        cell(0),
        resume(5 * MIB),
    ]
}

pub const CHECKS: [Check; 13] = [
    check!(
        "full-stream",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking stream socket is EAGAIN",
        full(Output::Stream)
    ),
    check!(
        "full-tcp",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking TCP socket is EAGAIN",
        full(Output::Tcp)
    ),
    check!(
        "full-pipe",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking pipe is EAGAIN",
        join!(
            [not_between([5, 12], [5, 19], Text::PIPE_WAITS)],
            full(Output::Pipe)
        )
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "pipe-waits",
        "X.12",
        "a full pipe that may block waits until it is read",
        [
            file(MIB),
            output(Output::Pipe),
            cell(0),
            reads_later(0, MIB),
            send_all(MIB),
            cell_is(MIB),
            was_read(),
        ]
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "pipe-short",
        "P0.10 P2.14",
        "a pipe that may block takes what it has room for",
        [
            needs([5, 12], Text::PIPE_FILLS),
            file(4 * MIB),
            output(Output::Pipe),
            cell(100),
            send(3 * MIB),
            some_of(3 * MIB),
            cell_follows(),
            sent_arrived(100),
        ]
    ),
    check!(
        "short-write",
        "P0.9 P0.10 P1.6 P2.6 P2.14 P4.6 X.13",
        "a short count leaves the cell behind the last byte sent",
        [
            file(4 * MIB),
            stream(),
            nonblocking(),
            cell(100),
            send(3 * MIB),
            some_of(3 * MIB),
            cell_follows(),
            sent_arrived(100),
        ]
    ),
    check!(
        "resume-stream",
        "P2.14 X.13",
        "5 MiB to a non-blocking Unix socket arrive exactly, call after call",
        in_parts(Output::Stream)
    ),
    check!(
        "resume-tcp",
        "P2.14 X.13",
        "5 MiB to a non-blocking TCP socket arrive exactly, call after call",
        in_parts(Output::Tcp)
    ),
    check!(
        "cork",
        "P0.14 P1.13 P2.23 P4.17",
        "with TCP_CORK header and file arrive in order",
        [
            file(100),
            output(Output::Tcp),
            cork(1),
            // The header is the input's own first byte, so that one look does.
            write(0, 1),
            cell(1),
            send(99),
            eax(99),
            cork(0),
            arrived(0, 100),
        ]
    ),
    check!(
        "pages-shared",
        "P2.28",
        "what is written to the file after it was sent is what a pipe's reader sees",
        [
            file(4096),
            output(Output::Pipe),
            cell(0),
            send(4096),
            eax(4096),
            overwrite(1000, 64),
            next(1000, 64),
            arrived(64, 4032),
        ]
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "splice-pipe",
        "P2.29",
        "splice moves a file's bytes to a pipe",
        [
            file(100),
            output(Output::Pipe),
            splice(30),
            eax(30),
            arrived(0, 30),
        ]
    ),
    check!(
        "splice-append",
        "P2.29",
        "splice from a pipe to a file with O_APPEND is EINVAL",
        [
            input(Input::Pipe, 100),
            output(Output::Append),
            splice(30),
            fails(Errno::EINVAL),
            arrived(0, 0),
        ]
    ),
    check!(
        "splice-no-pipe",
        "P2.29",
        "splice between two files is EINVAL",
        [
            file(100),
            output(Output::File),
            splice(30),
            fails(Errno::EINVAL),
        ]
    ),
];
