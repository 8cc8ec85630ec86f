//! The differences that are known, each with its reason. Any other is a failure,
//! and so is one of these that is not seen any more.

/// A check that comes out otherwise than as on today's kernel.
pub struct Known {
    /// How the names of the kernels begin.
    pub on: &'static str,
    pub check: &'static str,
    pub why: &'static str,
}

pub const KNOWN: &[Known] = &[Known {
    on: "UML ",
    check: "cell-no-access",
    why: "user-mode Linux reads and writes memory that the program itself may not (PROT_NONE): \
          a fault of that kernel",
}];

/// The known difference of a check on a kernel.
pub fn of(subject: &str, check: &str) -> Option<&'static Known> {
    KNOWN
        .iter()
        .find(|known| subject.starts_with(known.on) && known.check == check)
}
