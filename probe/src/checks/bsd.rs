//! Page P3's function, `int80::bsd::sendfile`, on Linux's sockets.
#![allow(unsafe_code)] // Gates that let one call fail.

use core::cell::Cell;

use int80::{
    Errno, Fd, Gate, Register,
    bsd::{self, Headers},
    call::IoSlice,
    gate::nr,
};

use super::Check;
use crate::{Case, Out, Outcome, Output};

pub const CHECKS: [Check; 8] = [
    Check::new(
        "bsd-all",
        "P1.26 P3.1 P3.2 P3.4 P3.8 P3.17 P4.22 F.1 F.3",
        "nbytes 0 sends all, the result is success and not the count",
        all,
    ),
    Check::new(
        "bsd-part",
        "P3.3 P3.4 F.1",
        "an offset by value and nbytes: exactly so much, the position stays",
        part,
    ),
    Check::new("bsd-tcp", "P3.2 F.4", "over TCP as well", tcp),
    Check::new(
        "bsd-end",
        "F.2",
        "at and past the end: success, 0 bytes",
        end,
    ),
    Check::new(
        "bsd-headers",
        "P3.5 P3.6 P3.7 P3.8 F.3 F.4 F.11",
        "headers, file, trailers in this order, empty parts too, all counted",
        headers,
    ),
    Check::new(
        "bsd-full",
        "P3.10 P3.29 F.9",
        "a full non-blocking socket is EAGAIN, with the bytes that went out",
        full,
    ),
    Check::new(
        "bsd-failing",
        "P3.25 P3.26 P3.28 F.9 F.10",
        "EIO, EPIPE and EINTR in the file end it, without a trailer (injected)",
        failing,
    ),
    Check::new("bsd-far", "F.11", "an offset past 2^32", far),
];

/// The call: 0 or a negative errno, and the bytes that went out.
#[inline(never)]
pub fn bsd(
    gate: &dyn Gate,
    [fd, s]: [Fd<'_>; 2],
    offset: i64,
    nbytes: usize,
    framed: &Headers<'_>,
    flags: i32,
) -> (isize, i64) {
    let (result, sent) = bsd::sendfile(gate, fd, s, offset, nbytes, Some(framed), flags);
    (result.map_or_else(Errno::as_eax, |()| 0), sent as i64)
}

/// The same without headers and flags.
#[inline(never)]
pub fn plain(c: &Case<'_>, fd: i32, s: i32, offset: i64, nbytes: usize) -> (isize, i64) {
    let both = [c.fd(fd), c.fd(s)];
    bsd(c.gate, both, offset, nbytes, &Headers::default(), 0)
}

/// Sends without headers, and looks at the result and the bytes.
fn sends(c: &Case<'_>, input: i32, out: &Out, from: i64, nbytes: usize, all: u64) -> Outcome {
    let answer = plain(c, input, out.fd, from, nbytes);
    c.is("result", answer.0, 0)?;
    c.is64("sbytes", answer.1, all as i64)?;
    c.arrived(out, from as u64, all)
}

fn all(c: &Case<'_>) -> Outcome {
    sends(c, c.file(30_000)?, &c.stream()?, 0, 0, 30_000)
}

fn part(c: &Case<'_>) -> Outcome {
    for (from, nbytes) in [(0, 1), (4096, 4096), (4099, 5000)] {
        let input = c.file(30_000)?;
        c.seek(input, 3)?;
        sends(c, input, &c.stream()?, from, nbytes, nbytes as u64)?;
        c.stands("the file's position", input, 3)?;
    }
    Ok(())
}

fn tcp(c: &Case<'_>) -> Outcome {
    sends(c, c.file(30_000)?, &c.output(Output::Tcp)?, 10, 0, 29_990)
}

fn end(c: &Case<'_>) -> Outcome {
    for from in [100, 5000] {
        sends(c, c.file(100)?, &c.stream()?, from, 0, 0)?;
        sends(c, c.file(100)?, &c.stream()?, from, 10, 0)?;
    }
    Ok(())
}

fn far(c: &Case<'_>) -> Outcome {
    const END: u64 = 5 << 30;
    sends(c, c.file(END)?, &c.stream()?, END as i64 - 500, 0, 500)
}

fn headers(c: &Case<'_>) -> Outcome {
    // All parts are the input's own bytes, so that one comparison does.
    let mut bytes = [0; 100];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = c.world.byte(at as u64);
    }
    let (head, rest) = bytes.split_at(10);
    let (_, tail) = rest.split_at(70);
    let (one, two) = head.split_at(4);
    let before = [one, &[], two].map(IoSlice::new);
    let after = [IoSlice::new(tail)];
    let (input, out) = (c.file(100)?, c.stream()?);
    let framed = Headers {
        headers: &before,
        trailers: &after,
    };
    let both = [c.fd(input), c.fd(out.fd)];
    let answer = bsd(c.gate, both, 10, 70, &framed, 0);
    c.is("result", answer.0, 0)?;
    c.is64("sbytes", answer.1, 100)?;
    c.arrived(&out, 0, 100)
}

fn full(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(4 << 20)?, c.stream()?);
    c.nonblocking(out.fd)?;
    let answer = plain(c, input, out.fd, 0, 0);
    c.fails("result", answer.0, Errno::EAGAIN)?;
    c.holds("some bytes went out", answer.1 > 0)?;
    c.arrived(&out, 0, answer.1 as u64)
}

/// A gate whose sendfile fails after the first 4096 bytes.
struct Failing<'a> {
    gate: &'a dyn Gate,
    errno: Errno,
    moved: Cell<bool>,
}

// SAFETY: a call is handed on, with a smaller count at most, or refused.
unsafe impl Gate for Failing<'_> {
    unsafe fn call6(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        mut esi: Register,
        edi: Register,
        ebp: Register,
    ) -> isize {
        let moves = nr == nr::SENDFILE || nr == nr::SENDFILE64;
        if moves {
            if self.moved.get() {
                return self.errno.as_eax();
            }
            esi = Register::from(esi.bits().min(4096));
        }
        // SAFETY: the caller's promise.
        let eax = unsafe { self.gate.call6(nr, ebx, ecx, edx, esi, edi, ebp) };
        self.moved.set(moves && eax > 0);
        eax
    }
}

fn failing(c: &Case<'_>) -> Outcome {
    for errno in [Errno::EIO, Errno::EPIPE, Errno::EINTR] {
        let gate = Failing {
            gate: c.gate,
            errno,
            moved: Cell::new(false),
        };
        let (input, out) = (c.file(8192)?, c.stream()?);
        let trailers = [IoSlice::new(b"never")];
        let framed = Headers {
            headers: &[],
            trailers: &trailers,
        };
        let both = [c.fd(input), c.fd(out.fd)];
        let answer = bsd(&gate, both, 0, 0, &framed, 0);
        c.fails("result", answer.0, errno)?;
        c.is64("sbytes", answer.1, 4096)?;
        c.arrived(&out, 0, 4096)?;
    }
    Ok(())
}
