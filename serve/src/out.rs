//! A buffer that text is written into, and numbers as text.
//!
//! Neither needs `core::fmt`, which takes some ten kilobytes of a program, nor
//! division of 64-bit numbers, for which i386 has no instruction.

use crate::scan::{self, Kind};

/// A buffer and how much of it is written. Text that does not fit is left out
/// whole, and so is everything after it.
#[derive(Debug)]
pub struct Out<'b> {
    buffer: &'b mut [u8],
    len: usize,
    overflowed: bool,
}

impl<'b> Out<'b> {
    /// An empty text in `buffer`.
    pub fn new(buffer: &'b mut [u8]) -> Self {
        Self {
            buffer,
            len: 0,
            overflowed: false,
        }
    }

    /// The length of the text, or `None` where it did not fit.
    pub fn finish(&self) -> Option<usize> {
        (!self.overflowed).then_some(self.len)
    }

    /// How many bytes are written.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What is written so far.
    pub fn as_bytes(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// Appends bytes as they are.
    #[inline(never)]
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let rest = self.buffer.get_mut(self.len..).unwrap_or_default();
        match rest.get_mut(..bytes.len()) {
            Some(to) if !self.overflowed => {
                to.copy_from_slice(bytes);
                self.len += bytes.len();
            }
            _ => self.overflowed = true,
        }
        self
    }

    /// Appends a text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Appends the end of a line of a head.
    #[inline(never)]
    pub(crate) fn line_end(&mut self) -> &mut Self {
        self.text("\r\n")
    }

    /// Appends one byte.
    #[inline(never)]
    pub fn byte(&mut self, byte: u8) -> &mut Self {
        match self.buffer.get_mut(self.len) {
            Some(place) if !self.overflowed => {
                *place = byte;
                self.len += 1;
            }
            _ => self.overflowed = true,
        }
        self
    }

    /// Appends a number, in decimal.
    #[inline(never)]
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.padded(number, 1)
    }

    /// Appends a number in decimal, with zeros in front up to `width` digits, of
    /// which there are at most 20.
    #[inline(never)]
    pub fn padded(&mut self, mut number: u64, width: usize) -> &mut Self {
        let mut digits = [b'0'; 20];
        let mut first = digits.len();
        for (at, digit) in digits.iter_mut().enumerate().rev() {
            if number == 0 && at + width < 20 {
                break;
            }
            let (quotient, rest) = divide::<10>(number);
            (*digit, number) = (b'0' + rest as u8, quotient);
            first = at;
        }
        self.bytes(digits.get(first..).unwrap_or_default())
    }

    /// Appends a number in hexadecimal.
    #[inline(never)]
    pub fn hex(&mut self, number: u64) -> &mut Self {
        let significant = (64 - number.leading_zeros()).div_ceil(4).max(1);
        for place in (0..significant).rev() {
            self.byte(digit((number >> (place * 4)) as u8));
        }
        self
    }

    /// Appends `byte` after `mark`, as two hexadecimal digits: `%0A`, `\x0A`.
    #[inline(never)]
    pub fn escape(&mut self, mark: &str, byte: u8) -> &mut Self {
        let digits = [digit(byte >> 4), digit(byte)].map(|digit| digit.to_ascii_uppercase());
        self.text(mark).bytes(&digits)
    }

    /// Appends a path as it is written in a URL: all but letters, digits and
    /// `/-._~` is percent-encoded, so that the text needs no escapes in HTML or
    /// in a field either.
    #[inline(never)]
    pub fn percent_encoded(&mut self, path: &[u8]) -> &mut Self {
        for &byte in path {
            match scan::is(byte, Kind::Plain) {
                true => self.byte(byte),
                false => self.escape("%", byte),
            };
        }
        self
    }
}

/// The hexadecimal digit of the low four bits.
fn digit(value: u8) -> u8 {
    match value & 15 {
        value @ ..10 => b'0' + value,
        value => b'a' - 10 + value,
    }
}

/// The quotient and the rest of a division by a constant below 2^16, in four
/// steps of 32 bits.
pub const fn divide<const BY: u32>(number: u64) -> (u64, u32) {
    const { assert!(BY > 0 && BY < 1 << 16) };
    let (mut quotient, mut rest) = (0, 0);
    // Leading zeros give zeros.
    let mut shift = 64 - number.leading_zeros() / 16 * 16;
    while shift > 0 {
        shift -= 16;
        let part = rest << 16 | (number >> shift) as u32 & 0xffff;
        quotient = quotient << 16 | (part / BY) as u64;
        rest = part % BY;
    }
    (quotient, rest)
}
