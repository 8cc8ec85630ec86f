//! Which kernel this is.
#![allow(unsafe_code)] // A structure of the kernel's.

use int80::{Register, gate::nr};

use crate::{Profile, Recorder};

/// The kernel that answers.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// The version's three numbers, a byte each.
    release: u32,
    /// A 64-bit kernel serves a 32-bit program.
    pub compat: bool,
}

impl Machine {
    /// A kernel of that version; 0.0.0 is not to be told.
    #[must_use]
    pub fn new(release: [u32; 3], compat: bool) -> Self {
        let join = |all, part: u32| (all << 8) | part.min(255);
        Self {
            release: release.into_iter().fold(0, join),
            compat,
        }
    }

    /// Whether it is this version, 256 times the major number and the minor
    /// one, or a later one.
    #[must_use]
    pub fn since(&self, version: u32) -> bool {
        self.release >> 8 >= version
    }

    /// What is expected of it.
    #[must_use]
    pub fn era(&self) -> Profile {
        match self.release {
            // As today's.
            0..0x00_0100 => Profile::Linux,
            0x00_0100..0x02_0400 => Profile::Linux2_2,
            0x02_0400..0x02_0600 => Profile::Linux2_4,
            0x02_0600..0x02_0621 => Profile::Linux2_6_9,
            _ => Profile::Linux,
        }
    }
}

/// The length of each of the texts of `struct new_utsname`.
const TEXT: usize = 65;

/// The kernel, as uname(2) tells of it.
#[must_use]
pub fn machine(gate: &Recorder<'_>) -> Machine {
    let mut names = [0_u8; 6 * TEXT];
    let at = Register::from(names.as_mut_ptr());
    // Where it cannot tell, the texts are empty.
    // SAFETY: the kernel writes six texts of 65 bytes.
    let _ = unsafe { gate.make(nr::UNAME, at, Register::ZERO, Register::ZERO) };
    let text = |n: usize| names.get(n * TEXT..).unwrap_or_default();
    let mut rest = text(2);
    // x86_64, and not i386 to i686.
    let is_64_bit = matches!(text(4), [b'x', ..]);
    Machine::new(
        [number(&mut rest), number(&mut rest), number(&mut rest)],
        is_64_bit && size_of::<usize>() == 4,
    )
}

/// The number that `rest` begins with, and what stands behind it and its dot.
fn number(rest: &mut &[u8]) -> u32 {
    let mut value = 0_u32;
    while let [digit @ b'0'..=b'9', tail @ ..] = *rest {
        value = value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        *rest = tail;
    }
    if let [b'.', tail @ ..] = *rest {
        *rest = tail;
    }
    value
}
