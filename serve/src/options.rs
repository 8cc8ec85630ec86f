//! Values of command line options (U.2, U.3, S.5).
//!
//! An error is what was expected, to be printed after the option's name.

use crate::{
    host::{self, ipv4, ipv6, write_ipv4, write_ipv6},
    out::Out,
    scan::{Kind, Scan, after, same, trim},
};

/// What a value was expected to be.
pub type Expected = &'static str;

/// Where connections are taken (`--listen`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen<'a> {
    /// `:PORT`: every address of the machine, IPv6 and IPv4.
    Any(u16),
    /// `ADDR:PORT`.
    V4([u8; 4], u16),
    /// `[ADDR]:PORT`.
    V6([u8; 16], u16),
    /// `unix:PATH`, of at most 107 bytes.
    Unix(&'a [u8]),
}

impl<'a> Listen<'a> {
    /// Reads the value of `--listen`.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub fn parse(value: &'a [u8]) -> Result<Self, Expected> {
        Self::read(value)
            .ok_or("ADDRESS:PORT, [IPV6]:PORT, :PORT or unix:PATH, with at most 107 bytes of PATH")
    }

    fn read(value: &'a [u8]) -> Option<Self> {
        if let Some(path) = after(value, b"unix:") {
            return matches!(path.len(), 1..=MAX_UNIX).then_some(Self::Unix(path));
        }
        let mut scan = Scan::new(value);
        let address = match scan.peek()? {
            b':' => Self::Any(0),
            b'[' => {
                scan.skip(b'[');
                let address = ipv6(&mut scan)?;
                scan.skip(b']').then_some(Self::V6(address, 0))?
            }
            _ => Self::V4(ipv4(&mut scan)?, 0),
        };
        let port = scan.skip(b':').then(|| host::port(scan.rest()))??;
        Some(address.with_port(port))
    }

    /// The same address with another port: the one that the kernel chose for 0.
    pub fn with_port(self, port: u16) -> Self {
        match self {
            Self::Any(_) => Self::Any(port),
            Self::V4(address, _) => Self::V4(address, port),
            Self::V6(address, _) => Self::V6(address, port),
            Self::Unix(path) => Self::Unix(path),
        }
    }

    /// Where the machine itself reaches it: by its own address where every one is
    /// served.
    pub fn from_here(self) -> Self {
        match self {
            Self::Any(port) | Self::V4([0, 0, 0, 0], port) => Self::V4([127, 0, 0, 1], port),
            Self::V6(address, port) if address == [0; 16] => Self::V6(LOOPBACK, port),
            other => other,
        }
    }

    /// Appends the URL to print.
    pub fn write_url(&self, out: &mut Out<'_>) {
        let port = match self.from_here() {
            Self::Unix(path) => {
                out.text("unix:").bytes(path);
                return;
            }
            Self::Any(port) => port,
            Self::V4(address, port) => {
                write_ipv4(out.text("http://"), address);
                port
            }
            Self::V6(address, port) => {
                write_ipv6(out.text("http://["), address);
                out.byte(b']');
                port
            }
        };
        out.byte(b':').number(port.into()).byte(b'/');
    }
}

/// The longest path of a Unix socket, which has 108 bytes with its NUL.
const MAX_UNIX: usize = 107;

const LOOPBACK: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// A field of the operator's (`--header`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// A token.
    pub name: &'a [u8],
    /// Without control bytes, and without white space at the ends.
    pub value: &'a [u8],
}

/// The longest field, and type: the buffer of a response's head, of 64 KiB, takes 16
/// fields and a type.
const MAX_FIELD: usize = 3800;

fn fits(text: &[u8]) -> Result<(), Expected> {
    match text.len() {
        ..=MAX_FIELD => Ok(()),
        _ => Err("at most 3800 bytes"),
    }
}

/// The fields that each response computes, and that an option cannot say.
const COMPUTED: [&str; 14] = [
    "Accept-Ranges",
    "Allow",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Range",
    "Date",
    "ETag",
    "Keep-Alive",
    "Last-Modified",
    "Location",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
];

/// The fields that describe a file.
const OF_CONTENT: [&str; 6] = [
    "Cache-Control",
    "Content-Disposition",
    "Content-Language",
    "Content-Type",
    "Expires",
    "Vary",
];

impl<'a> Field<'a> {
    /// Reads `NAME: VALUE`.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub fn parse(text: &'a [u8]) -> Result<Self, Expected> {
        let mut scan = Scan::new(text);
        let name = scan.run(Kind::Token);
        if name.is_empty() || !scan.skip(b':') {
            return Err("NAME: VALUE");
        }
        let value = trim(scan.rest());
        let control = |&byte: &u8| (byte < b' ' && byte != b'\t') || byte == 0x7f;
        if value.iter().any(control) {
            return Err("a value without control characters");
        }
        let field = Self { name, value };
        if COMPUTED.iter().any(|name| field.is(name)) {
            return Err("a field that is not computed for each response");
        }
        fits(text)?;
        Ok(field)
    }

    /// Whether it is the field of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        same(self.name, name)
    }

    /// Whether it describes a file, and so is not sent with an error, which
    /// caches would otherwise keep for as long.
    pub(crate) fn is_of_content(&self) -> bool {
        OF_CONTENT.iter().any(|name| self.is(name))
    }

    /// Whether the value is a list with this member.
    pub(crate) fn lists(&self, member: &str) -> bool {
        let mut members = self.value.split(|&byte| byte == b',').map(trim);
        members.any(|found| found == b"*" || same(found, member))
    }
}

/// A type of the operator's (`--type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeRule<'a> {
    /// What names end in, with the dot.
    pub ending: &'a [u8],
    /// The value of Content-Type.
    pub content_type: &'a [u8],
}

impl<'a> TypeRule<'a> {
    /// Reads `.EXT=TYPE`.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub fn parse(text: &'a [u8]) -> Result<Self, Expected> {
        fits(text)?;
        Self::read(text).ok_or(".EXT=TYPE, as in .foo=text/plain")
    }

    fn read(text: &'a [u8]) -> Option<Self> {
        let mut scan = Scan::new(text);
        let ending = scan.before(b'=');
        let good = ending.len() > 1
            && ending.starts_with(b".")
            && ending.iter().all(|&byte| byte != b'/')
            && scan.skip(b'=');
        let content_type = scan.rest();
        let major = scan.run(Kind::Token);
        let slash = scan.skip(b'/');
        let minor = scan.run(Kind::Token);
        let parameters = trim(scan.rest());
        let printed = parameters.iter().all(|&byte| (b' '..0x7f).contains(&byte));
        let well = parameters.is_empty() || parameters.starts_with(b";");
        (good && slash && !major.is_empty() && !minor.is_empty() && printed && well).then_some(
            Self {
                ending,
                content_type: trim(content_type),
            },
        )
    }
}

/// Reads `404=FILE` (`--error-page`): the name of the file.
///
/// # Errors
///
/// What was expected.
pub fn error_page(text: &[u8]) -> Result<&[u8], Expected> {
    let file = after(text, b"404=").filter(|file| !file.is_empty());
    file.ok_or("404=FILE")
}

/// Reads `UID:GID` (`--user`).
///
/// # Errors
///
/// What was expected.
pub fn user(text: &[u8]) -> Result<(u32, u32), Expected> {
    let read = || {
        let mut scan = Scan::new(text);
        let user = id(&mut scan)?;
        let group = scan.skip(b':').then(|| id(&mut scan))??;
        scan.is_at_end().then_some((user, group))
    };
    read().ok_or("UID:GID, two numbers")
}

/// A user or group; the largest number means none to the kernel.
fn id(scan: &mut Scan<'_>) -> Option<u32> {
    let id = u32::try_from(scan.number()?).ok()?;
    (id != u32::MAX).then_some(id)
}

/// Reads a number from `least` to `most`, in decimal.
pub fn number(text: &[u8], least: u32, most: u32) -> Option<u32> {
    let mut scan = Scan::new(text);
    let number = u32::try_from(scan.number()?).ok()?;
    (scan.is_at_end() && (least..=most).contains(&number)).then_some(number)
}
