//! The fields of a request, as the lines that were received.

use crate::scan::{Scan, same, trim};

/// The fields that change what is answered or logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Name {
    Host,
    Connection,
    ContentLength,
    TransferEncoding,
    Expect,
    AcceptEncoding,
    IfMatch,
    IfNoneMatch,
    IfModifiedSince,
    IfUnmodifiedSince,
    IfRange,
    Range,
    UserAgent,
    Referer,
}

const NAMES: [(&str, Name); 14] = [
    ("Host", Name::Host),
    ("Connection", Name::Connection),
    ("Content-Length", Name::ContentLength),
    ("Transfer-Encoding", Name::TransferEncoding),
    ("Expect", Name::Expect),
    ("Accept-Encoding", Name::AcceptEncoding),
    ("If-Match", Name::IfMatch),
    ("If-None-Match", Name::IfNoneMatch),
    ("If-Modified-Since", Name::IfModifiedSince),
    ("If-Unmodified-Since", Name::IfUnmodifiedSince),
    ("If-Range", Name::IfRange),
    ("Range", Name::Range),
    ("User-Agent", Name::UserAgent),
    ("Referer", Name::Referer),
];

impl Name {
    /// The field of this name, in any case.
    pub(crate) fn of(name: &[u8]) -> Option<Self> {
        let is = |(text, _): &&(&str, Self)| same(name, text);
        NAMES.iter().find(is).map(|&(_, name)| name)
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The lines of the fields, which are known to be well-formed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    block: &'a [u8],
    present: u16,
}

impl<'a> Fields<'a> {
    pub(crate) fn add(&mut self, name: Name) {
        self.present |= name.bit();
    }

    /// The same set of names, of these lines.
    pub(crate) fn of(self, block: &[u8]) -> Fields<'_> {
        let present = self.present;
        Fields { block, present }
    }

    /// Whether there is a field of this name.
    pub fn has(&self, name: Name) -> bool {
        self.present & name.bit() != 0
    }

    /// The values of this name's lines, in order, without white space around.
    pub fn values(&self, name: Name) -> Values<'a> {
        let rest = if self.has(name) { self.block } else { b"" };
        Values { rest, name }
    }

    /// The first value of this name.
    pub fn first(&self, name: Name) -> Option<&'a [u8]> {
        self.values(name).next()
    }

    /// The value of a field that may be there once: `None` where there are more.
    pub fn only(&self, name: Name) -> Option<&'a [u8]> {
        let mut values = self.values(name);
        values.next().filter(|_| values.next().is_none())
    }

    /// The members of a list that no quoted text is in, over all lines.
    pub fn members(&self, name: Name) -> Members<'a> {
        Members {
            values: self.values(name),
            value: None,
        }
    }
}

/// The members of a list, line by line, without white space around.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    values: Values<'a>,
    /// What is left of the line.
    value: Option<Scan<'a>>,
}

impl<'a> Iterator for Members<'a> {
    type Item = &'a [u8];

    #[inline(never)]
    fn next(&mut self) -> Option<&'a [u8]> {
        let mut line = match self.value.take() {
            Some(line) => line,
            None => Scan::new(self.values.next()?),
        };
        let member = line.before(b',');
        // An empty member may come after the last comma.
        self.value = line.skip(b',').then_some(line);
        Some(trim(member))
    }
}

/// The values of a name, line by line.
#[derive(Clone, Debug)]
pub struct Values<'a> {
    rest: &'a [u8],
    name: Name,
}

impl<'a> Iterator for Values<'a> {
    type Item = &'a [u8];

    #[inline(never)]
    fn next(&mut self) -> Option<&'a [u8]> {
        let mut lines = Scan::new(self.rest);
        while !lines.is_at_end() {
            let name = lines.before(b':');
            lines.byte();
            let value = lines.before(b'\r');
            lines.literal(b"\r\n");
            self.rest = lines.rest();
            if Name::of(name) == Some(self.name) {
                return Some(trim(value));
            }
        }
        None
    }
}
