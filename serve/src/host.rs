//! Hosts and addresses: `host[:port]`, IPv4, IPv6.

use crate::{
    out::Out,
    scan::{Kind, Scan},
};

/// Whether a text is `host[:port]`, as in the field Host and in targets
/// (RFC 3986, 3.2.2). An empty host is none (9110, 4.2.1).
pub fn is_host(text: &[u8]) -> bool {
    let mut scan = Scan::new(text);
    let good = match scan.skip(b'[') {
        true => ipv6(&mut scan).is_some() && scan.skip(b']'),
        false => is_name(&mut scan),
    };
    good && (scan.is_at_end() || (scan.skip(b':') && is_port(scan.rest())))
}

/// A port may be empty.
fn is_port(text: &[u8]) -> bool {
    text.is_empty() || port(text).is_some()
}

/// The number of a port: digits alone.
pub(crate) fn port(text: &[u8]) -> Option<u16> {
    let mut scan = Scan::new(text);
    let number = scan.number()?;
    scan.is_at_end().then(|| number.try_into().ok())?
}

/// A registered name, or an IPv4 address, which is one by its form.
fn is_name(scan: &mut Scan<'_>) -> bool {
    let before = *scan;
    loop {
        scan.run(Kind::Host);
        if !scan.skip(b'%') {
            return scan.rest().len() < before.rest().len();
        }
        for _ in 0..2 {
            if !scan.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return false;
            }
        }
    }
}

/// Four numbers below 256, in decimal without zeros in front.
pub(crate) fn ipv4(scan: &mut Scan<'_>) -> Option<[u8; 4]> {
    let mut address = [0; 4];
    for (at, part) in address.iter_mut().enumerate() {
        if at > 0 && !scan.skip(b'.') {
            return None;
        }
        let zero = scan.peek() == Some(b'0');
        let before = scan.rest().len();
        *part = scan.number()?.try_into().ok()?;
        if zero && before - scan.rest().len() > 1 {
            return None;
        }
    }
    Some(address)
}

/// Eight groups, of which a run may be left out as `::`; the last two may be an
/// IPv4 address (RFC 4291, 2.2).
pub(crate) fn ipv6(scan: &mut Scan<'_>) -> Option<[u8; 16]> {
    let mut groups = [0; 8];
    let mut count = 0;
    // How many groups come before `::`.
    let mut gap = scan.literal(b"::").then_some(0);
    while count < 8 {
        let mut ahead = *scan;
        if count <= 6 {
            if let Some([a, b, c, d]) = ipv4(&mut ahead) {
                put(&mut groups, count, u16::from_be_bytes([a, b]));
                put(&mut groups, count + 1, u16::from_be_bytes([c, d]));
                count += 2;
                *scan = ahead;
                break;
            }
        }
        let Some(value) = group(scan) else {
            // Nothing may follow `::`, and that alone.
            if gap == Some(count) {
                break;
            }
            return None;
        };
        put(&mut groups, count, value);
        count += 1;
        if gap.is_none() && scan.literal(b"::") {
            gap = Some(count);
        } else if count == 8 || !scan.skip(b':') {
            break;
        }
    }
    spread(&groups, count, gap)
}

fn put(groups: &mut [u16; 8], at: usize, value: u16) {
    if let Some(group) = groups.get_mut(at) {
        *group = value;
    }
}

/// One to four hexadecimal digits; more are left where they are.
fn group(scan: &mut Scan<'_>) -> Option<u16> {
    let mut ahead = *scan;
    let digits = ahead.run(Kind::Hex);
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    *scan = ahead;
    let add = |value, &digit| Some(value << 4 | (digit as char).to_digit(16)? as u16);
    digits.iter().try_fold(0, add)
}

/// The address of `count` groups, with zeros where `::` was.
fn spread(groups: &[u16; 8], count: usize, gap: Option<usize>) -> Option<[u8; 16]> {
    let missing = 8 - count.min(8);
    let gap = match gap {
        None if missing > 0 => return None,
        Some(_) if missing == 0 => return None,
        gap => gap.unwrap_or(8),
    };
    let mut address = [0; 16];
    for (at, pair) in address.chunks_exact_mut(2).enumerate() {
        let from = match at {
            _ if at < gap => at,
            _ if at < gap + missing => continue,
            _ => at - missing,
        };
        if let [high, low] = pair {
            [*high, *low] = groups.get(from)?.to_be_bytes();
        }
    }
    Some(address)
}

/// Appends an IPv4 address.
pub(crate) fn write_ipv4(out: &mut Out<'_>, address: [u8; 4]) {
    for (at, part) in address.into_iter().enumerate() {
        if at > 0 {
            out.byte(b'.');
        }
        out.number(part.into());
    }
}

/// Appends an IPv6 address: the longest run of zeros, the first of several, is
/// left out (RFC 5952, 4).
pub(crate) fn write_ipv6(out: &mut Out<'_>, address: [u8; 16]) {
    let group = |at: usize| match address.get(2 * at..2 * at + 2) {
        Some(&[high, low]) => u16::from_be_bytes([high, low]),
        _ => 1,
    };
    let zeros = |from: usize| (from..9).take_while(|&at| group(at) == 0).count();
    // One zero alone is written.
    let (mut gap, mut longest) = (8, 1);
    for from in 0..8 {
        if zeros(from) > longest {
            (gap, longest) = (from, zeros(from));
        }
    }
    let mut at = 0;
    while at < 8 {
        if at == gap {
            out.text("::");
            at += longest;
            continue;
        }
        if at > 0 && at != gap + longest {
            out.byte(b':');
        }
        out.hex(group(at).into());
        at += 1;
    }
}
