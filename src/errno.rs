//! Error numbers: their encoding in eax, names and messages.

mod table;

use core::{ffi::CStr, fmt, num::NonZero};

use crate::sys::c_string;
use table::{MESSAGES, NAMES};

/// A Linux error number, 1..=4095.
///
/// The numbers are the same on i386 and x86_64. Names and messages are those
/// of errno(3) and of the GNU C library's `strerror`. `Option<Errno>` has the
/// size of `Errno`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Errno(NonZero<u32>);

static_assertions::assert_eq_size!(Option<Errno>, u32);

/// The largest errno (`MAX_ERRNO`, `include/linux/err.h`).
const MAX: u32 = 4095;

/// Decodes eax: −4095..=−1 is a negative errno, anything else the result.
///
/// # Errors
///
/// The errno that eax holds.
///
/// # Examples
///
/// ```
/// use int80::{Errno, errno};
///
/// assert_eq!(errno::decode(187), Ok(187));
/// assert_eq!(errno::decode(-9), Err(Errno::EBADF));
/// // An address in the upper half of the address space is no error.
/// assert_eq!(errno::decode(-4096), Ok(-4096_isize as usize));
/// ```
#[inline(always)]
pub const fn decode(eax: isize) -> Result<usize, Errno> {
    let bits = eax as usize;
    if bits > (-(MAX as isize) - 1) as usize {
        // In 1..=4095, which the line above has just established.
        match NonZero::new(bits.wrapping_neg() as u32) {
            Some(number) => Err(Errno(number)),
            None => Ok(bits),
        }
    } else {
        Ok(bits)
    }
}

/// The negative errno, as eax holds it: the inverse of [`decode`] for errors.
///
/// # Examples
///
/// ```
/// assert_eq!(int80::errno::encode(int80::Errno::EBADF), -9);
/// ```
#[inline(always)]
#[must_use]
pub const fn encode(errno: Errno) -> isize {
    -(errno.0.get() as isize)
}

impl Errno {
    /// The errno with this number; `None` outside 1..=4095.
    #[must_use]
    pub const fn from_raw_os_error(number: i32) -> Option<Self> {
        match number {
            1..=4095 => match NonZero::new(number as u32) {
                Some(number) => Some(Self(number)),
                None => None,
            },
            _ => None,
        }
    }

    /// "Operation is not supported" (524, `include/linux/errno.h`): internal to
    /// the kernel, but some file systems return it to programs.
    pub(crate) const ENOTSUPP: Self = Self(match NonZero::new(524) {
        Some(number) => number,
        None => unreachable!(),
    });

    /// The number, 1..=4095.
    #[inline(always)]
    #[must_use]
    pub const fn raw_os_error(self) -> i32 {
        self.0.get() as i32
    }

    /// The name, `"EBADF"`; `None` for a number that Linux does not use.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        nth(NAMES, self.0.get())
    }

    /// The message, `"Bad file descriptor"`; `None` for a number that Linux
    /// does not use.
    #[must_use]
    pub fn message(self) -> Option<&'static str> {
        nth(MESSAGES, self.0.get())
    }

    /// [`name`](Self::name) as a C string.
    #[must_use]
    pub fn c_name(self) -> Option<&'static CStr> {
        nth_c(NAMES, self.0.get())
    }

    /// [`message`](Self::message) as a C string.
    #[must_use]
    pub fn c_message(self) -> Option<&'static CStr> {
        nth_c(MESSAGES, self.0.get())
    }
}

/// The `n`th entry of `table`, counted from 1, each of which ends in a NUL;
/// `None` past the end and for an empty entry.
///
/// One string and a search take a third of the space of an array of strings.
fn nth(table: &'static str, n: u32) -> Option<&'static str> {
    let (start, end) = place(table, n)?;
    table.get(start..end).filter(|text| !text.is_empty())
}

/// As [`nth`], with the NUL.
fn nth_c(table: &'static str, n: u32) -> Option<&'static CStr> {
    let (start, _) = place(table, n)?;
    let text = table.as_bytes().get(start..)?;
    c_string(text).filter(|text| !text.is_empty())
}

/// The start of the `n`th entry and the place of its NUL.
fn place(table: &str, n: u32) -> Option<(usize, usize)> {
    let mut entry = 1;
    let mut start = 0;
    for (at, byte) in table.bytes().enumerate() {
        if byte == 0 {
            if entry == n {
                return Some((start, at));
            }
            entry += 1;
            start = at + 1;
        }
    }
    None
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message() {
            Some(message) => f.write_str(message),
            None => write!(f, "Unknown error {}", self.0),
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "Errno({})", self.0),
        }
    }
}

impl core::error::Error for Errno {}
