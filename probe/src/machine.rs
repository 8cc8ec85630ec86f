//! Which kernel this is.
#![allow(unsafe_code)] // A structure of the kernel's.

use int80::{Gate, Register, gate::nr};

use crate::Profile;

/// The kernel that answers.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// The version's three numbers.
    pub release: [u32; 3],
    /// A 64-bit kernel serves a 32-bit program.
    pub compat: bool,
}

/// The length of each of the texts of `struct new_utsname`.
const TEXT: usize = 65;

/// The kernel, as uname(2) tells of it, and what is expected of it.
#[must_use]
pub fn machine(gate: &dyn Gate) -> (Machine, Profile) {
    let mut names = [0_u8; 6 * TEXT];
    let at = Register::from(names.as_mut_ptr());
    // SAFETY: the kernel writes six texts of 65 bytes.
    unsafe { gate.call1(nr::UNAME, at) };
    let text = |n: usize| names.get(n * TEXT..).unwrap_or_default();
    let mut rest = text(2);
    let version = [number(&mut rest), number(&mut rest), number(&mut rest)];
    let [major, minor, patch] = version;
    let is_64_bit = matches!(text(4), [b'x', b'8', b'6', b'_', b'6', b'4', 0, ..]);
    let machine = Machine {
        release: version,
        compat: is_64_bit && size_of::<usize>() == 4,
    };
    let era = match version {
        // Not to be told; as today's.
        [0, 0, _] => Profile::Linux,
        _ if (major, minor) < (2, 4) => Profile::Linux2_2,
        _ if (major, minor) < (2, 6) => Profile::Linux2_4,
        _ if (major, minor) == (2, 6) && patch < 33 => Profile::Linux2_6_9,
        _ => Profile::Linux,
    };
    (machine, era)
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
