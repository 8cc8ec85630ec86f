//! Offsets and counts near and beyond 2 and 4 GiB.

use int80::Errno;

use super::{Check, NO_239, differs};
use crate::{Case, Input, Outcome, Output, Profile};

const GIB: u64 = 1 << 30;
/// Where call 187's cell ends.
const WALL: i32 = i32::MAX;

pub const CHECKS: [Check; 8] = [
    Check::new("wall-overflow", "P2.20 P2.26", "187 with its cell at 2^31 - 1 is EOVERFLOW", overflow).but(&[differs(Profile::Qemu7_2, 10, "qemu-user 7.2 widens the cell, calls 64-bit sendfile and cuts the result back, so that the cell turns negative (linux-user/syscall.c)")]),
    Check::new("wall-cut", "P2.20 P2.26", "187 just below 2^31 - 1 is cut short there", cut).but(&[differs(Profile::Qemu7_2, 100, "qemu-user 7.2 has no wall at 2^31 - 1 for call 187 (linux-user/syscall.c)")]),
    Check::new("wall-not-without-cell", "P2.26", "187 without a cell goes past 2^31 - 1", no_wall),
    Check::new("far-239", "P2.26 X.15", "239 reads beyond 2 and 4 GiB", far).but(&[NO_239]),
    Check::new("far-negative", "X.6", "offset + count past 2^63 is EINVAL", past).but(&[NO_239]),
    Check::new("negative-offset", "X.5 X.6", "a negative offset is EINVAL, also with count 0", negative),
    Check::new("count-negative", "P2.18 X.7", "a count of all ones is EINVAL but for a 64-bit kernel's 32-bit programs", huge),
    Check::new("count-limit", "P2.24", "one call moves at most 0x7ffff000 bytes", limit).but(&[super::ONLY_SOCKETS]),
];

fn overflow(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(5 * GIB)?, c.stream()?);
    let mut cell = WALL;
    let eax = c.send(out.fd, input, Some(&mut cell), 10);
    c.fails("eax", eax, Errno::EOVERFLOW)?;
    c.cell(cell, WALL)?;
    c.arrived(&out, 0, 0)
}

fn cut(c: &Case<'_>) -> Outcome {
    // The wall is within the last 64 KiB, which are written.
    let (input, out) = (c.file(2 * GIB + 4096)?, c.stream()?);
    let mut cell = WALL - 15;
    let start = cell as u64;
    c.eax(c.send(out.fd, input, Some(&mut cell), 100), 15)?;
    c.cell(cell, WALL)?;
    c.arrived(&out, start, 15)
}

fn no_wall(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(2 * GIB + 4096)?, c.stream()?);
    let start = i64::from(WALL) - 15;
    c.seek(input, start)?;
    c.eax(c.send(out.fd, input, None, 100), 100)?;
    c.stands("in_fd's position", input, start + 100)?;
    c.arrived(&out, start as u64, 100)
}

fn far(c: &Case<'_>) -> Outcome {
    for end in [2 * GIB + 50_000, 4 * GIB + 50_000, 5 * GIB] {
        let (input, out) = (c.file(end)?, c.stream()?);
        let start = end - 1000;
        let mut cell = start as i64;
        c.eax(c.send64(out.fd, input, Some(&mut cell), 300), 300)?;
        c.is64("cell", cell, start as i64 + 300)?;
        c.arrived(&out, start, 300)?;
    }
    Ok(())
}

fn past(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let mut cell = i64::MAX - 5;
    let eax = c.send64(out.fd, input, Some(&mut cell), 100);
    c.fails("eax", eax, Errno::EINVAL)?;
    c.is64("cell", cell, i64::MAX - 5)
}

fn negative(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    for count in [20, 0] {
        let mut cell = -1;
        let eax = c.send(out.fd, input, Some(&mut cell), count);
        c.fails("eax", eax, Errno::EINVAL)?;
        c.cell(cell, -1)?;
    }
    c.arrived(&out, 0, 0)
}

fn huge(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let eax = c.send(out.fd, input, Some(&mut 0), usize::MAX);
    if c.machine.compat {
        c.is("eax on a 64-bit kernel", eax, 100)
    } else {
        c.fails("eax", eax, Errno::EINVAL)
    }
}

fn limit(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.input(Input::Memory, 3 * GIB)?, c.output(Output::Null)?);
    let eax = c.send(out.fd, input, None, 0x7fff_ffff);
    c.eax(eax, 0x7fff_f000)
}
