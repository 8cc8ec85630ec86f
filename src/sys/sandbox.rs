//! Sandboxing: Landlock and seccomp.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns. What Landlock forbids afterwards fails, and breaks no memory.
//! A seccomp filter can do more, by its conditions.
#![allow(unsafe_code)]

use core::ptr;

use bitflags::bitflags;
use linux_raw_sys::{landlock as kernel, ptrace as kernel_seccomp};

use super::{opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// Accesses to files that Landlock can restrict (landlock(7)). Each version of
    /// its ABI adds some.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AccessFs: u64 {
        /// Executing files.
        const EXECUTE = 1 << 0;
        /// Opening files for writing.
        const WRITE_FILE = 1 << 1;
        /// Opening files for reading.
        const READ_FILE = 1 << 2;
        /// Listing directories.
        const READ_DIR = 1 << 3;
        /// All accesses of ABI 1.
        const V1 = (1 << 13) - 1;
        /// Linking and renaming between directories, ABI 2.
        const REFER = 1 << 13;
        /// Truncating, ABI 3.
        const TRUNCATE = 1 << 14;
        /// ioctl on devices, ABI 5.
        const IOCTL_DEV = 1 << 15;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

bitflags! {
    /// Uses of TCP that Landlock can restrict, ABI 4.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AccessNet: u64 {
        /// Binding a socket to a port.
        const BIND_TCP = 1 << 0;
        /// Connecting to a port.
        const CONNECT_TCP = 1 << 1;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// `landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)`: the
/// version of Landlock's ABI.
///
/// # Returns
///
/// The version, 1 or more.
///
/// # Errors
///
/// ENOSYS before Linux 5.13; EOPNOTSUPP if Landlock is disabled at boot.
///
/// # Platform
///
/// i386 and x86_64: 444.
///
/// # References
///
/// landlock_create_ruleset(2).
#[inline]
pub fn landlock_abi<G: Gate>(gate: G) -> Result<u32, Errno> {
    let version = kernel::LANDLOCK_CREATE_RULESET_VERSION;
    // SAFETY: without a ruleset the call touches no memory.
    decode(unsafe {
        gate.call(
            nr::LANDLOCK_CREATE_RULESET,
            [Register::ZERO, Register::ZERO, version.into()],
        )
    })
    .map(|abi| abi as u32)
}

/// `landlock_create_ruleset(attr, size, 0)`: creates a ruleset.
///
/// It does not restrict anything before [`landlock_restrict_self`].
///
/// - `fs`, `net`: the accesses that the ruleset denies, except where a rule
///   allows them. If `net` is empty, the shorter structure of ABI 1 is passed,
///   which every ABI accepts.
///
/// # Returns
///
/// The ruleset, without a rule.
///
/// # Errors
///
/// EINVAL for an access that the kernel does not know; E2BIG for `net` before
/// ABI 4; ENOMSG if both are empty; ENOSYS before Linux 5.13; EOPNOTSUPP if
/// Landlock is disabled at boot.
///
/// # Platform
///
/// i386 and x86_64: 444.
///
/// # References
///
/// landlock_create_ruleset(2).
#[inline]
pub fn landlock_create_ruleset<G: Gate + Copy>(
    gate: G,
    fs: AccessFs,
    net: AccessNet,
) -> Result<OwnedFd<G>, Errno> {
    let handled = [fs.bits(), net.bits()];
    let words = if net.is_empty() { 1 } else { 2 };
    let size = Register::from(size_of::<u64>() * words);
    // SAFETY: the kernel reads one word or both. The call opens a descriptor.
    unsafe {
        let args = [handled.as_ptr().into(), size, Register::ZERO];
        opened(gate, gate.call(nr::LANDLOCK_CREATE_RULESET, args))
    }
}

/// A rule for a path (`struct landlock_path_beneath_attr`).
#[repr(C, packed)]
struct PathBeneath {
    allowed: u64,
    parent: i32,
}

static_assertions::assert_eq_size!(PathBeneath, kernel::landlock_path_beneath_attr);

/// `landlock_add_rule(ruleset_fd, LANDLOCK_RULE_PATH_BENEATH, attr, 0)`: adds a
/// rule that allows accesses to a file, or to a directory and everything below.
///
/// - `parent`: the file or directory; open with [`PATH`](super::OpenFlags::PATH)
///   is enough.
///
/// # Errors
///
/// EBADF; EBADFD if `parent` is not in a file system, such as a pipe; EINVAL for
/// an access that the ruleset does not handle, or one of directories if `parent`
/// is a file; ENOMSG if `allowed` is empty.
///
/// # Platform
///
/// i386 and x86_64: 445.
///
/// # References
///
/// landlock_add_rule(2).
#[inline]
pub fn landlock_add_rule_path<'r, 'p, G: Gate>(
    gate: G,
    ruleset: impl Into<Fd<'r>>,
    parent: impl Into<Fd<'p>>,
    allowed: AccessFs,
) -> Result<(), Errno> {
    let rule = PathBeneath {
        allowed: allowed.bits(),
        parent: parent.into().as_raw_fd(),
    };
    let kind = kernel::landlock_rule_type::LANDLOCK_RULE_PATH_BENEATH as u32;
    // SAFETY: the kernel reads the rule.
    decode(unsafe {
        gate.call(
            nr::LANDLOCK_ADD_RULE,
            [
                register(ruleset),
                kind.into(),
                ptr::from_ref(&rule).into(),
                Register::ZERO,
            ],
        )
    })
    .map(drop)
}

/// `landlock_restrict_self(ruleset_fd, 0)`: applies a ruleset to this thread and
/// to the threads and processes that it creates.
///
/// It does not restrict the other threads of the process, and cannot be undone.
///
/// # Errors
///
/// EBADF; EPERM without [`prctl_set_no_new_privs`](super::prctl_set_no_new_privs)
/// or privilege; E2BIG for a 17th ruleset.
///
/// # Platform
///
/// i386 and x86_64: 446.
///
/// # References
///
/// landlock_restrict_self(2).
#[inline]
pub fn landlock_restrict_self<'fd, G: Gate>(
    gate: G,
    ruleset: impl Into<Fd<'fd>>,
) -> Result<(), Errno> {
    // SAFETY: the call touches no memory.
    decode(unsafe {
        gate.call(
            nr::LANDLOCK_RESTRICT_SELF,
            [register(ruleset), Register::ZERO],
        )
    })
    .map(drop)
}

/// An instruction of a seccomp filter (`struct sock_filter`, classic BPF).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Instruction {
    /// The operation, `BPF_…`.
    pub code: u16,
    /// The number of instructions to skip if a comparison is true.
    pub jt: u8,
    /// The number of instructions to skip if it is false.
    pub jf: u8,
    /// The operand.
    pub k: u32,
}

static_assertions::assert_eq_size!(Instruction, kernel_seccomp::sock_filter);

impl Instruction {
    /// `BPF_LD | BPF_W | BPF_ABS`: loads the 32-bit word at byte `at` of `struct
    /// seccomp_data`; the call's number is at 0, the architecture at 4.
    #[must_use]
    pub const fn load(at: u32) -> Self {
        Self {
            code: 0x20,
            jt: 0,
            jf: 0,
            k: at,
        }
    }

    /// `BPF_JMP | BPF_JEQ | BPF_K`: skips `jt` instructions if the word is `k`,
    /// and `jf` if it is not.
    #[must_use]
    pub const fn equal(k: u32, jt: u8, jf: u8) -> Self {
        Self {
            code: 0x15,
            jt,
            jf,
            k,
        }
    }

    /// `BPF_RET | BPF_K`: ends the filter with the action `k`, such as
    /// [`Instruction::ALLOW`] (`SECCOMP_RET_…`).
    #[must_use]
    pub const fn end(k: u32) -> Self {
        Self {
            code: 0x06,
            jt: 0,
            jf: 0,
            k,
        }
    }

    /// The action that makes the call (`SECCOMP_RET_ALLOW`).
    pub const ALLOW: u32 = 0x7fff_0000;
    /// The action that kills the process by SIGSYS (`SECCOMP_RET_KILL_PROCESS`,
    /// Linux 4.14).
    pub const KILL_PROCESS: u32 = 0x8000_0000;
    /// The action that makes the call fail with the errno in the low 16 bits
    /// (`SECCOMP_RET_ERRNO`).
    pub const ERRNO: u32 = 0x0005_0000;
}

/// The kernel's `struct sock_fprog`.
#[repr(C)]
struct Program {
    length: u16,
    filter: *const Instruction,
}

static_assertions::assert_eq_size!(Program, kernel_seccomp::sock_fprog);

const SECCOMP_SET_MODE_FILTER: u32 = 1;
const SECCOMP_GET_ACTION_AVAIL: u32 = 2;

/// `seccomp(SECCOMP_SET_MODE_FILTER, 0, args)`: installs a filter for the system
/// calls of this thread and of the threads and processes that it creates.
///
/// It does not filter the calls of other threads, and cannot be undone.
///
/// - `filter`: 1..=4096 instructions.
///
/// # Errors
///
/// EINVAL if the filter is malformed, or has no instruction or more than 4096;
/// EACCES without [`prctl_set_no_new_privs`](super::prctl_set_no_new_privs) or
/// privilege; ENOSYS before Linux 3.17.
///
/// # Platform
///
/// i386: 354. x86_64: 317.
///
/// # Safety
///
/// Whatever calls this thread and those that it creates make afterwards, in this
/// program and in those that it executes:
///
/// - None returns success that was not made, as with errno 0: memory that it should
///   have written would be taken for written, or a number for a descriptor.
/// - None ends one thread of several (`SECCOMP_RET_KILL_THREAD`, and before Linux
///   4.14 also [`KILL_PROCESS`](Instruction::KILL_PROCESS)), except under the
///   conditions of [`exit`](super::exit).
/// - If a signal has a handler, sigreturn and rt_sigreturn are made, or end the
///   process.
///
/// # References
///
/// seccomp(2).
#[doc(alias = "seccomp")]
#[inline]
pub unsafe fn seccomp_set_filter<G: Gate>(gate: G, filter: &[Instruction]) -> Result<(), Errno> {
    let Ok(length) = u16::try_from(filter.len()) else {
        return Err(Errno::EINVAL);
    };
    let program = Program {
        length,
        filter: filter.as_ptr(),
    };
    // SAFETY: the kernel reads the program and the slice; the caller's promise for
    // what the filter does.
    decode(unsafe {
        gate.call(
            nr::SECCOMP,
            [
                SECCOMP_SET_MODE_FILTER.into(),
                Register::ZERO,
                ptr::from_ref(&program).into(),
            ],
        )
    })
    .map(drop)
}

/// `seccomp(SECCOMP_GET_ACTION_AVAIL, 0, action)`: tests whether the kernel has
/// an action for filters.
///
/// # Errors
///
/// EOPNOTSUPP if it does not; EINVAL before Linux 4.14; ENOSYS before Linux
/// 3.17.
///
/// # Platform
///
/// i386: 354. x86_64: 317.
///
/// # References
///
/// seccomp(2).
#[inline]
pub fn seccomp_get_action_avail<G: Gate>(gate: G, action: u32) -> Result<(), Errno> {
    // SAFETY: the kernel reads 4 bytes.
    decode(unsafe {
        gate.call(
            nr::SECCOMP,
            [
                SECCOMP_GET_ACTION_AVAIL.into(),
                Register::ZERO,
                ptr::from_ref(&action).into(),
            ],
        )
    })
    .map(drop)
}
