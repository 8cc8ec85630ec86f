//! The smallest correct way to move a file's bytes to a descriptor on x86
//! Linux: the `int 80h` system call interface, spoken raw, and sendfile on it.
//! No libc, no allocator, no std.
//!
//! Everything above the [`gate`] speaks one language, the i386 one: the call
//! number in eax, the arguments in ebx, ecx, edx, esi, edi and ebp, and eax
//! back, where −4095..=−1 is a negative errno. On i386 the gate is `int 0x80`
//! itself; on x86_64 it is `syscall`, behind a translation that folds away.
//!
//! ```
//! use int80::{Fd, Native, send};
//!
//! # fn main() -> Result<(), int80::Errno> {
//! // Standard input to standard output, from byte 4096 on: call 239.
//! let mut offset = 4096;
//! # let (stdin, stdout) = (Fd::STDIN, Fd::STDOUT);
//! # let _ = || {
//! let moved = send(Native, stdout, stdin, Some(&mut offset), 1 << 20)?;
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
//! | [`transfer`], [`bsd`] | policy: the whole job, however many calls it takes |
//! | [`sendfile`](mod@sendfile), [`call`] | one function per system call, exactly one call each, no loop, no policy |
//! | [`gate`] | the only place with an instruction in it |

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "std")]
extern crate std;

pub mod bsd;
pub mod call;
mod cork;
pub mod errno;
mod fd;
pub mod gate;
mod quiet;
pub mod sendfile;
#[cfg(feature = "std")]
mod std_impls;
pub mod transfer;

pub use cork::Cork;
pub use errno::Errno;
pub use fd::{Fd, OwnedFd};
pub use gate::{Gate, Native, Register};
pub use quiet::quietly;
pub use sendfile::{MAX_COUNT, send, send32, sendfile, sendfile64};
pub use transfer::Transfer;
