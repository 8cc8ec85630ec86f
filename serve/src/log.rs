//! Lines of the log, in the combined format of other servers (S.11, U.4).

use crate::{
    date,
    host::{write_ipv4, write_ipv6},
    out::Out,
};

/// The longest line: what of a request does not fit is cut.
pub const LINE_MAX: usize = 4096;

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// An IPv4 address.
    V4([u8; 4]),
    /// An IPv6 address. One that stands for an IPv4 address is written as that.
    V6([u8; 16]),
    /// A Unix socket.
    Unix,
}

/// What a line says.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The client.
    pub peer: Peer,
    /// When the request was answered, in seconds since 1970.
    pub now: i64,
    /// The request line.
    pub request: &'a [u8],
    /// The status of the response.
    pub status: u16,
    /// How many bytes of content were sent.
    pub sent: u64,
    /// The field Referer.
    pub referer: Option<&'a [u8]>,
    /// The field User-Agent.
    pub user_agent: Option<&'a [u8]>,
}

impl Line<'_> {
    /// Writes the line with its line feed; `None` where `buffer` is too small, which
    /// one of [`LINE_MAX`] bytes never is. Each of the three texts is cut to the same
    /// share of that in every buffer.
    pub fn write(&self, buffer: &mut [u8]) -> Option<usize> {
        let mut out = Out::new(buffer);
        match self.peer {
            Peer::V4(address) => write_ipv4(&mut out, address),
            Peer::V6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d]) => {
                write_ipv4(&mut out, [a, b, c, d]);
            }
            Peer::V6(address) => write_ipv6(&mut out, address),
            Peer::Unix => drop(out.text("unix:")),
        }
        out.text(" - - [");
        date::write_log(&mut out, self.now);
        out.text("] ");
        quoted(&mut out, Some(self.request), SHARE * 2);
        out.byte(b' ').number(self.status.into());
        out.byte(b' ').number(self.sent).byte(b' ');
        quoted(&mut out, self.referer, SHARE);
        out.byte(b' ');
        quoted(&mut out, self.user_agent, SHARE);
        out.byte(b'\n');
        out.finish()
    }
}

/// More than a line has besides its three texts.
const FIXED: usize = 160;
/// The most bytes of Referer and User-Agent. A byte becomes at most four, and half
/// of a line is for the request.
const SHARE: usize = (LINE_MAX - FIXED) / 16;

/// Appends a text in quotation marks, cut to `most` bytes; control bytes, what
/// is not ASCII, quotation marks and backslashes are escaped.
fn quoted(out: &mut Out<'_>, text: Option<&[u8]>, most: usize) {
    let text = text.unwrap_or(b"-");
    out.byte(b'"');
    for &byte in text.get(..most).unwrap_or(text) {
        match byte {
            b'"' | b'\\' => out.escape("\\x", byte),
            b' '..=b'~' => out.byte(byte),
            _ => out.escape("\\x", byte),
        };
    }
    out.byte(b'"');
}
