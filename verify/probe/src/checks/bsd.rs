//! Page P3's function, `int80::bsd::sendfile` in its C form, on Linux's sockets.

use int80::Errno;

use super::{Check, check};
use crate::{
    Hdtr, Output,
    step::{
        Step::{self, *},
        join,
    },
};

/// More than a socket's buffer holds.
const MUCH: i32 = 4 << 20;

/// A part of a file of 30,000 bytes; its position stays.
const fn part(from: i32, nbytes: u16) -> [Step; 9] {
    [
        File(30_000),
        Stream,
        Seek(3),
        Offset(from),
        Bsd(nbytes as i32),
        Eax(0),
        Sbytes(nbytes as i32),
        Arrived(from, nbytes),
        Stands(3),
    ]
}

/// Nothing, from there on, of a file of 100 bytes.
const fn from_the_end(from: i32) -> [Step; 10] {
    [
        File(100),
        Stream,
        Offset(from),
        Bsd(0),
        Eax(0),
        Sbytes(0),
        Bsd(10),
        Eax(0),
        Sbytes(0),
        Arrived(0, 0),
    ]
}

/// An error after 4096 bytes of the file, with headers of 10 bytes before them.
const fn failing(errno: Errno) -> [Step; 9] {
    [
        File(8192),
        Stream,
        Headers(Hdtr::Framed),
        Offset(10),
        InjectAfter4096(errno),
        Bsd(0),
        Fails(errno),
        Sbytes(4106),
        Arrived(0, 4106),
    ]
}

/// A file of 30,000 bytes from byte 10 on, to another output.
const fn to(kind: Output) -> [Step; 7] {
    [
        File(30_000),
        To(kind),
        Offset(10),
        Bsd(0),
        Eax(0),
        Sbytes(29_990),
        Arrived(10, 29_990),
    ]
}

/// A full non-blocking socket, `nbytes` of the file between these parts.
const fn full(hdtr: Step, count: i32, nbytes: i32) -> [Step; 9] {
    [
        File(MUCH),
        Stream,
        Nonblocking,
        hdtr,
        Parts(count),
        Bsd(nbytes),
        Fails(Errno::EAGAIN),
        SomeOf(MUCH),
        SentArrived(0),
    ]
}

pub const CHECKS: [Check; 16] = [
    check!(
        "bsd-all (P1.26 P2.36 P3.1 P3.2 P3.4 P3.8 P3.17 P4.22 F.1): nbytes 0 sends all, the result is success and not the count",
        [
            File(30_000),
            Stream,
            Bsd(0),
            Eax(0),
            Sbytes(30_000),
            Arrived(0, 30_000),
        ]
    ),
    check!(
        "bsd-part (P3.3 P3.4 F.1): an offset by value and nbytes: exactly so much, the position stays",
        join!(part(0, 1), part(4096, 4096), part(4099, 5000))
    ),
    check!("bsd-tcp (P3.2 F.4): over TCP as well", to(Output::Tcp)),
    check!("bsd-ipv6 (F.4): over IPv6 as well", to(Output::Tcp6)),
    check!(
        "bsd-end (P3.23 F.2): at and past the end: success, 0 bytes",
        join!(from_the_end(100), from_the_end(5000))
    ),
    check!(
        "bsd-end-headers (F.2): at and past the end headers and trailers go out all the same",
        [
            File(100),
            Stream,
            Headers(Hdtr::Framed),
            Offset(100),
            Bsd(0),
            Eax(0),
            Sbytes(30),
            Next(0, 10),
            Arrived(80, 20),
            Offset(5000),
            Bsd(10),
            Eax(0),
            Sbytes(30),
            Next(0, 10),
            Arrived(80, 20),
        ]
    ),
    check!(
        "bsd-headers (P3.5 P3.6 P3.7 P3.8 F.3 F.4 F.11): headers, file, trailers in this order, empty parts too, all counted",
        [
            File(100),
            Stream,
            Headers(Hdtr::Framed),
            Offset(10),
            Bsd(70),
            Eax(0),
            Sbytes(100),
            Arrived(0, 100),
        ]
    ),
    check!(
        "bsd-full (P3.10 P3.29 F.9): a full non-blocking socket is EAGAIN, with the bytes that went out",
        full(Parts(0), 0, 0)
    ),
    check!(
        "bsd-full-header (F.9): EAGAIN in the headers, with the bytes that went out",
        full(Headers(Hdtr::LongHeader), 1, 0)
    ),
    check!(
        "bsd-full-trailer (F.9): EAGAIN in the trailers, with the bytes that went out",
        full(Headers(Hdtr::LongTrailer), 0, 100)
    ),
    check!(
        "bsd-failing (P3.25 P3.26 P3.28 F.9 F.10): EIO, EPIPE and EINTR in the file end it, without a trailer (injected)",
        join!(
            failing(Errno::EIO),
            failing(Errno::EPIPE),
            failing(Errno::EINTR)
        )
    ),
    check!(
        "bsd-much (F.11): 3 GiB from beyond 2^32 on are counted right (injected)",
        [
            File(100),
            Stream,
            Echo,
            OffsetFar(5, 0),
            BsdFar(3, 0),
            Eax(0),
            SbytesFar(3, 0),
        ]
    ),
    check!(
        "bsd-long-header (F.11): headers larger than the socket's buffer go out whole",
        [
            File(MUCH + 100),
            Stream,
            ReadsLater(MUCH as u32 + 100),
            Headers(Hdtr::LongHeader),
            Parts(1),
            Offset(MUCH),
            Bsd(0),
            Eax(0),
            Sbytes(MUCH + 100),
            WasRead,
        ]
    ),
    check!(
        "bsd-counts (F.11): headers of 0 parts are none, of -1 and of 1025 EINVAL",
        [
            File(100),
            Stream,
            Headers(Hdtr::Framed),
            Offset(10),
            Parts(0),
            Bsd(70),
            Eax(0),
            Sbytes(90),
            Arrived(10, 90),
            Parts(-1),
            Bsd(70),
            Fails(Errno::EINVAL),
            Sbytes(0),
            Parts(1025),
            Bsd(70),
            Fails(Errno::EINVAL),
            Sbytes(0),
            Arrived(0, 0),
        ]
    ),
    check!(
        "bsd-cut (F.11): a file that is cut while it is sent ends there",
        [
            File(MUCH),
            Stream,
            CutLater(MUCH as u32 / 2),
            ReadsLater(MUCH as u32 / 2),
            Bsd(0),
            Eax(0),
            Sbytes(MUCH / 2),
            WasRead,
        ]
    ),
    check!(
        "bsd-far (F.11): an offset past 2^32",
        [
            FileFar(5, 0),
            Stream,
            OffsetFar(5, -500),
            Bsd(0),
            Eax(0),
            Sbytes(500),
            ArrivedFar(5, -500, 500),
        ]
    ),
];
