//! Calls that move bytes.

use int80::{Errno, Register};
use linux_raw_sys::general::{O_RDONLY, O_WRONLY, SIGPIPE};

use super::{
    era::Era,
    memory,
    object::{FileKind, Object},
    rope::Rope,
    state::{Result, State},
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
        while moved < most {
            match self.some(step, at, most - moved) {
                Ok(0) => break,
                Ok(count) => {
                    moved += count;
                    at = at.map(|at| at + count);
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
        let available = self.available(step.input, at)?;
        if available == 0 {
            return Ok(0);
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
        if let Some(Object::Socket(socket)) = self.object(fd) {
            socket.held = socket.cork;
        }
        Ok(moved)
    }

    /// Whether the call takes the pair.
    fn takes(&mut self, step: Move) -> Result<Takes> {
        let (input, output) = (self.kind(step.input), self.kind(step.output));
        let append = self.appends(step.output);
        match step.way {
            Way::Copy => self.copy_takes(step, append),
            Way::Splice => {
                let pipes = [step.input, step.output]
                    .map(|fd| matches!(self.object(fd), Some(Object::Pipe(_))));
                let from = input.is_none_or(|kind| kind.splices_from(self.era));
                let to = output.is_none_or(FileKind::splices_to);
                if pipes == [false; 2] || append && !pipes[1] || !from || !to {
                    return Err(Errno::EINVAL);
                }
                self.writable(step.output)
            }
            Way::Sendfile => {
                let pipe = matches!(self.object(step.output), Some(Object::Pipe(_)));
                let from = match self.object(step.input) {
                    Some(Object::Socket(_)) => pipe && self.era >= Era::V6_8,
                    Some(Object::File(file)) => file.kind.splices_from(self.era),
                    _ => false,
                };
                let socket = matches!(self.object(step.output), Some(Object::Socket(_)));
                let to = match self.era {
                    Era::V2_2 | Era::V2_4 => true,
                    Era::V2_6_9 => socket,
                    _ => (!append || pipe || socket) && output.is_none_or(FileKind::splices_to),
                };
                if !from || !to {
                    return Err(Errno::EINVAL);
                }
                self.writable(step.output)
            }
        }
    }

    fn copy_takes(&mut self, step: Move, append: bool) -> Result<Takes> {
        let (input, output) = (self.kind(step.input), self.kind(step.output));
        if input == Some(FileKind::Directory) {
            return Err(Errno::EISDIR);
        }
        let regular = |kind| matches!(kind, Some(FileKind::Regular | FileKind::Proc));
        if !regular(input) || !regular(output) {
            return Err(Errno::EINVAL);
        }
        if append {
            return Err(Errno::EBADF);
        }
        let systems = [step.input, step.output].map(|fd| match self.object(fd) {
            Some(Object::File(file)) => file.system,
            _ => 0,
        });
        if systems[0] != systems[1] && self.era >= Era::V6_8 {
            return Err(Errno::EXDEV);
        }
        if input == Some(FileKind::Proc) {
            // Its size is said to be 0.
            return Ok(Takes::Nothing);
        }
        self.writable(step.output)
    }

    /// Whether the output can be written at all.
    fn writable(&mut self, output: usize) -> Result<Takes> {
        match self.object(output) {
            Some(Object::File(file)) if file.sealed => Err(Errno::EPERM),
            Some(Object::File(file)) if file.kind == FileKind::Full => Err(Errno::ENOSPC),
            Some(Object::Socket(socket)) if !socket.connected => {
                self.signals.raise(SIGPIPE);
                Err(Errno::EPIPE)
            }
            _ => Ok(Takes::Bytes),
        }
    }
}

/// Whether a call moves bytes of a pair that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Bytes,
    Nothing,
}

impl FileKind {
    /// Whether splice and sendfile can read it.
    fn splices_from(self, era: Era) -> bool {
        match self {
            Self::Regular => true,
            Self::Proc => era == Era::V2_6_33,
            Self::Directory | Self::Null | Self::Full | Self::Terminal => false,
        }
    }

    /// Whether splice and sendfile can write it.
    fn splices_to(self) -> bool {
        !matches!(self, Self::Full | Self::Terminal | Self::Directory)
    }
}
