//! The layer above the gate, with what a kernel seldom does put in by hand.

use int80::Errno;

use super::{Check, check};
use crate::step::*;

/// The most that one call moves.
const MOST: i64 = 0x7fff_f000;

/// Both calls meet with this errno.
const fn passed_on(errno: Errno) -> [Step; 5] {
    [
        inject(errno),
        safe_send(1),
        fails(errno),
        safe_send64(1),
        fails(errno),
    ]
}

/// A count that is too large.
const fn clamped(count: i64) -> [Step; 2] {
    [safe_send(count), eax(MOST)]
}

pub const CHECKS: [Check; 2] = [
    check!(
        "errors-injected",
        "P0.22 P0.23 P1.12 P1.16 P1.21 P1.22 P2.15 P2.22 P2.27 P2.30 P4.14 P4.18 P4.19 X.18",
        "each errno in eax reaches the caller as that errno (injected)",
        join!(
            passed_on(Errno::ENOMEM),
            passed_on(Errno::EIO),
            passed_on(Errno::ENOSYS),
            passed_on(Errno::EINVAL),
            passed_on(Errno::EAGAIN),
            passed_on(Errno::EINTR),
            passed_on(Errno::EOVERFLOW),
            [answer(MOST), safe_send(1), eax(MOST)]
        )
    ),
    check!(
        "counts-clamped",
        "X.7",
        "the safe form never asks for more than 0x7ffff000 bytes (injected)",
        join!(
            [echo()],
            clamped(MOST),
            clamped(MOST + 1),
            clamped(0x8000_0000),
            clamped(-1)
        )
    ),
];
