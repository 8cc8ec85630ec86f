//! What is refused, and in which order.

use int80::Errno;
use linux_raw_sys::general::{O_NONBLOCK, O_RDWR};

use super::{Check, check};
use crate::{
    Input, Output,
    step::Step::{self, *},
};

/// A socket whose other end is gone.
const fn broken(kind: Output) -> [Step; 7] {
    [
        BlockSigpipe,
        File(100),
        To(kind),
        Offset(0),
        Send(20),
        Fails(Errno::EPIPE),
        SigpipeWaits,
    ]
}

pub const CHECKS: [Check; 9] = [
    check!(
        "no-descriptor (P0.18 P0.19 P0.21 P1.16 P1.18 P1.20 P2.16 P2.18 P2.30 P4.14 P4.15 P4.16 X.8 X.18): descriptor -1 on either side is EBADF, in eax as -9",
        [
            File(100),
            NoOutput,
            Offset(0),
            Send(20),
            Fails(Errno::EBADF),
            NoInput,
            Stream,
            Send(20),
            Fails(Errno::EBADF),
            Arrived(0, 0),
        ]
    ),
    check!(
        "output-not-writable (P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8): an output open for reading only is EBADF",
        [
            File(100),
            To(Output::ReadOnly),
            Offset(0),
            Send(20),
            Fails(Errno::EBADF),
        ]
    ),
    check!(
        "input-not-readable (P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8): an input open for writing only is EBADF, and O_APPEND comes later",
        [
            In(Input::WriteOnly, 100),
            Stream,
            Send(20),
            Fails(Errno::EBADF),
            Arrived(0, 0),
            To(Output::Append),
            Send(20),
            Fails(Errno::EBADF),
            Arrived(0, 0),
        ]
    ),
    check!(
        "unseekable-offset (P2.21): an offset with a pipe as input is ESPIPE since Linux 2.6.31",
        [
            In(Input::Pipe, 100),
            Stream,
            Offset(0),
            Send(20),
            FailsBefore([2, 6, 31], Errno::EINVAL),
            Fails(Errno::ESPIPE),
        ]
    ),
    check!(
        "peer-closed (X.14): a stream socket whose peer has closed is EPIPE, with SIGPIPE",
        broken(Output::Closed)
    ),
    check!(
        "peer-resets (X.14): a TCP peer gone with bytes unread is ECONNRESET, then EPIPE",
        [
            BlockSigpipe,
            File(100),
            To(Output::Tcp),
            Offset(0),
            Send(20),
            Eax(20),
            HangUp,
            Send(20),
            Fails(Errno::ECONNRESET),
            OffsetIs(20),
            Send(20),
            Fails(Errno::EPIPE),
            SigpipeWaits,
        ]
    ),
    check!(
        "not-connected (X.14): a TCP socket that is not connected is EPIPE, with SIGPIPE",
        broken(Output::Unconnected)
    ),
    check!(
        "nothing-moved (P0.21 P1.12 P2.27 P4.16): after EINVAL nothing has moved, and read and write do it",
        [
            In(Input::Pipe, 100),
            Stream,
            Send(20),
            Fails(Errno::EINVAL),
            Write(0, 20),
            Arrived(0, 20),
            LookAtInput,
            Next(0, 100),
        ]
    ),
    check!(
        "flags-kept (X.17): writes around it keep their order, O_NONBLOCK stays",
        [
            File(100),
            Stream,
            FlagsAre(O_RDWR),
            Write(0, 3),
            Offset(3),
            Send(20),
            Eax(20),
            Write(23, 3),
            FlagsAre(O_RDWR),
            Nonblocking,
            Offset(26),
            Send(20),
            Eax(20),
            FlagsAre(O_RDWR | O_NONBLOCK),
            InputWaits,
            Arrived(0, 46),
        ]
    ),
];
