//! One file to standard output: sendfile, and read and write where it cannot.

use int80::{
    Errno, Fd, MAX_COUNT,
    call::{self, PollFd, PollFlags, Statx, Whence},
    send,
};
use int80_rt::Gate;

use crate::options::Options;

/// Why a file was not copied, by the side that failed.
pub enum Failure {
    Input(Errno),
    Output(Errno),
    SameFile,
}

/// What is the same for every file.
pub struct Copier<'a> {
    pub gate: Gate,
    pub options: &'a Options,
    pub buffer: &'a mut [u8],
}

impl Copier<'_> {
    /// Copies `input`, or the part of it that the options name.
    pub fn copy(&mut self, input: Fd<'_>, output: Option<&Statx>) -> Result<(), Failure> {
        let mut offset = self.options.offset;
        let mut left = self.options.count.unwrap_or(u64::MAX);
        if output.is_some_and(|output| self.is_same(input, output)) {
            return Err(Failure::SameFile);
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

    /// Whether the output is `input`, and what is written would be read again.
    fn is_same(&self, input: Fd<'_>, output: &Statx) -> bool {
        const S_IFMT: u16 = 0o170_000;
        const S_IFREG: u16 = 0o100_000;
        let identity = |s: &Statx| (s.stx_dev_major, s.stx_dev_minor, s.stx_ino);
        output.stx_mode & S_IFMT == S_IFREG
            && call::fstat(self.gate, input).is_ok_and(|status| {
                identity(&status) == identity(output)
                    && self
                        .position(input)
                        .is_ok_and(|position| position < status.stx_size)
            })
    }

    /// Where in `input` copying starts.
    fn position(&self, input: Fd<'_>) -> Result<u64, Errno> {
        match self.options.offset {
            Some(offset) => Ok(offset),
            None => call::lseek(self.gate, input, 0, Whence::Current),
        }
    }

    /// Copies up to `left` bytes through the buffer.
    fn read_and_write(
        &mut self,
        input: Fd<'_>,
        mut offset: Option<u64>,
        mut left: u64,
    ) -> Result<(), Failure> {
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
                    self.write(read)?;
                    left -= read as u64;
                    offset = offset.map(|offset| offset + read as u64);
                }
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait(input),
                Err(errno) => return Err(Failure::Input(errno)),
            }
        }
        Ok(())
    }

    /// Writes the first `count` bytes of the buffer.
    fn write(&self, count: usize) -> Result<(), Failure> {
        let mut bytes = self.buffer.get(..count).unwrap_or_default();
        while !bytes.is_empty() {
            match call::write(self.gate, Fd::STDOUT, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait_for(Fd::STDOUT, PollFlags::OUT),
                Err(errno) => return Err(Failure::Output(errno)),
            }
        }
        Ok(())
    }

    /// Waits until `input` has something and the output has room: a
    /// non-blocking descriptor is not ours to change, and not the end.
    fn wait(&self, input: Fd<'_>) {
        self.wait_for(input, PollFlags::IN);
        self.wait_for(Fd::STDOUT, PollFlags::OUT);
    }

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
