//! Files that were read a moment ago: for at most a second a response is made of a
//! small one without asking the kernel, and of a larger one without opening it.
//!
//! Nothing makes room for another: what does not fit is read as often as it is
//! asked for, until the second is over and all are forgotten.

use int80::{OwnedFd, sys};
use int80_rt::{FixedVec, Gate};
use int80_serve::{Coding, File, after};

use crate::memory::{self, copy};

/// How many files are kept.
pub const MOST: usize = 32;
/// The most bytes of a path and of the file together.
const ROOM: usize = 4096;

/// What is kept of a file.
pub enum Content<'a> {
    /// All its bytes.
    Bytes(&'a [u8]),
    /// The file itself, open. Its status is asked for at each response.
    File(&'a OwnedFd<Gate>),
}

/// What a file's response is made of, beside its content.
#[derive(Clone, Copy)]
pub struct Facts {
    pub file: File,
    pub coding: Coding,
    pub content_type: &'static [u8],
}

/// What a request asks for: one file.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    pub path: &'a [u8],
    /// Whether the path ends in a slash, and the codings that are to be tried, in
    /// their order.
    pub kind: (bool, u16),
}

struct Kept {
    kind: (bool, u16),
    /// The length of the path.
    length: usize,
    facts: Facts,
    /// The file, if its bytes are not kept.
    file: Option<OwnedFd<Gate>>,
}

/// The files. Their paths and contents are at the same places of `bytes`.
pub struct Cache {
    gate: Gate,
    files: FixedVec<Kept>,
    bytes: &'static mut [u8],
    /// Whether anything is kept: only while the timer tells when a second is
    /// over.
    pub open: bool,
}

impl Cache {
    pub fn new(gate: Gate) -> Self {
        Self {
            gate,
            files: memory::vector(gate, MOST),
            bytes: memory::zeros(gate, MOST * ROOM),
            open: false,
        }
    }

    /// Forgets everything; whether there was anything.
    #[inline(never)]
    pub fn clear(&mut self) -> bool {
        let any = !self.files.is_empty();
        self.files.clear();
        any
    }

    /// The file that was read for this key, and its content.
    pub fn find(&self, key: &Key<'_>) -> Option<(&Facts, Content<'_>)> {
        for (kept, bytes) in self.files.iter().zip(self.bytes.chunks_exact(ROOM)) {
            if kept.kind == key.kind && kept.length == key.path.len() {
                if let Some(bytes) = after(bytes, key.path) {
                    let content = match &kept.file {
                        Some(file) => Content::File(file),
                        None => Content::Bytes(bytes),
                    };
                    return Some((&kept.facts, content));
                }
            }
        }
        None
    }

    /// Keeps a file, where there is room.
    pub fn keep(&mut self, key: &Key<'_>, facts: Facts, content: Content<'_>) {
        let begin = self.files.len() * ROOM;
        let place = self.bytes.get_mut(begin..).unwrap_or_default();
        let length = key.path.len();
        let bytes = match content {
            Content::Bytes(bytes) => bytes,
            Content::File(_) => &[],
        };
        if !self.open || length + bytes.len() > ROOM || place.is_empty() {
            return;
        }
        let file = match content {
            Content::Bytes(_) => None,
            Content::File(file) => match sys::fcntl_dupfd_cloexec(self.gate, file, 3) {
                Ok(file) => Some(file),
                Err(_) => return,
            },
        };
        let (path, rest) = place.split_at_mut_checked(length).unwrap_or_default();
        copy(path, key.path);
        copy(rest, bytes);
        let _ = self.files.push(Kept {
            kind: key.kind,
            length,
            facts,
            file,
        });
    }
}
