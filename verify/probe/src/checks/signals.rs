//! Signals while an output is full.

use int80::Errno;

use super::{Check, check};
use crate::step::*;

/// More than an output holds.
const MUCH: i64 = 4 << 20;

pub const CHECKS: [Check; 2] = [
    check!(
        "signal-first",
        "X.12 X.16",
        "a signal before the first byte is EINTR, and a retry succeeds",
        [
            file(MUCH),
            stream(),
            alarms(),
            cell(0),
            send(MUCH),
            some_of(MUCH),
            send(10),
            fails(Errno::EINTR),
            cell_follows(),
            sent_arrived(0),
            send(10),
            eax(10),
        ]
    ),
    check!(
        "signal-later",
        "P2.14 X.16",
        "a signal after some bytes gives the bytes",
        [
            file(MUCH),
            stream(),
            alarms(),
            cell(0),
            send(MUCH),
            some_of(MUCH),
            cell_follows(),
        ]
    ),
];
