//! A file asked of a server, in the least of HTTP.

use int80::{Errno, Native, sys};

use crate::{
    calls::{self, Open},
    sample::{self, Arrived},
};

/// What stands before the port in what a server says of its address.
const BEFORE: &[u8] = b"127.0.0.1:";

/// Asks the server that says its address at `said` for the sample; `None` where
/// it says none.
pub fn ask(said: &Open) -> Result<Option<Arrived>, Errno> {
    let Some(port) = port(said)? else {
        return Ok(None);
    };
    let server = calls::connect(port)?;
    let mut request: &[u8] = b"GET /sample HTTP/1.0\r\n\r\n";
    while !request.is_empty() {
        let count = sys::write(Native, &server, request)?;
        request = request.get(count..).unwrap_or_default();
    }
    // The head ends at an empty line.
    after(&server, b"\r\n\r\n")?;
    Ok(Some(sample::compare(&server)))
}

/// Reads a line, as far as the digits after [`BEFORE`].
fn port(said: &Open) -> Result<Option<u16>, Errno> {
    if !after(said, BEFORE)? {
        return Ok(None);
    }
    let mut port: u16 = 0;
    while let Some(digit) = byte(said)?.filter(u8::is_ascii_digit) {
        port = port.wrapping_mul(10).wrapping_add(u16::from(digit - b'0'));
    }
    Ok(Some(port))
}

/// Reads up to the text and no further; `false` where it does not come.
fn after(from: &Open, text: &[u8]) -> Result<bool, Errno> {
    let mut found = 0;
    while found < text.len() {
        match byte(from)? {
            None => return Ok(false),
            Some(byte) if byte == text[found] => found += 1,
            // No text here has its own beginning inside it, but for this byte.
            Some(byte) => found = usize::from(byte == text[0]),
        }
    }
    Ok(true)
}

fn byte(from: &Open) -> Result<Option<u8>, Errno> {
    let mut byte = [0];
    Ok((sys::read(Native, from, &mut byte)? == 1).then_some(byte[0]))
}
