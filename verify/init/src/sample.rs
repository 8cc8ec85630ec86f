//! The file that the tools send, and what has become of it at the other end.

use core::fmt;

use int80::{
    Errno, Fd, Native,
    sys::{self, OpenFlags},
};

use crate::calls::Open;

/// Its size, which no buffer's size divides.
const SIZE: u64 = (1 << 20) + 4321;

const ROOM: usize = 16 << 10;

/// The byte at that offset; no two pages are alike.
fn byte(at: u64) -> u8 {
    (at.wrapping_mul(7) ^ (at >> 8) ^ (at >> 16)) as u8
}

/// Makes it, as `sample` in the folder.
pub fn make(folder: Fd<'_>) -> Result<(), Errno> {
    let flags = OpenFlags::WRONLY | OpenFlags::CREAT | OpenFlags::TRUNC;
    let file = sys::openat(Native, folder, c"sample", flags, 0o600)?;
    let mut buffer = [0; ROOM];
    let mut at = 0;
    while at < SIZE {
        let len = ROOM.min((SIZE - at) as usize);
        for (place, byte_) in (at..).zip(&mut buffer[..len]) {
            *byte_ = byte(place);
        }
        at += sys::write(Native, &file, &buffer[..len])? as u64;
    }
    Ok(())
}

/// What came of it.
pub enum Arrived {
    Whole,
    /// It ends there.
    Ended(u64),
    /// Its first other byte, or one too many, is there.
    Differs(u64),
    Unread(Errno),
}

impl fmt::Display for Arrived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arrived::Whole => f.write_str("whole"),
            Arrived::Ended(at) => write!(f, "ends at byte {at}"),
            Arrived::Differs(at) => write!(f, "differs at byte {at}"),
            Arrived::Unread(errno) => write!(f, "cannot be read, errno {}", errno.raw_os_error()),
        }
    }
}

/// Reads to the end and compares, whatever comes.
pub fn compare(from: &Open) -> Arrived {
    let mut buffer = [0; ROOM];
    let (mut at, mut wrong) = (0, None);
    loop {
        let count = match sys::read(Native, from, &mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(Errno::EINTR) => continue,
            Err(errno) => return Arrived::Unread(errno),
        };
        for got in &buffer[..count] {
            if at >= SIZE || *got != byte(at) {
                wrong = wrong.or(Some(at));
            }
            at += 1;
        }
    }
    match wrong {
        Some(at) => Arrived::Differs(at),
        None if at < SIZE => Arrived::Ended(at),
        None => Arrived::Whole,
    }
}
