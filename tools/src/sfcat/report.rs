//! Messages: `sfcat: WHAT: message`, in one call, on standard error.

use int80::{
    Errno, Fd, Native,
    sys::{self, IoSlice},
    transfer::{Rung, Transfer},
};
use int80_rt::Gate;

use crate::text::{self, text};

/// The parts of a message, of which [`stats`] has the most.
struct Message<'a> {
    parts: [IoSlice<'a>; 11],
    used: usize,
}

impl<'a> Message<'a> {
    fn new() -> Self {
        Self {
            parts: [IoSlice::new(b""); 11],
            used: 0,
        }
    }

    /// `sfcat: WHAT: `
    #[inline(never)]
    fn about(&mut self, what: &'a [u8]) {
        self.push(b"sfcat: ");
        self.push(what);
        self.push(b": ");
    }

    #[inline(never)]
    fn push(&mut self, part: &'a [u8]) {
        if let Some(place) = self.parts.get_mut(self.used) {
            *place = IoSlice::new(part);
            self.used += 1;
        }
    }

    /// Text `n`.
    #[inline(never)]
    fn text(&mut self, n: usize) {
        self.push(text(n));
    }

    /// A number in decimal digits, divided by ten byte by byte: a division of
    /// 64 bits is a function of half a kilobyte on i386.
    #[inline(never)]
    fn number(&mut self, value: u64, digits: &'a mut [u8; 20]) {
        let mut value = value.to_be_bytes();
        for digit in digits.iter_mut().rev() {
            let mut rest = 0;
            for byte in &mut value {
                let part = (rest << 8) | u32::from(*byte);
                *byte = (part / 10) as u8;
                rest = part % 10;
            }
            *digit = b'0' + rest as u8;
        }
        let mut digits: &[u8] = digits;
        while let Some((b'0', rest @ [_, ..])) = digits.split_first() {
            digits = rest;
        }
        self.push(digits);
    }

    /// Writes it with an end of line.
    #[inline(never)]
    fn write(&mut self) {
        self.push(b"\n");
        // A message that cannot be written has nowhere else to go.
        let _ = sys::writev(Native, Fd::STDERR, &self.parts);
    }
}

/// Writes `sfcat: WHAT: ` and text `n`: an errno's number, or one of
/// [`text`](crate::text)'s constants.
#[inline(never)]
pub fn report(what: &[u8], n: usize) {
    let mut message = Message::new();
    message.about(what);
    message.text(n);
    message.write();
}

/// Writes `sfcat: WHAT: ` and text `n`, and ends the program with status 1.
#[inline(never)]
pub fn fail(what: &[u8], n: usize) -> ! {
    report(what, n);
    sys::exit_group(Native, 1)
}

/// Writes `sfcat: write error: ` and what the errno means, and ends the program
/// with status 1: there is nowhere to copy to.
pub fn write_error(errno: Errno) -> ! {
    fail(b"write error", text::of(errno))
}

/// `sfcat: NAME: N bytes, N calls, RUNG (sendfile64: message)`
#[inline(never)]
pub fn stats(name: &[u8], transfer: &Transfer<'_, Gate>) {
    let (mut bytes, mut calls) = ([0; 20], [0; 20]);
    let mut message = Message::new();
    message.about(name);
    message.number(transfer.moved(), &mut bytes);
    message.text(text::BYTES);
    message.number(transfer.calls().into(), &mut calls);
    message.text(match transfer.rung() {
        Rung::ReadWrite => text::CALLS_READ_WRITE,
        _ => text::CALLS_SENDFILE,
    });
    if let Some(refusal) = transfer.refusal() {
        message.text(text::REFUSED);
        message.text(text::of(refusal.errno));
        message.push(b")");
    }
    message.write();
}
