//! Which inputs and outputs go together.

use int80::Errno;

use super::{Check, NO_239, ONLY_SOCKETS, check, differs};
use crate::{Difference, Input, Output, Profile, Text, step::*};

const OLD_APPEND: &str = "before Linux 2.6 an output with O_APPEND was written like any other";
const BEFORE_2_6: [Difference; 2] = [
    differs(Profile::Linux2_4, 20, OLD_APPEND),
    differs(Profile::Linux2_2, 20, OLD_APPEND),
];

/// A file to an output that takes it.
const fn works(kind: Output) -> [Step; 6] {
    [
        file(100),
        output(kind),
        cell(10),
        send(20),
        eax(20),
        arrived(10, 20),
    ]
}

/// A file to an output that does not take it.
const fn refuses(kind: Output, errno: Errno) -> [Step; 7] {
    [
        file(100),
        output(kind),
        cell(10),
        send(20),
        fails(errno),
        cell_is(10),
        arrived(0, 0),
    ]
}

/// An input that cannot be sent.
const fn cannot_be_sent(kind: Input) -> [Step; 5] {
    [
        input(kind, 100),
        stream(),
        send(20),
        fails(Errno::EINVAL),
        arrived(0, 0),
    ]
}

/// What has no splice of its own is not written.
const UNBUFFERED: [Step; 1] = [needs([5, 10], Text::BUFFERED)];

/// The bytes that go from one descriptor to itself.
const ALL: i64 = 10 << 20;

pub const CHECKS: [Check; 19] = [
    check!(
        "output-socket",
        "P0.6 P1.11 P4.3",
        "a Unix stream socket as output",
        works(Output::Stream)
    ),
    check!(
        "output-tcp",
        "P0.6 P1.11 P4.3",
        "a TCP socket as output",
        works(Output::Tcp)
    ),
    check!(
        "output-datagram",
        "P0.6 P4.3",
        "a datagram socket takes one datagram",
        works(Output::Datagram)
    ),
    check!(
        "output-file",
        "P1.11 P1.14 P2.11 P2.25",
        "a regular file as output",
        works(Output::File)
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "output-pipe",
        "P1.11 P2.11",
        "a pipe as output",
        works(Output::Pipe)
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "output-append",
        "P2.11 P2.19 X.9",
        "an output with O_APPEND is EINVAL",
        refuses(Output::Append, Errno::EINVAL)
    )
    .but(&BEFORE_2_6),
    check!(
        "output-append-pipe",
        "P2.19",
        "a pipe with O_APPEND works since Linux 5.12",
        [
            file(100),
            output(Output::Pipe),
            appending(),
            send(20),
            fails_before([5, 12], Errno::EINVAL),
            eax(20),
            arrived(0, 20),
        ]
    )
    .but(&BEFORE_2_6),
    check!(
        "output-full",
        "P2.11",
        "/dev/full is EINVAL since Linux 5.10: it has no splice_write",
        join!(UNBUFFERED, refuses(Output::Full, Errno::EINVAL))
    ),
    check!(
        "output-eventfd",
        "P2.11",
        "an eventfd is EINVAL since Linux 5.10",
        join!(UNBUFFERED, refuses(Output::Event, Errno::EINVAL))
    ),
    check!(
        "output-sealed",
        "P2.11",
        "a memfd sealed against writing is EPERM",
        refuses(Output::Sealed, Errno::EPERM)
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "input-directory",
        "P0.16 P1.10 P1.20 P2.4 P2.18 P4.12 X.9",
        "a directory as input is EINVAL",
        cannot_be_sent(Input::Directory)
    ),
    check!(
        "input-pipe",
        "P0.16 P1.10 P1.20 P2.4 P2.18 P4.12",
        "a pipe as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Pipe)
    ),
    check!(
        "input-socket",
        "P0.6 P0.15 P1.10 P2.4 P4.3 P4.11",
        "a socket as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Socket)
    ),
    check!(
        "input-socket-to-pipe",
        "P0.6 P0.15 P1.10 P2.4 P4.3 P4.11",
        "a socket as input, to a pipe, works since Linux 5.12",
        [
            input(Input::Socket, 100),
            output(Output::Pipe),
            send(100),
            fails_before([5, 12], Errno::EINVAL),
            eax(100),
            arrived(0, 100),
        ]
    ),
    check!(
        "input-null",
        "P0.16 P1.10 P2.4 P4.12",
        "/dev/null as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Null)
    ),
    check!(
        "input-zero",
        "P0.16 P1.10 P2.4 P4.12",
        "/dev/zero as input works since Linux 6.7",
        [
            input(Input::Zero, 100),
            stream(),
            send(50),
            fails_before([6, 7], Errno::EINVAL),
            eax(50),
            next_are(0, 50),
            arrived(0, 0),
        ]
    ),
    check!(
        "input-proc",
        "P0.16 P1.10 P2.4 P4.12",
        "/proc/version, which cannot be mapped, works as input",
        [
            input(Input::Proc, 100),
            cannot_be_mapped(),
            stream(),
            send(5),
            eax(5),
            next_are(b'L', 1),
            next_are(b'i', 1),
            next_are(b'n', 1),
            next_are(b'u', 1),
            next_are(b'x', 1),
            arrived(0, 0),
        ]
    ),
    check!(
        "same-descriptor",
        "X.11",
        "one descriptor on both sides: the full count",
        [
            input(Input::ReadWrite, ALL),
            both_sides(),
            cell(0),
            send(ALL),
            eax(ALL),
            stands(ALL),
        ]
    )
    .but(&[ONLY_SOCKETS]),
    check!(
        "position-239",
        "P2.7 P2.8 P2.9 X.1 X.2",
        "239 leaves the position alone with a cell, and moves it without",
        [
            file(100),
            stream(),
            seek(7),
            cell(50),
            send64(10),
            eax(10),
            arrived(50, 10),
            no_cell(),
            send64(10),
            eax(10),
            stands(17),
            arrived(7, 10),
        ]
    )
    .but(&[NO_239]),
];
