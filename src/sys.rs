//! System calls with types: each function makes exactly one call under the
//! kernel's name for it, with no loop and no policy.
//!
//! # Safety
//!
//! Every pointer that reaches the gate comes from a reference or a slice that
//! lives until the call returns, and every length is the slice's own.
#![allow(unsafe_code)]

mod event;
mod file;
mod folder;
mod io;
mod memory;
mod net;
mod pipe;
mod probe;
mod process;
mod sandbox;
mod signal;
mod socket;
mod wait;

pub use event::{
    EpollEvent, EpollFlags, EpollOp, EventFlags, epoll_create1, epoll_ctl, epoll_pwait, eventfd2,
    inotify_add_watch, inotify_init1, inotify_rm_watch, signalfd4, timerfd_create,
    timerfd_gettime64, timerfd_settime64,
};
pub(crate) use file::close;
pub use file::{
    AtFlags, OpenFlags, Stat64, Statx, StatxTime, Whence, fcntl_dupfd_cloexec, fcntl_getfl,
    fcntl_setfl, fstat64, lseek, openat, statx,
};
pub use folder::{
    Entries, Entry, RenameFlags, ResolveFlags, c_string, fsync, ftruncate64, getdents64, mkdirat,
    openat2, readlinkat, renameat2, unlinkat,
};
pub use io::{IoSlice, pread64, read, write, writev};
pub(crate) use io::{pread64_uninit, read_uninit};
pub use memory::{Advice, MapFlags, ProtFlags, madvise, mmap2, mmap2_fixed, mprotect, munmap};
pub use net::{
    AddressFamily, SIOCOUTQ, Shutdown, SocketAddress, SocketFlags, SocketOption, accept4, bind,
    connect, getpeername_address, getsockname, getsockopt, ioctl_outq, listen, recvfrom, sendto,
    setsockopt, shutdown, socket, socketpair,
};
pub use pipe::{
    SealFlags, SpliceFlags, copy_file_range, fcntl_get_seals, fcntl_getpipe_sz, fcntl_setpipe_sz,
    memfd_create, pipe2, splice,
};
pub(crate) use probe::{is_regular, readable, writable};
pub use process::{
    Limit, Resource, WaitStatus, capset_none, execve, fork, getgid32, getpid, getuid32, kill,
    prctl, prctl_set_dumpable, prctl_set_no_new_privs, prctl_set_pdeathsig, prlimit64, setgroups32,
    setresgid32, setresuid32, wait4,
};
pub use sandbox::{
    AccessFs, AccessNet, Instruction, landlock_abi, landlock_add_rule_path,
    landlock_create_ruleset, landlock_restrict_self, seccomp_get_action_avail, seccomp_set_filter,
};
pub use signal::{How, SignalSet, rt_sigpending, rt_sigprocmask, rt_sigtimedwait};
pub use socket::{
    MessageFlags, SocketType, getpeername, getsockopt_type, sendmsg, setsockopt_cork,
};
pub use wait::{
    PollFd, PollFlags, clock_gettime, clock_gettime64, clock_gettime64_realtime,
    clock_nanosleep_time64, poll,
};

use crate::{
    Errno, Fd, Gate, OwnedFd, Register,
    errno::decode,
    gate::{halt, nr},
};

/// The register that holds a descriptor.
#[inline(always)]
fn register<'fd>(fd: impl Into<Fd<'fd>>) -> Register {
    let fd: Fd<'fd> = fd.into();
    fd.into()
}

/// The descriptor that a call has opened.
///
/// # Safety
///
/// `result` is what `gate` returned of a call that opens a descriptor, which
/// nothing else owns.
#[inline(always)]
unsafe fn opened<G: Gate>(gate: G, result: isize) -> Result<OwnedFd<G>, Errno> {
    // A descriptor is an int. SAFETY: the caller's promise.
    decode(result).map(|number| unsafe { OwnedFd::from_raw_fd(gate, number as i32) })
}

/// `exit_group(status)`: ends every thread of the process.
///
/// Where the call is refused (a sandbox; Linux before 2.5.35, which does not
/// have it) the program faults instead: [`exit`] would end this thread alone,
/// and is not for safe code to fall back to.
///
/// - `status`: the low 8 bits reach the parent.
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
/// Where the call is refused it faults.
///
/// - `status`: the low 8 bits reach the parent.
///
/// # Platform
///
/// i386: 1. x86_64: 60.
///
/// # Safety
///
/// - No other thread uses a value on this thread's stack afterwards: nothing
///   is dropped, and a scope that waits for this thread does not hold.
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
