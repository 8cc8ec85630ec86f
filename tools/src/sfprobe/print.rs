//! Text, put together in a buffer and written when that is full.

use int80::{
    Errno, Fd,
    sys::{self, PollFd, PollFlags},
};
use int80_probe::Recorder;

/// What is to be printed.
pub struct Printer<'a> {
    gate: &'a Recorder<'a>,
    /// Where it goes.
    pub fd: Fd<'static>,
    /// Whether something could not be written.
    pub failed: bool,
    used: usize,
    buffer: [u8; 1024],
}

impl<'a> Printer<'a> {
    /// Standard output's.
    pub fn new(gate: &'a Recorder<'a>) -> Self {
        Self {
            gate,
            fd: Fd::STDOUT,
            failed: false,
            used: 0,
            buffer: [0; 1024],
        }
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    #[inline(never)]
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        for &byte in bytes {
            self.put(byte);
        }
        self
    }

    #[inline(never)]
    pub fn number(&mut self, number: i64) -> &mut Self {
        if number < 0 {
            self.put(b'-');
        }
        self.digits(number.unsigned_abs());
        self
    }

    /// All digits of a register.
    pub fn hex(&mut self, value: usize) -> &mut Self {
        self.text("0x");
        let mut rest = value;
        for _ in 0..usize::BITS / 4 {
            rest = rest.rotate_left(4);
            let digit = rest as u8 & 15;
            let letter = if digit < 10 { b'0' } else { b'a' - 10 };
            self.put(letter + digit);
        }
        self
    }

    #[inline(never)]
    fn put(&mut self, byte: u8) {
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
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) if self.waits() => {}
                _ => {
                    self.failed = true;
                    break;
                }
            }
        }
        self.used = 0;
    }

    /// Waits until there is room.
    fn waits(&self) -> bool {
        let mut one = [PollFd::new(self.fd, PollFlags::OUT)];
        sys::poll(self.gate, &mut one, -1).is_ok()
    }

    /// A number in decimal digits, divided by ten 16 bits at a time: a 64-bit
    /// division is a function of half a kilobyte on i386.
    #[inline(never)]
    fn digits(&mut self, value: u64) {
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
            self.digits(tenth);
        }
        self.put(b'0' + rest as u8);
    }
}
