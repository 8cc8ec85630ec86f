//! What page P3's function refuses, and in which order.

use int80::Errno;

use super::{Check, check};
use crate::{Input, Output, Text, step::*};

/// It is refused with this errno, and nothing goes out.
const fn refused(errno: Errno) -> [Step; 3] {
    [bsd(0), fails(errno), sbytes(0)]
}

/// The descriptors can be looked at.
const LOOKS: [Step; 1] = [needs([4, 11], Text::LOOKED_AT)];

pub const CHECKS: [Check; 6] = [
    check!(
        "bsd-descriptors",
        "P3.17 P3.18 P3.19 P3.20 P3.21 P3.22 F.5 F.7",
        "EBADF, ENOTSOCK, EINVAL for the descriptors, the file's first",
        join!(
            LOOKS,
            [no_input(), stream()],
            refused(Errno::EBADF),
            [file(100), no_output()],
            refused(Errno::EBADF),
            [both_sides()],
            refused(Errno::ENOTSOCK),
            [output(Output::Datagram)],
            refused(Errno::EINVAL),
            [input(Input::WriteOnly, 0), no_output()],
            refused(Errno::EBADF),
            [input(Input::Directory, 0)],
            refused(Errno::EINVAL)
        )
    ),
    check!(
        "bsd-offset",
        "P3.23 F.5 F.7",
        "a negative offset is EINVAL before all else",
        join!([no_input(), no_output(), cell(-1)], refused(Errno::EINVAL))
    ),
    check!(
        "bsd-not-connected",
        "P3.24 F.5",
        "a socket that is not connected is ENOTCONN, also for an empty file",
        join!(
            LOOKS,
            [file(100), output(Output::Unconnected)],
            refused(Errno::ENOTCONN),
            [file(0)],
            refused(Errno::ENOTCONN)
        )
    ),
    check!(
        "bsd-closed",
        "P3.25",
        "a stream socket whose peer is gone is EPIPE, with SIGPIPE",
        join!(
            [block_sigpipe(), file(100), output(Output::Closed)],
            refused(Errno::EPIPE),
            [sigpipe_waits()]
        )
    ),
    check!(
        "bsd-flags",
        "P3.9 F.8",
        "FreeBSD's hints are taken, other flags EINVAL",
        [
            file(100),
            stream(),
            bsd_flags(0x0003_001f),
            bsd(10),
            eax(0),
            bsd_flags(0x20),
            bsd(10),
            fails(Errno::EINVAL),
            arrived(0, 10),
        ]
    ),
    check!(
        "bsd-bad-address",
        "P3.6 P3.27 F.6 F.7",
        "bad pointers in the C form are EFAULT, before a byte goes out and before the file is looked at",
        join!(
            [file(100), stream(), hdtr(BAD_HDTR)],
            refused(Errno::EFAULT),
            [hdtr(BAD_HEADERS)],
            refused(Errno::EFAULT),
            [hdtr(BAD_TRAILERS)],
            refused(Errno::EFAULT),
            [no_input(), hdtr(BAD_HDTR)],
            refused(Errno::EFAULT),
            [hdtr(BAD_HEADERS)],
            refused(Errno::EFAULT),
            [hdtr(BAD_TRAILERS)],
            refused(Errno::EFAULT),
            [
                file(100),
                hdtr(BAD_SBYTES),
                bsd(0),
                fails(Errno::EFAULT),
                arrived(0, 0)
            ]
        )
    ),
];
