//! What several parsers of short texts share.

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

    /// Reads a text if it comes next, and says whether it did.
    pub(crate) fn literal(&mut self, text: &[u8]) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => self.rest = rest,
            None => return false,
        }
        true
    }

    /// Reads the longest run of bytes that `belongs` takes.
    pub(crate) fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let len = self.rest.iter().position(|&byte| !belongs(byte));
        let len = len.unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(len).unwrap_or_default();
        self.rest = rest;
        run
    }

    /// Reads one of the names, and returns its index.
    pub(crate) fn one_of(&mut self, names: &[&str]) -> Option<u32> {
        let at = names
            .iter()
            .position(|name| self.literal(name.as_bytes()))?;
        Some(at as u32)
    }

    /// Reads exactly `count` digits, at most 9.
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
    pub(crate) fn number(&mut self) -> Option<u64> {
        let digits = self.run(|byte| byte.is_ascii_digit());
        (!digits.is_empty()).then(|| saturating(digits))
    }
}

/// The value of digits, or the largest number where they are too many.
fn saturating(digits: &[u8]) -> u64 {
    let add = |value: u64, digit: &u8| {
        value
            .saturating_mul(10)
            .saturating_add(u64::from(digit.wrapping_sub(b'0')))
    };
    digits.iter().fold(0, add)
}

/// Without the spaces and tabs at both ends.
pub(crate) fn trim(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// Whether a byte may be in a token (RFC 9110, 5.6.2).
pub(crate) fn is_token(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
        || byte.is_ascii_alphanumeric()
}
