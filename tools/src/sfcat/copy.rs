//! One file to standard output: sendfile, and read and write where it cannot.

use int80::{
    Errno, Fd, MAX_COUNT,
    call::{self, PollFd, PollFlags, Whence},
    send,
};
use int80_rt::Gate;

use crate::{options::Options, report, text};

/// What is the same for every file.
pub struct Copier<'a> {
    pub gate: Gate,
    pub buffer: &'a mut [u8; 128 * 1024],
}

impl Copier<'_> {
    /// Writes text `n`.
    pub fn show(&mut self, n: usize) {
        let mut space = [0; text::LONGEST];
        self.write(text::unpack(n, &mut space));
    }

    /// Copies `input`, or the part of it that the options name. The error is the
    /// number of a text; one of the output's ends the program.
    pub fn copy(&mut self, options: &Options, input: Fd<'_>) -> Result<(), usize> {
        let mut offset = options.offset;
        // The kernel refuses a range that ends beyond 2^63 − 1.
        let mut left = options.count.min(i64::MAX as u64 - offset.unwrap_or(0));
        if self.is_output(input, offset).unwrap_or(false) {
            return Err(text::SAME_FILE);
        }
        while left > 0 {
            let count = left.min(MAX_COUNT as u64) as usize;
            match send(self.gate, Fd::STDOUT, input, offset.as_mut(), count) {
                Ok(0) => break,
                Ok(moved) => left -= moved as u64,
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait(input),
                // This pair cannot be done, or one side has failed: reading
                // and writing goes on where sendfile stopped, and tells which.
                Err(_) => return self.read_and_write(input, offset, left),
            }
        }
        Ok(())
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

    /// Copies up to `left` bytes through the buffer.
    fn read_and_write(
        &mut self,
        input: Fd<'_>,
        mut offset: Option<u64>,
        mut left: u64,
    ) -> Result<(), usize> {
        while left > 0 {
            let count = left.min(self.buffer.len() as u64) as usize;
            let buffer = self.buffer.get_mut(..count).unwrap_or_default();
            let result = match offset {
                Some(offset) => call::pread(self.gate, input, buffer, offset),
                None => call::read(self.gate, input, buffer),
            };
            match result {
                Ok(0) => break,
                Ok(read) => {
                    self.write(self.buffer.get(..read).unwrap_or_default());
                    left -= read as u64;
                    offset = offset.map(|offset| offset + read as u64);
                }
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait(input),
                Err(errno) => return Err(errno.number() as usize),
            }
        }
        Ok(())
    }

    /// Writes all of `bytes`; an error ends the program.
    fn write(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match call::write(self.gate, Fd::STDOUT, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait_for(Fd::STDOUT, PollFlags::OUT),
                Err(errno) => report::write_error(errno),
            }
        }
    }

    /// Waits until `input` has something and the output has room: whether they
    /// are non-blocking is not ours to change.
    fn wait(&self, input: Fd<'_>) {
        self.wait_for(input, PollFlags::IN);
        self.wait_for(Fd::STDOUT, PollFlags::OUT);
    }

    #[inline(never)]
    fn wait_for(&self, fd: Fd<'_>, events: PollFlags) {
        // An error of poll's leaves it to the call that is made next.
        let _ = call::poll(
            self.gate,
            &mut [PollFd {
                fd,
                events,
                revents: events,
            }],
            -1,
        );
    }
}
