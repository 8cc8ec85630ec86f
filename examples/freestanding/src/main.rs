//! Sends a file to standard output, without std and without a C library.

#![no_std]
#![no_main]

use core::ffi::CStr;

use int80::{
    Errno, Fd, Native, Transfer,
    sys::{self, OpenFlags},
};
use int80_rt::Process;

int80_rt::main!(main);

fn main(process: Process) -> u8 {
    let mut arguments = process.arguments().skip(1);
    let (Some(name), None) = (arguments.next(), arguments.next()) else {
        return fail(&[b"usage: freestanding FILE\n"]);
    };
    match copy(name) {
        Ok(()) => 0,
        Err(errno) => {
            let message = errno.message().unwrap_or("Unknown error");
            fail(&[
                b"freestanding: ",
                name.to_bytes(),
                b": ",
                message.as_bytes(),
                b"\n",
            ])
        }
    }
}

fn copy(name: &CStr) -> Result<(), Errno> {
    let file = sys::openat(Native, Fd::CWD, name, OpenFlags::empty(), 0)?;
    let mut buffer = [0; 16 << 10]; // For pairs that only read and write support.
    let mut transfer = Transfer::new(Native, Fd::STDOUT, &file, &mut buffer);
    transfer.run().into_result()?;
    Ok(())
}

fn fail(parts: &[&[u8]]) -> u8 {
    for part in parts {
        // If the message cannot be written, there is no other place for it.
        let _ = sys::write(Native, Fd::STDERR, part);
    }
    1
}
