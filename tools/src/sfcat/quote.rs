//! Quoting of names in messages, by the rules of coreutils (the shell-escape
//! style of gnulib's quotearg): a name that a shell reads as it is stays so, and
//! a control byte never reaches the terminal.

/// Hands the bytes of `name`, quoted where it is needed, to `put`.
pub fn quote(name: &[u8], put: &mut dyn FnMut(u8)) {
    if !needs_quotes(name) {
        return name.iter().for_each(|&byte| put(byte));
    }
    if name.contains(&b'\'') && is_plain_in_double_quotes(name) {
        put(b'"');
        name.iter().for_each(|&byte| put(byte));
        return put(b'"');
    }
    put(b'\'');
    // Whether `$'` is open, in which escapes mean something.
    let mut escaping = false;
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        let printable = printable(rest);
        if printable == 0 {
            if !escaping {
                b"'$'".iter().for_each(|&byte| put(byte));
                escaping = true;
            }
            escape(byte, put);
            rest = after;
            continue;
        }
        if byte == b'\'' {
            b"'\\''".iter().for_each(|&byte| put(byte));
            escaping = false;
        } else {
            if escaping {
                b"''".iter().for_each(|&byte| put(byte));
                escaping = false;
            }
            let (whole, _) = rest.split_at_checked(printable).unwrap_or((rest, &[]));
            whole.iter().for_each(|&byte| put(byte));
        }
        rest = rest.get(printable..).unwrap_or_default();
    }
    put(b'\'');
}

/// Whether a shell or a reader would take the name for something else.
fn needs_quotes(name: &[u8]) -> bool {
    let special = |byte| b" !\"$&()*;<=>[^`|\\?':".contains(&byte);
    let first = name.first().is_none_or(|byte| b"#~".contains(byte));
    first
        || matches!(name, b"{" | b"}")
        || name.iter().any(|&byte| special(byte))
        || !is_printable(name)
}

/// Whether nothing in the name means anything between double quotes. Braces,
/// and `#` and `~` but at the start, are not taken for certain.
fn is_plain_in_double_quotes(name: &[u8]) -> bool {
    let (first, rest) = name.split_first().unwrap_or((&0, &[]));
    let plain = |byte| !b"!\"$&()*;<=>[^`|\\?{}".contains(&byte);
    plain(*first)
        && rest
            .iter()
            .all(|&byte| plain(byte) && !b"#~".contains(&byte))
        && is_printable(name)
}

fn is_printable(mut name: &[u8]) -> bool {
    while !name.is_empty() {
        match printable(name) {
            0 => return false,
            length => name = name.get(length..).unwrap_or_default(),
        }
    }
    true
}

/// The length of the printable character that `text` begins with: ASCII, or a
/// well-formed sequence of UTF-8 beyond its control characters; 0 where there is
/// none.
fn printable(text: &[u8]) -> usize {
    let (length, least) = match text.first() {
        Some(0x20..=0x7e) => return 1,
        Some(0xc2..=0xdf) => (2, 0xa0),
        Some(0xe0..=0xef) => (3, 0x800),
        Some(0xf0..=0xf4) => (4, 0x1_0000),
        _ => return 0,
    };
    let Some((&[first, ref rest @ ..], _)) = text.split_at_checked(length) else {
        return 0;
    };
    let mut code = u32::from(first) & (0x7f >> length);
    for &byte in rest {
        if byte & 0xc0 != 0x80 {
            return 0;
        }
        code = (code << 6) | u32::from(byte & 0x3f);
    }
    let surrogate = code & 0x1f_f800 == 0xd800;
    match code >= least && code <= 0x10_ffff && !surrogate {
        true => length,
        false => 0,
    }
}

/// A byte as it stands between `$'` and `'`.
fn escape(byte: u8, put: &mut dyn FnMut(u8)) {
    put(b'\\');
    match byte {
        // Alert, backspace, tab, new line, vertical tab, form feed, return.
        7..=13 => put(b"abtnvfr"[usize::from(byte - 7)]),
        _ => {
            put(b'0' + (byte >> 6));
            put(b'0' + (byte >> 3 & 7));
            put(b'0' + (byte & 7));
        }
    }
}
