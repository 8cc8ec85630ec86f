//! Which inputs and outputs go together.

use int80::Errno;

use super::{Check, check};
use crate::{
    Input, Need, Output,
    step::{
        Step::{self, *},
        join,
    },
};

/// A file to an output that takes it.
const fn works(kind: Output) -> [Step; 6] {
    [
        File(100),
        To(kind),
        Offset(10),
        Send(20),
        Eax(20),
        Arrived(10, 20),
    ]
}

/// A file to an output that does not take it.
const fn refuses(kind: Output, errno: Errno) -> [Step; 7] {
    [
        File(100),
        To(kind),
        Offset(10),
        Send(20),
        Fails(errno),
        OffsetIs(10),
        Arrived(0, 0),
    ]
}

/// An input that cannot be sent.
const fn cannot_be_sent(kind: Input) -> [Step; 5] {
    [
        In(kind, 100),
        Stream,
        Send(20),
        Fails(Errno::EINVAL),
        Arrived(0, 0),
    ]
}

/// The bytes that go from one descriptor to itself.
const ALL: i32 = 10 << 20;

pub const CHECKS: [Check; 19] = [
    check!(
        "output-socket (P0.6 P1.11 P4.3): a Unix stream socket as output",
        works(Output::Stream)
    ),
    check!(
        "output-tcp (P0.6 P1.11 P4.3): a TCP socket as output",
        works(Output::Tcp)
    ),
    check!(
        "output-datagram (P0.6 P4.3): a datagram socket takes one datagram",
        works(Output::Datagram)
    ),
    check!(
        "output-file (P1.11 P1.14 P2.11 P2.25): a regular file as output",
        works(Output::File)
    ),
    check!(
        "output-pipe (P1.11 P2.11): a pipe as output",
        works(Output::Pipe)
    ),
    check!(
        "output-append (P2.11 P2.19 X.9): an output with O_APPEND is EINVAL",
        refuses(Output::Append, Errno::EINVAL)
    ),
    check!(
        "output-append-pipe (P2.19): a pipe with O_APPEND works since Linux 5.12",
        [
            File(100),
            To(Output::Pipe),
            Appending,
            Send(20),
            FailsBefore([5, 12, 0], Errno::EINVAL),
            Eax(20),
            Arrived(0, 20),
        ]
    ),
    check!(
        "output-full (P2.11): /dev/full is EINVAL since Linux 5.10: it has no splice_write",
        join!(
            [Needs(Need::Unbuffered)],
            refuses(Output::Full, Errno::EINVAL)
        )
    ),
    check!(
        "output-eventfd (P2.11): an eventfd is EINVAL since Linux 5.10",
        join!(
            [Needs(Need::Unbuffered)],
            refuses(Output::Event, Errno::EINVAL)
        )
    ),
    check!(
        "output-sealed (P2.11): a memfd sealed against writing is EPERM",
        refuses(Output::Sealed, Errno::EPERM)
    ),
    check!(
        "input-directory (P0.16 P1.10 P1.20 P2.4 P2.18 P4.12 X.9): a directory as input is EINVAL",
        cannot_be_sent(Input::Directory)
    ),
    check!(
        "input-pipe (P0.16 P1.10 P1.20 P2.4 P2.18 P4.12): a pipe as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Pipe)
    ),
    check!(
        "input-socket (P0.6 P0.15 P1.10 P2.4 P4.3 P4.11): a socket as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Socket)
    ),
    check!(
        "input-socket-to-pipe (P0.6 P0.15 P1.10 P2.4 P4.3 P4.11): a socket as input, to a pipe, works since Linux 5.12",
        [
            In(Input::Socket, 100),
            To(Output::Pipe),
            Send(100),
            FailsBefore([5, 12, 0], Errno::EINVAL),
            Eax(100),
            Arrived(0, 100),
        ]
    ),
    check!(
        "input-null (P0.16 P1.10 P2.4 P4.12): /dev/null as input, to a socket, is EINVAL",
        cannot_be_sent(Input::Null)
    ),
    check!(
        "input-zero (P0.16 P1.10 P2.4 P4.12): /dev/zero as input works since Linux 6.7",
        [
            In(Input::Zero, 100),
            Stream,
            Send(50),
            FailsBefore([6, 7, 0], Errno::EINVAL),
            Eax(50),
            NextAre(0, 50),
            Arrived(0, 0),
        ]
    ),
    check!(
        "input-proc (P0.16 P1.10 P2.4 P4.12): /proc/version, which cannot be mapped, works as input since Linux 2.6.31",
        [
            In(Input::Proc, 100),
            CannotBeMapped,
            Stream,
            Send(5),
            FailsBefore([2, 6, 31], Errno::EINVAL),
            Eax(5),
            NextAre(b'L', 1),
            NextAre(b'i', 1),
            NextAre(b'n', 1),
            NextAre(b'u', 1),
            NextAre(b'x', 1),
            Arrived(0, 0),
        ]
    ),
    check!(
        "same-descriptor (X.11): one descriptor on both sides: the full count",
        [
            File(ALL),
            BothSides,
            Offset(0),
            Send(ALL),
            Eax(ALL),
            Stands(ALL),
        ]
    ),
    check!(
        "position-239 (P2.7 P2.8 P2.9 X.1 X.2): 239 leaves the position alone with an offset, and moves it without",
        [
            File(100),
            Stream,
            Seek(7),
            Offset(50),
            Send64(10),
            Eax(10),
            Arrived(50, 10),
            NoOffset,
            Send64(10),
            Eax(10),
            Stands(17),
            Arrived(7, 10),
        ]
    ),
];
