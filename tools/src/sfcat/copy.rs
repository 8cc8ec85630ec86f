//! One file to standard output.

use int80::{
    Fd,
    sys::{self, AtFlags, Statx, Whence},
    transfer::{End, Rung, Side, Transfer},
};
use int80_rt::Gate;

use crate::{
    options::{COUNT, OFFSET, Options},
    report,
    text::{self, text},
};

// The kinds of files, of stx_mode.
const S_IFMT: u16 = 0o170_000;
const S_IFREG: u16 = 0o100_000;
const S_IFSOCK: u16 = 0o140_000;

/// What is the same for every file.
pub struct Copier<'a> {
    pub gate: Gate,
    pub buffer: &'a mut [u8; 128 * 1024],
}

impl Copier<'_> {
    /// Writes text `n` to standard output.
    pub fn show(&self, n: usize) {
        let mut bytes = text(n);
        while !bytes.is_empty() {
            match sys::write(self.gate, Fd::STDOUT, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(errno) => report::write_error(errno),
            }
        }
    }

    /// Copies `input`, or the part of it that the options name. The error is the
    /// number of a text; one of the output's ends the program.
    pub fn copy(&mut self, options: &Options, name: &[u8], input: Fd<'_>) -> Result<(), usize> {
        let (to, whence) = match options.numbers[OFFSET] {
            u64::MAX => (0, Whence::Current),
            offset => (offset as i64, Whence::Set),
        };
        let start = match sys::lseek(self.gate, input, to, whence) {
            Err(errno) if whence == Whence::Set => return Err(text::of(errno)),
            start => start.unwrap_or(0),
        };
        let mut first = Rung::Sendfile64;
        // An error is a kernel without statx, or will come again.
        if let Ok(from) = sys::statx(self.gate, input, c"", AtFlags::EMPTY_PATH) {
            match from.stx_mode & S_IFMT {
                S_IFSOCK => first = Rung::ReadWrite,
                // What is written would be read again.
                S_IFREG if start < from.stx_size && self.is_output(&from) => {
                    return Err(text::SAME_FILE);
                }
                _ => {}
            }
        }
        let mut transfer = Transfer::new(self.gate, Fd::STDOUT, input, &mut *self.buffer)
            .at_most(options.numbers[COUNT])
            .starting_with(first);
        let outcome = transfer.run();
        if options.stats {
            report::stats(name, &transfer);
        }
        match outcome.end {
            End::Failed(error) if error.side == Side::Output => report::write_error(error.errno),
            End::Failed(error) => Err(text::of(error.errno)),
            _ => Ok(()),
        }
    }

    /// Whether the output is this file.
    fn is_output(&self, from: &Statx) -> bool {
        sys::statx(self.gate, Fd::STDOUT, c"", AtFlags::EMPTY_PATH).is_ok_and(|to| {
            from.stx_ino == to.stx_ino
                && from.stx_dev_major == to.stx_dev_major
                && from.stx_dev_minor == to.stx_dev_minor
        })
    }
}
