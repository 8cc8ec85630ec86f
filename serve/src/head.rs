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
    pub fn parse(bytes: &[u8]) -> Parsed<'_> {
        let within = bytes.get(..MAX_HEAD).unwrap_or(bytes);
        let mut parser = Parser::new(within);
        let stop = match parser.head() {
            Ok(request) => return Parsed::Request(request, parser.at()),
            Err(stop) => stop,
        };
        let status = match stop {
            Stop::Refused(status) => status,
            Stop::End if within.len() < MAX_HEAD => return Parsed::Partial,
            Stop::End => Status::HeaderFieldsTooLarge,
        };
        Parsed::Refused(Refusal {
            status,
            method: parser.method,
            line: parser.line(),
        })
    }
}

/// The length of the empty lines at the beginning of `bytes`, which are no part
/// of a request: a connection that sent nothing else is idle (H.1, H.24).
pub fn empty_lines(bytes: &[u8]) -> usize {
    let mut scan = Scan::new(bytes);
    while scan.literal(b"\r\n") {}
    bytes.len() - scan.rest().len()
}

/// Why the parser goes no further.
enum Stop {
    /// The bytes end.
    End,
    Refused(Status),
}

const BAD: Stop = Stop::Refused(Status::BadRequest);

struct Parser<'a> {
    bytes: &'a [u8],
    scan: Scan<'a>,
    /// Where the request line begins, and where it ends once it is read.
    start: usize,
    end: Option<usize>,
    method: Method,
}

impl<'a> Parser<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            scan: Scan::new(bytes),
            start: 0,
            end: None,
            method: Method::Unknown,
        }
    }

    /// How many bytes are read.
    fn at(&self) -> usize {
        self.bytes.len() - self.scan.rest().len()
    }

    fn line(&self) -> &'a [u8] {
        let end = self.end.unwrap_or(self.at());
        self.bytes.get(self.start..end).unwrap_or_default()
    }

    fn head(&mut self) -> Result<Request<'a>, Stop> {
        self.start = empty_lines(self.bytes);
        self.scan = Scan::new(self.bytes.get(self.start..).unwrap_or_default());
        if self.scan.rest() == b"\r" {
            return Err(Stop::End);
        }
        let (target, minor) = self.request_line()?;
        let fields = self.fields()?;
        let request = Request::new(self.method, self.line(), target, minor, fields);
        request.and_then(framing::checked).map_err(Stop::Refused)
    }

    /// The next byte must be `expected`.
    fn expect(&mut self, expected: u8) -> Result<(), Stop> {
        match self.scan.byte() {
            Some(byte) if byte == expected => Ok(()),
            Some(_) => Err(BAD),
            None => Err(Stop::End),
        }
    }

    /// The longest run of bytes of a kind, which another byte ends.
    fn run(&mut self, kind: Kind) -> Result<&'a [u8], Stop> {
        let run = self.scan.run(kind);
        match self.scan.is_at_end() {
            true => Err(Stop::End),
            false => Ok(run),
        }
    }

    /// The target and the minor version.
    fn request_line(&mut self) -> Result<(&'a [u8], u8), Stop> {
        let all = self.scan;
        // The line's own limit ends what is searched for its parts.
        let limited = all.rest().get(..=MAX_LINE);
        self.scan = limited.map_or(all, Scan::new);
        let parts = self.parts();
        let read = self.scan_len(limited.unwrap_or(all.rest()));
        self.scan = Scan::new(all.rest().get(read..).unwrap_or_default());
        let (target, version) = match parts {
            Err(Stop::End) if limited.is_some() => return Err(Stop::Refused(Status::UriTooLong)),
            parts => parts?,
        };
        self.end = Some(self.at());
        self.expect(b'\r')?;
        self.expect(b'\n')?;
        let [major, minor] = version;
        match major {
            b'1' => Ok((target, minor.wrapping_sub(b'0'))),
            _ => Err(Stop::Refused(Status::VersionNotSupported)),
        }
    }

    fn scan_len(&self, from: &[u8]) -> usize {
        from.len() - self.scan.rest().len()
    }

    /// The target, and the two digits of the version.
    fn parts(&mut self) -> Result<(&'a [u8], [u8; 2]), Stop> {
        let method = self.run(Kind::Token)?;
        if method.is_empty() {
            return Err(BAD);
        }
        self.expect(b' ')?;
        self.method = Method::of(method);
        let target = self.run(Kind::Target)?;
        if target.is_empty() {
            return Err(BAD);
        }
        self.expect(b' ')?;
        for &byte in b"HTTP/" {
            self.expect(byte)?;
        }
        let major = self.digit()?;
        self.expect(b'.')?;
        let minor = self.digit()?;
        // The byte after it tells whether the line is too long.
        match self.scan.is_at_end() {
            true => Err(Stop::End),
            false => Ok((target, [major, minor])),
        }
    }

    fn digit(&mut self) -> Result<u8, Stop> {
        match self.scan.byte() {
            Some(byte) if byte.is_ascii_digit() => Ok(byte),
            Some(_) => Err(BAD),
            None => Err(Stop::End),
        }
    }

    /// The fields, up to the empty line, which is read.
    fn fields(&mut self) -> Result<Fields<'a>, Stop> {
        let start = self.at();
        let mut fields = Fields::default();
        while self.scan.peek() != Some(b'\r') {
            let (name, value) = self.field()?;
            if let Some(name) = Name::of(name) {
                let again = fields.has(name);
                self.one_field(name, value, again)?;
                fields.add(name);
            }
        }
        let end = self.at();
        self.expect(b'\r')?;
        self.expect(b'\n')?;
        Ok(fields.of(self.bytes.get(start..end).unwrap_or_default()))
    }

    /// One line, with its CRLF.
    fn field(&mut self) -> Result<(&'a [u8], &'a [u8]), Stop> {
        let name = self.run(Kind::Token)?;
        if name.is_empty() {
            return Err(BAD);
        }
        self.expect(b':')?;
        let value = self.run(Kind::Value)?;
        self.expect(b'\r')?;
        self.expect(b'\n')?;
        Ok((name, trim(value)))
    }

    /// What one line shows to be wrong.
    fn one_field(&self, name: Name, value: &[u8], again: bool) -> Result<(), Stop> {
        let good = match name {
            Name::Host => !again && is_host(value),
            Name::ContentLength => !again && framing::is_length(value),
            _ => true,
        };
        if good { Ok(()) } else { Err(BAD) }
    }
}
