//! `sfcat`: a `cat` that copies by sendfile, with no libc.

#![no_std]
#![no_main]

mod copy;
mod message;
mod options;

use core::ffi::CStr;

use int80::{
    Errno, Fd, OwnedFd,
    sys::{self, OpenFlags},
};
use int80_rt::Process;

use copy::Copier;
use message::{Messages, text};
use options::Options;

int80_rt::main!(main);

/// The buffer of read and write, 128 KiB, which other calls do not touch.
const BUFFER: usize = 128 << 10;

fn main(process: Process) -> u8 {
    let messages = Messages {
        program: process.arguments().next().unwrap_or(c"sfcat").to_bytes(),
    };
    let options = Options::parse(process.arguments(), messages);
    let Some(gate) = process.gate(options.gate) else {
        messages.fail("--gate", "not on this machine");
    };
    let Some(buffer) = int80_rt::zeroed!(BUFFER) else {
        return 1;
    };
    // Otherwise the first file that is opened would become standard output.
    if sys::fcntl_getfl(gate, Fd::STDOUT) == Err(Errno::EBADF) {
        messages.fail("standard output", text(Errno::EBADF));
    }
    let mut status = 0;
    if let Some(show) = options.show {
        messages.output(message::write_all(Fd::STDOUT, show.as_bytes()));
    } else {
        let mut copier = Copier::new(gate, buffer, &options, messages);
        options::operands(process.arguments(), |name| {
            status |= copy(&mut copier, name);
        });
    }
    // SAFETY: every file that was opened has been closed.
    #[allow(unsafe_code)]
    let output = unsafe { process.take_output(gate) };
    if let Some(output) = output {
        messages.output(output.close());
    }
    status
}

/// Copies one file; returns its part of the exit status.
fn copy(copier: &mut Copier<'_>, name: &CStr) -> u8 {
    let file = match name.to_bytes() {
        b"-" => Ok(None),
        _ => sys::openat(copier.gate, Fd::CWD, name, OpenFlags::empty(), 0).map(Some),
    };
    let result = match &file {
        Ok(file) => {
            let input = file.as_ref().map_or(Fd::STDIN, OwnedFd::as_fd);
            copier.copy(name.to_bytes(), input)
        }
        Err(errno) => Err(text(*errno)),
    };
    match result {
        Ok(()) => 0,
        Err(text) => {
            copier.messages.about(name.to_bytes(), text);
            1
        }
    }
}
