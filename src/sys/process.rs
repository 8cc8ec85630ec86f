//! Processes: making, replacing, ending and waiting for them; their rights and
//! limits.
//!
//! # Safety
//!
//! As in `sys`: pointers are from references or slices that live until the
//! call returns. Identifiers are numbers that touch no memory.
#![allow(unsafe_code)]

use core::{
    ffi::{CStr, c_char},
    mem::MaybeUninit,
    ptr,
};

use linux_raw_sys::{general as kernel, prctl as kernel_prctl};

use crate::{Errno, Gate, Register, errno::decode, gate::nr};

/// `fork()`: makes a copy of the process.
///
/// Of several threads the calling one alone goes on in the copy.
///
/// # Returns
///
/// The child's number in the parent; 0 in the child.
///
/// # Safety
///
/// - In the child no value is dropped that must be dropped once in all
///   processes, and no memory is written that both share and that is not made
///   for it.
/// - Where there are other threads, the child uses nothing that one of them may
///   have been changing, until it calls execve or exit.
///
/// # Errors
///
/// EAGAIN where there are too many processes; ENOMEM.
///
/// # Platform
///
/// i386: 2. x86_64: 57.
///
/// # References
///
/// fork(2).
#[inline]
pub unsafe fn fork<G: Gate>(gate: G) -> Result<u32, Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::FORK, []) }).map(|child| child as u32)
}

/// `execve(pathname, argv, envp)`: replaces the program of this process.
///
/// It does not search PATH.
///
/// # Returns
///
/// Only where it failed.
///
/// # Safety
///
/// `argv` and `envp` point to arrays of strings that end, each with a null
/// pointer after the last.
///
/// # Errors
///
/// E2BIG, EACCES, ENOENT, ENOEXEC, ENOMEM, ETXTBSY and others.
///
/// # Platform
///
/// i386: 11. x86_64: 59.
///
/// # References
///
/// execve(2).
#[inline]
pub unsafe fn execve<G: Gate>(
    gate: G,
    pathname: &CStr,
    argv: *const *const c_char,
    envp: *const *const c_char,
) -> Errno {
    // SAFETY: the caller's promise.
    let result = decode(unsafe {
        gate.call(
            nr::EXECVE,
            [pathname.as_ptr().into(), argv.into(), envp.into()],
        )
    });
    // A gate that returns with success has not done what Linux does.
    result.err().unwrap_or(Errno::ENOSYS)
}

/// How a child has ended, or what else came of it (`wstatus` of wait(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct WaitStatus(pub u32);

impl WaitStatus {
    /// Its exit status; `None` where a signal ended it.
    #[must_use]
    pub const fn code(self) -> Option<u8> {
        match self.0 & 0x7f {
            0 => Some((self.0 >> 8) as u8),
            _ => None,
        }
    }

    /// The signal that ended it; `None` where it ended itself.
    #[must_use]
    pub const fn signal(self) -> Option<u8> {
        match (self.0 & 0x7f) as u8 {
            0 | 0x7f => None,
            signal => Some(signal),
        }
    }
}

/// `wait4(pid, wstatus, options, NULL)`: takes the status of a child that has
/// ended.
///
/// - `pid`: the child; −1 is any.
/// - `nohang`: whether it returns at once where none has ended (`WNOHANG`).
///
/// # Returns
///
/// The child and its status; `None` with `nohang` where none has ended.
///
/// # Errors
///
/// ECHILD where there is no such child; EINTR.
///
/// # Platform
///
/// i386: 114. x86_64: 61.
///
/// # References
///
/// wait4(2).
#[doc(alias("wait", "waitpid"))]
#[inline]
pub fn wait4<G: Gate>(gate: G, pid: i32, nohang: bool) -> Result<Option<(u32, WaitStatus)>, Errno> {
    let options = if nohang { kernel::WNOHANG } else { 0 };
    let mut status = 0_u32;
    // SAFETY: the kernel writes the status, 4 bytes.
    let child = decode(unsafe {
        gate.call(
            nr::WAIT4,
            [
                pid.into(),
                ptr::from_mut(&mut status).into(),
                options.into(),
                Register::ZERO,
            ],
        )
    })?;
    Ok((child > 0).then_some((child as u32, WaitStatus(status))))
}

/// `kill(pid, sig)`: sends a signal.
///
/// - `pid`: a process; 0 is this process's group, −1 all, another negative
///   number a group.
/// - `signal`: 0 asks whether there is such a process.
///
/// # Errors
///
/// EINVAL; EPERM; ESRCH.
///
/// # Platform
///
/// i386: 37. x86_64: 62.
///
/// # References
///
/// kill(2).
#[inline]
pub fn kill<G: Gate>(gate: G, pid: i32, signal: u32) -> Result<(), Errno> {
    // SAFETY: kill touches no memory.
    decode(unsafe { gate.call(nr::KILL, [pid.into(), signal.into()]) }).map(drop)
}

/// `getpid()`: the number of this process in its namespace.
///
/// # Returns
///
/// The number.
///
/// # Platform
///
/// i386: 20. x86_64: 39.
///
/// # References
///
/// getpid(2).
#[inline]
pub fn getpid<G: Gate>(gate: G) -> u32 {
    // SAFETY: getpid touches no memory.
    (unsafe { gate.call(nr::GETPID, []) }) as u32
}

/// `prctl(option, arg2, arg3, arg4, arg5)`: what a process may change of itself.
///
/// # Returns
///
/// What the option returns; 0 for most.
///
/// # Safety
///
/// The option's own conditions: pointers among the arguments are valid, and
/// what changes (memory, signals, the sandbox) is what other code does not rely
/// on.
///
/// # Errors
///
/// EINVAL for an option that the kernel does not know; others by the option.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// prctl(2).
#[inline]
pub unsafe fn prctl<G: Gate>(gate: G, option: u32, args: [Register; 4]) -> Result<usize, Errno> {
    let [a, b, c, d] = args;
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::PRCTL, [option.into(), a, b, c, d]) })
}

/// `prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)`: no execve gives rights any more;
/// a condition of [`seccomp`](super::seccomp_set_filter) and Landlock.
///
/// It cannot be undone.
///
/// # Errors
///
/// EINVAL before Linux 3.5.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_NO_NEW_PRIVS(2const).
#[doc(alias = "PR_SET_NO_NEW_PRIVS")]
#[inline]
pub fn prctl_set_no_new_privs<G: Gate>(gate: G) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let option = kernel_prctl::PR_SET_NO_NEW_PRIVS;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [1_u32.into(), NONE, NONE, NONE]) }.map(drop)
}

/// `prctl(PR_SET_DUMPABLE, dumpable)`: whether the process leaves core dumps,
/// and others of the same user may trace it.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_DUMPABLE(2const).
#[doc(alias = "PR_SET_DUMPABLE")]
#[inline]
pub fn prctl_set_dumpable<G: Gate>(gate: G, dumpable: bool) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let value = Register::from(u32::from(dumpable));
    let option = kernel_prctl::PR_SET_DUMPABLE;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [value, NONE, NONE, NONE]) }.map(drop)
}

/// `prctl(PR_SET_PDEATHSIG, signal)`: the signal that this process gets when
/// the thread that made it ends; 0 is none.
///
/// # Errors
///
/// EINVAL.
///
/// # Platform
///
/// i386: 172. x86_64: 157.
///
/// # References
///
/// PR_SET_PDEATHSIG(2const).
#[doc(alias = "PR_SET_PDEATHSIG")]
#[inline]
pub fn prctl_set_pdeathsig<G: Gate>(gate: G, signal: u32) -> Result<(), Errno> {
    const NONE: Register = Register::ZERO;
    let option = kernel_prctl::PR_SET_PDEATHSIG;
    // SAFETY: it touches no memory.
    unsafe { prctl(gate, option, [signal.into(), NONE, NONE, NONE]) }.map(drop)
}

/// `getuid32()`: the real user of this thread.
///
/// # Returns
///
/// The user's number.
///
/// # Platform
///
/// i386: 199. x86_64: 102.
///
/// # References
///
/// getuid(2).
#[doc(alias = "getuid")]
#[inline]
pub fn getuid32<G: Gate>(gate: G) -> u32 {
    // SAFETY: getuid touches no memory.
    (unsafe { gate.call(nr::GETUID32, []) }) as u32
}

/// `getgid32()`: the real group of this thread.
///
/// # Returns
///
/// The group's number.
///
/// # Platform
///
/// i386: 200. x86_64: 104.
///
/// # References
///
/// getgid(2).
#[doc(alias = "getgid")]
#[inline]
pub fn getgid32<G: Gate>(gate: G) -> u32 {
    // SAFETY: getgid touches no memory.
    (unsafe { gate.call(nr::GETGID32, []) }) as u32
}

/// `setresuid32(ruid, euid, suid)`: the user of this thread, in all three
/// places.
///
/// It does not change other threads, as the C library's function does.
///
/// # Errors
///
/// EAGAIN; EINVAL where the number means nothing here; EPERM.
///
/// # Platform
///
/// i386: 208. x86_64: 117.
///
/// # References
///
/// setresuid(2).
#[doc(alias("setresuid", "setuid"))]
#[inline]
pub fn setresuid32<G: Gate>(gate: G, ruid: u32, euid: u32, suid: u32) -> Result<(), Errno> {
    // SAFETY: it touches no memory.
    decode(unsafe { gate.call(nr::SETRESUID32, [ruid.into(), euid.into(), suid.into()]) }).map(drop)
}

/// `setresgid32(rgid, egid, sgid)`: the group of this thread, in all three
/// places.
///
/// It does not change other threads, as the C library's function does.
///
/// # Errors
///
/// EAGAIN; EINVAL where the number means nothing here; EPERM.
///
/// # Platform
///
/// i386: 210. x86_64: 119.
///
/// # References
///
/// setresgid(2).
#[doc(alias("setresgid", "setgid"))]
#[inline]
pub fn setresgid32<G: Gate>(gate: G, rgid: u32, egid: u32, sgid: u32) -> Result<(), Errno> {
    // SAFETY: it touches no memory.
    decode(unsafe { gate.call(nr::SETRESGID32, [rgid.into(), egid.into(), sgid.into()]) }).map(drop)
}

/// `setgroups32(size, list)`: the further groups of this thread.
///
/// # Errors
///
/// EINVAL; EPERM.
///
/// # Platform
///
/// i386: 206. x86_64: 116.
///
/// # References
///
/// setgroups(2).
#[doc(alias = "setgroups")]
#[inline]
pub fn setgroups32<G: Gate>(gate: G, list: &[u32]) -> Result<(), Errno> {
    // SAFETY: the kernel reads the slice.
    decode(unsafe { gate.call(nr::SETGROUPS32, [list.len().into(), list.as_ptr().into()]) })
        .map(drop)
}

/// `capset(hdrp, datap)` with none: gives up every capability of this thread.
///
/// # Errors
///
/// None but a sandbox's.
///
/// # Platform
///
/// i386: 185. x86_64: 126.
///
/// # References
///
/// capset(2).
#[doc(alias = "capset")]
#[inline]
pub fn capset_none<G: Gate>(gate: G) -> Result<(), Errno> {
    // Version and thread (0 is this one), then three sets of 64 bits.
    let header = [kernel::_LINUX_CAPABILITY_VERSION_3, 0];
    let none = [0_u32; 6];
    // SAFETY: the kernel reads both arrays, and may write the first, which is
    // a copy of this call's own.
    decode(unsafe {
        let mut header = header;
        let header = ptr::from_mut(&mut header);
        gate.call(nr::CAPSET, [header.into(), none.as_ptr().into()])
    })
    .map(drop)
}

/// A resource with a limit (prlimit(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Resource(pub u32);

impl Resource {
    /// The size of a core dump.
    pub const CORE: Self = Self(kernel::RLIMIT_CORE);
    /// Open descriptors.
    pub const NOFILE: Self = Self(kernel::RLIMIT_NOFILE);
}

/// A limit (`struct rlimit64`); `u64::MAX` is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Limit {
    /// The one that holds.
    pub soft: u64,
    /// How far it can be raised.
    pub hard: u64,
}

static_assertions::assert_eq_size!(Limit, kernel::rlimit64);

/// `prlimit64(0, resource, new_limit, old_limit)`: a limit of this process.
///
/// - `new`: `None` changes nothing.
///
/// # Returns
///
/// The limit before.
///
/// # Errors
///
/// EINVAL where the soft limit is above the hard one; EPERM.
///
/// # Platform
///
/// i386: 340. x86_64: 302.
///
/// # References
///
/// prlimit(2).
#[doc(alias("prlimit", "getrlimit", "setrlimit"))]
#[inline]
pub fn prlimit64<G: Gate>(gate: G, resource: Resource, new: Option<Limit>) -> Result<Limit, Errno> {
    let mut old = MaybeUninit::<Limit>::uninit();
    let new = new.as_ref().map_or(ptr::null(), ptr::from_ref);
    // SAFETY: the kernel reads one limit and writes the other.
    decode(unsafe {
        gate.call(
            nr::PRLIMIT64,
            [
                Register::ZERO,
                resource.0.into(),
                new.into(),
                old.as_mut_ptr().into(),
            ],
        )
    })?;
    // SAFETY: the call succeeded, and so has written it.
    Ok(unsafe { old.assume_init() })
}
