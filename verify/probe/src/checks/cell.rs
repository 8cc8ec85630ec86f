//! Registers, offsets and positions.

use int80::Errno;
use linux_raw_sys::general::{PROT_EXEC, PROT_NONE, PROT_READ};

use super::{Check, check};
use crate::{Output, step::Step::*};

/// The word after the offset of call 187.
const BEYOND: i32 = 0x5ead_beef;

pub const CHECKS: [Check; 13] = [
    check!(
        "registers (P0.1 P0.2 P0.4 P0.5 P0.10 P0.17 P1.1 P1.2 P1.9 P1.15 P2.1 P2.2 P2.10 P2.13 P4.1 P4.2 P4.7 P4.13 X.3): 187 takes out_fd, in_fd, offset, count and returns the bytes",
        [File(100), Stream, Send(30), Eax(30), Arrived(0, 30)]
    ),
    check!(
        "cell-moves (P0.8 P0.9 P0.12 P1.5 P1.6 P1.7 P2.5 P2.6 P2.7 P4.5 P4.6 P4.9 X.1): reads from the offset on, moves it, leaves in_fd's position",
        [
            File(100),
            Stream,
            Seek(3),
            Offset(10),
            Send(20),
            Eax(20),
            OffsetIs(30),
            Stands(3),
            Arrived(10, 20),
        ]
    ),
    check!(
        "cell-of-32-bits (P0.3 P1.1 P2.1): 187 leaves the word after its 32-bit offset alone",
        [
            File(100),
            Stream,
            Offset(5),
            WordAfter(BEYOND),
            Send(20),
            Eax(20),
            OffsetIs(25),
            WordAfterIs(BEYOND),
            Arrived(5, 20),
        ]
    ),
    check!(
        "cell-of-64-bits (P1.1 P2.1 P2.26 X.1): 239 takes a 64-bit offset",
        [
            File(100),
            Stream,
            Seek(3),
            Offset(10),
            Send64(20),
            Eax(20),
            OffsetIs(30),
            Stands(3),
            Arrived(10, 20),
        ]
    ),
    check!(
        "null-moves-position (P0.12 P1.8 P2.8 P2.9 P4.9 X.2): with a null offset in_fd's position is used and moved",
        [
            File(100),
            Stream,
            Seek(40),
            Send(25),
            Eax(25),
            Stands(65),
            Arrived(40, 25),
        ]
    ),
    check!(
        "position-output (P0.13 P1.14 P2.12 P4.10 X.3): a file as output is written at its position, which moves",
        [
            File(100),
            To(Output::File),
            Offset(0),
            Send(10),
            Eax(10),
            OutputStands(10),
            Offset(10),
            Send(5),
            Eax(5),
            OutputStands(15),
            Arrived(0, 15),
        ]
    ),
    check!(
        "end-short (P0.9 P0.10 P1.9 P2.10 P2.14 P4.7 X.4): a count beyond the end is cut short; the offset is at the end",
        [
            File(100),
            Stream,
            Offset(90),
            Send(50),
            Eax(10),
            OffsetIs(100),
            Arrived(90, 10),
        ]
    ),
    check!(
        "end-zero (X.4): at the end, past it and in an empty file: 0",
        [
            File(100),
            Stream,
            Offset(100),
            Send(50),
            Eax(0),
            OffsetIs(100),
            Offset(150),
            Send(50),
            Eax(0),
            OffsetIs(150),
            File(0),
            Offset(0),
            Send(50),
            Eax(0),
            OffsetIs(0),
            Arrived(0, 0),
        ]
    ),
    check!(
        "count-zero (P0.10 X.5): count 0 moves nothing and returns 0",
        [
            File(100),
            Stream,
            Offset(10),
            Send(0),
            Eax(0),
            OffsetIs(10),
            Arrived(0, 0),
        ]
    ),
    check!(
        "cell-kept-on-error (P0.9 P0.18 P1.6 P2.6 P4.6 X.6): an error leaves the offset as it was",
        [
            File(100),
            To(Output::ReadOnly),
            Offset(10),
            Send(20),
            Fails(Errno::EBADF),
            OffsetIs(10),
            Offset(-1),
            Send(20),
            Fails(Errno::EINVAL),
            OffsetIs(-1),
        ]
    ),
    check!(
        "cell-unmapped (P0.24 P1.19 P2.17 X.10): 239: an offset at a bad address is EFAULT",
        [
            File(100),
            Stream,
            OffsetNowhere,
            Send64(20),
            Fails(Errno::EFAULT),
            Arrived(0, 0),
        ]
    ),
    check!(
        "cell-no-access (P0.24 P1.19 P2.17 X.10): 239: an offset that may not be read is EFAULT, and nothing moves",
        [
            File(100),
            Stream,
            OffsetInPage(PROT_NONE),
            Send64(20),
            Fails(Errno::EFAULT),
            Arrived(0, 0),
        ]
    ),
    check!(
        "cell-read-only (P0.24 P1.19 P2.17 X.10): 239: an offset that cannot be written is EFAULT after the bytes moved",
        [
            File(100),
            Stream,
            OffsetInPage(PROT_READ),
            Send64(20),
            Fails(Errno::EFAULT),
            Arrived(10, 20),
            OffsetInPage(PROT_READ | PROT_EXEC),
            Send64(20),
            Fails(Errno::EFAULT),
            Arrived(10, 20),
        ]
    ),
];
