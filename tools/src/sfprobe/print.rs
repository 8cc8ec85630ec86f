//! Standard output, through a buffer.

use int80::{Fd, Gate, call};

/// What is to be printed.
pub struct Printer<'a> {
    gate: &'a dyn Gate,
    buffer: [u8; 1024],
    used: usize,
    /// Whether standard output has refused something.
    pub failed: bool,
}

impl<'a> Printer<'a> {
    pub fn new(gate: &'a dyn Gate) -> Self {
        Self {
            gate,
            buffer: [0; 1024],
            used: 0,
            failed: false,
        }
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        for &byte in bytes {
            if self.used == self.buffer.len() {
                self.flush();
            }
            if let Some(place) = self.buffer.get_mut(self.used) {
                *place = byte;
                self.used += 1;
            }
        }
        self
    }

    pub fn number(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            self.bytes(b"-");
        }
        let mut digits = [0; 20];
        let mut rest = value.unsigned_abs();
        let mut used = 0;
        for place in digits.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            used += 1;
            if rest == 0 {
                break;
            }
        }
        for digit in digits.iter().skip(20 - used) {
            self.bytes(&[*digit]);
        }
        self
    }

    /// All digits of a register.
    pub fn hex(&mut self, value: usize) -> &mut Self {
        self.text("0x");
        for shift in (0..usize::BITS / 4).rev() {
            let digit = (value >> (shift * 4)) as u8 & 15;
            let letter = if digit < 10 { b'0' } else { b'a' - 10 };
            self.bytes(&[letter + digit]);
        }
        self
    }

    pub fn flush(&mut self) {
        let mut rest = self.buffer.get(..self.used).unwrap_or_default();
        while !rest.is_empty() {
            match call::write(self.gate, Fd::STDOUT, rest) {
                Ok(count @ 1..) => rest = rest.get(count..).unwrap_or_default(),
                _ => {
                    self.failed = true;
                    break;
                }
            }
        }
        self.used = 0;
    }
}
