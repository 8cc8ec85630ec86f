//! What is refused, and in which order.

use int80::Errno;
use linux_raw_sys::general::{O_NONBLOCK, O_RDWR};

use super::{Check, check};
use crate::{Input, Output, step::*};

/// A socket from which no one reads any more.
const fn broken(kind: Output) -> [Step; 7] {
    [
        block_sigpipe(),
        file(100),
        output(kind),
        cell(0),
        send(20),
        fails(Errno::EPIPE),
        sigpipe_waits(),
    ]
}

pub const CHECKS: [Check; 9] = [
    check!(
        "no-descriptor",
        "P0.18 P0.19 P0.21 P1.16 P1.18 P1.20 P2.16 P2.18 P2.30 P4.14 P4.15 P4.16 X.8 X.18",
        "descriptor -1 on either side is EBADF, in eax as -9",
        [
            file(100),
            no_output(),
            cell(0),
            send(20),
            fails(Errno::EBADF),
            no_input(),
            stream(),
            send(20),
            fails(Errno::EBADF),
            arrived(0, 0),
        ]
    ),
    check!(
        "output-not-writable",
        "P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8",
        "an output open for reading only is EBADF",
        [
            file(100),
            output(Output::ReadOnly),
            cell(0),
            send(20),
            fails(Errno::EBADF),
        ]
    ),
    check!(
        "input-not-readable",
        "P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8",
        "an input open for writing only is EBADF, before O_APPEND is EINVAL",
        [
            input(Input::WriteOnly, 100),
            stream(),
            send(20),
            fails(Errno::EBADF),
            arrived(0, 0),
            output(Output::Append),
            send(20),
            fails(Errno::EBADF),
            arrived(0, 0),
        ]
    ),
    check!(
        "unseekable-offset",
        "P2.21",
        "an offset with a pipe as input is ESPIPE",
        [
            input(Input::Pipe, 100),
            stream(),
            cell(0),
            send(20),
            fails(Errno::ESPIPE),
        ]
    ),
    check!(
        "peer-closed",
        "X.14",
        "a stream socket whose peer is gone is EPIPE, with SIGPIPE",
        broken(Output::Closed)
    ),
    check!(
        "peer-resets",
        "X.14",
        "a TCP peer that goes with bytes unread is ECONNRESET, and then EPIPE",
        [
            block_sigpipe(),
            file(100),
            output(Output::Tcp),
            cell(0),
            send(20),
            eax(20),
            hang_up(),
            send(20),
            fails(Errno::ECONNRESET),
            cell_is(20),
            send(20),
            fails(Errno::EPIPE),
            sigpipe_waits(),
        ]
    ),
    check!(
        "not-connected",
        "X.14",
        "a TCP socket that is not connected is EPIPE, with SIGPIPE",
        broken(Output::Unconnected)
    ),
    check!(
        "nothing-moved",
        "P0.21 P1.12 P2.27 P4.16",
        "after EINVAL nothing has moved, and read and write do it",
        [
            input(Input::Pipe, 100),
            stream(),
            send(20),
            fails(Errno::EINVAL),
            write(0, 20),
            arrived(0, 20),
            look_at_input(),
            next(0, 100),
        ]
    ),
    check!(
        "flags-kept",
        "X.17",
        "writes around it keep their order, and O_NONBLOCK stays as it is",
        [
            file(100),
            stream(),
            flags_are(O_RDWR),
            write(0, 3),
            cell(3),
            send(20),
            eax(20),
            write(23, 3),
            flags_are(O_RDWR),
            nonblocking(),
            cell(26),
            send(20),
            eax(20),
            flags_are(O_RDWR | O_NONBLOCK),
            input_waits(),
            arrived(0, 46),
        ]
    ),
];
