//! The end of a program.
//!
//! # Safety
//!
//! A program of this runtime has one thread, unless it makes others by raw
//! calls; those calls' conditions then cover how the threads end.

use int80::{Gate, Native, gate::nr, sys};

/// Ends the program with this exit status: by exit_group; if a sandbox or an old
/// kernel refuses that, by exit; and if that is refused, too, by SIGSEGV.
#[inline]
pub fn exit(status: u8) -> ! {
    // SAFETY: the process ends, and with it every use of its memory.
    unsafe {
        Native.call(nr::EXIT_GROUP, [u32::from(status).into()]);
        sys::exit(Native, status.into())
    }
}
