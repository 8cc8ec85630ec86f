//! The differences that are known, each with its reason. Any other is a failure,
//! and so is one of these that is not seen any more.

/// A check that comes out otherwise than as on today's kernel.
pub struct Known {
    /// A part of the kernels' names.
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
        on: " 5.10",
        check: "pages-shared",
        seen: "0",
        why: "before 5.12 sendfile copied into a pipe, so that what is written to the file \
              afterwards is not seen",
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
        .find(|known| subject.contains(known.on) && known.check == check)
}
