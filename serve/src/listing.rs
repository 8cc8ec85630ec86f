//! The page of a folder's contents, piece by piece (H.20).
//!
//! A caller writes [`begin`], an [`entry`] for each name, folders first, and
//! [`end`]. Each piece is written into a buffer of its own or of what is left,
//! and is `None` where that is too small: [`entry`] takes at most
//! [`ENTRY_MAX`] bytes.

use crate::{date, out::Out};

/// The longest entry: a name of 255 bytes, each percent-encoded once and escaped
/// once, and what is around it.
pub const ENTRY_MAX: usize = 255 * (3 + 6) + 128;

/// One name of a folder.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The name, as the file system has it.
    pub name: &'a [u8],
    /// Its size in bytes, or `None` for a folder.
    pub size: Option<u64>,
    /// When it was changed, in seconds since 1970.
    pub mtime: i64,
}

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n<title>";
const STYLE: &str = "</title>\n<style>\n\
    body{font:1em/1.6 system-ui,sans-serif;max-width:60em;margin:auto;padding:1em}\n\
    h1{font-size:1.2em;overflow-wrap:anywhere}\n\
    table{width:100%;border-spacing:0}\n\
    th,td{text-align:left;border-bottom:1px solid #8884;overflow-wrap:anywhere}\n\
    th+th,td+td{text-align:right;white-space:nowrap;padding-left:1em;overflow-wrap:normal}\n\
    a{text-decoration:none}\n\
    @media(max-width:30em){th+th+th,td+td+td{display:none}}\n\
    </style>\n<h1>";
const TABLE: &str = "</h1>\n<table>\n<thead>\n\
    <tr><th scope=\"col\">Name<th scope=\"col\">Size<th scope=\"col\">Modified (UTC)\n\
    <tbody>\n";
const PARENT: &str = "<tr><td><a href=\"../\">../</a><td><td>\n";
const OTHERS: &str = "<tr><td>and others<td><td>\n";
const END: &str = "</table>\n</html>\n";

/// Writes the page up to its first entry. `path` is the resolved path of the
/// folder, without slashes at the ends.
pub fn begin(path: &[u8], buffer: &mut [u8]) -> Option<usize> {
    let mut out = Out::new(buffer);
    out.text(HEAD);
    title(&mut out, path);
    out.text(STYLE);
    title(&mut out, path);
    out.text(TABLE);
    if !path.is_empty() {
        out.text(PARENT);
    }
    out.finish()
}

fn title(out: &mut Out<'_>, path: &[u8]) {
    out.byte(b'/');
    escaped(out, path);
    if !path.is_empty() {
        out.byte(b'/');
    }
}

/// Writes one row.
pub fn entry(entry: &Entry<'_>, buffer: &mut [u8]) -> Option<usize> {
    let mut out = Out::new(buffer);
    let slash = if entry.size.is_none() { "/" } else { "" };
    out.text("<tr><td><a href=\"");
    out.percent_encoded(entry.name).text(slash).text("\">");
    escaped(&mut out, entry.name);
    out.text(slash).text("</a><td>");
    if let Some(size) = entry.size {
        write_size(&mut out, size);
    }
    out.text("<td>");
    date::write_short(&mut out, entry.mtime);
    out.byte(b'\n');
    out.finish()
}

/// Writes what follows the last entry. Unless `complete`, it says that there are
/// further names.
pub fn end(complete: bool, buffer: &mut [u8]) -> Option<usize> {
    let mut out = Out::new(buffer);
    out.text(if complete { "" } else { OTHERS }).text(END);
    out.finish()
}

/// Appends a size: bytes below 1024, else a number with one decimal.
fn write_size(out: &mut Out<'_>, size: u64) {
    let mut unit = 0_u32;
    while size >> (10 * unit) > 1023 {
        unit += 1;
    }
    let Some(below) = (10 * unit).checked_sub(10) else {
        out.number(size);
        return;
    };
    let name = "KMGTPE".as_bytes().get(unit as usize - 1).copied();
    let of_1024 = size >> below;
    out.number(of_1024 >> 10).byte(b'.');
    out.number(((of_1024 & 1023) * 10) >> 10).byte(b' ');
    out.byte(name.unwrap_or(b'?')).text("iB");
}

/// Appends a name as text of HTML. What is no text of HTML, bytes that are not
/// UTF-8 and control characters, is shown as U+FFFD.
fn escaped(out: &mut Out<'_>, name: &[u8]) {
    let mut rest = name;
    while !rest.is_empty() {
        let (code, length) = first(rest);
        let (char, after) = rest.split_at_checked(length).unwrap_or((rest, b""));
        match char {
            b"&" => out.text("&amp;"),
            b"<" => out.text("&lt;"),
            b">" => out.text("&gt;"),
            b"\"" => out.text("&quot;"),
            b"'" => out.text("&#39;"),
            _ if is_no_text(code) => out.text("\u{fffd}"),
            _ => out.bytes(char),
        };
        rest = after;
    }
}

/// What stands for no character: no text, either.
const NONE: u32 = u32::MAX;

/// The code of the first character of some bytes and how many bytes it has. What is
/// not UTF-8 is [`NONE`], as many bytes as could begin a character, as in
/// `utf8_chunks`, whose code in `core` needs a newer processor than i386's programs
/// do.
fn first(bytes: &[u8]) -> (u32, usize) {
    let Some((&lead, rest)) = bytes.split_first() else {
        return (NONE, 1);
    };
    // How many bytes follow, and what the first of them may be.
    let (more, mut may) = match lead {
        0..0x80 => return (lead.into(), 1),
        0xc2..0xe0 => (1, 0x80..=0xbf),
        0xe0 => (2, 0xa0..=0xbf),
        0xed => (2, 0x80..=0x9f),
        0xe1..0xed | 0xee..0xf0 => (2, 0x80..=0xbf),
        0xf0 => (3, 0x90..=0xbf),
        0xf1..0xf4 => (3, 0x80..=0xbf),
        0xf4 => (3, 0x80..=0x8f),
        _ => return (NONE, 1),
    };
    let mut code = u32::from(lead) & (0x3f >> more);
    for at in 0..more {
        match rest.get(at) {
            Some(byte) if may.contains(byte) => code = code << 6 | u32::from(byte & 0x3f),
            _ => return (NONE, at + 1),
        }
        may = 0x80..=0xbf;
    }
    (code, more + 1)
}

/// Control characters, and what is never a character.
fn is_no_text(code: u32) -> bool {
    matches!(code, 0..0x20 | 0x7f..0xa0 | 0xfdd0..0xfdf0) || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::string::String;

    /// Every start of every kind of character, and what follows it, as std reads it.
    #[test]
    fn bytes_are_characters_as_std_has_them() {
        let next = [
            0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xf0, 0xff,
        ];
        for lead in 0..=0xff_u8 {
            for second in next {
                for third in next {
                    for fourth in next {
                        let bytes = [lead, second, third, fourth, b'x'];
                        let (mut ours, mut rest) = (String::new(), &bytes[..]);
                        while !rest.is_empty() {
                            let (code, length) = first(rest);
                            let char = match code {
                                NONE => char::REPLACEMENT_CHARACTER,
                                code => char::from_u32(code).unwrap(),
                            };
                            ours.push(char);
                            rest = &rest[length..];
                        }
                        assert_eq!(ours, String::from_utf8_lossy(&bytes), "{bytes:x?}");
                    }
                }
            }
        }
    }
}
