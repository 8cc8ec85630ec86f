//! The copy of one file to standard output.

use int80::{
    Errno, Fd,
    sys::{self, AtFlags, OpenFlags, Whence},
    transfer::{End, Rung, Side, Transfer},
};
use int80_rt::Gate;

use crate::{
    BUFFER,
    message::{Line, Messages, text},
    options::{BYTES, OFFSET, Options},
};

// The type of a file in its mode (`include/uapi/linux/stat.h`).
const S_IFMT: u32 = 0o170_000;
const S_IFREG: u32 = 0o100_000;

/// The device and inode, which identify a file.
#[derive(Clone, Copy, PartialEq)]
struct Identity {
    device: u64,
    inode: u64,
}

/// The part of a file's status that is used.
#[derive(Clone, Copy)]
struct Status {
    identity: Identity,
    regular: bool,
    size: u64,
}

/// The state that all copies share.
pub struct Copier<'a> {
    pub gate: Gate,
    pub messages: Messages,
    buffer: &'a mut [u8; BUFFER],
    options: &'a Options,
    /// The status of standard output.
    output: Result<Status, Errno>,
    /// The first call to try with a regular file as standard output.
    first: Rung,
}

impl<'a> Copier<'a> {
    pub fn new(
        gate: Gate,
        buffer: &'a mut [u8; BUFFER],
        options: &'a Options,
        messages: Messages,
    ) -> Self {
        Self {
            gate,
            messages,
            buffer,
            options,
            output: status(gate, Fd::STDOUT),
            first: Rung::CopyFileRange,
        }
    }

    /// Copies `input`, or the range that the options select. Returns the message of
    /// an error; an error of the output ends the program.
    pub fn copy(&mut self, name: &[u8], input: Fd<'_>) -> Result<(), &'static str> {
        // An output that is not a regular file cannot be the input's own end, and
        // copy_file_range does not support it.
        let mut first = Rung::Sendfile64;
        if !matches!(self.output, Ok(Status { regular: false, .. })) {
            self.refuse_to_feed_itself(input)?;
            first = self.first;
        }
        let offset = self.offset();
        let mut transfer = Transfer::new(self.gate, Fd::STDOUT, input, &mut *self.buffer)
            .starting_with(first)
            .grow_pipe();
        if let Some(offset) = offset {
            transfer = transfer.from_offset(offset);
        }
        transfer = transfer.at_most(self.options.numbers[BYTES]);
        let outcome = transfer.run();
        // An error of these bytes may be told at the next file's first call, once:
        // from copy_file_range it could be a refusal, and would be passed over.
        self.first = Rung::Sendfile64;
        if self.options.stats {
            stats(Line::new(self.messages), name, &transfer);
        }
        let End::Failed(failure) = outcome.end else {
            return Ok(());
        };
        if failure.side == Side::Output {
            self.messages.output(Err(failure.errno));
        }
        Err(text(failure.errno))
    }

    fn offset(&self) -> Option<u64> {
        let offset = self.options.numbers[OFFSET];
        (offset != u64::MAX).then_some(offset)
    }

    /// Refuses an input that is standard output's own file, if bytes would be
    /// written after the position that is read: the copy would never end. If a
    /// sandbox refuses the calls that tell, the copy is refused, too.
    #[inline(never)]
    fn refuse_to_feed_itself(&self, input: Fd<'_>) -> Result<(), &'static str> {
        let (from, to) = (status(self.gate, input), self.output);
        if let (Ok(from), Ok(to)) = (from, to) {
            if !from.regular || from.identity != to.identity {
                return Ok(());
            }
        }
        // The copy says so.
        if let Err(Errno::EBADF) = from {
            return Ok(());
        }
        let position = |fd| sys::lseek(self.gate, fd, 0, Whence::Current);
        let read = match self.offset() {
            Some(offset) => Ok(offset),
            None => position(input),
        };
        let appends =
            sys::fcntl_getfl(self.gate, Fd::STDOUT).map(|flags| flags.contains(OpenFlags::APPEND));
        let written = match (appends, from) {
            (Ok(false), _) => position(Fd::STDOUT),
            (_, Ok(from)) => Ok(from.size),
            (Ok(true), _) => sys::lseek(self.gate, Fd::STDOUT, 0, Whence::End),
            (Err(errno), _) => Err(errno),
        };
        match (read, written) {
            // Neither a pipe nor a terminal can feed itself.
            (Err(Errno::ESPIPE), _) | (_, Err(Errno::ESPIPE)) => Ok(()),
            (Ok(read), Ok(written)) if read >= written => Ok(()),
            _ if from.is_ok() && to.is_ok() => Err("input file is output file"),
            _ => Err("cannot tell whether input file is output file"),
        }
    }
}

/// The status of an open file, by fstat64 if statx is refused.
#[inline(never)]
fn status(gate: Gate, fd: Fd<'_>) -> Result<Status, Errno> {
    if let Ok(status) = sys::statx(gate, fd, c"", AtFlags::EMPTY_PATH) {
        let [major, minor] = [status.stx_dev_major, status.stx_dev_minor];
        return Ok(Status {
            identity: Identity {
                device: u64::from(major) << 32 | u64::from(minor),
                inode: status.stx_ino,
            },
            regular: u32::from(status.stx_mode) & S_IFMT == S_IFREG,
            size: status.stx_size,
        });
    }
    let status = sys::fstat64(gate, fd)?;
    Ok(Status {
        identity: Identity {
            device: status.st_dev,
            inode: status.st_ino,
        },
        regular: status.st_mode & S_IFMT == S_IFREG,
        size: status.st_size as u64,
    })
}

/// `PROGRAM: NAME: N bytes, N calls, RUNG (RUNG: MESSAGE)`
#[inline(never)]
fn stats(mut line: Line, name: &[u8], transfer: &Transfer<'_, Gate>) {
    line.name(name);
    line.text(": ");
    line.number(transfer.moved());
    line.text(" bytes, ");
    line.number(transfer.calls().into());
    line.text(" calls, ");
    line.text(transfer.rung().name());
    let Some(refusal) = transfer.refusal() else {
        return line.end("");
    };
    line.text(" (");
    line.text(refusal.rung.name());
    line.text(": ");
    line.text(text(refusal.errno));
    line.end(")");
}
