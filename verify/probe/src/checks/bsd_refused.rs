//! What page P3's function refuses, and in which order.

use int80::Errno;

use super::{Check, check};
use crate::{
    Hdtr, Input, Output,
    step::{
        Step::{self, *},
        join,
    },
};

/// It is refused with this errno, and nothing goes out.
const fn refused(errno: Errno) -> [Step; 3] {
    [Bsd(0), Fails(errno), Sbytes(0)]
}

pub const CHECKS: [Check; 6] = [
    check!(
        "bsd-descriptors (P3.17 P3.18 P3.19 P3.20 P3.21 P3.22 F.5 F.7): EBADF, ENOTSOCK, EINVAL for the descriptors, the file's first",
        join!(
            [NoInput, Stream],
            refused(Errno::EBADF),
            [File(100), NoOutput],
            refused(Errno::EBADF),
            [BothSides],
            refused(Errno::ENOTSOCK),
            [To(Output::Datagram)],
            refused(Errno::EINVAL),
            [In(Input::WriteOnly, 0), NoOutput],
            refused(Errno::EBADF),
            [In(Input::Directory, 0)],
            refused(Errno::EINVAL)
        )
    ),
    check!(
        "bsd-offset (P3.23 F.5 F.7): a negative offset is EINVAL before all else",
        join!([NoInput, NoOutput, Offset(-1)], refused(Errno::EINVAL))
    ),
    check!(
        "bsd-not-connected (P3.24 F.5): not connected is ENOTCONN, also for an empty file",
        join!(
            // Where getpeername is refused, it comes to sending.
            [BlockSigpipe, File(100), To(Output::Unconnected)],
            refused(Errno::ENOTCONN),
            [File(0)],
            refused(Errno::ENOTCONN)
        )
    ),
    check!(
        "bsd-closed (P3.25): a stream socket whose peer has closed is EPIPE, with SIGPIPE",
        join!(
            [BlockSigpipe, File(100), To(Output::Closed)],
            refused(Errno::EPIPE),
            [SigpipeWaits]
        )
    ),
    check!(
        "bsd-flags (P3.9 F.8): FreeBSD's hints are accepted, other flags EINVAL",
        [
            File(100),
            Stream,
            BsdFlags(0x0003_001f),
            Bsd(10),
            Eax(0),
            BsdFlags(0x20),
            Bsd(10),
            Fails(Errno::EINVAL),
            Arrived(0, 10),
        ]
    ),
    check!(
        "bsd-bad-address (P3.6 P3.27 F.6 F.7): bad pointers are EFAULT before all else",
        join!(
            [File(100), Stream, Headers(Hdtr::BadHdtr)],
            refused(Errno::EFAULT),
            [Headers(Hdtr::BadHeaders)],
            refused(Errno::EFAULT),
            [Headers(Hdtr::BadTrailers)],
            refused(Errno::EFAULT),
            [NoInput, Headers(Hdtr::BadHdtr)],
            refused(Errno::EFAULT),
            [Headers(Hdtr::BadHeaders)],
            refused(Errno::EFAULT),
            [Headers(Hdtr::BadTrailers)],
            refused(Errno::EFAULT),
            [
                File(100),
                Headers(Hdtr::BadSbytes),
                Bsd(0),
                Fails(Errno::EFAULT),
                Arrived(0, 0)
            ]
        )
    ),
];
