//! The head of a request: the request line and the fields (H.1 to H.11).
//!
//! The bytes are read from the first to the last, and what is wrong is told at
//! the byte that is wrong. So the result of a parse depends on no byte after the
//! place where it ends, and whatever pieces a head comes in, each parse from the
//! beginning ends the same.

use crate::{
    fields::{Fields, Name},
    framing,
    host::is_host,
    request::{Method, Request},
    scan::{Kind, Scan, trim},
    status::Status,
};

/// The longest request line that is taken, in bytes without its CRLF (H.6).
pub const MAX_LINE: usize = 8000;
/// The longest head that is taken, with the empty line at its end (H.6).
pub const MAX_HEAD: usize = 16 * 1024;

/// What the beginning of a connection's bytes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed<'a> {
    /// The beginning of a head. The parse begins anew once more bytes are there.
    Partial,
    /// A request, and the length of its head.
    Request(Request<'a>, usize),
    /// No request that is answered otherwise than with an error. The connection
    /// is closed after it, and no later byte is read as a request.
    Refused(Refusal<'a>),
}

/// Why a head is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal<'a> {
    /// The status of the error.
    pub status: Status,
    /// The method, as far as it is known: the answer to HEAD has no content.
    pub method: Method,
    /// The request line as far as it was read, for the log.
    pub line: &'a [u8],
}

/// The parser of heads.
#[derive(Debug)]
pub struct Head;

impl Head {
    /// Reads a request's head at the beginning of `bytes`.
    ///
    /// A head in pieces is parsed from its first byte each time. Once the result
    /// is not [`Parsed::Partial`], it is the same however many bytes follow.
    #[inline(never)]
    pub fn parse(bytes: &[u8]) -> Parsed<'_> {
        let within = bytes.get(..MAX_HEAD).unwrap_or(bytes);
        let mut parser = Parser::new(within);
        if let Some(request) = parser.head() {
            return Parsed::Request(request, parser.at());
        }
        let status = match parser.refused {
            Some(status) => status,
            None if within.len() < MAX_HEAD => return Parsed::Partial,
            None => Status::HeaderFieldsTooLarge,
        };
        Parsed::Refused(Refusal {
            status,
            method: parser.method,
            line: parser.line(),
        })
    }

    /// The method of a head of which only the beginning has come.
    pub fn method(bytes: &[u8]) -> Method {
        let mut parser = Parser::new(bytes);
        let _ = parser.head();
        parser.method
    }
}

/// The length of the empty lines at the beginning of `bytes`, which are no part
/// of a request: a connection that sent nothing else is idle (H.1, H.24).
pub fn empty_lines(bytes: &[u8]) -> usize {
    let mut scan = Scan::new(bytes);
    while scan.literal(b"\r\n") {}
    bytes.len() - scan.rest().len()
}

/// What reads a head. Where it goes no further each function returns `None`, with
/// the status in `refused`; where that is `None`, too, the bytes end.
struct Parser<'a> {
    bytes: &'a [u8],
    scan: Scan<'a>,
    /// Where the request line begins, and where it ends once it is read.
    start: usize,
    end: Option<usize>,
    method: Method,
    refused: Option<Status>,
}

impl<'a> Parser<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            scan: Scan::new(bytes),
            start: 0,
            end: None,
            method: Method::Unknown,
            refused: None,
        }
    }

    /// Goes no further.
    fn refuse<T>(&mut self, status: Status) -> Option<T> {
        self.refused = Some(status);
        None
    }

    fn bad<T>(&mut self) -> Option<T> {
        self.refuse(Status::BadRequest)
    }

    /// How many bytes are read.
    fn at(&self) -> usize {
        self.bytes.len() - self.scan.rest().len()
    }

    fn line(&self) -> &'a [u8] {
        let end = self.end.unwrap_or(self.at());
        self.bytes.get(self.start..end).unwrap_or_default()
    }

    #[inline(never)]
    fn head(&mut self) -> Option<Request<'a>> {
        self.start = empty_lines(self.bytes);
        self.scan = Scan::new(self.bytes.get(self.start..).unwrap_or_default());
        if self.scan.rest() == b"\r" {
            return None;
        }
        let (target, minor) = self.request_line()?;
        let fields = self.fields()?;
        let request = Request::new(self.method, self.line(), target, minor, fields);
        match request.and_then(framing::checked) {
            Ok(request) => Some(request),
            Err(status) => self.refuse(status),
        }
    }

    /// The next byte must be `expected`.
    #[inline(never)]
    fn expect(&mut self, expected: u8) -> Option<()> {
        match self.scan.byte()? {
            byte if byte == expected => Some(()),
            _ => self.bad(),
        }
    }

    #[inline(never)]
    fn line_end(&mut self) -> Option<()> {
        self.expect(b'\r')?;
        self.expect(b'\n')
    }

    /// The longest run of bytes of a kind, which another byte ends.
    #[inline(never)]
    fn run(&mut self, kind: Kind) -> Option<&'a [u8]> {
        let run = self.scan.run(kind);
        (!self.scan.is_at_end()).then_some(run)
    }

    /// The same, of one byte at least.
    #[inline(never)]
    fn word(&mut self, kind: Kind) -> Option<&'a [u8]> {
        match self.run(kind)? {
            b"" => self.bad(),
            word => Some(word),
        }
    }

    /// The target and the minor version.
    fn request_line(&mut self) -> Option<(&'a [u8], u8)> {
        let all = self.scan;
        // The line's own limit ends what is searched for its parts.
        let limited = all.rest().get(..=MAX_LINE);
        self.scan = limited.map_or(all, Scan::new);
        let parts = self.parts();
        let read = self.scan_len(limited.unwrap_or(all.rest()));
        self.scan = Scan::new(all.rest().get(read..).unwrap_or_default());
        if parts.is_none() && self.refused.is_none() && limited.is_some() {
            return self.refuse(Status::UriTooLong);
        }
        let (target, [major, minor]) = parts?;
        self.end = Some(self.at());
        self.line_end()?;
        match major {
            b'1' => Some((target, minor.wrapping_sub(b'0'))),
            _ => self.refuse(Status::VersionNotSupported),
        }
    }

    fn scan_len(&self, from: &[u8]) -> usize {
        from.len() - self.scan.rest().len()
    }

    /// The target, and the two digits of the version.
    fn parts(&mut self) -> Option<(&'a [u8], [u8; 2])> {
        let method = self.word(Kind::Token)?;
        self.expect(b' ')?;
        self.method = Method::of(method);
        let target = self.word(Kind::Target)?;
        self.expect(b' ')?;
        for &byte in b"HTTP/" {
            self.expect(byte)?;
        }
        let major = self.digit()?;
        self.expect(b'.')?;
        let minor = self.digit()?;
        // The byte after it tells whether the line is too long.
        (!self.scan.is_at_end()).then_some((target, [major, minor]))
    }

    #[inline(never)]
    fn digit(&mut self) -> Option<u8> {
        match self.scan.byte()? {
            byte if byte.is_ascii_digit() => Some(byte),
            _ => self.bad(),
        }
    }

    /// The fields, up to the empty line, which is read.
    fn fields(&mut self) -> Option<Fields<'a>> {
        let start = self.at();
        let mut fields = Fields::default();
        while self.scan.peek() != Some(b'\r') {
            let name = Name::of(self.word(Kind::Token)?);
            self.expect(b':')?;
            let value = trim(self.run(Kind::Value)?);
            self.line_end()?;
            let Some(name) = name else { continue };
            let good = match name {
                Name::Host => !fields.has(name) && is_host(value),
                Name::ContentLength => !fields.has(name) && framing::is_length(value),
                _ => true,
            };
            if !good {
                return self.bad();
            }
            fields.add(name);
        }
        let end = self.at();
        self.line_end()?;
        Some(fields.of(self.bytes.get(start..end).unwrap_or_default()))
    }
}
