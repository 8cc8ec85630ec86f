//! What is expected where kernels and emulators legitimately differ.

use crate::{Check, Note, Outcome, Stop};

/// Whose answers are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Profile {
    /// Today's kernel.
    Linux,
    /// Linux 2.6.9, as page P1 has it: sockets are the only output.
    Linux2_6_9,
    /// Linux 2.4: any output, and call 239.
    Linux2_4,
    /// Linux 2.2, as page P4 has it: call 187 alone.
    Linux2_2,
    /// qemu-i386 7.2.
    Qemu7_2,
}

impl Profile {
    /// All of them, with the names that `--expect` takes.
    pub const ALL: [(&'static str, Self); 5] = [
        ("linux", Self::Linux),
        ("linux-2.6.9", Self::Linux2_6_9),
        ("linux-2.4", Self::Linux2_4),
        ("linux-2.2", Self::Linux2_2),
        ("qemu-i386-7.2", Self::Qemu7_2),
    ];
}

/// One thing that a profile sees in another way than today's kernel.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// Whose answer it is.
    pub profile: Profile,
    /// What is seen in place of what today's kernel does.
    pub seen: i64,
    /// Why.
    pub why: &'static str,
}

/// Whether what came of a check is what is expected: today's kernel's answer, or
/// the one that is known to be seen in its place.
#[must_use]
pub fn as_expected(known: Option<i64>, outcome: Outcome, note: &Note) -> bool {
    match known {
        None => outcome.is_ok(),
        Some(seen) => outcome == Err(Stop::Differs) && note.seen == seen,
    }
}

/// The same for `check` and a profile.
#[must_use]
pub fn judge(check: &Check, profile: Profile, outcome: Outcome, note: &Note) -> bool {
    let known = check.differs.iter().find(|one| one.profile == profile);
    as_expected(known.map(|one| one.seen), outcome, note)
}
