//! Offsets and counts near and beyond 2 and 4 GiB.

use int80::Errno;

use super::{Check, NO_239, ONLY_SOCKETS, check, differs};
use crate::{Difference, Input, Output, Profile, step::*};

const GIB: i64 = 1 << 30;
/// Where call 187's cell ends.
const WALL: i64 = i32::MAX as i64;
/// The most that one call moves.
const MOST: i64 = 0x7fff_f000;
/// A count of all ones.
const ALL_ONES: i64 = -1;

const WIDENED: Difference = differs(
    Profile::Qemu7_2,
    10,
    "qemu-user 7.2 widens the cell, calls 64-bit sendfile and cuts the result back, so that the cell turns negative (linux-user/syscall.c)",
);
const NO_WALL: Difference = differs(
    Profile::Qemu7_2,
    100,
    "qemu-user 7.2 has no wall at 2^31 - 1 for call 187 (linux-user/syscall.c)",
);

/// The last thousand bytes of a file of that length, by 239.
const fn beyond(end: i64) -> [Step; 7] {
    let start = end - 1000;
    [
        file(end),
        stream(),
        cell(start),
        send64(300),
        eax(300),
        cell_is(start + 300),
        arrived(start, 300),
    ]
}

pub const CHECKS: [Check; 8] = [
    check!(
        "wall-overflow",
        "P2.20 P2.26 X.15",
        "187 with its cell at 2^31 - 1 is EOVERFLOW",
        [
            file(5 * GIB),
            stream(),
            cell(WALL),
            send(10),
            fails(Errno::EOVERFLOW),
            cell_is(WALL),
            arrived(0, 0),
        ]
    )
    .but(&[WIDENED]),
    check!(
        "wall-cut",
        "P2.20 P2.26",
        "187 just below 2^31 - 1 is cut short there",
        [
            // The wall is within the last 64 KiB, which are written.
            file(2 * GIB + 4096),
            stream(),
            cell(WALL - 15),
            send(100),
            eax(15),
            cell_is(WALL),
            arrived(WALL - 15, 15),
        ]
    )
    .but(&[NO_WALL]),
    check!(
        "wall-not-without-cell",
        "P2.26",
        "187 without a cell goes past 2^31 - 1",
        [
            file(2 * GIB + 4096),
            stream(),
            seek(WALL - 15),
            send(100),
            eax(100),
            stands(WALL + 85),
            arrived(WALL - 15, 100),
        ]
    ),
    check!(
        "far-239",
        "P2.26 X.15",
        "239 reads beyond 2 and 4 GiB",
        join!(
            beyond(2 * GIB + 50_000),
            beyond(4 * GIB + 50_000),
            beyond(5 * GIB)
        )
    )
    .but(&[NO_239]),
    check!(
        "far-negative",
        "X.6",
        "offset + count past 2^63 is EINVAL",
        [
            file(100),
            stream(),
            cell(i64::MAX - 5),
            send64(100),
            fails(Errno::EINVAL),
            cell_is(i64::MAX - 5),
        ]
    )
    .but(&[NO_239]),
    check!(
        "negative-offset",
        "P0.21 X.5 X.6",
        "a negative offset is EINVAL, also with count 0",
        [
            file(100),
            stream(),
            cell(-1),
            send(20),
            fails(Errno::EINVAL),
            cell_is(-1),
            send(0),
            fails(Errno::EINVAL),
            cell_is(-1),
            arrived(0, 0),
        ]
    ),
    check!(
        "count-negative",
        "P2.18 X.7",
        "a count of all ones is EINVAL but for a 64-bit kernel's 32-bit programs",
        [
            file(100),
            stream(),
            cell(0),
            send(ALL_ONES),
            eax_of_64_bit_kernel(100),
        ]
    ),
    check!(
        "count-limit",
        "P2.24",
        "one call moves at most 0x7ffff000 bytes",
        [
            input(Input::Memory, 3 * GIB),
            output(Output::Null),
            send(0x7fff_ffff),
            eax(MOST),
        ]
    )
    .but(&[ONLY_SOCKETS]),
];
