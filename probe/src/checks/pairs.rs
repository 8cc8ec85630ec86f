//! Which inputs and outputs go together.

use int80::Errno;

use super::{Check, NO_239, ONLY_SOCKETS, differs};
use crate::{Case, Input, Outcome, Output, Profile};

const OLD_APPEND: &str = "before Linux 2.6 an output with O_APPEND was written like any other";

pub const CHECKS: [Check; 18] = [
    Check::new(
        "output-socket",
        "P0.6 P1.11 P4.3",
        "a Unix stream socket as output",
        to_stream,
    ),
    Check::new(
        "output-tcp",
        "P0.6 P1.11 P4.3",
        "a TCP socket as output",
        to_tcp,
    ),
    Check::new(
        "output-datagram",
        "P0.6 P4.3",
        "a datagram socket takes one datagram",
        to_datagram,
    ),
    Check::new(
        "output-file",
        "P1.11 P1.14 P2.11 P2.12 P2.25",
        "a regular file as output",
        to_file,
    )
    .but(&[ONLY_SOCKETS]),
    Check::new("output-pipe", "P1.11 P2.11", "a pipe as output", to_pipe).but(&[ONLY_SOCKETS]),
    Check::new(
        "output-append",
        "P2.11 P2.19 X.9",
        "an output with O_APPEND is EINVAL",
        append,
    )
    .but(&[
        differs(Profile::Linux2_4, 20, OLD_APPEND),
        differs(Profile::Linux2_2, 20, OLD_APPEND),
    ]),
    Check::new(
        "output-full",
        "P2.11",
        "/dev/full is EINVAL: it has no splice_write",
        full,
    ),
    Check::new("output-eventfd", "P2.11", "an eventfd is EINVAL", event),
    Check::new(
        "output-sealed",
        "P2.11",
        "a memfd sealed against writing is EPERM",
        sealed,
    )
    .but(&[ONLY_SOCKETS]),
    Check::new(
        "input-directory",
        "P0.16 P1.20 P2.4 P4.12 X.9",
        "a directory as input is EINVAL",
        directory,
    ),
    Check::new(
        "input-pipe",
        "P0.16 P1.10 P1.20 P2.4 P2.18 P4.12",
        "a pipe as input, to a socket, is EINVAL",
        from_pipe,
    ),
    Check::new(
        "input-socket",
        "P0.6 P0.15 P1.10 P2.4 P4.3 P4.11",
        "a socket as input, to a socket, is EINVAL",
        from_socket,
    ),
    Check::new(
        "input-socket-to-pipe",
        "P0.6 P0.15 P1.10 P2.4 P4.3 P4.11",
        "a socket as input, to a pipe, works since Linux 5.12",
        socket_to_pipe,
    ),
    Check::new(
        "input-null",
        "P0.16 P1.10 P2.4 P4.12",
        "/dev/null as input is EINVAL since Linux 5.10",
        from_null,
    ),
    Check::new(
        "input-zero",
        "P0.16 P1.10 P2.4 P4.12",
        "/dev/zero as input works",
        from_zero,
    ),
    Check::new(
        "input-proc",
        "P0.16 P1.10 P2.4 P4.12",
        "/proc/version, which cannot be mapped, works as input",
        from_proc,
    ),
    Check::new(
        "same-descriptor",
        "X.11",
        "one descriptor on both sides: the full count",
        same,
    )
    .but(&[ONLY_SOCKETS]),
    Check::new(
        "positions-shared",
        "P2.7 X.1",
        "239 with a cell leaves a shared position alone",
        shared,
    )
    .but(&[NO_239]),
];

fn works(c: &Case<'_>, kind: Output) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(kind)?);
    c.eax(c.send(out.fd, input, Some(&mut 10), 20), 20)?;
    c.arrived(&out, 10, 20)
}

fn to_stream(c: &Case<'_>) -> Outcome {
    works(c, Output::Stream)
}

fn to_tcp(c: &Case<'_>) -> Outcome {
    works(c, Output::Tcp)
}

fn to_datagram(c: &Case<'_>) -> Outcome {
    works(c, Output::Datagram)
}

fn to_file(c: &Case<'_>) -> Outcome {
    works(c, Output::File)
}

fn to_pipe(c: &Case<'_>) -> Outcome {
    works(c, Output::Pipe)
}

fn refused_output(c: &Case<'_>, kind: Output, errno: Errno) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(kind)?);
    let mut cell = 10;
    let eax = c.send(out.fd, input, Some(&mut cell), 20);
    c.fails("eax", eax, errno)?;
    c.cell(cell, 10)?;
    c.arrived(&out, 0, 0)
}

fn append(c: &Case<'_>) -> Outcome {
    refused_output(c, Output::Append, Errno::EINVAL)
}

fn full(c: &Case<'_>) -> Outcome {
    refused_output(c, Output::Full, Errno::EINVAL)
}

fn event(c: &Case<'_>) -> Outcome {
    refused_output(c, Output::Event, Errno::EINVAL)
}

fn sealed(c: &Case<'_>) -> Outcome {
    refused_output(c, Output::Sealed, Errno::EPERM)
}

fn refused_input(c: &Case<'_>, kind: Input) -> Outcome {
    let (input, out) = (c.input(kind, 100)?, c.stream()?);
    let eax = c.send(out.fd, input, None, 20);
    c.fails("eax", eax, Errno::EINVAL)?;
    c.arrived(&out, 0, 0)
}

fn directory(c: &Case<'_>) -> Outcome {
    refused_input(c, Input::Directory)
}

fn from_pipe(c: &Case<'_>) -> Outcome {
    refused_input(c, Input::Pipe)
}

fn from_socket(c: &Case<'_>) -> Outcome {
    refused_input(c, Input::Socket)
}

fn from_null(c: &Case<'_>) -> Outcome {
    if !c.since(5, 10) {
        return c.skip("Linux before 5.10 reads every file through a buffer");
    }
    refused_input(c, Input::Null)
}

fn socket_to_pipe(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Socket, 100)?, c.output(Output::Pipe)?);
    let eax = c.send(out.fd, input, None, 100);
    if !c.since(5, 12) {
        return c.fails("eax before Linux 5.12", eax, Errno::EINVAL);
    }
    c.eax(eax, 100)?;
    c.arrived(&out, 0, 100)
}

fn from_zero(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Zero, 100)?, c.stream()?);
    c.eax(c.send(out.fd, input, None, 50), 50)?;
    let mut bytes = [1; 64];
    let got = c.world.read_back(&out, 0, &mut bytes, true)?;
    c.is("bytes that arrived", got as isize, 50)?;
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    c.is("zeros", zeros as isize, 50)
}

fn from_proc(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Proc, 100)?, c.stream()?);
    let eax = c.send(out.fd, input, None, 5);
    c.eax(eax, 5)?;
    let mut bytes = [0; 8];
    c.world.read_back(&out, 0, &mut bytes, true)?;
    let text = int80::call::pread(c.gate, c.fd(input), &mut [0; 1], 0);
    c.holds("it can be read", text.is_ok())?;
    c.is("first letter", bytes[0] as isize, b'L' as isize)
}

fn same(c: &Case<'_>) -> Outcome {
    const LEN: usize = 8 << 20;
    let both = c.input(Input::ReadWrite, LEN as u64)?;
    let eax = c.send(both, both, Some(&mut 0), LEN);
    c.eax(eax, LEN as isize)?;
    c.stands("its position", both, LEN as i64)
}

fn shared(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    c.seek(input, 7)?;
    c.eax(c.send64(out.fd, input, Some(&mut 50), 10), 10)?;
    c.arrived(&out, 50, 10)?;
    c.is("eax without a cell", c.send64(out.fd, input, None, 10), 10)?;
    c.stands("in_fd's position", input, 17)?;
    c.arrived_after(&out, 10, 7, 10)
}
