//! `sfcat`: what `cat` does, by sendfile, with no libc.

#![no_std]
#![no_main]

mod copy;
mod options;
mod report;

use core::ffi::CStr;

use int80::{
    Errno, Fd,
    call::{self, OpenFlags, Statx},
};
use int80_rt::{Gate, Process};

use copy::{Copier, Failure};
use options::{Action, Options};
use report::Report;

int80_rt::main!(main);

fn main(process: Process) -> u8 {
    let (action, options) = match options::parse(process.arguments()) {
        Ok(parsed) => parsed,
        Err(usage) => return usage.report(),
    };
    let Some(gate) = process.gate(options.gate) else {
        return Report::of(&[b"this machine has no such gate"]);
    };
    let failed = match action {
        Action::Help => report::write_all(gate, options::HELP.as_bytes()),
        Action::Version => report::write_all(gate, options::VERSION.as_bytes()),
        Action::Copy => copy_all(process, gate, &options),
    };
    match process.close_output(gate) {
        // Not open at all: reported where it mattered.
        Ok(()) | Err(Errno::EBADF) => failed,
        Err(errno) => Report::errno(b"write error", errno),
    }
}

/// Copies every operand, or standard input where there is none; the exit
/// status.
fn copy_all(process: Process, gate: Gate, options: &Options) -> u8 {
    let output = match call::fstat(gate, Fd::STDOUT) {
        Ok(status) => Some(status),
        Err(Errno::EBADF) => return Report::errno(b"standard output", Errno::EBADF),
        // A kernel without statx: there is no telling input from output.
        Err(_) => None,
    };
    let Some(buffer) = int80_rt::zeroed!(128 * 1024) else {
        return 1;
    };
    let mut copier = Copier {
        gate,
        options,
        buffer,
    };
    let mut operands = options::operands(process.arguments()).peekable();
    if operands.peek().is_none() {
        return copy_one(&mut copier, c"-", output.as_ref()).unwrap_or_else(|status| status);
    }
    let mut failed = 0;
    for name in operands {
        match copy_one(&mut copier, name, output.as_ref()) {
            Ok(status) => failed |= status,
            Err(status) => return status,
        }
    }
    failed
}

/// Copies one file. `Ok` is its part of the exit status; `Err` the exit status
/// when nothing more can be written.
fn copy_one(copier: &mut Copier<'_>, name: &CStr, output: Option<&Statx>) -> Result<u8, u8> {
    let result = if name == c"-" {
        copier.copy(Fd::STDIN, output)
    } else {
        match call::openat(copier.gate, Fd::CWD, name, OpenFlags::empty(), 0) {
            Ok(file) => copier.copy(file.as_fd(), output),
            Err(errno) => Err(Failure::Input(errno)),
        }
    };
    match result {
        Ok(()) => Ok(0),
        Err(Failure::Input(errno)) => Ok(Report::errno(name.to_bytes(), errno)),
        Err(Failure::SameFile) => Ok(Report::of(&[
            name.to_bytes(),
            b": input file is output file",
        ])),
        Err(Failure::Output(errno)) => Err(Report::errno(b"write error", errno)),
    }
}
