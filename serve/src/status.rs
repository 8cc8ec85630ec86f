//! Statuses, what an errno means to a client, and the bodies of errors.

use crate::out::Out;

/// The status of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[repr(u16)]
#[allow(missing_docs)]
pub enum Status {
    Ok = 200,
    NoContent = 204,
    PartialContent = 206,
    MovedPermanently = 301,
    NotModified = 304,
    BadRequest = 400,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    PreconditionFailed = 412,
    UriTooLong = 414,
    RangeNotSatisfiable = 416,
    ExpectationFailed = 417,
    HeaderFieldsTooLarge = 431,
    InternalServerError = 500,
    NotImplemented = 501,
    ServiceUnavailable = 503,
    VersionNotSupported = 505,
}

impl Status {
    /// The three digits as a number.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The digits and the reason phrase: `404 Not Found`.
    pub const fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::NoContent => "204 No Content",
            Self::PartialContent => "206 Partial Content",
            Self::MovedPermanently => "301 Moved Permanently",
            Self::NotModified => "304 Not Modified",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::RequestTimeout => "408 Request Timeout",
            Self::PreconditionFailed => "412 Precondition Failed",
            Self::UriTooLong => "414 URI Too Long",
            Self::RangeNotSatisfiable => "416 Range Not Satisfiable",
            Self::ExpectationFailed => "417 Expectation Failed",
            Self::HeaderFieldsTooLarge => "431 Request Header Fields Too Large",
            Self::InternalServerError => "500 Internal Server Error",
            Self::NotImplemented => "501 Not Implemented",
            Self::ServiceUnavailable => "503 Service Unavailable",
            Self::VersionNotSupported => "505 HTTP Version Not Supported",
        }
    }

    /// Whether it is an error of the client's or of the server's.
    pub const fn is_error(self) -> bool {
        self.code() >= 400
    }

    /// Whether a response to GET has no content at all (H.12).
    pub const fn is_empty(self) -> bool {
        matches!(self, Self::NoContent | Self::NotModified)
    }

    /// The length of [`write_body`](Self::write_body)'s text; 0 for a status
    /// without content.
    pub const fn body_len(self) -> u64 {
        if self.is_empty() {
            return 0;
        }
        (TITLE.len() + HEADING.len() + END.len() + 2 * self.line().len()) as u64
    }

    /// Writes the short HTML page of a status that has none of its own: it says
    /// the status, and repeats nothing of the request (H.23). Returns its length,
    /// or `None` where `buffer` is too small.
    pub fn write_body(self, buffer: &mut [u8]) -> Option<usize> {
        let mut out = Out::new(buffer);
        if !self.is_empty() {
            out.text(TITLE).text(self.line());
            out.text(HEADING).text(self.line()).text(END);
        }
        out.finish()
    }
}

const TITLE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n<title>";
const HEADING: &str = "</title>\n<h1>";
const END: &str = "</h1>\n</html>\n";

// Numbers of errors that are the same on i386 and x86_64
// (include/uapi/asm-generic/errno-base.h, errno.h).
const EPERM: i32 = 1;
const ENOENT: i32 = 2;
const ENXIO: i32 = 6;
const ENOMEM: i32 = 12;
const EACCES: i32 = 13;
const EXDEV: i32 = 18;
const ENODEV: i32 = 19;
const ENOTDIR: i32 = 20;
const EISDIR: i32 = 21;
const EINVAL: i32 = 22;
const ENFILE: i32 = 23;
const EMFILE: i32 = 24;
const ENAMETOOLONG: i32 = 36;
const ELOOP: i32 = 40;
const EAGAIN: i32 = 11;

/// The status that an error of opening a file becomes (H.23). `errno` is the
/// kernel's positive number.
///
/// EAGAIN is what openat2 returns where a name was moved during the search.
pub const fn status_of(errno: i32) -> Status {
    match errno {
        ENOENT | ENOTDIR | ELOOP | ENAMETOOLONG | EXDEV => Status::NotFound,
        // Names that the file system does not take, and what is no file.
        EINVAL | EISDIR | ENXIO | ENODEV => Status::NotFound,
        EACCES | EPERM => Status::Forbidden,
        EMFILE | ENFILE | ENOMEM | EAGAIN => Status::ServiceUnavailable,
        _ => Status::InternalServerError,
    }
}
