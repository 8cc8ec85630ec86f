//! Ranges of bytes (RFC 9110, 14.1.2; H.15, H.16).

use crate::scan::{Scan, same};

/// What a field Range asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The field is ignored: it has another unit, a fault, or several ranges,
    /// which the standard allows to answer with the whole.
    Whole,
    /// From the first to the last byte, both included.
    Of(u64, u64),
    Unsatisfiable,
}

/// The part of a file of `size` bytes that the value of a field names.
pub(crate) fn part(value: &[u8], size: u64) -> Part {
    let mut scan = Scan::new(value);
    let unit = scan.before(b'=');
    if !same(unit, "bytes") || !scan.skip(b'=') {
        return Part::Whole;
    }
    let first = scan.number();
    if !scan.skip(b'-') {
        return Part::Whole;
    }
    let last = scan.number();
    if !scan.is_at_end() {
        return Part::Whole;
    }
    match (first, last) {
        (None, None) => Part::Whole,
        (None, Some(0)) => Part::Unsatisfiable,
        // All of nothing.
        (None, Some(_)) if size == 0 => Part::Whole,
        (None, Some(count)) => Part::Of(size.saturating_sub(count), size - 1),
        (Some(first), Some(last)) if last < first => Part::Whole,
        (Some(first), _) if first >= size => Part::Unsatisfiable,
        (Some(first), last) => Part::Of(first, last.map_or(size - 1, |last| last.min(size - 1))),
    }
}
