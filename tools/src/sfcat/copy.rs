//! One file to standard output: sendfile, and read and write where it cannot.

use int80::{
    Errno, Fd, MAX_COUNT,
    call::{self, PollFd, PollFlags, Whence},
    send,
};
use int80_rt::Gate;

use crate::{options::Options, report, text};

/// Why a file was not copied, by the side that failed.
pub enum Failure {
    Input(Errno),
    Output(Errno),
    SameFile,
}

/// What is the same for every file.
pub struct Copier<'a> {
    pub gate: Gate,
    pub buffer: &'a mut [u8; 128 * 1024],
    pub output: Option<File>,
}

/// Which file it is, and what of it matters here.
pub struct File {
    identity: [u32; 4],
    size: u64,
    regular: bool,
}

impl File {
    pub fn of(gate: Gate, fd: Fd<'_>) -> Result<Self, Errno> {
        let status = call::fstat(gate, fd)?;
        let (high, low) = ((status.stx_ino >> 32) as u32, status.stx_ino as u32);
        Ok(Self {
            identity: [status.stx_dev_major, status.stx_dev_minor, high, low],
            size: status.stx_size,
            // S_IFREG of S_IFMT.
            regular: status.stx_mode & 0o170_000 == 0o100_000,
        })
    }
}

impl Copier<'_> {
    /// Writes text `n`.
    pub fn show(&mut self, n: usize) {
        let mut space = [0; text::LONGEST];
        if let Err(errno) = self.write(text::unpack(n, &mut space)) {
            report::write_error(errno);
        }
    }

    /// Copies `input`, or the part of it that the options name.
    pub fn copy(&mut self, options: &Options, input: Fd<'_>) -> Result<(), Failure> {
        let mut offset = options.offset;
        let mut left = options.count;
        if self.is_output(input, offset) {
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

    /// Whether `input` is the output, and what is written would be read again.
    fn is_output(&self, input: Fd<'_>, offset: Option<u64>) -> bool {
        let (Some(output), Ok(file)) = (&self.output, File::of(self.gate, input)) else {
            return false;
        };
        if !output.regular || file.identity != output.identity {
            return false;
        }
        let position = match offset {
            Some(offset) => Ok(offset),
            None => call::lseek(self.gate, input, 0, Whence::Current),
        };
        position.is_ok_and(|position| position < file.size)
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
                    let bytes = self.buffer.get(..read).unwrap_or_default();
                    self.write(bytes).map_err(Failure::Output)?;
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

    /// Writes all of `bytes`.
    fn write(&self, mut bytes: &[u8]) -> Result<(), Errno> {
        while !bytes.is_empty() {
            match call::write(self.gate, Fd::STDOUT, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => self.wait_for(Fd::STDOUT, PollFlags::OUT),
                Err(errno) => return Err(errno),
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
