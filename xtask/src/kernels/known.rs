//! The differences that are known, each with its reason. Any other is a failure,
//! and so is one of these that is not seen any more.

/// A check that comes out otherwise than as on today's kernel.
pub struct Known {
    /// How the names of the kernels begin.
    pub on: &'static str,
    pub check: &'static str,
    /// What `sfprobe` says was seen.
    pub seen: &'static str,
    pub why: &'static str,
}

pub const KNOWN: &[Known] = &[
    Known {
        on: "UML ",
        check: "cell-no-access",
        seen: "0",
        why: "user-mode Linux reads and writes for a program what the program itself may not \
              (PROT_NONE): a fault of that kernel",
    },
    Known {
        on: "qemu-user 10.0",
        check: "flags-kept",
        seen: "32770",
        why: "it shows O_LARGEFILE among the flags of F_GETFL",
    },
    Known {
        on: "qemu-user 5.2",
        check: "bsd-bad-address",
        seen: "ended by signal 11",
        why: "it faults on parts at a bad address, where the kernel returns EFAULT",
    },
];

/// The known difference of a check on a kernel.
pub fn of(subject: &str, check: &str) -> Option<&'static Known> {
    KNOWN
        .iter()
        .find(|known| subject.starts_with(known.on) && known.check == check)
}
