//! The gate that a program chooses when it starts.

use crate::{Process, after};

/// The name of a gate in an option of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GateName {
    /// The `int 0x80` instruction, i386.
    Int80,
    /// The kernel's entry point in AT_SYSINFO, i386.
    Sysinfo,
    /// The `syscall` instruction, x86_64.
    Syscall,
}

impl GateName {
    /// The gate with this name, `int80`, `sysinfo` or `syscall`; `None` for any
    /// other text.
    #[must_use]
    pub fn parse(name: &[u8]) -> Option<Self> {
        NAMES
            .iter()
            .find(|(known, _)| after(name, known).is_some_and(<[u8]>::is_empty))
            .map(|&(_, gate)| gate)
    }
}

/// Padded with NULs: half the size of slices.
static NAMES: [([u8; 7], GateName); 3] = [
    (*b"int80\0\0", GateName::Int80),
    (*b"sysinfo", GateName::Sysinfo),
    (*b"syscall", GateName::Syscall),
];

/// The type of a gate that is chosen at run time.
#[cfg(target_arch = "x86")]
pub type Gate = int80::gate::Sysinfo;
/// The type of a gate that is chosen at run time.
#[cfg(target_arch = "x86_64")]
pub type Gate = int80::gate::Syscall;

impl Process {
    /// The gate with this name, or the quickest of this process; `None` if the
    /// process does not have that gate.
    #[cfg(target_arch = "x86")]
    #[must_use]
    pub fn gate(self, name: Option<GateName>) -> Option<Gate> {
        let entry = match name {
            Some(GateName::Int80) => None,
            Some(GateName::Syscall) => return None,
            Some(GateName::Sysinfo) | None => self.sysinfo(),
        };
        match entry {
            // SAFETY: the entry point is from this process's auxiliary vector.
            Some(entry) => Some(unsafe { Gate::new(entry) }),
            None if name == Some(GateName::Sysinfo) => None,
            None => Some(Gate::int80()),
        }
    }

    /// The gate with this name, or the quickest of this process; `None` if the
    /// process does not have that gate.
    #[cfg(target_arch = "x86_64")]
    #[must_use]
    pub fn gate(self, name: Option<GateName>) -> Option<Gate> {
        match name {
            None | Some(GateName::Syscall) => Some(int80::gate::Syscall),
            Some(_) => None,
        }
    }
}
