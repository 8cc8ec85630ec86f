//! Where a request ends, and whether another may follow it (H.9 to H.11).
//!
//! A request is never longer than its head: what has content is answered, and
//! its connection is closed without reading it.

use crate::{
    fields::{Fields, Name},
    request::{Method, Request},
    scan::Scan,
    status::Status,
};

/// Whether a value of Content-Length is one: digits alone, below 2^63.
pub(crate) fn is_length(value: &[u8]) -> bool {
    let mut scan = Scan::new(value);
    let length = scan.number();
    scan.is_at_end() && length.is_some_and(|length| length >> 63 == 0)
}

/// The request with what its fields say of its content and its connection.
pub(crate) fn checked(mut request: Request<'_>) -> Result<Request<'_>, Status> {
    let fields = request.fields;
    if request.minor > 0 && !fields.has(Name::Host) {
        return Err(Status::BadRequest);
    }
    request.has_body = has_body(&fields, request.minor)?;
    let expects_other = |member: &[u8]| !member.eq_ignore_ascii_case(b"100-continue");
    if fields.members(Name::Expect).any(expects_other) {
        return Err(Status::ExpectationFailed);
    }
    let asked = match request.minor {
        0 => fields.lists(Name::Connection, "keep-alive"),
        _ => true,
    };
    request.keep_alive = asked
        && !request.has_body
        // What follows is meant for the other end of a tunnel.
        && request.method != Method::Connect
        && !fields.lists(Name::Connection, "close");
    Ok(request)
}

/// Whether content follows the head (9112, 6.3).
fn has_body(fields: &Fields<'_>, minor: u8) -> Result<bool, Status> {
    if !fields.has(Name::TransferEncoding) {
        let length = fields.first(Name::ContentLength);
        return Ok(length.is_some_and(|length| length.iter().any(|&digit| digit != b'0')));
    }
    if fields.has(Name::ContentLength) || minor == 0 {
        return Err(Status::BadRequest);
    }
    let is_chunked = |coding: &[u8]| coding.eq_ignore_ascii_case(b"chunked");
    let codings = || fields.members(Name::TransferEncoding);
    let chunked = codings().filter(|coding| is_chunked(coding)).count();
    let empty = codings().any(<[u8]>::is_empty);
    if chunked != 1 || empty || !codings().last().is_some_and(is_chunked) {
        return Err(Status::BadRequest);
    }
    match codings().count() {
        1 => Ok(true),
        _ => Err(Status::NotImplemented),
    }
}
