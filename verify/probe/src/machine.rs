//! Which kernel or emulator this is.
#![allow(unsafe_code)] // Structures of the kernel's.

use core::ffi::CStr;

use int80::{Errno, Gate, Register, errno, gate::nr};

use crate::{Profile, Recorder, step::Version};

/// The kernel that makes the calls.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// Its version; `None` where it does not tell: what is expected is today's.
    pub version: Option<Version>,
    /// Whether a 64-bit kernel serves a 32-bit program; `None` where it is not told.
    pub compat: Option<bool>,
    /// The emulator between this program and the kernel.
    pub emulator: Option<Profile>,
    /// A sandbox hides whether there is one.
    pub hides: bool,
}

impl Machine {
    /// Whether it is this version or a later one.
    #[must_use]
    pub fn since(&self, version: Version) -> bool {
        self.version.is_none_or(|mine| mine >= version)
    }

    /// What is expected of it.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.emulator.unwrap_or(self.era())
    }

    /// What is expected of the kernel, whatever stands before it.
    #[must_use]
    pub fn era(&self) -> Profile {
        match self.version {
            Some(version) if version < [2, 4, 0] => Profile::Linux2_2,
            Some(version) if version < [2, 6, 0] => Profile::Linux2_4,
            Some(version) if version < [2, 6, 33] => Profile::Linux2_6_9,
            _ => Profile::Linux,
        }
    }
}

/// The version that a text begins with: `6.1`, `2.6.20-1-686`.
#[must_use]
pub fn version(text: &[u8]) -> Option<Version> {
    let mut numbers = [0; 3];
    let mut rest = text;
    for (place, number) in numbers.iter_mut().enumerate() {
        if place > 0 {
            match *rest {
                [b'.', ref tail @ ..] => rest = tail,
                _ if place == 1 => return None,
                _ => break,
            }
        }
        let [b'0'..=b'9', ..] = rest else { return None };
        let mut value = 0_u32;
        while let [digit @ b'0'..=b'9', ref tail @ ..] = *rest {
            value = value
                .saturating_mul(10)
                .saturating_add((digit - b'0').into());
            rest = tail;
        }
        // Stable releases count past 255.
        *number = value.min(255) as u8;
    }
    // 2.6.39 was the last 2.6: what is beyond it is a later kernel that was told
    // to say so (personality(2), UNAME26). 0.0 is no version.
    match numbers {
        [0, 0, _] => None,
        [2, 6, release] if release >= 40 => None,
        _ => Some(numbers),
    }
}

/// The length of each of the texts of `struct new_utsname`.
const TEXT: usize = 65;

/// The kernel as it describes itself.
#[must_use]
pub fn machine(gate: &Recorder<'_>) -> Machine {
    // Every kernel has readlink.
    gate.begin(true);
    let emulator = emulator(gate);
    let hides = emulator.is_none() && gate.refused() != 0;
    gate.begin(false);
    let mut names = [0_u8; 6 * TEXT];
    let at = Register::from(names.as_mut_ptr());
    // Where it cannot tell, the texts are empty.
    // SAFETY: the kernel writes six texts of 65 bytes.
    let _ = unsafe { gate.call(nr::UNAME, [at]) };
    let text = |n: usize| names.get(n * TEXT..).unwrap_or_default();
    Machine {
        version: version(text(2)),
        compat: match emulator {
            None if size_of::<usize>() == 4 => is_64_bit(gate, text(4)),
            _ => Some(false),
        },
        emulator,
        hides,
    }
}

/// Whether the stack may be too small for a check, by the limit of stacks.
#[must_use]
pub fn small_stack(gate: &Recorder<'_>) -> bool {
    const RLIMIT_STACK: u32 = 3;
    // Where it is not told there is room.
    let mut limits = [usize::MAX; 2];
    // SAFETY: the kernel writes two words.
    unsafe {
        gate.call(
            nr::UGETRLIMIT,
            [RLIMIT_STACK.into(), (&raw mut limits).into()],
        )
    };
    limits[0] < 64 << 10
}

/// Whether the kernel has 64 bits, by the name of its machine. A 64-bit kernel may
/// have been told to say i686 (setarch).
fn is_64_bit(gate: &Recorder<'_>, machine: &[u8]) -> Option<bool> {
    const PERSONALITY: u32 = 136;
    const PER_LINUX32: isize = 8;
    if let [b'x', ..] = machine {
        return Some(true);
    }
    // SAFETY: 0xffffffff asks and changes nothing.
    let persona = unsafe { gate.call(PERSONALITY, [u32::MAX.into()]) };
    match gate.refused() {
        0 => Some(persona & 0xff == PER_LINUX32),
        _ => None,
    }
}

/// The qemu-user that runs this program, as far as one can see. It returns
/// /proc/self/exe itself, but not /proc/thread-self/exe, which is qemu's own; and
/// where there is no /proc/self, it returns /proc/self/exe all the same. Which one
/// it is like is seen by two calls that it learned later.
fn emulator(gate: &Recorder<'_>) -> Option<Profile> {
    const READLINK: u32 = 85;
    if size_of::<usize>() != 4 {
        return None;
    }
    let mut path = [0_u8; 256];
    let (to, room) = (path.as_mut_ptr(), path.len());
    let read = |name: &CStr| {
        let name = name.as_ptr().into();
        // SAFETY: the kernel reads the name and writes at most the path.
        unsafe { gate.call(READLINK, [name, to.into(), room.into()]) }
    };
    let is_there = read(c"/proc/self") != errno::encode(Errno::ENOENT);
    let length = match is_there {
        true => read(c"/proc/thread-self/exe"),
        false => read(c"/proc/self/exe"),
    };
    let path = path.get(..usize::try_from(length).ok()?)?;
    if is_there {
        let name = path.rsplit(|byte| *byte == b'/').next()?;
        name.strip_prefix(b"qemu-")?;
    }
    let zero = Register::ZERO;
    let lacks = |nr| {
        let none = Register::from(-1_i32);
        // SAFETY: descriptor −1 is open nowhere, so that nothing is done.
        let eax = unsafe { gate.call(nr, [none, zero, none, zero, zero, zero]) };
        eax == errno::encode(Errno::ENOSYS)
    };
    Some(if lacks(nr::COPY_FILE_RANGE) {
        Profile::Qemu5_2
    } else if lacks(nr::PREADV2) {
        Profile::Qemu7_2
    } else {
        Profile::Qemu10_0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d5_a_version_is_told_or_it_is_none() {
        assert_eq!(version(b"6.18.44\0"), Some([6, 18, 44]));
        assert_eq!(version(b"5.10"), Some([5, 10, 0]));
        assert_eq!(version(b"2.6.20-1-686\0"), Some([2, 6, 20]));
        assert_eq!(version(b"7.3-rc7"), Some([7, 3, 0]));
        assert_eq!(version(b"5.10.300"), Some([5, 10, 255]));
        // 2^32 more than 2: more than a number holds.
        assert_eq!(version(b"4294967298.6.20"), Some([255, 6, 20]));
        for none in [
            &b""[..],
            b"\0",
            b"6",
            b"6.",
            b"v6.1",
            b"0.0.0",
            b"2.6.78",
            b"6.1.",
        ] {
            assert_eq!(version(none), None, "{none:?}");
        }
    }
}
