//! Calls that ask or set, and the state that moving calls depend on.

use int80::{Errno, Register};
use linux_raw_sys::general::{
    F_GET_SEALS, F_GETFL, F_GETPIPE_SZ, F_SEAL_WRITE, F_SETPIPE_SZ, O_APPEND, SEEK_CUR, SEEK_END,
    SIGPIPE, statx,
};

use super::{
    memory,
    moves::{Move, Way},
    object::{FileKind, Object},
    rope::Rope,
    setup::place,
    state::{Result, State},
};

impl State {
    pub fn kind(&mut self, fd: usize) -> Option<FileKind> {
        match self.object(fd) {
            Some(Object::File(file)) => Some(file.kind),
            _ => None,
        }
    }

    pub fn seeks(&mut self, fd: usize) -> bool {
        self.kind(fd)
            .is_some_and(|kind| !matches!(kind, FileKind::Terminal | FileKind::Stream))
    }

    /// How much can be moved within the kernel: no more than the inode's size
    /// says.
    pub fn movable(&mut self, fd: usize, at: Option<u64>) -> Result<u64> {
        let position = at.unwrap_or(self.file(fd)?.position);
        let available = self.available(fd, at)?;
        Ok(match self.object(fd) {
            Some(Object::File(file)) => match file.size {
                Some(size) => available.min(size.saturating_sub(position)),
                None => available,
            },
            _ => available,
        })
    }

    /// How much can be read now, 0 at the end; waits where it may.
    pub fn available(&mut self, fd: usize, at: Option<u64>) -> Result<u64> {
        let position = at.unwrap_or(self.file(fd)?.position);
        let waits = !self.non_blocking(fd);
        loop {
            match self.object(fd) {
                Some(Object::File(file)) => return Ok(file.data.len().saturating_sub(position)),
                Some(object) => {
                    let channel = object.source().ok_or(Errno::EBADF)?;
                    if !channel.queue.is_empty() || channel.at_end() {
                        return Ok(channel.queue.len());
                    }
                }
                None => return Err(Errno::EBADF),
            }
            let moved = waits && self.advance();
            if !moved && (!waits || self.is_time_limited(fd)) {
                return Err(Errno::EAGAIN);
            }
            assert!(moved, "a read that would hang");
        }
    }

    /// How much can be written now, at least 1; waits where it may.
    pub fn room(&mut self, fd: usize) -> Result<u64> {
        let waits = !self.non_blocking(fd);
        let open = *self.file(fd)?;
        loop {
            match self.object(fd) {
                Some(Object::File(file)) => {
                    let at = match open.flags & O_APPEND {
                        0 => open.position,
                        _ => file.data.len(),
                    };
                    return match file.space.saturating_sub(at) {
                        0 => Err(Errno::ENOSPC),
                        space => Ok(space),
                    };
                }
                Some(object) => {
                    let channel = object.sink().ok_or(Errno::EBADF)?;
                    if !channel.reader {
                        self.signals.raise(SIGPIPE);
                        return Err(Errno::EPIPE);
                    }
                    if channel.room() > 0 {
                        return Ok(channel.room());
                    }
                    if let Object::Socket(socket) = object {
                        // A full buffer is sent, held back or not.
                        socket.held = false;
                    }
                }
                None => return Err(Errno::EBADF),
            }
            self.wait(fd, waits)?;
        }
    }

    /// Lets time pass for a write that has no room, or ends it.
    fn wait(&mut self, fd: usize, waits: bool) -> Result<()> {
        let moved = waits && self.advance();
        if !moved && (!waits || self.is_time_limited(fd)) {
            return Err(Errno::EAGAIN);
        }
        assert!(moved, "a write that would hang");
        Ok(())
    }

    /// Whether the descriptor is a datagram socket.
    pub fn is_datagram(&mut self, fd: usize) -> bool {
        matches!(self.object(fd), Some(Object::Socket(socket)) if !socket.stream)
    }

    /// Sends a message, or a part of one where `more` is to come, whole or not
    /// at all.
    pub fn message(&mut self, fd: usize, bytes: Rope, more: bool) -> Result<u64> {
        let waits = !self.non_blocking(fd);
        let count = bytes.len();
        loop {
            let Some(Object::Socket(socket)) = self.object(fd) else {
                return Err(Errno::ENOTSOCK);
            };
            let channel = &mut socket.outbound;
            if !channel.reader {
                return Err(Errno::ECONNREFUSED);
            }
            let whole = socket.partial.len() + count;
            if whole > channel.capacity {
                return Err(Errno::EMSGSIZE);
            }
            // As Linux has it: a message fits where anything does.
            if channel.room() > 0 {
                socket.partial.append(bytes);
                socket.held = more;
                if !more {
                    socket.messages.push(whole);
                    let message = std::mem::take(&mut socket.partial);
                    channel.queue.append(message);
                }
                return Ok(count);
            }
            self.wait(fd, waits)?;
        }
    }

    /// The next `count` bytes of the input, which are there and stay there.
    pub fn peek(&mut self, fd: usize, at: Option<u64>, count: u64) -> Rope {
        let own = self.file(fd).map_or(0, |open| open.position);
        match self.object(fd) {
            Some(Object::File(file)) => file.data.slice(at.unwrap_or(own), count),
            Some(object) => object
                .source()
                .map_or_else(Rope::default, |channel| channel.queue.slice(0, count)),
            None => Rope::default(),
        }
    }

    /// Takes `count` bytes of the input, which are there.
    pub fn fetch(&mut self, fd: usize, at: Option<u64>, count: u64) -> Rope {
        let own = self.file(fd).map_or(0, |open| open.position);
        let bytes = match self.object(fd) {
            Some(Object::File(file)) => file.data.slice(at.unwrap_or(own), count),
            Some(object) => object
                .source()
                .map_or_else(Rope::default, |channel| channel.queue.take(count)),
            None => Rope::default(),
        };
        if let (None, Ok(open)) = (at, self.file(fd)) {
            open.position += bytes.len();
        }
        bytes
    }

    /// Puts bytes in the output, which has room for them.
    pub fn deliver(&mut self, fd: usize, bytes: Rope) {
        let Ok(open) = self.file(fd).copied() else {
            return;
        };
        let count = bytes.len();
        let mut end = open.position + count;
        match self.object(fd) {
            Some(Object::File(file)) => {
                let at = match open.flags & O_APPEND {
                    0 => open.position,
                    _ => file.data.len(),
                };
                end = at + count;
                file.data.write(at, bytes);
            }
            Some(object) => {
                if let Some(channel) = object.sink() {
                    channel.queue.append(bytes);
                }
            }
            None => {}
        }
        if let Ok(open) = self.file(fd) {
            open.position = end;
        }
    }

    /// What sendfile leaves of the cork.
    pub fn after_sendfile(&mut self, step: Move, moved: u64) {
        let short = self.era.short_sendfile_corks() && moved < step.count;
        let full = self.room_now(step.output) == 0;
        if let Some(Object::Socket(socket)) = self.object(step.output) {
            if step.way == Way::Sendfile && (moved > 0 || !short) {
                socket.held = socket.tcp && !full && (socket.cork || short);
            }
        }
    }

    fn room_now(&mut self, fd: usize) -> u64 {
        self.object(fd)
            .and_then(Object::sink)
            .map_or(u64::MAX, |channel| channel.room())
    }

    pub fn fcntl(&mut self, fd: usize, command: Register, argument: Register) -> Result {
        let grows = self.era.grows_pipes();
        let flags = self.file(fd)?.flags;
        match (command.bits() as u32, self.object(fd)) {
            (F_GETFL, _) => Ok(flags as usize),
            (F_SETPIPE_SZ | F_GETPIPE_SZ, _) if !grows => Err(Errno::EINVAL),
            (F_GETPIPE_SZ, Some(Object::Pipe(channel))) => Ok(channel.capacity as usize),
            (F_GETPIPE_SZ, _) => Err(Errno::EBADF),
            (F_SETPIPE_SZ, Some(Object::Pipe(channel))) => {
                channel.capacity = channel.capacity.max(argument.bits() as u64);
                Ok(channel.capacity as usize)
            }
            (F_SETPIPE_SZ, _) => Err(Errno::EBADF),
            (F_GET_SEALS, Some(Object::File(file))) if file.sealed => Ok(F_SEAL_WRITE as usize),
            _ => Err(Errno::EINVAL),
        }
    }

    pub fn seek(&mut self, fd: usize, offset: i64, whence: Register) -> Result<u64> {
        if !self.seeks(fd) {
            self.file(fd)?;
            return Err(Errno::ESPIPE);
        }
        let base = match (whence.bits() as u32, self.object(fd)) {
            (SEEK_END, Some(Object::File(file))) => file.data.len(),
            (SEEK_CUR, _) => self.file(fd)?.position,
            _ => 0,
        };
        let at = base
            .checked_add_signed(offset)
            .filter(|at| *at as i64 >= 0)
            .ok_or(Errno::EINVAL)?;
        self.file(fd)?.position = at;
        Ok(at)
    }

    /// The type of a file, as a mode has it.
    fn mode(&mut self, fd: usize) -> Result<u16> {
        self.file(fd)?;
        Ok(match (self.kind(fd), self.object(fd)) {
            (Some(kind), _) if kind.is_regular() => 0o100_000,
            (Some(FileKind::Directory), _) => 0o040_000,
            (Some(_), _) => 0o020_000,
            (_, Some(Object::Pipe(_))) => 0o010_000,
            _ => 0o140_000,
        })
    }

    /// statx: the type, and nothing else.
    pub fn statx(&mut self, [fd, _, _, _, to, _]: [Register; 6]) -> Result {
        // SAFETY: the structure is of integers, for which zero is a value.
        let mut status: statx = unsafe { std::mem::zeroed() };
        status.stx_mode = self.mode(place(fd.bits() as i32))?;
        memory::store(to, status).map(|()| 0)
    }

    /// fstat64: the type, and nothing else, in the layout of i386.
    pub fn fstat64(&mut self, fd: usize, to: Register) -> Result {
        let mut status = [0_u32; 24];
        status[4] = self.mode(fd)?.into();
        memory::store(to, status).map(|()| 0)
    }
}
