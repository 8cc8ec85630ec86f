//! `sfcat`: a `cat` that copies by sendfile, with no libc.

#![no_std]
#![no_main]

mod copy;
mod message;
mod options;
mod quote;

use core::ffi::CStr;

use int80::{
    Fd, OwnedFd,
    sys::{self, OpenFlags},
};
use int80_rt::Process;

use copy::Copier;
use message::{Message, fail, write_all};
use options::{Options, Show};

int80_rt::main!(main);

/// The buffer of read and write: 128 KiB, of which other calls touch nothing.
const BUFFER: usize = 128 << 10;

fn main(process: Process) -> u8 {
    message::set_program(process.arguments().next());
    let options = Options::parse(process.arguments());
    let Some(gate) = process.gate(options.gate) else {
        fail(|message| message.text("this machine does not have that gate"));
    };
    let Some(buffer) = int80_rt::zeroed!(BUFFER) else {
        return 1;
    };
    // A file that is opened would take its number.
    if let Err(errno) = sys::fcntl_getfl(gate, Fd::STDOUT) {
        if errno == int80::Errno::EBADF {
            fail(|message| message.about("standard output", errno));
        }
    }
    let mut status = 0;
    match options.show {
        Some(Show::Help) => show(include_str!("help.txt")),
        Some(Show::Version) => show(concat!("sfcat (int80) ", env!("CARGO_PKG_VERSION"), "\n")),
        None => {
            let mut copier = Copier::new(gate, buffer, &options);
            options::operands(process.arguments(), |name| {
                status |= copy(&mut copier, name);
            });
        }
    }
    if let Some(Err(errno)) = process.take_output(gate).map(OwnedFd::close) {
        fail(|message| message.about("write error", errno));
    }
    status
}

/// Writes `text` to standard output.
fn show(text: &str) {
    if let Err(errno) = write_all(Fd::STDOUT, text.as_bytes()) {
        fail(|message| message.about("write error", errno));
    }
}

/// Copies one file; its part of the exit status.
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
        Err(errno) => Err(errno.message().unwrap_or("Unknown error")),
    };
    let Err(text) = result else { return 0 };
    let mut message = Message::new();
    message.name(name.to_bytes());
    message.text(": ");
    message.text(text);
    message.end();
    1
}
