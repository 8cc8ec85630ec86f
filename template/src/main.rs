//! Copies a file and prints its size.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use int80_rt::{
    Process, Writer,
    int80::{
        Errno, Fd, Native, Transfer,
        sys::{self, OpenFlags},
    },
};

int80_rt::main!(main);

fn main(process: Process) -> Result<u8, Errno> {
    let mut arguments = process.arguments().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        let name = env!("CARGO_PKG_NAME");
        writeln!(Writer::new(Native, Fd::STDERR), "usage: {name} FROM TO")?;
        return Ok(2);
    };
    let input = sys::openat(Native, Fd::CWD, from, OpenFlags::CLOEXEC, 0)?;
    let new = OpenFlags::WRONLY | OpenFlags::CREAT | OpenFlags::TRUNC | OpenFlags::CLOEXEC;
    let output = sys::openat(Native, Fd::CWD, to, new, 0o666)?;

    // For files that only read and write support.
    let mut buffer = [0; 16 << 10];
    let moved = Transfer::new(Native, &output, &input, &mut buffer)
        .run()
        .into_result()?;
    output.close()?;

    writeln!(Writer::new(Native, Fd::STDOUT), "{moved} bytes")?;
    Ok(0)
}
