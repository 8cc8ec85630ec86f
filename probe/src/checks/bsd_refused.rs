//! What page P3's function refuses, and in which order.
#![allow(unsafe_code)] // Addresses that are no one's.

use core::ptr::{null, without_provenance};

use int80::{
    Errno,
    bsd::{self, Headers, SfHdtr},
    call::IoSlice,
};

use super::{
    Check,
    bsd::{bsd, plain},
};
use crate::{Case, Input, Outcome, Output};

pub const CHECKS: [Check; 5] = [
    Check::new(
        "bsd-descriptors",
        "P3.18 P3.19 P3.20 P3.21 P3.22 F.5 F.7",
        "EBADF, ENOTSOCK, EINVAL for the descriptors, the file's first",
        descriptors,
    ),
    Check::new(
        "bsd-offset",
        "P3.23 F.5 F.7",
        "a negative offset is EINVAL before all else",
        offset,
    ),
    Check::new(
        "bsd-not-connected",
        "P3.24 F.5",
        "a socket that is not connected is ENOTCONN, also for an empty file",
        not_connected,
    ),
    Check::new(
        "bsd-flags",
        "P3.9 F.8",
        "FreeBSD's hints are taken, other flags EINVAL",
        flags,
    ),
    Check::new(
        "bsd-bad-address",
        "P3.6 P3.27 F.6 F.7",
        "bad pointers in the C form are EFAULT, before a byte goes out and before the file is looked at",
        bad_address,
    ),
];

/// Whether it is refused with this errno, and nothing goes out.
fn refused(c: &Case<'_>, what: &'static str, fd: i32, s: i32, errno: Errno) -> Outcome {
    let answer = plain(c, fd, s, 0, 0);
    c.fails(what, answer.0, errno)?;
    c.is64("sbytes", answer.1, 0)
}

/// What `bsd::sendfile` looks at descriptors with.
fn can_look(c: &Case<'_>) -> Outcome {
    if c.since(4, 11) {
        return Ok(());
    }
    c.skip("the descriptors are looked at by calls of Linux 4.11 (statx)")
}

fn descriptors(c: &Case<'_>) -> Outcome {
    can_look(c)?;
    let (file, stream) = (c.file(100)?, c.stream()?.fd);
    refused(c, "no file", -1, stream, Errno::EBADF)?;
    refused(c, "no socket", file, -1, Errno::EBADF)?;
    refused(c, "not a socket", file, file, Errno::ENOTSOCK)?;
    let writer = c.input(Input::WriteOnly, 0)?;
    refused(c, "not for reading", writer, -1, Errno::EBADF)?;
    let directory = c.input(Input::Directory, 0)?;
    refused(c, "not regular", directory, -1, Errno::EINVAL)?;
    let datagram = c.output(Output::Datagram)?.fd;
    refused(c, "no stream", file, datagram, Errno::EINVAL)
}

fn offset(c: &Case<'_>) -> Outcome {
    let answer = plain(c, -1, -1, -1, 0);
    c.fails("result", answer.0, Errno::EINVAL)
}

fn not_connected(c: &Case<'_>) -> Outcome {
    can_look(c)?;
    let socket = c.output(Output::Unconnected)?.fd;
    refused(c, "a file", c.file(100)?, socket, Errno::ENOTCONN)?;
    refused(c, "an empty file", c.file(0)?, socket, Errno::ENOTCONN)
}

fn flags(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let try_ = |flags| {
        let both = [c.fd(input), c.fd(out.fd)];
        bsd(c.gate, both, 0, 10, &Headers::default(), flags).0
    };
    c.is("hints", try_(0x0003_001f), 0)?;
    c.fails("other flags", try_(0x20), Errno::EINVAL)?;
    c.arrived(&out, 0, 10)
}

fn bad_address(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let nowhere = without_provenance::<IoSlice<'static>>(16);
    let framed = |headers, trailers| SfHdtr {
        headers,
        hdr_cnt: 1,
        trailers,
        trl_cnt: 1,
    };
    let [one, two] = [framed(nowhere, null()), framed(null(), nowhere)];
    for (what, hdtr) in [
        ("hdtr", without_provenance(16)),
        ("headers", &raw const one),
        ("trailers", &raw const two),
    ] {
        for fd in [input, -1] {
            let mut sent = 7;
            // SAFETY: the structures are there, or at an address that is no one's.
            let eax =
                unsafe { bsd::sendfile_raw(c.gate, fd, out.fd, 0, 0, hdtr, &raw mut sent, 0) };
            c.fails(what, eax, Errno::EFAULT)?;
            c.is64("sbytes", sent, 0)?;
        }
    }
    c.arrived(&out, 0, 0)
}
