//! A file as it is served, and its validators (H.13).

use crate::{coding::Coding, out::Out};

/// The status of a file, as statx tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    /// The length in bytes.
    pub size: u64,
    /// When it was changed, in seconds since 1970.
    pub mtime: i64,
    /// The nanoseconds of it.
    pub mtime_nsec: u32,
}

impl File {
    /// Whether the time means anything: images that are built from nothing have
    /// files of the time 0 or 1, which stays the same when the file changes.
    pub(crate) fn is_dated(&self) -> bool {
        self.mtime > 1
    }

    /// Whether the file may change once more within the time that it already has.
    fn is_young(&self, now: i64) -> bool {
        now.saturating_sub(self.mtime) < 2
    }

    /// The date of Last-Modified, which is not later than Date.
    pub(crate) fn last_modified(&self, now: i64) -> Option<i64> {
        self.is_dated().then_some(self.mtime.min(now))
    }

    /// The date, where it is a strong validator.
    pub(crate) fn strong_date(&self, now: i64) -> Option<i64> {
        self.last_modified(now).filter(|_| !self.is_young(now))
    }

    /// The entity tag, or `None` for a file without a date.
    pub fn etag(&self, coding: Coding, now: i64) -> Option<Etag> {
        if !self.is_dated() {
            return None;
        }
        let mut etag = Etag {
            text: [0; Etag::MAX],
            len: 0,
            weak: self.is_young(now),
        };
        let mut out = Out::new(&mut etag.text);
        out.byte(b'"').hex(self.mtime as u64).byte(b'.');
        out.hex(self.mtime_nsec.into()).byte(b'-').hex(self.size);
        if coding != Coding::Identity {
            out.byte(b'-').text(coding.name());
        }
        etag.len = out.byte(b'"').finish()?;
        Some(etag)
    }
}

/// An entity tag, of the time and the length: the same on every machine that has
/// a copy of the file.
#[derive(Clone, Copy, Debug)]
pub struct Etag {
    text: [u8; Self::MAX],
    len: usize,
    /// Whether the file may still change without a change of the tag.
    pub weak: bool,
}

impl Etag {
    /// Two marks, 16 digits of seconds, 8 of nanoseconds, 16 of the size, the
    /// marks between them and the coding.
    const MAX: usize = 2 + 16 + 1 + 8 + 1 + 16 + 5;

    /// The quoted text, without the mark of a weak tag.
    pub fn opaque(&self) -> &[u8] {
        self.text.get(..self.len).unwrap_or_default()
    }

    /// Appends the tag as it is in the field ETag.
    pub fn write(&self, out: &mut Out<'_>) {
        out.text(if self.weak { "W/" } else { "" });
        out.bytes(self.opaque());
    }
}
