//! Processes: creating, replacing, waiting for and ending them, and their limits.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::{
    ffi::{CStr, c_char},
    mem::MaybeUninit,
    ptr,
};

use linux_raw_sys::general as kernel;

use crate::{
    Errno, Gate, Register,
    errno::decode,
    gate::{halt, nr},
};

/// `exit_group(status)`: ends every thread of the process.
///
/// If the call is refused (by a sandbox, or by Linux before 2.5.35, which does
/// not have it), the program ends by SIGSEGV: [`exit`], which ends this thread
/// alone, is no safe substitute.
///
/// - `status`: the exit status; its low 8 bits reach the parent.
///
/// # Platform
///
/// i386: 252. x86_64: 231.
///
/// # References
///
/// exit_group(2).
#[inline(always)]
pub fn exit_group<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the process ends; nothing of it is used again.
    unsafe { gate.call(nr::EXIT_GROUP, [status.into()]) };
    halt()
}

/// `exit(status)`: ends the calling thread, and with the last thread the
/// process.
///
/// If the call is refused, the program ends by SIGSEGV.
///
/// - `status`: the exit status; its low 8 bits reach the parent.
///
/// # Platform
///
/// i386: 1. x86_64: 60.
///
/// # Safety
///
/// - No other thread uses a value on this thread's stack afterwards. Nothing on
///   it is dropped, so scoped threads that borrow from it are not joined.
/// - No other code relies on this thread's destructors.
///
/// # References
///
/// exit(2) (the raw call, not the C library's function).
#[inline(always)]
pub unsafe fn exit<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the caller's promise.
    unsafe { gate.call(nr::EXIT, [status.into()]) };
    halt()
}

/// `fork()`: duplicates the process.
///
/// The child has one thread, a copy of the calling one.
///
/// # Returns
///
/// The child's process ID in the parent; 0 in the child.
///
/// # Errors
///
/// EAGAIN if a limit on processes is reached; ENOMEM.
///
/// # Platform
///
/// i386: 2. x86_64: 57.
///
/// # Safety
///
/// - The child drops no value whose destructor may run in one process only, and
///   writes no shared memory that is not made for sharing.
/// - If the parent has other threads, the child, until it calls execve or exit,
///   uses nothing that one of them may have been changing, such as a lock.
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
/// The errno; on success it does not return.
///
/// # Errors
///
/// E2BIG, EACCES, ENOENT, ENOEXEC, ENOMEM, ETXTBSY and others.
///
/// # Platform
///
/// i386: 11. x86_64: 59.
///
/// # Safety
///
/// `argv` and `envp` point to arrays of pointers to C strings, each with a null
/// pointer after the last.
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

/// The status of a child (`wstatus` of wait(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct WaitStatus(pub u32);

impl WaitStatus {
    /// The exit status, 0..=255; `None` if the child did not exit by itself.
    #[must_use]
    pub const fn code(self) -> Option<u8> {
        match self.0 & 0x7f {
            0 => Some((self.0 >> 8) as u8),
            _ => None,
        }
    }

    /// The signal that killed the child; `None` if no signal did.
    #[must_use]
    pub const fn signal(self) -> Option<u8> {
        match (self.0 & 0x7f) as u8 {
            0 | 0x7f => None,
            signal => Some(signal),
        }
    }
}

/// `wait4(pid, wstatus, options, NULL)`: waits for a child to end, and releases
/// it.
///
/// - `pid`: the child's process ID; −1 is any child, 0 any of this process's
///   group, and a value below −1 any of the group −`pid`.
/// - `nohang`: whether to return at once if no child has ended (`WNOHANG`).
///
/// # Returns
///
/// The child's process ID and its status; `None` if `nohang` is set and no child
/// has ended.
///
/// # Errors
///
/// ECHILD if there is no such child; EINTR.
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

/// `kill(pid, sig)`: sends a signal to a process or to a process group.
///
/// - `pid`: a process ID; 0 is this process's group, −1 every process that this
///   one may signal, and a value below −1 the group −`pid`.
/// - `signal`: 1..=64; 0 sends nothing, and only checks that the process exists
///   and may be signalled.
///
/// # Errors
///
/// EINVAL if there is no such signal; EPERM; ESRCH.
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

/// `getpid()`: the process ID, in the process's own PID namespace.
///
/// # Returns
///
/// The process ID.
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

/// A resource that has a limit (getrlimit(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Resource(pub u32);

impl Resource {
    /// The size of a core dump, in bytes.
    pub const CORE: Self = Self(kernel::RLIMIT_CORE);
    /// One more than the highest descriptor that can be opened.
    pub const NOFILE: Self = Self(kernel::RLIMIT_NOFILE);
}

/// The limits of a resource (`struct rlimit64`); `u64::MAX` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Limit {
    /// The limit in force.
    pub soft: u64,
    /// The highest soft limit that an unprivileged process can set.
    pub hard: u64,
}

static_assertions::assert_eq_size!(Limit, kernel::rlimit64);

/// `prlimit64(0, resource, new_limit, old_limit)`: reads and sets a limit of this
/// process.
///
/// - `new`: the limits to set; `None` changes nothing.
///
/// # Returns
///
/// The limits before the call.
///
/// # Errors
///
/// EINVAL if the soft limit is above the hard one, or for an unknown resource;
/// EPERM if the hard limit would rise; ENOSYS before Linux 2.6.36.
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
