//! The other calls that a transfer, the runtime and the tools need: each
//! typed, each exactly one system call, none with a loop or a policy.
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
pub use file::{OpenFlags, Statx, Whence, fstat, lseek, openat, status_flags};
pub use io::{IoSlice, pread, read, write, writev};
pub use pipe::{SealFlags, SpliceFlags, copy_file_range, pipe_size, seals, set_pipe_size, splice};
pub(crate) use probe::{readable, writable};
pub use signal::{SignalSet, block_signals, pending_signals, set_signal_mask, take_signal};
pub use socket::{MessageFlags, STREAM, has_peer, sendmsg, set_cork, socket_type};
pub use wait::{PollFd, PollFlags, monotonic, poll};

use crate::{Gate, gate::nr};

/// `exit_group(status)`: ends every thread of the process.
///
/// - `status`: the low 8 bits reach the parent.
#[inline(always)]
pub fn exit_group<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the process ends; nothing of it is used again.
    unsafe { gate.call1(nr::EXIT_GROUP, status.into()) };
    // Reached only where a sandbox refuses the call, where nothing else helps.
    #[allow(clippy::empty_loop)]
    loop {}
}

/// `exit(status)`: ends the thread that calls, and with the last one the
/// process. A byte or two shorter than [`exit_group`], since 1 is quickly made.
///
/// - `status`: the low 8 bits reach the parent.
#[inline(always)]
pub fn exit<G: Gate>(gate: G, status: i32) -> ! {
    // SAFETY: the thread ends; nothing of its stack is used again.
    unsafe { gate.call1(nr::EXIT, status.into()) };
    // Reached only where a sandbox refuses the call, where nothing else helps.
    #[allow(clippy::empty_loop)]
    loop {}
}
