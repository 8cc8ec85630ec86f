//! Signals while an output is full.
#![allow(unsafe_code)] // Handlers and timers.

use int80::{Errno, Register, gate::nr};
use linux_raw_sys::general::{ITIMER_REAL, SA_RESTORER, SIGALRM};

use super::Check;
use crate::{Case, Outcome};

pub const CHECKS: [Check; 2] = [
    Check::new(
        "signal-first",
        "X.16",
        "a signal before the first byte is EINTR, and a retry succeeds",
        signal_first,
    ),
    Check::new(
        "signal-later",
        "P2.14 X.16",
        "a signal after some bytes gives the bytes",
        signal_later,
    ),
];

const MIB: usize = 1 << 20;

/// Lets SIGALRM come every 50 ms from now on, to a handler that returns.
fn alarms(c: &Case<'_>) -> Outcome {
    let Some((handler, restorer)) = c.world.handler() else {
        return c.skip("signals cannot be caught here");
    };
    let zero = Register::ZERO;
    // struct sigaction: handler, flags, restorer, and a mask of 8 bytes. No
    // SA_RESTART.
    let action = [handler, SA_RESTORER as usize, restorer, 0, 0];
    let at = Register::from(action.as_ptr());
    let set = [SIGALRM.into(), at, zero, 8_usize.into(), zero, zero];
    // SAFETY: the handler and its restorer are functions of the program.
    unsafe { c.call("rt_sigaction", nr::RT_SIGACTION, set) }?;
    let time = [0_usize, 50_000, 0, 50_000];
    let at = Register::from(time.as_ptr());
    let set = [ITIMER_REAL.into(), at, zero, zero, zero, zero];
    // SAFETY: the kernel reads four words.
    unsafe { c.call("setitimer", nr::SETITIMER, set) }.map(drop)
}

fn signal_later(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(4 * MIB as u64)?, c.stream()?);
    alarms(c)?;
    let mut cell = 0;
    let eax = c.send(out.fd, input, Some(&mut cell), 4 * MIB);
    c.holds("some bytes went out", eax > 0)?;
    c.holds("and not all", eax < 4 * MIB as isize)?;
    c.is("cell", cell as isize, eax)
}

fn signal_first(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(4 * MIB as u64)?, c.stream()?);
    alarms(c)?;
    let mut cell = 0;
    let first = c.send(out.fd, input, Some(&mut cell), 4 * MIB);
    c.holds("it fills up", first > 0)?;
    let eax = c.send(out.fd, input, Some(&mut cell), 10);
    c.fails("eax when it is full", eax, Errno::EINTR)?;
    c.is("cell", cell as isize, first)?;
    c.arrived(&out, 0, first as u64)?;
    c.is("eax again", c.send(out.fd, input, Some(&mut cell), 10), 10)
}
