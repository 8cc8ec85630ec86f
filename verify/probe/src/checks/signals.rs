//! Signals while an output is full.

use int80::Errno;

use super::{Check, check};
use crate::step::Step::*;

/// More than an output holds.
const MUCH: i32 = 4 << 20;

pub const CHECKS: [Check; 2] = [
    check!(
        "signal-first (X.12 X.16): a signal before the first byte is EINTR, and a retry succeeds",
        [
            File(MUCH),
            Stream,
            Nonblocking,
            Offset(0),
            SendAll(MUCH),
            Fails(Errno::EAGAIN),
            // The socket is full before the first signal comes.
            Blocking,
            Alarms,
            Send(10),
            Fails(Errno::EINTR),
            OffsetFollows,
            SentArrived(0),
            Send(10),
            Eax(10),
        ]
    ),
    check!(
        "signal-later (P2.14 X.16): a signal after some bytes gives the bytes",
        [
            File(MUCH),
            Stream,
            Alarms,
            Offset(0),
            Send(MUCH),
            SomeOf(MUCH),
            OffsetFollows,
        ]
    ),
];
