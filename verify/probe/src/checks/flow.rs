//! Outputs that are full, and going on after a short count.

use int80::Errno;

use super::{Check, check};
use crate::{
    Input, Need, Output,
    step::{
        Step::{self, *},
        join,
    },
};

const MIB: i32 = 1 << 20;

/// More than any output holds.
const MUCH: i32 = 256 * MIB;

/// An output that is full, and does not wait.
const fn full(kind: Output) -> [Step; 7] {
    [
        File(MUCH),
        To(kind),
        Nonblocking,
        Offset(0),
        SendAll(MUCH),
        Fails(Errno::EAGAIN),
        OffsetFollows,
    ]
}

/// 5 MiB, in as many calls as it takes.
const fn in_parts(kind: Output) -> [Step; 5] {
    [
        File(5 * MIB),
        To(kind),
        Nonblocking,
        Offset(0),
        Resume(5 * MIB),
    ]
}

pub const CHECKS: [Check; 13] = [
    check!(
        "full-stream (P0.20 P1.17 P2.15 X.12): a full non-blocking stream socket is EAGAIN",
        full(Output::Stream)
    ),
    check!(
        "full-tcp (P0.20 P1.17 P2.15 X.12): a full non-blocking TCP socket is EAGAIN",
        full(Output::Tcp)
    ),
    check!(
        "full-pipe (P0.20 P1.17 P2.15 X.12): a full non-blocking pipe is EAGAIN",
        join!([Needs(Need::PipeRefuses)], full(Output::Pipe))
    ),
    check!(
        "pipe-waits (X.12): a full pipe that may block waits until it is read",
        [
            File(MIB),
            To(Output::Pipe),
            Offset(0),
            // What a pipe has room for.
            Send(4096),
            Eax(4096),
            ReadsLater(MIB as u32),
            SendAll(MIB),
            OffsetIs(MIB),
            WasRead,
        ]
    ),
    check!(
        "pipe-short (P0.10 P2.14): a pipe that may block takes what it has room for",
        [
            Needs(Need::PipeTakesSome),
            File(4 * MIB),
            To(Output::Pipe),
            Offset(100),
            Send(3 * MIB),
            SomeOf(3 * MIB),
            OffsetFollows,
            SentArrived(100),
        ]
    ),
    check!(
        "short-write (P0.9 P0.10 P1.6 P2.6 P2.14 P4.6 X.13): a short count leaves the offset after the last byte sent",
        [
            File(4 * MIB),
            Stream,
            Nonblocking,
            Offset(100),
            Send(3 * MIB),
            SomeOf(3 * MIB),
            OffsetFollows,
            SentArrived(100),
        ]
    ),
    check!(
        "resume-stream (P2.14 X.13): 5 MiB to a non-blocking Unix socket arrive exactly, call after call",
        in_parts(Output::Stream)
    ),
    check!(
        "resume-tcp (P2.14 X.13): 5 MiB to a non-blocking TCP socket arrive exactly, call after call",
        in_parts(Output::Tcp)
    ),
    check!(
        "cork (P0.14 P1.13 P2.23 P4.17): with TCP_CORK header and file arrive in order",
        [
            File(100),
            To(Output::Tcp),
            Cork(true),
            // The header is the input's own first byte, so that one look does.
            Write(0, 1),
            Offset(1),
            Send(99),
            Eax(99),
            Cork(false),
            Arrived(0, 100),
        ]
    ),
    check!(
        "pages-shared (P2.28): what is written to the file after it was sent is what a pipe's reader sees",
        [
            Needs(Need::PipeShares),
            File(4096),
            To(Output::Pipe),
            Offset(0),
            Send(4096),
            Eax(4096),
            Overwrite(1000, 64),
            Next(1000, 64),
            Arrived(64, 4032),
        ]
    ),
    check!(
        "splice-pipe (P2.29): splice moves a file's bytes to a pipe",
        [
            Needs(Need::SpliceReads),
            File(100),
            To(Output::Pipe),
            Splice(30),
            Eax(30),
            Arrived(0, 30),
        ]
    ),
    check!(
        "splice-append (P2.29): splice from a pipe to a file with O_APPEND is EINVAL",
        [
            Needs(Need::SpliceLooks),
            In(Input::Pipe, 100),
            To(Output::Append),
            Splice(30),
            Fails(Errno::EINVAL),
            Arrived(0, 0),
        ]
    ),
    check!(
        "splice-no-pipe (P2.29): splice between two files is EINVAL",
        [
            File(100),
            To(Output::File),
            Splice(30),
            Fails(Errno::EINVAL),
        ]
    ),
];
