//! System calls with types: each function makes exactly one call under the
//! kernel's name for it, with no loop and no policy.
//!
//! # Safety
//!
//! Every pointer that reaches the gate comes from a reference or a slice that
//! lives until the call returns, and every length is the slice's own.
#![allow(unsafe_code)]

mod file;
mod io;
mod pipe;
mod probe;
mod signal;
mod socket;
mod wait;

pub(crate) use file::close;
pub use file::{
    AtFlags, OpenFlags, Stat64, Statx, StatxTime, Whence, fcntl_getfl, fstat64, lseek, openat,
    statx,
};
pub use io::{IoSlice, pread64, read, write, writev};
pub(crate) use io::{pread64_uninit, read_uninit};
pub use pipe::{
    SealFlags, SpliceFlags, copy_file_range, fcntl_get_seals, fcntl_getpipe_sz, fcntl_setpipe_sz,
    splice,
};
pub(crate) use probe::{is_regular, readable, writable};
pub use signal::{How, SignalSet, rt_sigpending, rt_sigprocmask, rt_sigtimedwait};
pub use socket::{
    MessageFlags, SocketType, getpeername, getsockopt_type, sendmsg, setsockopt_cork,
};
pub use wait::{PollFd, PollFlags, clock_gettime, clock_gettime64, poll};

use crate::{
    Fd, Gate, Register,
    gate::{halt, nr},
};

/// The register that holds a descriptor.
#[inline(always)]
fn register<'fd>(fd: impl Into<Fd<'fd>>) -> Register {
    let fd: Fd<'fd> = fd.into();
    fd.into()
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
