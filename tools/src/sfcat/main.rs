//! `sfcat`: what `cat` does, by sendfile, with no libc.

#![no_std]
#![no_main]

mod copy;
mod line;
mod options;
mod report;
mod text;

use core::ffi::CStr;

use int80::{
    Errno, Fd,
    call::{self, OpenFlags},
};
use int80_rt::Process;

use copy::Copier;
use options::Options;

int80_rt::main!(main);

fn main(process: Process) -> u8 {
    let mut options = Options {
        offset: None,
        count: u64::MAX,
        gate: None,
        show: None,
        stats: false,
    };
    let mut operands = 0;
    options::walk(process.arguments(), &mut options, &mut |_, _| operands += 1);

    let Some(gate) = process.gate(options.gate) else {
        report::fail(b"--gate", text::NO_GATE);
    };
    let Some(buffer) = int80_rt::zeroed!(128 * 1024) else {
        return 1;
    };
    // A file that is opened would take its place.
    if call::status_flags(gate, Fd::STDOUT).is_err() {
        report::fail(b"standard output", Errno::EBADF.number() as usize);
    }
    let mut copier = Copier { gate, buffer };
    let mut status = 0;
    if let Some(n) = options.show {
        copier.show(n);
    } else {
        if operands == 0 {
            status = copy(&mut copier, &options, c"-");
        }
        options::walk(process.arguments(), &mut options, &mut |options, name| {
            status |= copy(&mut copier, options, name);
        });
    }
    if let Err(errno) = process.close_output(gate) {
        report::write_error(errno);
    }
    status
}

/// Copies one file; its part of the exit status.
#[inline(never)]
fn copy(copier: &mut Copier<'_>, options: &Options, name: &CStr) -> u8 {
    let result = if name.to_bytes() == b"-" {
        copier.copy(options, name.to_bytes(), Fd::STDIN)
    } else {
        match call::openat(copier.gate, Fd::CWD, name, OpenFlags::empty(), 0) {
            Ok(file) => copier.copy(options, name.to_bytes(), file.as_fd()),
            Err(errno) => Err(errno.number() as usize),
        }
    };
    match result {
        Ok(()) => 0,
        Err(n) => {
            report::report(name.to_bytes(), n);
            1
        }
    }
}
