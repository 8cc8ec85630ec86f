//! `sfcat`: what `cat` does, by sendfile, with no libc.

#![no_std]
#![no_main]

mod copy;
mod options;
mod report;
mod text;

use core::ffi::CStr;

use int80::{
    Errno, Fd, OwnedFd,
    sys::{self, OpenFlags},
};
use int80_rt::Process;

use copy::Copier;
use options::Options;

int80_rt::main!(main);

/// What anyone may make a pipe.
const LARGE_PIPE: u32 = 1 << 20;

fn main(process: Process) -> u8 {
    let mut options = Options {
        numbers: [u64::MAX; 2],
        gate: None,
        show: 0,
        stats: false,
    };
    options::walk(process.arguments(), &mut options, &mut |_, _| {});

    let Some(gate) = process.gate(options.gate) else {
        report::fail(b"--gate", text::NO_GATE);
    };
    let Some(buffer) = int80_rt::zeroed!(128 * 1024) else {
        return 1;
    };
    // A file that is opened would take its place.
    if sys::fcntl_getfl(gate, Fd::STDOUT).is_err() {
        report::fail(b"standard output", text::of(Errno::EBADF));
    }
    // What is no pipe, or may not grow, stays as it is.
    let _ = sys::fcntl_setpipe_sz(gate, Fd::STDOUT, LARGE_PIPE);
    let mut copier = Copier { gate, buffer };
    let mut status = 0;
    if options.show != 0 {
        copier.show(options.show);
    } else {
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
    let file = match name.to_bytes() {
        b"-" => Ok(None),
        _ => sys::openat(copier.gate, Fd::CWD, name, OpenFlags::empty(), 0).map(Some),
    };
    let result = match &file {
        Ok(file) => {
            let input = file.as_ref().map_or(Fd::STDIN, OwnedFd::as_fd);
            copier.copy(options, name.to_bytes(), input)
        }
        Err(errno) => Err(text::of(*errno)),
    };
    match result {
        Ok(()) => 0,
        Err(n) => {
            report::report(name.to_bytes(), n);
            1
        }
    }
}
