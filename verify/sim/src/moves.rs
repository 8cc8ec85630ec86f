//! Calls that move bytes.

use int80::{Errno, Register};
use linux_raw_sys::general::{O_RDONLY, O_WRONLY, SIGPIPE};

use super::{
    era::Era,
    memory,
    object::{FileKind, Object},
    rope::Rope,
    state::{Result, State},
    takes::Takes,
};

/// How bytes move from descriptor to descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Copy,
    Sendfile,
    Splice,
}

/// What is to be moved.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub way: Way,
    pub input: usize,
    pub output: usize,
    /// What the caller asked for.
    pub count: u64,
    /// What the schedule allows.
    pub most: u64,
}

impl State {
    /// Moves bytes within the kernel, from `position` or the file's own.
    pub fn transfer(&mut self, step: Move, position: Option<&mut u64>) -> Result {
        let Move {
            way,
            input,
            output,
            count,
            ..
        } = step;
        let read_error = self.opened(input, O_RDONLY)?.read_error;
        if position.is_some() && !self.seeks(input) {
            return Err(match way {
                Way::Copy => Errno::EINVAL,
                // Until Linux 2.6.31 an input without splice_read came first.
                Way::Sendfile if self.era < Era::V2_6_33 => Errno::EINVAL,
                _ => Errno::ESPIPE,
            });
        }
        if position.as_ref().is_some_and(|at| **at as i64 <= -1) {
            return Err(Errno::EINVAL);
        }
        let write_error = self.opened(output, O_WRONLY)?.write_error;
        if self.takes(step)? == Takes::Nothing {
            return Ok(0);
        }
        if count == 0 {
            return Ok(0);
        }
        if let Some(errno) = read_error.or(write_error) {
            return Err(errno);
        }
        let mut moved = 0;
        let most = count.min(step.most);
        let mut at = position.as_ref().map(|at| **at);
        if most > 0 && self.movable(input, at)? > 0 {
            self.tell(output)?;
        }
        while moved < most {
            match self.some(step, at, most - moved) {
                Ok(0) => break,
                Ok(count) => {
                    moved += count;
                    at = at.map(|at| at + count);
                    if self.is_datagram(output) {
                        break;
                    }
                }
                Err(errno) if moved == 0 => return Err(errno),
                Err(_) => break,
            }
        }
        if let (Some(position), Some(at)) = (position, at) {
            *position = at;
        }
        self.after_sendfile(step, moved);
        Ok(moved as usize)
    }

    /// Moves what is there, up to `most`; 0 at the end.
    fn some(&mut self, step: Move, at: Option<u64>, most: u64) -> Result<u64> {
        let available = self.movable(step.input, at)?;
        if available == 0 {
            return Ok(0);
        }
        if self.is_datagram(step.output) {
            let count = available.min(most);
            let bytes = self.peek(step.input, at, count);
            self.message(step.output, bytes, false)?;
            self.fetch(step.input, at, count);
            return Ok(count);
        }
        let room = self.room(step.output)?;
        let bytes = self.fetch(step.input, at, available.min(room).min(most));
        let count = bytes.len();
        self.deliver(step.output, bytes);
        Ok(count)
    }

    /// read and pread64.
    pub fn read(&mut self, fd: usize, to: Register, most: u64, at: Option<u64>) -> Result {
        if let Some(errno) = self.opened(fd, O_RDONLY)?.read_error {
            return Err(errno);
        }
        if at.is_some() && !self.seeks(fd) {
            return Err(Errno::ESPIPE);
        }
        if at.is_some_and(|at| at as i64 <= -1) {
            return Err(Errno::EINVAL);
        }
        if self.kind(fd) == Some(FileKind::Directory) {
            return Err(Errno::EISDIR);
        }
        let available = self.available(fd, at)?.min(most);
        let bytes = self.fetch(fd, at, available);
        memory::write(to, &bytes.to_vec())?;
        Ok(bytes.len() as usize)
    }

    /// write and writev.
    pub fn write(&mut self, fd: usize, bytes: &[u8]) -> Result {
        if let Some(errno) = self.opened(fd, O_WRONLY)?.write_error {
            return Err(errno);
        }
        match self.object(fd) {
            Some(Object::File(file)) if file.kind == FileKind::Full => return Err(Errno::ENOSPC),
            Some(Object::File(file)) if file.sealed => return Err(Errno::EPERM),
            Some(Object::Socket(socket)) if !socket.connected => {
                self.signals.raise(SIGPIPE);
                return Err(Errno::EPIPE);
            }
            _ => {}
        }
        if bytes.is_empty() {
            return Ok(0);
        }
        self.tell(fd)?;
        if self.is_datagram(fd) {
            return self
                .message(fd, Rope::bytes(bytes), false)
                .map(|n| n as usize);
        }
        let moved = self.deliver_room(fd, bytes)?;
        if let Some(Object::Socket(socket)) = self.object(fd) {
            socket.held = socket.cork;
        }
        Ok(moved)
    }

    /// Delivers as many of `bytes` as the output has room for.
    pub fn deliver_room(&mut self, fd: usize, bytes: &[u8]) -> Result {
        let mut moved = 0;
        while moved < bytes.len() {
            match self.room(fd) {
                Ok(room) => {
                    let end = bytes.len().min(moved.saturating_add(room as usize));
                    self.deliver(fd, Rope::bytes(&bytes[moved..end]));
                    moved = end;
                }
                Err(errno) if moved == 0 => return Err(errno),
                Err(_) => break,
            }
        }
        Ok(moved)
    }
}
