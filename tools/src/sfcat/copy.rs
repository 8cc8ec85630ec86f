//! One file to standard output.

use int80::{
    Errno, Fd,
    call::{self, Whence},
    transfer::{End, Side, Transfer},
};
use int80_rt::Gate;

use crate::{line::Line, options::Options, report, text};

/// What is the same for every file.
pub struct Copier<'a> {
    pub gate: Gate,
    pub buffer: &'a mut [u8; 128 * 1024],
}

impl Copier<'_> {
    /// Writes text `n` to standard output.
    pub fn show(&self, n: usize) {
        let mut line = Line::new();
        line.text(n);
        let mut bytes = line.get();
        while !bytes.is_empty() {
            match call::write(self.gate, Fd::STDOUT, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(Errno::EINTR) => {}
                Err(errno) => report::write_error(errno),
            }
        }
    }

    /// Copies `input`, or the part of it that the options name. The error is the
    /// number of a text; one of the output's ends the program.
    pub fn copy(&mut self, options: &Options, name: &[u8], input: Fd<'_>) -> Result<(), usize> {
        if self.is_output(input, options.offset).unwrap_or(false) {
            return Err(text::SAME_FILE);
        }
        let mut transfer = Transfer::new(self.gate, Fd::STDOUT, input, self.buffer)
            // The kernel refuses a range that ends beyond 2^63 − 1.
            .at_most(
                options
                    .count
                    .min(i64::MAX as u64 - options.offset.unwrap_or(0)),
            )
            .grow_pipe();
        if let Some(offset) = options.offset {
            transfer = transfer.from_offset(offset);
        }
        let outcome = transfer.run();
        if options.stats {
            stats(name, outcome.moved, &transfer);
        }
        match outcome.end {
            End::Failed(error) if error.side == Side::Output => report::write_error(error.errno),
            End::Failed(error) => Err(error.errno.number() as usize),
            _ => Ok(()),
        }
    }

    /// Whether `input` is the output, and what is written would be read again.
    ///
    /// An error is a kernel without statx, or will come again where it matters.
    fn is_output(&self, input: Fd<'_>, offset: Option<u64>) -> Result<bool, Errno> {
        let from = call::fstat(self.gate, input)?;
        // S_IFREG of S_IFMT.
        if from.stx_mode & 0o170_000 != 0o100_000 {
            return Ok(false);
        }
        let to = call::fstat(self.gate, Fd::STDOUT)?;
        if from.stx_ino != to.stx_ino
            || from.stx_dev_major != to.stx_dev_major
            || from.stx_dev_minor != to.stx_dev_minor
        {
            return Ok(false);
        }
        let position = match offset {
            Some(offset) => offset,
            None => call::lseek(self.gate, input, 0, Whence::Current)?,
        };
        Ok(position < from.stx_size)
    }
}

/// `sfcat: NAME: N bytes, N calls, RUNG (REFUSED: message)`
#[inline(never)]
fn stats(name: &[u8], moved: u64, transfer: &Transfer<'_, Gate>) {
    let mut line = report::about(name);
    line.number(moved);
    line.text(text::BYTES);
    line.number(transfer.calls().into());
    line.text(text::CALLS);
    line.text(text::RUNG + transfer.rung() as usize);
    if let Some(refusal) = transfer.refusal() {
        line.bytes(b" (");
        line.text(text::RUNG + refusal.rung as usize);
        line.bytes(b": ");
        line.text(refusal.errno.number() as usize);
        line.byte(b')');
    }
    report::write(line);
}
