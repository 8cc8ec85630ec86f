//! `sf`: standard input to standard output by sendfile, until it returns 0.
//!
//! The program is written in assembly, `asm/ARCHITECTURE/sf.s`: it is the
//! measure of how small the layer can be, and with the byte that it reads at the
//! end, to tell whether that is the end, a compiler's code is 15 bytes larger.

#![no_std]
#![no_main]
#![allow(unsafe_code)] // Assembly.

// The ELF headers of a flat program, which asm/ has as well.
use int80_rt as _;

#[allow(bad_asm_style)] // The file says its syntax itself, for GNU as.
mod code {
    core::arch::global_asm!(include_str!(env!("INT80_SF")), options(raw));

    // Where a C library starts it: in the build of the whole workspace.
    #[cfg(with_std)]
    core::arch::global_asm!(".text", ".globl main", "main: jmp flat_start");
}
