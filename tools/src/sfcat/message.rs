//! Messages on standard error: `PROGRAM: WHAT: MESSAGE`.

use core::{
    ffi::CStr,
    sync::atomic::{AtomicPtr, Ordering},
};

use int80::{Errno, Fd, Native, sys};

/// The name that the program was called by.
static PROGRAM: AtomicPtr<core::ffi::c_char> = AtomicPtr::new(core::ptr::null_mut());

/// Keeps the name that the program was called by.
pub fn set_program(name: Option<&'static CStr>) {
    let name = name.unwrap_or(c"sfcat");
    PROGRAM.store(name.as_ptr().cast_mut(), Ordering::Relaxed);
}

/// Writes all of `bytes`.
pub fn write_all(fd: Fd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match sys::write(Native, fd, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}

/// A message of one line, written in one piece unless it is long.
pub struct Message {
    bytes: [u8; 512],
    used: usize,
}

impl Message {
    /// A message that begins with the program's name.
    pub fn new() -> Self {
        let mut message = Self {
            bytes: [0; 512],
            used: 0,
        };
        message.program();
        message.text(": ");
        message
    }

    /// Adds the name that the program was called by.
    pub fn program(&mut self) {
        for &byte in program() {
            self.byte(byte);
        }
    }

    /// Adds a byte, and writes those before it where there is no room.
    pub fn byte(&mut self, byte: u8) {
        if self.used == self.bytes.len() {
            self.write();
        }
        if let Some(place) = self.bytes.get_mut(self.used) {
            *place = byte;
            self.used += 1;
        }
    }

    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        for byte in text.bytes() {
            self.byte(byte);
        }
    }

    /// Adds a name, quoted where it has bytes that a terminal or a shell might
    /// take for something else.
    pub fn name(&mut self, name: &[u8]) {
        crate::quote::quote(name, &mut |byte| self.byte(byte));
    }

    /// Adds `WHAT: MESSAGE`.
    pub fn about(&mut self, what: &str, errno: Errno) {
        self.text(what);
        self.text(": ");
        self.text(errno.message().unwrap_or("Unknown error"));
    }

    /// Adds a number in decimal digits, divided by ten byte by byte: a 64-bit
    /// division is a function of half a kilobyte on i386.
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
        let zeros = digits.iter().take(19).take_while(|digit| **digit == b'0');
        for digit in digits.into_iter().skip(zeros.count()) {
            self.byte(digit);
        }
    }

    /// Ends the line and writes it.
    #[inline(never)]
    pub fn end(&mut self) {
        self.byte(b'\n');
        self.write();
    }

    fn write(&mut self) {
        let bytes = self.bytes.get(..self.used).unwrap_or_default();
        // A message that cannot be written has nowhere else to go.
        let _ = write_all(Fd::STDERR, bytes);
        self.used = 0;
    }
}

fn program() -> &'static [u8] {
    let name = PROGRAM.load(Ordering::Relaxed);
    if name.is_null() {
        return b"sfcat";
    }
    to_bytes(name)
}

/// # Safety
///
/// The pointer is one that `set_program` has stored: a string of the kernel's,
/// which ends in a NUL and stays where it is.
#[allow(unsafe_code)]
fn to_bytes(name: *mut core::ffi::c_char) -> &'static [u8] {
    // SAFETY: as above.
    unsafe { CStr::from_ptr(name) }.to_bytes()
}

/// Writes a message and ends the program with status 1.
pub fn fail(tell: impl FnOnce(&mut Message)) -> ! {
    let mut message = Message::new();
    tell(&mut message);
    message.end();
    int80_rt::exit(1)
}
