//! A line of text, put together before it is written in one call.

use crate::text;

/// Room for a path and a message, or for the longest text.
const ROOM: usize = 4096 + 512;

pub struct Line {
    bytes: [u8; ROOM],
    used: usize,
}

impl Line {
    pub const fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            used: 0,
        }
    }

    /// What has been put in, as far as there was room.
    pub fn get(&self) -> &[u8] {
        self.bytes.get(..self.used).unwrap_or_default()
    }

    pub fn byte(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.used) {
            *slot = byte;
            self.used += 1;
        }
    }

    #[inline(never)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    /// Text `n`: an errno's message, or one of [`text`]'s constants.
    #[inline(never)]
    pub fn text(&mut self, n: usize) {
        text::unpack(n, self);
    }

    /// A number in decimal digits, divided by ten 16 bits at a time: a division
    /// of 64 bits is a function of half a kilobyte on i386.
    #[inline(never)]
    pub fn number(&mut self, value: u64) {
        let mut limbs = [48, 32, 16, 0].map(|shift| (value >> shift) as u32 & 0xffff);
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
        self.byte(b'0' + rest as u8);
    }
}
