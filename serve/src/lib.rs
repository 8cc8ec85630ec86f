//! What a static file server decides, without a system call: bytes in, decisions
//! out.
//!
//! A server reads bytes from a connection and gives them to [`Head::parse`]. Of a
//! [`Request`] it resolves the path with [`resolve`], opens the file, and asks
//! [`decide()`] what the client gets of it. [`Response::write_head`] writes the head.
//! What a folder contains is written by [`listing`], what a log says by [`log`].
//!
//! Nothing here allocates, panics, or needs `core::fmt`: a program without a
//! runtime links a few kilobytes.
//!
//! # Examples
//!
//! One request, from its bytes to the head of its response:
//!
//! ```
//! use int80_serve::{
//!     Coding, Connection, File, Head, Parsed, Response, Sent, Site, Status, candidates,
//!     content_type, decide, resolve,
//! };
//!
//! fn respond(received: &[u8], now: i64, head: &mut [u8]) -> Option<usize> {
//!     let site = Site::default();
//!     let request = match Head::parse(received) {
//!         Parsed::Partial => return None,
//!         Parsed::Request(request, _length_of_its_head) => request,
//!         Parsed::Refused(refusal) => {
//!             let response = Response::status(refusal.status);
//!             return response.write_head(&site, now, Connection::Close, head);
//!         }
//!     };
//!     let mut buffer = [0; 4096];
//!     let response = match (request.method.refusal(), resolve(request.path, false, &mut buffer)) {
//!         (Some(status), _) | (_, Err(status)) => Response::status(status),
//!         (None, Ok(path)) => {
//!             // Opened by `path.as_c_str()`, with the endings of the codings first.
//!             let file = File { size: 5, mtime: 784_111_777, mtime_nsec: 0 };
//!             let coding = candidates(&request.fields).last().unwrap_or(Coding::Identity);
//!             let decision = decide(&request, &file, coding, now);
//!             let sent = Sent { file, coding, varies: false, decision };
//!             Response::file(sent, content_type(path.name(), &[]))
//!         }
//!     };
//!     response.write_head(&site, now, request.connection(), head)
//! }
//!
//! let mut head = [0; 1024];
//! let received = b"GET /a.txt HTTP/1.1\r\nHost: h\r\nRange: bytes=1-2\r\n\r\n";
//! let len = respond(received, 784_111_800, &mut head).unwrap();
//! assert_eq!(
//!     std::str::from_utf8(&head[..len]).unwrap(),
//!     "HTTP/1.1 206 Partial Content\r\n\
//!     Date: Sun, 06 Nov 1994 08:50:00 GMT\r\n\
//!     X-Content-Type-Options: nosniff\r\n\
//!     Content-Length: 2\r\n\
//!     Content-Type: text/plain; charset=utf-8\r\n\
//!     Content-Range: bytes 1-2/5\r\n\
//!     ETag: \"2ebc98a1.0-5\"\r\n\
//!     Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
//!     Accept-Ranges: bytes\r\n\
//!     \r\n"
//! );
//! ```
//!
//! # References
//!
//! RFC 9110 (HTTP semantics), RFC 9112 (HTTP/1.1), RFC 3986 (URIs). A comment that
//! names a rule such as "H.15" means the row of that name in the tests.
#![no_std]
#![forbid(unsafe_code)]

pub mod coding;
pub mod date;
pub mod decide;
pub mod fields;
pub mod file;
mod framing;
pub mod head;
pub mod host;
pub mod listing;
pub mod log;
pub mod options;
pub mod out;
pub mod path;
mod range;
pub mod request;
pub mod response;
mod scan;
pub mod status;
pub mod types;

pub use coding::{Coding, candidates};
pub use decide::{Decision, decide};
pub use fields::{Fields, Name};
pub use file::{Etag, File};
pub use head::{Head, MAX_HEAD, MAX_LINE, Parsed, Refusal, empty_lines};
pub use out::Out;
pub use path::{Resolved, resolve};
pub use request::{Connection, Method, Request};
pub use response::{Location, Response, Sent, Site};
pub use scan::after;
pub use status::{Status, status_of};
pub use types::content_type;
