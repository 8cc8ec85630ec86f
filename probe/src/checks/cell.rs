//! The registers, the offset cell and the positions.
#![allow(unsafe_code)] // Memory that may not be read or written, for the cell.

use core::ptr::without_provenance_mut;

use int80::{Errno, Register, gate::nr};
use linux_raw_sys::general::{
    MAP_ANONYMOUS, MAP_PRIVATE, PROT_EXEC, PROT_NONE, PROT_READ, PROT_WRITE,
};

use super::{Check, NO_239};
use crate::{Case, Outcome, Output, Stop};

pub const CHECKS: [Check; 13] = [
    Check::new(
        "registers",
        "P0.1 P0.2 P0.4 P0.5 P0.10 P0.17 P1.1 P1.2 P1.9 P1.15 P2.1 P2.2 P2.10 P2.13 P4.1 P4.2 P4.7 P4.13 X.3",
        "187 takes out_fd, in_fd, cell, count and returns the bytes",
        registers,
    ),
    Check::new(
        "cell-moves",
        "P0.8 P0.9 P0.12 P1.5 P1.6 P1.7 P2.5 P2.6 P2.7 P4.5 P4.6 P4.9 X.1",
        "reads from the cell on, moves the cell, leaves in_fd's position",
        moves,
    ),
    Check::new(
        "cell-of-32-bits",
        "P0.3",
        "187 leaves the word after its cell alone",
        narrow,
    ),
    Check::new(
        "cell-of-64-bits",
        "P2.26 X.1",
        "239 takes a cell of 64 bits",
        wide,
    )
    .but(&[NO_239]),
    Check::new(
        "null-moves-position",
        "P0.12 P1.8 P2.8 P2.9 P4.9 X.2",
        "without a cell in_fd's position is used and moved",
        null,
    ),
    Check::new(
        "position-output",
        "P0.13 P1.14 P2.12 P4.10 X.3",
        "a file as output is written at its position, which moves",
        output,
    )
    .but(&[super::ONLY_SOCKETS]),
    Check::new(
        "end-short",
        "P0.9 P0.10 P1.9 P2.10 P2.14 X.4",
        "a count beyond the end is cut short; the cell is at the end",
        end_short,
    ),
    Check::new(
        "end-zero",
        "X.4",
        "at the end, past it and in an empty file: 0",
        end_zero,
    ),
    Check::new(
        "count-zero",
        "P0.10 X.5",
        "count 0 moves nothing and returns 0",
        zero,
    ),
    Check::new(
        "cell-kept-on-error",
        "P0.18 X.6",
        "an error leaves the cell as it was",
        kept,
    ),
    Check::new(
        "cell-unmapped",
        "P0.24 P1.19 P2.17 X.10",
        "a cell at a bad address is EFAULT",
        unmapped,
    ),
    Check::new(
        "cell-no-access",
        "P0.24 P1.19 P2.17 X.10",
        "a cell in memory that may not be read is EFAULT, and nothing moves",
        no_access,
    ),
    Check::new(
        "cell-read-only",
        "P0.24 P1.19 P2.17 X.10",
        "a cell that cannot be written is EFAULT after the bytes have moved",
        read_only,
    ),
];

fn registers(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    c.eax(c.send(out.fd, input, None, 30), 30)?;
    c.arrived(&out, 0, 30)
}

fn moves(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    c.seek(input, 3)?;
    let mut cell = 10;
    c.eax(c.send(out.fd, input, Some(&mut cell), 20), 20)?;
    c.cell(cell, 30)?;
    c.stands("in_fd's position", input, 3)?;
    c.arrived(&out, 10, 20)
}

/// What stands behind the cell.
const BEYOND: i32 = 0x5ead_beef;

fn narrow(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let mut cells = [5, BEYOND];
    let at = (&raw mut cells).cast();
    c.eax(c.raw(nr::SENDFILE, out.fd, input, at, 20), 20)?;
    let [cell, beyond] = cells;
    c.cell(cell, 25)?;
    c.is("the word after it", beyond as isize, BEYOND as isize)?;
    c.arrived(&out, 5, 20)
}

fn wide(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    c.seek(input, 3)?;
    let mut cell = 10;
    c.eax(c.send64(out.fd, input, Some(&mut cell), 20), 20)?;
    c.is64("cell", cell, 30)?;
    c.stands("in_fd's position", input, 3)?;
    c.arrived(&out, 10, 20)
}

fn null(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    c.seek(input, 40)?;
    c.eax(c.send(out.fd, input, None, 25), 25)?;
    c.stands("in_fd's position", input, 65)?;
    c.arrived(&out, 40, 25)
}

fn output(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(Output::File)?);
    c.eax(c.send(out.fd, input, Some(&mut 0), 10), 10)?;
    c.stands("out_fd's position", out.fd, 10)?;
    c.is(
        "eax of the next",
        c.send(out.fd, input, Some(&mut 10), 5),
        5,
    )?;
    c.stands("out_fd's position then", out.fd, 15)?;
    c.arrived(&out, 0, 15)
}

fn end_short(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let mut cell = 90;
    c.eax(c.send(out.fd, input, Some(&mut cell), 50), 10)?;
    c.cell(cell, 100)?;
    c.arrived(&out, 90, 10)
}

fn end_zero(c: &Case<'_>) -> Outcome {
    let (input, empty, out) = (c.file(100)?, c.file(0)?, c.stream()?);
    for (what, input, start) in [
        ("at the end", input, 100),
        ("past the end", input, 150),
        ("empty", empty, 0),
    ] {
        let mut cell = start;
        c.is(what, c.send(out.fd, input, Some(&mut cell), 50), 0)?;
        c.cell(cell, start)?;
    }
    c.arrived(&out, 0, 0)
}

fn zero(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let mut cell = 10;
    c.eax(c.send(out.fd, input, Some(&mut cell), 0), 0)?;
    c.cell(cell, 10)?;
    c.arrived(&out, 0, 0)
}

fn kept(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.output(Output::ReadOnly)?);
    let mut cell = 10;
    let eax = c.send(out.fd, input, Some(&mut cell), 20);
    c.fails("eax", eax, Errno::EBADF)?;
    c.cell(cell, 10)?;
    let mut negative = -1;
    let eax = c.send(out.fd, input, Some(&mut negative), 20);
    c.fails("eax for -1", eax, Errno::EINVAL)?;
    c.cell(negative, -1)
}

fn unmapped(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let nowhere = without_provenance_mut(16);
    let eax = c.raw(nr::SENDFILE, out.fd, input, nowhere, 20);
    c.fails("eax", eax, Errno::EFAULT)?;
    c.arrived(&out, 0, 0)
}

/// A page with 10 in its first 8 bytes, and these rights.
fn page(c: &Case<'_>, rights: u32) -> Result<*mut (), Stop> {
    let zero = Register::ZERO;
    let size = Register::from(4096_usize);
    let map = [
        zero,
        size,
        (PROT_READ | PROT_WRITE).into(),
        (MAP_PRIVATE | MAP_ANONYMOUS).into(),
        (-1).into(),
        zero,
    ];
    // SAFETY: a new page, in a place that the kernel chooses.
    let page = unsafe { c.call("mmap2", nr::MMAP2, map) }?;
    let page = core::ptr::with_exposed_provenance_mut::<i64>(page);
    // SAFETY: the page is there and may be written.
    unsafe { page.write(10) };
    let protect = [page.into(), size, rights.into(), zero, zero, zero];
    // SAFETY: the page is no one else's.
    unsafe { c.call("mprotect", nr::MPROTECT, protect) }?;
    Ok(page.cast())
}

fn no_access(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let cell = page(c, PROT_NONE)?;
    let eax = c.raw(nr::SENDFILE, out.fd, input, cell, 20);
    c.fails("eax", eax, Errno::EFAULT)?;
    c.arrived(&out, 0, 0)
}

fn read_only(c: &Case<'_>) -> Outcome {
    let (input, out) = (c.file(100)?, c.stream()?);
    let cell = page(c, PROT_READ)?;
    let eax = c.raw(nr::SENDFILE, out.fd, input, cell, 20);
    c.fails("eax", eax, Errno::EFAULT)?;
    c.arrived(&out, 10, 20)?;
    let cell = page(c, PROT_READ | PROT_EXEC)?;
    let eax = c.raw(nr::SENDFILE, out.fd, input, cell, 20);
    c.fails("eax, executable", eax, Errno::EFAULT)?;
    c.arrived_after(&out, 20, 10, 20)
}
