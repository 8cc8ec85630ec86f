//! Page P3's function, `int80::bsd::sendfile` in its C form, on Linux's sockets.

use int80::Errno;

use super::{Check, check};
use crate::{Output, step::*};

const END: i64 = 5 << 30;
/// More than a socket's buffer holds.
const MUCH: i64 = 4 << 20;

/// A part of a file of 30,000 bytes; its position stays.
const fn part(from: i64, nbytes: i64) -> [Step; 9] {
    [
        file(30_000),
        stream(),
        seek(3),
        cell(from),
        bsd(nbytes),
        eax(0),
        sbytes(nbytes),
        arrived(from, nbytes),
        stands(3),
    ]
}

/// Nothing, from there on, of a file of 100 bytes.
const fn from_the_end(from: i64) -> [Step; 10] {
    [
        file(100),
        stream(),
        cell(from),
        bsd(0),
        eax(0),
        sbytes(0),
        bsd(10),
        eax(0),
        sbytes(0),
        arrived(0, 0),
    ]
}

/// An error after 4096 bytes of the file, with headers of 10 bytes before them.
const fn failing(errno: Errno) -> [Step; 9] {
    [
        file(8192),
        stream(),
        hdtr(FRAMED),
        cell(10),
        inject_after_4096(errno),
        bsd(0),
        fails(errno),
        sbytes(4106),
        arrived(0, 4106),
    ]
}

/// A file of 30,000 bytes from byte 10 on, to another output.
const fn to(kind: Output) -> [Step; 7] {
    [
        file(30_000),
        output(kind),
        cell(10),
        bsd(0),
        eax(0),
        sbytes(29_990),
        arrived(10, 29_990),
    ]
}

/// A full non-blocking socket, `nbytes` of the file between these parts.
const fn full(frame: u32, count: i64, nbytes: i64) -> [Step; 9] {
    [
        file(MUCH),
        stream(),
        nonblocking(),
        hdtr(frame),
        parts(count),
        bsd(nbytes),
        fails(Errno::EAGAIN),
        some_of(MUCH),
        sent_arrived(0),
    ]
}

pub const CHECKS: [Check; 15] = [
    check!(
        "bsd-all",
        "P1.26 P2.36 P3.1 P3.2 P3.4 P3.8 P3.17 P4.22 F.1",
        "nbytes 0 sends all, the result is success and not the count",
        [
            file(30_000),
            stream(),
            bsd(0),
            eax(0),
            sbytes(30_000),
            arrived(0, 30_000),
        ]
    ),
    check!(
        "bsd-part",
        "P3.3 P3.4 F.1",
        "an offset by value and nbytes: exactly so much, the position stays",
        join!(part(0, 1), part(4096, 4096), part(4099, 5000))
    ),
    check!("bsd-tcp", "P3.2 F.4", "over TCP as well", to(Output::Tcp)),
    check!("bsd-ipv6", "F.4", "over IPv6 as well", to(Output::Tcp6)),
    check!(
        "bsd-end",
        "P3.23 F.2",
        "at and past the end: success, 0 bytes",
        join!(from_the_end(100), from_the_end(5000))
    ),
    check!(
        "bsd-headers",
        "P3.5 P3.6 P3.7 P3.8 F.3 F.4 F.11",
        "headers, file, trailers in this order, empty parts too, all counted",
        [
            file(100),
            stream(),
            hdtr(FRAMED),
            cell(10),
            bsd(70),
            eax(0),
            sbytes(100),
            arrived(0, 100),
        ]
    ),
    check!(
        "bsd-full",
        "P3.10 P3.29 F.9",
        "a full non-blocking socket is EAGAIN, with the bytes that went out",
        full(0, 0, 0)
    ),
    check!(
        "bsd-full-header",
        "F.9",
        "EAGAIN in the headers, with the bytes that went out",
        full(LONG_HEADER, 1, 0)
    ),
    check!(
        "bsd-full-trailer",
        "F.9",
        "EAGAIN in the trailers, with the bytes that went out",
        full(LONG_TRAILER, 0, 100)
    ),
    check!(
        "bsd-failing",
        "P3.25 P3.26 P3.28 F.9 F.10",
        "EIO, EPIPE and EINTR in the file end it, without a trailer (injected)",
        join!(
            failing(Errno::EIO),
            failing(Errno::EPIPE),
            failing(Errno::EINTR)
        )
    ),
    check!(
        "bsd-much",
        "F.11",
        "3 GiB from beyond 2^32 on are counted right (injected)",
        [
            file(100),
            stream(),
            echo(),
            cell(END),
            bsd(3 << 30),
            eax(0),
            sbytes(3 << 30),
        ]
    ),
    check!(
        "bsd-long-header",
        "F.11",
        "headers larger than the socket's buffer go out whole",
        [
            file(MUCH + 100),
            stream(),
            reads_later(0, MUCH + 100),
            hdtr(LONG_HEADER),
            parts(1),
            cell(MUCH),
            bsd(0),
            eax(0),
            sbytes(MUCH + 100),
            was_read(),
        ]
    ),
    check!(
        "bsd-counts",
        "F.11",
        "headers of 0 parts are none, of -1 and of 1025 EINVAL",
        [
            file(100),
            stream(),
            hdtr(FRAMED),
            cell(10),
            parts(0),
            bsd(70),
            eax(0),
            sbytes(90),
            arrived(10, 90),
            parts(-1),
            bsd(70),
            fails(Errno::EINVAL),
            sbytes(0),
            parts(1025),
            bsd(70),
            fails(Errno::EINVAL),
            sbytes(0),
            arrived(0, 0),
        ]
    ),
    check!(
        "bsd-cut",
        "F.11",
        "a file that is cut while it is sent ends there",
        [
            file(MUCH),
            stream(),
            cut_later(MUCH / 2),
            reads_later(0, MUCH / 2),
            bsd(0),
            eax(0),
            sbytes(MUCH / 2),
            was_read(),
        ]
    ),
    check!(
        "bsd-far",
        "F.11",
        "an offset past 2^32",
        [
            file(END),
            stream(),
            cell(END - 500),
            bsd(0),
            eax(0),
            sbytes(500),
            arrived(END - 500, 500),
        ]
    ),
];
