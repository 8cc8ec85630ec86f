//! The smallest correct way to move a file's bytes to a descriptor on x86
//! Linux: the `int 80h` system call interface, and sendfile on it. No libc, no
//! allocator, no std.
//!
//! Everything above the [`gate`] uses the i386 interface: the call number in
//! eax, the arguments in ebx, ecx, edx, esi, edi and ebp, and the result in eax,
//! where −4095..=−1 is a negative errno. On i386 the gate is the `int 0x80`
//! instruction; on x86_64 it is `syscall`, with a translation of number and
//! arguments that the compiler evaluates.
//!
//! ```
//! use int80::{Fd, Native, sendfile64};
//!
//! # fn main() -> Result<(), int80::Errno> {
//! // Send standard input to standard output, from byte 4096 on: call 239.
//! let mut offset = 4096;
//! # let (stdin, stdout) = (Fd::STDIN, Fd::STDOUT);
//! # let _ = || {
//! let moved = sendfile64(Native, stdout, stdin, Some(&mut offset), 1 << 20)?;
//! # Ok::<usize, int80::Errno>(moved)
//! # };
//! # Ok(())
//! # }
//! ```
//!
//! # Strata
//!
//! | stratum | what it holds |
//! |---|---|
//! | [`transfer`], [`bsd`] | policy: the whole transfer, with as many calls as it takes |
//! | [`sendfile64`], [`sendfile`](fn@sendfile), [`sys`] | one safe function per system call, exactly one call each, no loop, no policy |
//! | [`raw`] | sendfile with raw pointers and the raw result |
//! | [`gate`] | the only place with an instruction in it |

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "std")]
extern crate std;

pub mod bsd;
mod cork;
pub mod errno;
mod fd;
pub mod gate;
pub mod raw;
mod sendfile;
mod sigpipe;
#[cfg(doctest)]
mod soundness;
#[cfg(feature = "std")]
mod std_impls;
pub mod sys;
pub mod transfer;

pub use cork::Cork;
pub use errno::Errno;
pub use fd::{Fd, OwnedFd};
pub use gate::{Gate, Native, Register};
pub use sendfile::{MAX_COUNT, sendfile, sendfile64};
pub use sigpipe::without_sigpipe;
pub use transfer::Transfer;
