//! Where a request ends, and whether another may follow it (H.9 to H.11).
//!
//! A request is never longer than its head: what has content is answered, and
//! its connection is closed without reading it.

use crate::{
    fields::{Fields, Name},
    request::{Method, Request},
    scan::{Scan, same},
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
    for member in fields.members(Name::Expect) {
        // Members of a list may be empty.
        if !member.is_empty() && !same(member, "100-continue") {
            return Err(Status::ExpectationFailed);
        }
    }
    let (mut close, mut keep) = (false, request.minor > 0);
    for member in fields.members(Name::Connection) {
        close |= same(member, "close");
        keep |= same(member, "keep-alive");
    }
    // What follows CONNECT is meant for the other end of a tunnel.
    request.keep_alive = keep && !close && !request.has_body && request.method != Method::Connect;
    Ok(request)
}

/// Whether content follows the head (9112, 6.3).
fn has_body(fields: &Fields<'_>, minor: u8) -> Result<bool, Status> {
    if !fields.has(Name::TransferEncoding) {
        let length = fields.first(Name::ContentLength);
        return Ok(length.is_some_and(|length| length.iter().any(|&digit| digit != b'0')));
    }
    let (mut known, mut unknown, mut last) = (0, false, false);
    for coding in fields.members(Name::TransferEncoding) {
        last = same(coding, "chunked");
        known += u32::from(last);
        unknown |= !last;
        if coding.is_empty() {
            return Err(Status::BadRequest);
        }
    }
    let framed = !fields.has(Name::ContentLength) && minor > 0;
    match (framed && last && known == 1, unknown) {
        (false, _) => Err(Status::BadRequest),
        (true, true) => Err(Status::NotImplemented),
        (true, false) => Ok(true),
    }
}
