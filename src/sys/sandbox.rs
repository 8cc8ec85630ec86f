//! What a process may forbid itself: Landlock and seccomp.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns. What is forbidden afterwards fails or ends the process; it
//! breaks no memory. A call that did nothing and returned 0 would: what it was
//! to write is then taken for written, and 0 for a descriptor of its own. No
//! filter that can do so is passed on.
#![allow(unsafe_code)]

use core::ptr;

use bitflags::bitflags;
use linux_raw_sys::{landlock as kernel, ptrace as kernel_seccomp};

use super::{opened, register};
use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode, gate::nr};

bitflags! {
    /// What Landlock governs of files (landlock(7)). Kernels govern more with
    /// each version of the ABI.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AccessFs: u64 {
        /// Executing files.
        const EXECUTE = 1 << 0;
        /// Opening files for writing.
        const WRITE_FILE = 1 << 1;
        /// Opening files for reading.
        const READ_FILE = 1 << 2;
        /// Opening folders for reading.
        const READ_DIR = 1 << 3;
        /// All that ABI 1 governs.
        const V1 = (1 << 13) - 1;
        /// Linking and renaming between folders, ABI 2.
        const REFER = 1 << 13;
        /// Truncating, ABI 3.
        const TRUNCATE = 1 << 14;
        /// ioctl of devices, ABI 5.
        const IOCTL_DEV = 1 << 15;
        // The kernel knows more.
        const _ = !0;
    }
}

bitflags! {
    /// What Landlock governs of TCP, ABI 4.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AccessNet: u64 {
        /// Binding a socket to a port.
        const BIND_TCP = 1 << 0;
        /// Connecting to a port.
        const CONNECT_TCP = 1 << 1;
        // The kernel knows more.
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
/// ENOSYS before Linux 5.13; EOPNOTSUPP where it is switched off.
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

/// `landlock_create_ruleset(attr, size, 0)`: a set of rules, which governs these
/// accesses and allows none yet.
///
/// - `net`: without any, the older and shorter structure is passed, which every
///   ABI takes.
///
/// # Returns
///
/// The set, which allows nothing of what it governs.
///
/// # Errors
///
/// EINVAL for an access that the kernel does not know; E2BIG for `net` before
/// ABI 4; ENOMSG for none at all; ENOSYS before Linux 5.13; EOPNOTSUPP where
/// it is switched off.
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
    let governed = [fs.bits(), net.bits()];
    let words = if net.is_empty() { 1 } else { 2 };
    let size = Register::from(size_of::<u64>() * words);
    // SAFETY: the kernel reads one word or both. The call opens a descriptor.
    unsafe {
        let args = [governed.as_ptr().into(), size, Register::ZERO];
        opened(gate, gate.call(nr::LANDLOCK_CREATE_RULESET, args))
    }
}

/// A rule (`struct landlock_path_beneath_attr`).
#[repr(C, packed)]
struct PathBeneath {
    allowed: u64,
    parent: i32,
}

static_assertions::assert_eq_size!(PathBeneath, kernel::landlock_path_beneath_attr);

/// `landlock_add_rule(ruleset_fd, LANDLOCK_RULE_PATH_BENEATH, attr, 0)`: allows
/// accesses to a file, or to a folder and all below.
///
/// # Errors
///
/// EBADF; EBADFD where `parent` is no file of a file system; EINVAL for an
/// access that the ruleset does not govern, or that is of folders where
/// `parent` is a file; ENOMSG for none.
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

/// `landlock_restrict_self(ruleset_fd, 0)`: the rules hold for this thread and
/// its children from now on.
///
/// # Errors
///
/// EBADF; EPERM without [`prctl_set_no_new_privs`](super::prctl_set_no_new_privs);
/// E2BIG after 16 times.
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

/// An instruction of a filter (`struct sock_filter`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Instruction {
    /// The operation, BPF_….
    pub code: u16,
    /// How many instructions to skip where a comparison holds.
    pub jt: u8,
    /// How many where it does not.
    pub jf: u8,
    /// The operand.
    pub k: u32,
}

static_assertions::assert_eq_size!(Instruction, kernel_seccomp::sock_filter);

impl Instruction {
    /// `BPF_LD | BPF_W | BPF_ABS`: loads the word at this byte of `struct
    /// seccomp_data`: 0 is the call's number, 4 the architecture.
    #[must_use]
    pub const fn load(at: u32) -> Self {
        Self {
            code: 0x20,
            jt: 0,
            jf: 0,
            k: at,
        }
    }

    /// `BPF_JMP | BPF_JEQ | BPF_K`: skips `jt` instructions where the word is
    /// `k`, and `jf` where it is not.
    #[must_use]
    pub const fn equal(k: u32, jt: u8, jf: u8) -> Self {
        Self {
            code: 0x15,
            jt,
            jf,
            k,
        }
    }

    /// `BPF_RET | BPF_K`: what comes of the call, [`Instruction::ALLOW`] or
    /// another of `SECCOMP_RET_…`.
    #[must_use]
    pub const fn end(k: u32) -> Self {
        Self {
            code: 0x06,
            jt: 0,
            jf: 0,
            k,
        }
    }

    /// The call is made (`SECCOMP_RET_ALLOW`).
    pub const ALLOW: u32 = 0x7fff_0000;
    /// The process ends by SIGSYS (`SECCOMP_RET_KILL_PROCESS`, Linux 4.14).
    pub const KILL_PROCESS: u32 = 0x8000_0000;
    /// The call returns the errno in the low 16 bits (`SECCOMP_RET_ERRNO`),
    /// which must not be 0.
    pub const ERRNO: u32 = 0x0005_0000;

    /// Whether it can end a call with success that was not made: by an errno of
    /// 0, or by a word that is computed (`BPF_RET | BPF_A`).
    const fn can_feign(&self) -> bool {
        // The class of an operation, and where its operand is.
        let (class, operand) = (self.code & 0x07, self.code & 0x18);
        class == 0x06 && (operand != 0 || self.k == Self::ERRNO)
    }
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

/// `seccomp(SECCOMP_SET_MODE_FILTER, 0, args)`: every system call of this thread
/// and its children passes this filter from now on.
///
/// # Errors
///
/// EINVAL where the filter is malformed, has no instruction or more than 4096, or
/// can end a call with success that was not made: by errno 0, or by a word that it
/// computes; EACCES without [`prctl_set_no_new_privs`](super::prctl_set_no_new_privs);
/// ENOSYS before Linux 3.17.
///
/// # Platform
///
/// i386: 354. x86_64: 317.
///
/// # References
///
/// seccomp(2).
#[doc(alias = "seccomp")]
#[inline]
pub fn seccomp_set_filter<G: Gate>(gate: G, filter: &[Instruction]) -> Result<(), Errno> {
    let Ok(length) = u16::try_from(filter.len()) else {
        return Err(Errno::EINVAL);
    };
    if filter.iter().any(Instruction::can_feign) {
        return Err(Errno::EINVAL);
    }
    let program = Program {
        length,
        filter: filter.as_ptr(),
    };
    // SAFETY: the kernel reads the program and the slice.
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

/// `seccomp(SECCOMP_GET_ACTION_AVAIL, 0, action)`: whether filters may end with
/// this action.
///
/// # Errors
///
/// EOPNOTSUPP where the kernel does not know it; EINVAL before Linux 4.14;
/// ENOSYS before Linux 3.17.
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
