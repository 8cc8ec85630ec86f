//! The layer above the gate, with what a kernel seldom does put in by hand.

use int80::Errno;

use super::{Check, check};
use crate::step::{
    Step::{self, *},
    join,
};

/// The most that one call moves.
const MOST: i32 = 0x7fff_f000;

/// A count that is too large.
const fn clamped(count: i32) -> [Step; 2] {
    [SafeSend(count), Eax(MOST)]
}

pub const CHECKS: [Check; 2] = [
    check!(
        "errors-injected (P0.22 P0.23 P1.12 P1.16 P1.21 P1.22 P2.15 P2.22 P2.27 P2.30 P4.14 P4.18 P4.19 X.18): each errno in eax reaches the caller as that errno (injected)",
        [
            PassesOn(Errno::ENOMEM),
            PassesOn(Errno::EIO),
            PassesOn(Errno::ENOSYS),
            PassesOn(Errno::EINVAL),
            PassesOn(Errno::EAGAIN),
            PassesOn(Errno::EINTR),
            PassesOn(Errno::EOVERFLOW),
            Return(MOST),
            SafeSend(1),
            Eax(MOST)
        ]
    ),
    check!(
        "counts-clamped (X.7): the safe form never asks for more than 0x7ffff000 bytes (injected)",
        join!(
            [Echo],
            clamped(MOST),
            clamped(MOST + 1),
            clamped(i32::MIN),
            clamped(-1)
        )
    ),
];
