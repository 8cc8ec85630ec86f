//! Messages on standard error, `PROGRAM: WHAT: TEXT`, with names quoted as by
//! coreutils in the C locale: only where a shell needs it, and so that no control
//! byte reaches the terminal.

use int80::{Errno, Fd, Native, sys};

/// The message of an errno.
pub fn text(errno: Errno) -> &'static str {
    errno.message().unwrap_or("Unknown error")
}

/// Writes all of `bytes`. A write that takes nothing and gives no reason is as cat
/// has it.
#[inline(never)]
pub fn write_all(fd: Fd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        let written = match sys::write(Native, fd, bytes)? {
            0 => return Err(Errno::ENOSPC),
            written => written,
        };
        bytes = bytes.get(written..).unwrap_or_default();
    }
    Ok(())
}

/// Writes messages, which begin with the name by which the program was called.
#[derive(Clone, Copy)]
pub struct Messages {
    pub program: &'static [u8],
}

impl Messages {
    /// Writes a message about the file `name`.
    #[inline(never)]
    pub fn about(self, name: &[u8], text: &str) {
        let mut line = Line::new(self);
        line.name(name);
        line.text(": ");
        line.end(text);
    }

    /// Writes a message about `what`, and ends the program with status 1.
    #[inline(never)]
    pub fn fail(self, what: &str, text: &str) -> ! {
        let mut line = Line::new(self);
        line.text(what);
        line.text(": ");
        line.end(text);
        int80_rt::exit(1)
    }

    /// Ends the program if writing to standard output has failed.
    pub fn output(self, result: Result<(), Errno>) {
        if let Err(errno) = result {
            self.fail("write error", text(errno));
        }
    }

    /// Writes a message about an invalid command line, and ends the program with
    /// status 1.
    #[inline(never)]
    pub fn misused(self, text: &str, what: &[u8]) -> ! {
        let mut line = Line::new(self);
        line.text(text);
        line.name(what);
        line.text("\nTry '");
        line.bytes(self.program);
        line.end(" --help' for more information.");
        int80_rt::exit(1)
    }
}

/// A line, which is written by one call up to 256 bytes.
pub struct Line {
    bytes: [u8; 256],
    used: usize,
}

impl Line {
    #[inline(never)]
    pub fn new(messages: Messages) -> Self {
        let mut line = Self {
            bytes: [0; 256],
            used: 0,
        };
        line.bytes(messages.program);
        line.text(": ");
        line
    }

    #[inline(never)]
    fn byte(&mut self, byte: u8) {
        if self.used == self.bytes.len() {
            self.write();
        }
        if let Some(place) = self.bytes.get_mut(self.used) {
            *place = byte;
            self.used += 1;
        }
    }

    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.byte(byte));
    }

    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds the last text and an end of line, and writes the line.
    #[inline(never)]
    pub fn end(&mut self, text: &str) {
        self.text(text);
        self.byte(b'\n');
        self.write();
    }

    fn write(&mut self) {
        let bytes = self.bytes.get(..self.used).unwrap_or_default();
        // If the message cannot be written, there is no other place for it.
        let _ = write_all(Fd::STDERR, bytes);
        self.used = 0;
    }

    /// Adds a number in decimal digits, divided by ten byte by byte: a 64-bit
    /// division is a function of half a kilobyte on i386.
    #[inline(never)]
    pub fn number(&mut self, value: u64) {
        let mut value = value.to_be_bytes();
        let mut digits = [0; 20];
        for digit in digits.iter_mut().rev() {
            let mut rest = 0;
            for byte in &mut value {
                let part = (rest << 8) | u32::from(*byte);
                *byte = (part / 10) as u8;
                rest = part % 10;
            }
            *digit = b'0' + rest as u8;
        }
        let mut digits = &digits[..];
        while let Some((b'0', rest @ [_, ..])) = digits.split_first() {
            digits = rest;
        }
        self.bytes(digits);
    }

    /// Adds a name, quoted where it has bytes that a terminal or a shell might
    /// take for something else.
    #[inline(never)]
    pub fn name(&mut self, name: &[u8]) {
        let (mut quoted, mut single, mut double) = (name.is_empty(), false, true);
        for (at, &byte) in name.iter().enumerate() {
            // Special to a shell in one place only, where double quotes would do;
            // elsewhere coreutils does not use double quotes for them.
            let (start, brace) = (is_in(byte, b"#~"), is_in(byte, b"{}"));
            let here = start && at == 0 || brace && name.len() == 1;
            let special = is_in(byte, b"!\"$&()*;<=>?[\\^`|") || is_control(byte);
            quoted |= here || special || is_in(byte, b" ':");
            single |= byte == b'\'';
            double &= !special && (here || !start && !brace);
        }
        if !quoted || single && double {
            let quote: &[u8] = if quoted { b"\"" } else { b"" };
            self.bytes(quote);
            self.bytes(name);
            return self.bytes(quote);
        }
        self.byte(b'\'');
        // Whether `$'` is open, in which escapes are special.
        let mut escaping = false;
        for &byte in name {
            let control = is_control(byte);
            self.bytes(match (escaping, control, byte) {
                (false, true, _) => b"'$'",
                (_, false, b'\'') => b"'\\'",
                (true, false, _) => b"''",
                _ => b"",
            });
            escaping = control;
            match control {
                true => self.escape(byte),
                false => self.byte(byte),
            }
        }
        self.byte(b'\'');
    }

    /// Adds the escape of a byte between `$'` and `'`.
    fn escape(&mut self, byte: u8) {
        self.byte(b'\\');
        // Alert, backspace, tab, new line, vertical tab, form feed, return.
        match b"abtnvfr".get(usize::from(byte.wrapping_sub(7))) {
            Some(&letter) => self.byte(letter),
            None => {
                self.byte(b'0' + (byte >> 6));
                self.byte(b'0' + (byte >> 3 & 7));
                self.byte(b'0' + (byte & 7));
            }
        }
    }
}

/// Whether the byte is not printable ASCII.
fn is_control(byte: u8) -> bool {
    !matches!(byte, 0x20..=0x7e)
}

/// Whether the byte is one of `set`.
#[inline(never)]
#[allow(clippy::manual_contains)] // `contains` would be larger.
pub fn is_in(byte: u8, set: &[u8]) -> bool {
    set.iter().any(|&one| one == byte)
}
