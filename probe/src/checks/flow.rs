//! Outputs that are full, and going on after a short count.
#![allow(unsafe_code)] // splice, socket options.

use int80::{Errno, Register, gate::nr};
use linux_raw_sys::net::{IPPROTO_TCP, TCP_CORK};

use super::{Check, ONLY_SOCKETS};
use crate::{Case, Out, Outcome, Output, Stop};

pub const CHECKS: [Check; 10] = [
    Check::new(
        "full-stream",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking stream socket is EAGAIN",
        full_stream,
    ),
    Check::new(
        "full-tcp",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking TCP socket is EAGAIN",
        full_tcp,
    ),
    Check::new(
        "full-pipe",
        "P0.20 P1.17 P2.15 X.12",
        "a full non-blocking pipe is EAGAIN",
        full_pipe,
    )
    .but(&[ONLY_SOCKETS]),
    Check::new(
        "short-write",
        "P0.9 P1.6 P2.6 P2.14 P4.6 X.13",
        "a short count leaves the cell behind the last byte sent",
        short,
    ),
    Check::new(
        "resume-stream",
        "P2.14 X.13",
        "5 MiB to a non-blocking Unix socket arrive exactly, call after call",
        resume_stream,
    ),
    Check::new(
        "resume-tcp",
        "P2.14 X.13",
        "5 MiB to a non-blocking TCP socket arrive exactly, call after call",
        resume_tcp,
    ),
    Check::new(
        "cork",
        "P0.14 P1.13 P2.23 P4.17",
        "with TCP_CORK header and file arrive in order",
        cork,
    ),
    Check::new(
        "pages-shared",
        "P2.28",
        "what is written to the file after it was sent is what a pipe's reader sees",
        shared,
    )
    .but(&[ONLY_SOCKETS]),
    Check::new(
        "splice-pipe",
        "P2.29",
        "splice moves a file's bytes to a pipe",
        splice_pipe,
    ),
    Check::new(
        "splice-no-pipe",
        "P2.29",
        "splice between two files is EINVAL",
        splice_files,
    ),
];

const MIB: usize = 1 << 20;

/// Sends until the output is full.
fn fill(c: &Case<'_>, out: &Out) -> Outcome {
    let input = c.file(4 * MIB as u64)?;
    c.nonblocking(out.fd)?;
    // The largest buffers hold a few MiB.
    for _ in 0..64 {
        let mut cell = 0;
        let eax = c.send(out.fd, input, Some(&mut cell), 4 * MIB);
        if eax < 0 {
            c.cell(cell, 0)?;
            return c.fails("eax when it is full", eax, Errno::EAGAIN);
        }
    }
    c.holds("it is full in the end", false)
}

fn full_stream(c: &Case<'_>) -> Outcome {
    fill(c, &c.stream()?)
}

fn full_tcp(c: &Case<'_>) -> Outcome {
    fill(c, &c.output(Output::Tcp)?)
}

fn full_pipe(c: &Case<'_>) -> Outcome {
    fill(c, &c.output(Output::Pipe)?)
}

fn short(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(4 * MIB as u64)?, c.stream()?);
    c.nonblocking(out.fd)?;
    let mut cell = 100;
    let eax = c.send(out.fd, input, Some(&mut cell), 3 * MIB);
    c.holds("some bytes went out", eax > 0)?;
    c.holds("and not all", eax < 3 * MIB as isize)?;
    c.is("cell", cell as isize, 100 + eax)?;
    c.arrived(&out, 100, eax as u64)
}

fn resume(c: &Case<'_>, out: &Out) -> Outcome {
    const ALL: usize = 5 * MIB;
    let input = c.file(ALL as u64)?;
    c.nonblocking(out.fd)?;
    let (mut cell, mut read) = (0, 0);
    while (cell as usize) < ALL {
        let before = cell as isize;
        let rest = ALL - cell as usize;
        let eax = c.send(out.fd, input, Some(&mut cell), rest);
        if eax < 0 {
            c.fails("eax when it is full", eax, Errno::EAGAIN)?;
            c.is("cell when it is full", cell as isize, before)?;
            c.holds("it is full of something", read < before as u64)?;
            c.arrived_after(out, read, read, before as u64 - read)?;
            read = before as u64;
        } else {
            c.is("cell", cell as isize, before + eax)?;
            c.holds("some bytes went out", eax > 0)?;
        }
    }
    c.arrived_after(out, read, read, ALL as u64 - read)
}

fn resume_stream(c: &Case<'_>) -> Outcome {
    resume(c, &c.stream()?)
}

fn resume_tcp(c: &Case<'_>) -> Outcome {
    resume(c, &c.output(Output::Tcp)?)
}

fn cork(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(Output::Tcp)?);
    let set = |value: u32| {
        let at = Register::from(&raw const value);
        let (level, name) = (Register::from(IPPROTO_TCP as u32), TCP_CORK.into());
        let option = [out.fd.into(), level, name, at, 4_u32.into(), Register::ZERO];
        // SAFETY: the kernel reads 4 bytes.
        unsafe { c.call("setsockopt", nr::SETSOCKOPT, option) }
    };
    set(1)?;
    // The header is the input's own first byte, so that one comparison does.
    c.write(out.fd, &[c.world.byte(0)])?;
    c.eax(c.send(out.fd, input, Some(&mut 1), 99), 99)?;
    set(0)?;
    c.arrived(&out, 0, 100)
}

fn shared(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(4096)?, c.output(Output::Pipe)?);
    c.eax(c.send(out.fd, input, Some(&mut 0), 4096), 4096)?;
    let byte = c.world.byte(0) ^ 0xff;
    c.seek(input, 0)?;
    c.write(input, &[byte])?;
    let mut bytes = [0; 64];
    c.world.read_back(&out, 0, &mut bytes, true)?;
    c.is("the first byte", bytes[0] as isize, byte as isize)
}

fn splice(c: &Case<'_>, kind: Output) -> Result<(isize, Out), Stop> {
    let (input, out) = (c.file(100)?, c.output(kind)?);
    let zero = Register::ZERO;
    let count = Register::from(30_usize);
    // SAFETY: no cell is given.
    let eax = unsafe {
        c.gate.call6(
            nr::SPLICE,
            input.into(),
            zero,
            out.fd.into(),
            zero,
            count,
            zero,
        )
    };
    match eax {
        -38 => Err(c.world.notes().skip("the kernel has no splice")),
        eax => Ok((eax, out)),
    }
}

fn splice_pipe(c: &Case<'_>) -> Outcome {
    let (eax, out) = splice(c, Output::Pipe)?;
    c.eax(eax, 30)?;
    c.arrived(&out, 0, 30)
}

fn splice_files(c: &Case<'_>) -> Outcome {
    let (eax, _) = splice(c, Output::File)?;
    c.fails("eax", eax, Errno::EINVAL)
}
