//! System calls with types: each function has the kernel's name and makes exactly
//! one call, with no loop and no policy.
//!
//! # Safety
//!
//! Every pointer that reaches the gate comes from a reference or a slice that
//! lives until the call returns, and every length is the length of that slice.
#![allow(unsafe_code)]

mod address;
mod credentials;
mod directory;
mod epoll;
mod event;
mod file;
mod io;
mod memory;
mod message;
mod pipe;
mod prctl;
mod probe;
mod process;
mod sandbox;
mod signal;
mod socket;
mod sockopt;
mod status;
mod wait;

pub use address::{AddressFamily, SocketAddress, getpeername, getpeername_address, getsockname};
pub use credentials::{capset_none, getgid32, getuid32, setgroups32, setresgid32, setresuid32};
pub use directory::{
    Entries, Entry, RenameFlags, ResolveFlags, c_string, getdents64, mkdirat, openat2, readlinkat,
    renameat2, unlinkat,
};
pub use epoll::{EpollEvent, EpollFlags, EpollOp, epoll_create1, epoll_ctl, epoll_pwait};
pub use event::{
    EventFlags, eventfd2, inotify_add_watch, inotify_init1, inotify_rm_watch, signalfd4,
    timerfd_create, timerfd_gettime64, timerfd_settime64,
};
pub(crate) use file::close;
pub use file::{
    OpenFlags, Whence, fcntl_dupfd_cloexec, fcntl_getfl, fcntl_setfl, fsync, ftruncate64, lseek,
    openat,
};
pub use io::{IoSlice, pread64, read, write, writev};
pub(crate) use io::{pread64_uninit, read_uninit};
pub use memory::{Advice, MapFlags, ProtFlags, madvise, mmap2, mmap2_fixed, mprotect, munmap};
pub use message::{MessageFlags, SIOCOUTQ, ioctl_outq, recvfrom, sendmsg, sendto};
pub use pipe::{
    SealFlags, SpliceFlags, copy_file_range, fcntl_get_seals, fcntl_getpipe_sz, fcntl_setpipe_sz,
    memfd_create, pipe2, splice,
};
pub use prctl::{prctl, prctl_set_dumpable, prctl_set_no_new_privs, prctl_set_pdeathsig};
pub(crate) use probe::{readable, writable};
pub use process::{
    Limit, Resource, WaitStatus, execve, exit, exit_group, fork, getpid, kill, prlimit64, wait4,
};
pub use sandbox::{
    AccessFs, AccessNet, Instruction, landlock_abi, landlock_add_rule_path,
    landlock_create_ruleset, landlock_restrict_self, seccomp_get_action_avail, seccomp_set_filter,
};
pub use signal::{
    How, SignalSet, rt_sigaction_default, rt_sigpending, rt_sigprocmask, rt_sigtimedwait,
};
pub use socket::{
    Shutdown, SocketFlags, SocketType, accept4, bind, connect, listen, shutdown, socket, socketpair,
};
pub(crate) use sockopt::socket_type;
pub use sockopt::{SocketOption, getsockopt, getsockopt_type, setsockopt, setsockopt_cork};
pub use status::{AtFlags, Stat64, Statx, StatxTime, fstat64, statx};
pub(crate) use status::{S_IFIFO, S_IFREG, S_IFSOCK, file_type};
pub use wait::{
    PollFd, PollFlags, clock_gettime, clock_gettime64, clock_gettime64_realtime,
    clock_nanosleep_time64, poll,
};

use crate::{Errno, Fd, Gate, OwnedFd, Register, errno::decode};

/// The register for a descriptor.
#[inline(always)]
fn register<'fd>(fd: impl Into<Fd<'fd>>) -> Register {
    let fd: Fd<'fd> = fd.into();
    fd.into()
}

/// The descriptor that a call has opened.
///
/// # Safety
///
/// `result` is the result, at `gate`, of a call that opens a descriptor; nothing
/// else owns that descriptor.
#[inline(always)]
unsafe fn opened<G: Gate>(gate: G, result: isize) -> Result<OwnedFd<G>, Errno> {
    // A descriptor is an int. SAFETY: the caller's promise.
    decode(result).map(|number| unsafe { OwnedFd::from_raw_fd(gate, number as i32) })
}
