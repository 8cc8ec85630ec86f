//! Offsets and counts near and beyond 2 and 4 GiB.

use int80::Errno;

use super::{Check, check};
use crate::{
    Output,
    step::{
        Step::{self, *},
        join,
    },
};

/// Where the offset of call 187 ends.
const WALL: i32 = i32::MAX;
/// The most that one call moves.
const MOST: i32 = 0x7fff_f000;
/// A count of all ones.
const ALL_ONES: i32 = -1;

/// Some of the last thousand bytes of a file of that length, by 239.
const fn beyond(gib: u8, bytes: i32) -> [Step; 7] {
    [
        FileFar(gib, bytes),
        Stream,
        OffsetFar(gib, bytes - 1000),
        Send64(300),
        Eax(300),
        OffsetIsFar(gib, bytes - 700),
        ArrivedFar(gib, bytes - 1000, 300),
    ]
}

pub const CHECKS: [Check; 8] = [
    check!(
        "wall-overflow (P2.20 P2.26 X.15): 187 with its offset at 2^31 - 1 is EOVERFLOW",
        [
            FileFar(5, 0),
            Stream,
            Offset(WALL),
            Send(10),
            Fails(Errno::EOVERFLOW),
            OffsetIs(WALL),
            Arrived(0, 0),
        ]
    ),
    check!(
        "wall-cut (P2.20 P2.26): 187 just below 2^31 - 1 is cut short there",
        [
            // The wall is within the last 64 KiB, which are written.
            FileFar(2, 4096),
            Stream,
            Offset(WALL - 15),
            Send(100),
            Eax(15),
            OffsetIs(WALL),
            Arrived(WALL - 15, 15),
        ]
    ),
    check!(
        "wall-not-without-cell (P2.26): 187 with a null offset goes past 2^31 - 1",
        [
            FileFar(2, 4096),
            Stream,
            Seek(WALL - 15),
            Send(100),
            Eax(100),
            StandsFar(2, 84),
            Arrived(WALL - 15, 100),
        ]
    ),
    check!(
        "far-239 (P2.26 X.15): 239 reads beyond 2 and 4 GiB",
        join!(beyond(2, 50_000), beyond(4, 50_000), beyond(5, 0))
    ),
    check!(
        "far-negative (X.6): offset + count past 2^63 is EINVAL",
        [
            File(100),
            Stream,
            OffsetBeforeEnd(5),
            Send64(100),
            Fails(Errno::EINVAL),
            OffsetIsBeforeEnd(5),
        ]
    ),
    check!(
        "negative-offset (P0.21 X.5 X.6): a negative offset is EINVAL, also with count 0",
        [
            File(100),
            Stream,
            Offset(-1),
            Send(20),
            Fails(Errno::EINVAL),
            OffsetIs(-1),
            Send(0),
            Fails(Errno::EINVAL),
            OffsetIs(-1),
            Arrived(0, 0),
        ]
    ),
    check!(
        "count-negative (P2.18 X.7): a count of all ones is EINVAL but for a 64-bit kernel's 32-bit programs",
        [
            File(100),
            Stream,
            Offset(0),
            Send(ALL_ONES),
            EaxOf64BitKernel(100),
        ]
    ),
    check!(
        "count-limit (P2.24): one call moves at most 0x7ffff000 bytes",
        [
            FileFar(3, 0),
            To(Output::Null),
            HolesStay,
            Send(0x7fff_ffff),
            Eax(MOST),
        ]
    ),
];
