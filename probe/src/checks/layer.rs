//! The layer above the gate, with what a kernel seldom does put in by hand.
#![allow(unsafe_code)] // A gate.

use int80::{Errno, Gate, Register, send, send32};

use super::Check;
use crate::{Case, Outcome};

pub const CHECKS: [Check; 2] = [
    Check::new(
        "errors-injected",
        "P0.22 P0.23 P1.12 P1.16 P1.21 P1.22 P2.15 P2.22 P2.30 P4.14 P4.18 P4.19 X.18",
        "each errno in eax reaches the caller as that errno (injected)",
        errors,
    ),
    Check::new(
        "counts-clamped",
        "P2.24 X.7",
        "the safe form never asks for more than 0x7ffff000 bytes (injected)",
        clamped,
    ),
];

/// A gate that answers with one value.
struct Answer(isize);

// SAFETY: it touches no memory, and its counts are of calls that do not count.
unsafe impl Gate for Answer {
    unsafe fn call6(
        &self,
        _: u32,
        _: Register,
        _: Register,
        _: Register,
        _: Register,
        _: Register,
        _: Register,
    ) -> isize {
        self.0
    }
}

fn errors(c: &Case<'_>) -> Outcome {
    let none = c.fd(-1);
    for errno in [
        Errno::ENOMEM,
        Errno::EIO,
        Errno::ENOSYS,
        Errno::EINVAL,
        Errno::EAGAIN,
        Errno::EINTR,
        Errno::EOVERFLOW,
    ] {
        let gate = Answer(errno.as_eax());
        let number = errno.number() as isize;
        for (what, result) in [
            ("errno of 187", send32(&gate, none, none, Some(&mut 7), 1)),
            ("errno of 239", send(&gate, none, none, Some(&mut 7), 1)),
        ] {
            c.is(
                what,
                result.err().map_or(0, |errno| errno.number() as isize),
                number,
            )?;
        }
    }
    let most = send32(Answer(0x7fff_f000), none, none, None, 1).unwrap_or(0);
    c.is("the largest count", most as isize, 0x7fff_f000)
}

/// A gate that gives back the count that it is asked for.
struct Echo;

// SAFETY: as `Answer`.
unsafe impl Gate for Echo {
    unsafe fn call6(
        &self,
        _: u32,
        _: Register,
        _: Register,
        _: Register,
        count: Register,
        _: Register,
        _: Register,
    ) -> isize {
        count.bits() as isize
    }
}

fn clamped(c: &Case<'_>) -> Outcome {
    let none = c.fd(-1);
    for count in [0x7fff_f000, 0x7fff_f001, 0x8000_0000, usize::MAX] {
        let asked = send32(&Echo, none, none, None, count).unwrap_or(0);
        c.is("the count in esi", asked as isize, 0x7fff_f000)?;
    }
    Ok(())
}
