//! The rows of HTTP that a static file server has to do, each by its identifier:
//! what is decided, without a socket.

mod coding;
mod conditions;
mod dates;
mod head;
mod head_framing;
mod listing;
mod log;
mod operator;
mod options;
mod path;
mod range;
mod response;

use int80_serve::{File, Head, Parsed, Request};

/// A moment when every file below is old enough for strong validators.
pub const NOW: i64 = 1_000_000_000;

/// A file of 1000 bytes.
pub const FILE: File = File {
    size: 1000,
    mtime: 784_111_777,
    mtime_nsec: 5,
};
/// Its date.
pub const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
/// Its entity tag.
pub const ETAG: &str = "\"2ebc98a1.5-3e8\"";

/// The request of a head, which must be whole.
#[track_caller]
pub fn request(head: &[u8]) -> Request<'_> {
    match Head::parse(head) {
        Parsed::Request(request, used) => {
            assert_eq!(used, head.len(), "all of the head is used");
            request
        }
        other => panic!("{}: {other:?}", head.escape_ascii()),
    }
}

/// The status of a refusal, 200 for a request, 100 for a part of one.
pub fn status(head: impl AsRef<[u8]>) -> u16 {
    match Head::parse(head.as_ref()) {
        Parsed::Partial => 100,
        Parsed::Request(..) => 200,
        Parsed::Refused(refusal) => refusal.status.code(),
    }
}

/// A GET of `/` with these lines of fields, each with its CRLF.
pub fn get(fields: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: h\r\n{fields}\r\n")
}
