//! What several parsers of short texts share.

/// What follows `start` in `text`; `None` if it starts otherwise.
///
/// Unlike the slice's own `strip_prefix`, it has no panic path with any compiler.
#[inline(never)]
#[must_use]
pub fn after<'a>(text: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let (first, rest) = text.split_at_checked(start.len())?;
    (first == start).then_some(rest)
}

/// Kinds of bytes, as bits of [`KINDS`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Bytes of a token (RFC 9110, 5.6.2).
    Token = 1,
    /// Bytes of a target: neither white space nor control bytes.
    Target = 2,
    /// Bytes of a field's value.
    Value = 4,
    /// Bytes of a registered name, but for the percent sign (RFC 3986, 3.2.2).
    Host = 8,
    /// Hexadecimal digits.
    Hex = 16,
    /// Decimal digits.
    Digit = 32,
    /// Letters, digits and `/-._~`, which a path has as they are.
    Plain = 64,
}

/// The kinds of each byte.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = kinds_of(byte as u8);
        byte += 1;
    }
    kinds
};

const fn kinds_of(byte: u8) -> u8 {
    let alphanumeric = byte.is_ascii_alphanumeric();
    let token = alphanumeric
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.')
        || matches!(byte, b'^'..=b'`' | b'|' | b'~');
    let target = byte > b' ' && byte != 0x7f;
    let host =
        alphanumeric || matches!(byte, b'!' | b'$' | b'&'..=b'.' | b';' | b'=' | b'_' | b'~');
    let all = [
        (token, Kind::Token),
        (target, Kind::Target),
        (target || byte == b' ' || byte == b'\t', Kind::Value),
        (host, Kind::Host),
        (byte.is_ascii_hexdigit(), Kind::Hex),
        (byte.is_ascii_digit(), Kind::Digit),
        (
            alphanumeric || matches!(byte, b'-'..=b'/' | b'_' | b'~'),
            Kind::Plain,
        ),
    ];
    let (mut kinds, mut at) = (0, 0);
    while at < all.len() {
        let (belongs, kind) = all[at];
        kinds |= belongs as u8 * kind as u8;
        at += 1;
    }
    kinds
}

/// Whether a byte is of a kind.
pub(crate) fn is(byte: u8, kind: Kind) -> bool {
    // The table has every byte.
    let kinds = KINDS.get(usize::from(byte)).copied();
    kinds.unwrap_or_default() & kind as u8 != 0
}

/// A text and the place up to which it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next byte, which is not read.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Reads one byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// Reads this byte if it comes next, and says whether it did.
    #[inline(never)]
    pub(crate) fn skip(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => self.rest = rest,
            _ => return false,
        }
        true
    }

    /// Reads a text likewise.
    #[inline(never)]
    pub(crate) fn literal(&mut self, text: &[u8]) -> bool {
        match after(self.rest, text) {
            Some(rest) => self.rest = rest,
            None => return false,
        }
        true
    }

    /// Reads the longest run of bytes of a kind.
    #[inline(never)]
    pub(crate) fn run(&mut self, kind: Kind) -> &'a [u8] {
        let len = self.rest.iter().position(|&byte| !is(byte, kind));
        let (run, rest) = self
            .rest
            .split_at_checked(len.unwrap_or(self.rest.len()))
            .unwrap_or_default();
        self.rest = rest;
        run
    }

    /// Reads what comes before a byte, or everything.
    #[inline(never)]
    pub(crate) fn before(&mut self, end: u8) -> &'a [u8] {
        let len = self.rest.iter().position(|&byte| byte == end);
        let (run, rest) = self
            .rest
            .split_at_checked(len.unwrap_or(self.rest.len()))
            .unwrap_or_default();
        self.rest = rest;
        run
    }

    /// Reads exactly `count` digits, at most 9.
    #[inline(never)]
    pub(crate) fn digits(&mut self, count: u32) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let digit = self.byte().filter(u8::is_ascii_digit)?;
            value = value * 10 + u32::from(digit - b'0');
        }
        Some(value)
    }

    /// Reads digits up to the first byte that is none. A number of 2^64 or more
    /// is the largest.
    #[inline(never)]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let digits = self.run(Kind::Digit);
        let add = |value: u64, &digit: &u8| {
            value
                .saturating_mul(10)
                .saturating_add(u64::from(digit.wrapping_sub(b'0')))
        };
        (!digits.is_empty()).then(|| digits.iter().fold(0, add))
    }
}

/// Without the spaces and tabs at both ends.
#[inline(never)]
pub(crate) fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether two names are the same, in any case.
pub(crate) fn same(one: &[u8], other: &str) -> bool {
    alike(one, other.as_bytes())
}

/// The same of bytes. What `core` has of it is six times as long on x86_64.
#[inline(never)]
pub(crate) fn alike(one: &[u8], other: &[u8]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| one.eq_ignore_ascii_case(other))
}
