//! Where other kernels and emulators differ from today's Linux, row by row.

use crate::{Ended, Stop};

/// Whose results are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Today's kernel.
    Linux,
    /// Linux 2.6.9, as page P1 has it: sockets are the only output.
    Linux2_6_9,
    /// Linux 2.4: any output, and call 239.
    Linux2_4,
    /// Linux 2.2, as page P4 has it: call 187 alone.
    Linux2_2,
    /// User-mode Linux 6.1.
    UserMode,
    /// qemu-i386 5.2, and others before it had copy_file_range.
    Qemu5_2,
    /// qemu-i386 7.2, and others before it had preadv2.
    Qemu7_2,
    /// qemu-i386 10.0.
    Qemu10_0,
}

use Profile::*;

impl Profile {
    /// All of them, with the names that `--expect` takes.
    pub const ALL: [(&'static str, Self); 8] = [
        ("linux", Linux),
        ("linux-2.6.9", Linux2_6_9),
        ("linux-2.4", Linux2_4),
        ("linux-2.2", Linux2_2),
        ("user-mode-linux", UserMode),
        ("qemu-i386-5.2", Qemu5_2),
        ("qemu-i386-7.2", Qemu7_2),
        ("qemu-i386-10.0", Qemu10_0),
    ];

    /// The profile of this name.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        let known = |one: &&(&str, Self)| one.0.as_bytes() == name;
        Self::ALL.iter().find(known).map(|(_, profile)| *profile)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let mine = |one: &&(&str, Self)| one.1 == self;
        Self::ALL.iter().find(mine).map_or("", |(name, _)| name)
    }
}

/// What is seen in place of what today's kernel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// This value of what is looked at.
    Value(i32),
    /// The check's process is ended by this signal.
    Signal(i32),
}

/// Who differs, and why.
#[derive(Debug)]
pub struct Cause {
    /// Who.
    pub profiles: &'static [Profile],
    /// Why.
    pub why: &'static str,
}

/// One check that some profiles see in another way than today's kernel.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// The check's name.
    pub check: &'static str,
    /// Who differs, and why.
    pub cause: &'static Cause,
    /// What they see.
    pub seen: Seen,
}

const fn row(check: &'static str, cause: &'static Cause, seen: Seen) -> Difference {
    Difference { check, cause, seen }
}

const EINVAL: Seen = Seen::Value(-22);
const ENOSYS: Seen = Seen::Value(-38);
const ALL_SENT: Seen = Seen::Value(20);

static ONLY_SOCKETS: Cause = Cause {
    profiles: &[Linux2_6_9],
    why: "Linux 2.6.0 to 2.6.32 send to sockets only",
};
static NO_239: Cause = Cause {
    profiles: &[Linux2_2],
    why: "call 239 came with Linux 2.4",
};
static APPENDS: Cause = Cause {
    profiles: &[Linux2_4, Linux2_2],
    why: "Linux before 2.6 writes an output with O_APPEND like any other",
};
static NO_RIGHTS: Cause = Cause {
    profiles: &[UserMode],
    why: "user-mode Linux reads a program's memory past PROT_NONE",
};
static WIDENED: Cause = Cause {
    profiles: &[Qemu5_2, Qemu7_2, Qemu10_0],
    why: "qemu-user gives call 187 a 64-bit offset and cuts it back",
};
static LARGE: Cause = Cause {
    profiles: &[Qemu10_0],
    why: "qemu-user 10.0 shows O_LARGEFILE in F_GETFL",
};
static MASK: Cause = Cause {
    profiles: &[Qemu5_2],
    why: "qemu-user 5.2 reads a signal mask itself, and crashes",
};

/// All of them.
pub static DIFFERENCES: [Difference; 22] = [
    row("position-output", &ONLY_SOCKETS, EINVAL),
    row("count-limit", &ONLY_SOCKETS, EINVAL),
    row("output-file", &ONLY_SOCKETS, EINVAL),
    row("output-pipe", &ONLY_SOCKETS, EINVAL),
    row("output-sealed", &ONLY_SOCKETS, EINVAL),
    row("same-descriptor", &ONLY_SOCKETS, EINVAL),
    row("full-pipe", &ONLY_SOCKETS, EINVAL),
    row("pipe-waits", &ONLY_SOCKETS, EINVAL),
    row("cell-of-64-bits", &NO_239, ENOSYS),
    row("cell-unmapped", &NO_239, ENOSYS),
    row("cell-no-access", &NO_239, ENOSYS),
    row("cell-read-only", &NO_239, ENOSYS),
    row("far-239", &NO_239, ENOSYS),
    row("far-negative", &NO_239, ENOSYS),
    row("position-239", &NO_239, ENOSYS),
    row("output-append", &APPENDS, ALL_SENT),
    row("output-append-pipe", &APPENDS, ALL_SENT),
    // The first byte that arrives and should not.
    row("cell-no-access", &NO_RIGHTS, Seen::Value(0)),
    row("wall-overflow", &WIDENED, Seen::Value(10)),
    row("wall-cut", &WIDENED, Seen::Value(100)),
    row("flags-kept", &LARGE, Seen::Value(0o100_002)),
    row("bsd-bad-address", &MASK, Seen::Signal(11)),
];

/// The row of a check and a profile.
#[must_use]
#[inline(never)]
pub fn known(check: &str, profile: Profile) -> Option<&'static Difference> {
    let mine = |row: &&Difference| row.check == check && row.cause.profiles.contains(&profile);
    DIFFERENCES.iter().find(mine)
}

/// Whether what became of a check is what is expected: what today's kernel
/// does, or the known difference in its place.
#[must_use]
pub fn as_expected(known: Option<&Difference>, ended: &Ended) -> bool {
    match (known.map(|row| row.seen), ended) {
        (None, Ended::Told(told)) => told.outcome.is_ok(),
        (Some(Seen::Value(seen)), Ended::Told(told)) => {
            told.outcome == Err(Stop::Differs) && told.note.seen == seen.into()
        }
        (Some(Seen::Signal(known)), Ended::Signal(signal)) => known == *signal,
        _ => false,
    }
}
