//! Text, put together in a buffer and written when that is full.

use int80::{Fd, sys};
use int80_probe::Recorder;

use crate::text::{PAGES, text};

/// What is to be printed. The buffer is last: what lies behind it has long
/// addresses.
#[repr(C)]
pub struct Printer<'a> {
    gate: &'a Recorder<'a>,
    /// Where it goes.
    pub fd: Fd<'static>,
    used: usize,
    arguments: [usize; 6],
    argument: usize,
    /// Whether something could not be written.
    pub failed: bool,
    buffer: [u8; 1024],
}

impl<'a> Printer<'a> {
    /// Standard output's.
    pub fn new(gate: &'a Recorder<'a>) -> Self {
        Self {
            gate,
            fd: Fd::STDOUT,
            buffer: [0; 1024],
            used: 0,
            arguments: [0; 6],
            argument: 0,
            failed: false,
        }
    }

    /// Text `n`.
    #[inline(never)]
    pub fn text(&mut self, n: usize) {
        for &byte in text(n) {
            self.byte(byte);
        }
    }

    /// Text `n`. Arguments take the place of `$` (a number), `%` (a number of 64
    /// bits, in two arguments), `@` (a register) and `~` (a text's number), one
    /// after the other.
    #[inline(never)]
    pub fn say(&mut self, n: usize, arguments: &[usize]) {
        for (place, argument) in self.arguments.iter_mut().zip(arguments) {
            *place = *argument;
        }
        self.argument = 0;
        self.text(n);
    }

    /// What is in the buffer.
    pub fn get(&self) -> &[u8] {
        self.buffer.get(..self.used).unwrap_or_default()
    }

    /// Empties the buffer.
    pub fn clear(&mut self) {
        self.used = 0;
    }

    #[inline(never)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.put(byte);
        }
    }

    /// A statement's identifier.
    #[inline(never)]
    pub fn id(&mut self, number: u8) {
        let mut rest = number;
        for &([first, second], count) in &PAGES {
            if rest < count {
                self.put(first);
                if second != 0 {
                    self.put(second);
                }
                self.put(b'.');
                self.number(u64::from(rest) + 1);
                return;
            }
            rest -= count;
        }
    }

    /// Identifiers, a space between them.
    pub fn ids(&mut self, numbers: &[u8]) {
        let mut first = true;
        for number in numbers {
            if !first {
                self.put(b' ');
            }
            first = false;
            self.id(*number);
        }
    }

    #[inline(never)]
    pub fn put(&mut self, byte: u8) {
        if self.used == self.buffer.len() {
            self.flush();
        }
        if let Some(place) = self.buffer.get_mut(self.used) {
            *place = byte;
            self.used += 1;
        }
    }

    #[inline(never)]
    pub fn flush(&mut self) {
        let mut rest = self.buffer.get(..self.used).unwrap_or_default();
        while !rest.is_empty() {
            match sys::write(self.gate, self.fd, rest) {
                Ok(count @ 1..) => rest = rest.get(count..).unwrap_or_default(),
                _ => {
                    self.failed = true;
                    break;
                }
            }
        }
        self.used = 0;
    }

    /// The next argument.
    fn next(&mut self) -> usize {
        let next = self.arguments.get(self.argument).copied();
        self.argument += 1;
        next.unwrap_or_default()
    }

    #[inline(never)]
    fn decimal(&mut self, value: i64) {
        if value < 0 {
            self.put(b'-');
        }
        self.number(value.unsigned_abs());
    }

    /// All digits of a register.
    fn hex(&mut self, value: usize) {
        self.bytes(b"0x");
        let mut rest = value;
        for _ in 0..usize::BITS / 4 {
            rest = rest.rotate_left(4);
            let digit = rest as u8 & 15;
            let letter = if digit < 10 { b'0' } else { b'a' - 10 };
            self.put(letter + digit);
        }
    }

    /// A number in decimal digits, divided by ten 16 bits at a time: a division of
    /// 64 bits is a function of half a kilobyte on i386.
    #[inline(never)]
    fn number(&mut self, value: u64) {
        let (mut limbs, mut high) = ([0; 4], value);
        for limb in limbs.iter_mut().rev() {
            *limb = high as u32 & 0xffff;
            high >>= 16;
        }
        let mut rest = 0;
        for limb in &mut limbs {
            let part = (rest << 16) | *limb;
            *limb = part / 10;
            rest = part % 10;
        }
        let tenth = limbs
            .iter()
            .fold(0, |high, &limb| (high << 16) | u64::from(limb));
        if tenth > 0 {
            self.number(tenth);
        }
        self.put(b'0' + rest as u8);
    }

    /// A byte of a text, or the argument that it stands for.
    fn byte(&mut self, byte: u8) {
        if !matches!(byte, b'$' | b'%' | b'@' | b'~') {
            return self.put(byte);
        }
        let value = self.next();
        match byte {
            b'$' => self.decimal(value as isize as i64),
            b'%' => {
                let high = (self.next() as i64) << 32;
                self.decimal(high | value as i64);
            }
            b'@' => self.hex(value),
            _ => self.text(value),
        }
    }
}

/// The arguments for a number of 64 bits.
pub fn halves(value: i64) -> [usize; 2] {
    [value as u32 as usize, (value >> 32) as usize]
}
