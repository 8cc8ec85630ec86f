//! What is refused, and in which order.
#![allow(unsafe_code)] // Signals that wait.

use int80::{Errno, Register, gate::nr};
use linux_raw_sys::general::{SIG_BLOCK, SIGPIPE};

use super::Check;
use crate::{Case, Input, Outcome, Output, Stop};

pub const CHECKS: [Check; 8] = [
    Check::new(
        "no-descriptor",
        "P0.18 P0.19 P0.21 P1.18 P1.20 P2.16 P2.18 P4.14 P4.15 P4.16 X.8 X.18",
        "descriptor -1 on either side is EBADF, in eax as -9",
        none,
    ),
    Check::new(
        "output-not-writable",
        "P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8",
        "an output open for reading only is EBADF",
        not_writable,
    ),
    Check::new(
        "input-not-readable",
        "P0.7 P0.19 P1.4 P1.18 P2.3 P2.16 P4.4 P4.15 X.8",
        "an input open for writing only is EBADF, before O_APPEND is EINVAL",
        not_readable,
    ),
    Check::new(
        "unseekable-offset",
        "P2.21",
        "an offset with a pipe as input is ESPIPE",
        unseekable,
    ),
    Check::new(
        "peer-closed",
        "X.14",
        "a stream socket whose peer is gone is EPIPE, with SIGPIPE",
        closed,
    ),
    Check::new(
        "not-connected",
        "X.14",
        "a TCP socket that is not connected is EPIPE, with SIGPIPE",
        unconnected,
    ),
    Check::new(
        "nothing-moved",
        "P1.12 P2.27 P0.21",
        "after EINVAL nothing has moved, and read and write do it",
        fallback,
    ),
    Check::new(
        "flags-kept",
        "X.17",
        "writes around it keep their order, and O_NONBLOCK stays as it is",
        order,
    ),
];

fn none(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let eax = c.send(-1, input, Some(&mut 0), 20);
    c.fails("eax, output -1", eax, Errno::EBADF)?;
    let eax = c.send(out.fd, -1, Some(&mut 0), 20);
    c.fails("eax, input -1", eax, Errno::EBADF)?;
    c.arrived(&out, 0, 0)
}

fn not_writable(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(Output::ReadOnly)?);
    let eax = c.send(out.fd, input, Some(&mut 0), 20);
    c.fails("eax", eax, Errno::EBADF)
}

fn not_readable(c: &Case<'_>) -> Outcome {
    let input = c.input(Input::WriteOnly, 100)?;
    for kind in [Output::Stream, Output::Append] {
        let out = c.output(kind)?;
        let eax = c.send(out.fd, input, None, 20);
        c.fails("eax", eax, Errno::EBADF)?;
        c.arrived(&out, 0, 0)?;
    }
    Ok(())
}

fn unseekable(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Pipe, 100)?, c.stream()?);
    let eax = c.send(out.fd, input, Some(&mut 0), 20);
    c.fails("eax", eax, Errno::ESPIPE)
}

/// Whether SIGPIPE waits, after it has been blocked.
fn signal_waits(c: &Case<'_>) -> Result<bool, Stop> {
    let mut pending = 0_u64;
    let zero = Register::ZERO;
    let at = Register::from(&raw mut pending);
    let size = Register::from(8_usize);
    // SAFETY: the kernel writes 8 bytes.
    unsafe {
        c.call(
            "rt_sigpending",
            nr::RT_SIGPENDING,
            [at, size, zero, zero, zero, zero],
        )
    }?;
    Ok(pending & PIPE != 0)
}

static PIPE: u64 = 1 << (SIGPIPE - 1);

fn broken(c: &Case<'_>, kind: Output) -> Outcome {
    let zero = Register::ZERO;
    let set = Register::from(&raw const PIPE);
    let block = [SIG_BLOCK.into(), set, zero, 8_usize.into(), zero, zero];
    // SAFETY: the kernel reads 8 bytes; the check's process is its own.
    unsafe { c.call("rt_sigprocmask", nr::RT_SIGPROCMASK, block) }?;
    let (input, out) = (c.file(100)?, c.output(kind)?);
    let eax = c.send(out.fd, input, Some(&mut 0), 20);
    c.fails("eax", eax, Errno::EPIPE)?;
    c.holds("SIGPIPE waits", signal_waits(c)?)
}

fn closed(c: &Case<'_>) -> Outcome {
    broken(c, Output::Closed)
}

fn unconnected(c: &Case<'_>) -> Outcome {
    broken(c, Output::Unconnected)
}

fn fallback(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Pipe, 100)?, c.stream()?);
    let eax = c.send(out.fd, input, None, 20);
    c.fails("eax", eax, Errno::EINVAL)?;
    let mut bytes = [0; 20];
    let got = int80::call::read(c.gate, c.fd(input), &mut bytes).unwrap_or(0);
    c.is("bytes read instead", got as isize, 20)?;
    c.write(out.fd, &bytes)?;
    c.arrived(&out, 0, 20)
}

fn order(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let flags = c.flags(out.fd)?;
    c.write(out.fd, &[1; 3])?;
    c.eax(c.send(out.fd, input, Some(&mut 0), 20), 20)?;
    c.write(out.fd, &[2; 3])?;
    c.is("output's flags", c.flags(out.fd)? as isize, flags as isize)?;
    let mut bytes = [0; 64];
    let got = c.world.read_back(&out, 0, &mut bytes, true)?;
    c.is("bytes that arrived", got as isize, 26)?;
    let mut wrong = 0;
    for (at, byte) in bytes.iter().take(26).enumerate() {
        let expected = match at {
            0..3 => 1,
            3..23 => c.world.byte(at as u64 - 3),
            _ => 2,
        };
        wrong += isize::from(*byte != expected);
    }
    c.is("bytes out of order", wrong, 0)
}
