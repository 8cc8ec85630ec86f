//! The oracle: a copy by read and write alone, which knows for certain which
//! side has failed.

use std::io::Error;

use int80::transfer::Side;

use crate::{inputs::Source, outputs::Sink, sockets::raw};

/// How a copy went.
#[derive(Clone, PartialEq, Eq)]
pub struct Copied {
    /// What has arrived at the far end.
    pub bytes: Vec<u8>,
    pub moved: u64,
    pub error: Option<(i32, Side)>,
    /// The input's own position; `None` where it has none.
    pub position: Option<i64>,
}

impl std::fmt::Debug for Copied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { moved, error, .. } = self;
        write!(f, "{} bytes arrived, {moved} moved, ", self.bytes.len())?;
        write!(f, "{error:?}, input at {:?}", self.position)
    }
}

/// Copies at most `most` bytes, as one writes it on an afternoon.
pub fn copy(source: &Source, sink: Sink, most: u64) -> Copied {
    let (from, to) = (raw(&source.fd), raw(&sink.fd));
    let (mut moved, mut offset) = (0, source.offset);
    let mut buffer = vec![0; 65536];
    let error = 'copy: loop {
        let count = buffer.len().min((most - moved) as usize);
        let count = match read(from, &mut buffer[..count], offset) {
            Ok(0) => break None,
            Ok(count) => count,
            Err(libc::EAGAIN) => {
                wait(from, libc::POLLIN);
                continue;
            }
            Err(errno) => break Some((errno, Side::Input)),
        };
        offset = offset.map(|offset| offset + count as u64);
        let mut rest = &buffer[..count];
        while !rest.is_empty() {
            match write(to, rest) {
                Ok(count) => {
                    moved += count as u64;
                    rest = &rest[count..];
                }
                Err(libc::EAGAIN) => wait(to, libc::POLLOUT),
                Err(errno) => break 'copy Some((errno, Side::Output)),
            }
        }
    };
    let position = position(source);
    drop(sink.fd);
    Copied {
        bytes: (sink.arrived)(),
        moved,
        error,
        position,
    }
}

/// Where the input stands.
pub fn position(source: &Source) -> Option<i64> {
    // SAFETY: a call that takes no pointer.
    let position = unsafe { libc::lseek64(raw(&source.fd), 0, libc::SEEK_CUR) };
    (position >= 0).then_some(position)
}

fn read(fd: i32, buffer: &mut [u8], offset: Option<u64>) -> Result<usize, i32> {
    let (at, length) = (buffer.as_mut_ptr().cast(), buffer.len());
    result(match offset {
        // SAFETY: the buffer has this length.
        Some(offset) => unsafe { libc::pread64(fd, at, length, offset as i64) },
        // SAFETY: the same.
        None => unsafe { libc::read(fd, at, length) },
    })
}

fn write(fd: i32, bytes: &[u8]) -> Result<usize, i32> {
    // SAFETY: the bytes are there.
    result(unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) })
}

fn result(count: isize) -> Result<usize, i32> {
    usize::try_from(count).map_err(|_| Error::last_os_error().raw_os_error().unwrap())
}

fn wait(fd: i32, events: i16) {
    let mut fds = libc::pollfd {
        fd,
        events,
        revents: 0,
    };
    // SAFETY: one element.
    unsafe { libc::poll(&mut fds, 1, -1) };
}
