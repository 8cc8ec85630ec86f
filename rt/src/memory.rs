//! memcpy, memmove, memset, memcmp, bcmp and strlen, in assembly: the compiler
//! turns the same loops in Rust into calls of themselves. So it does with the
//! 64-bit shifts of i386.

#![allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.

#[cfg(all(not(feature = "std"), target_arch = "x86"))]
core::arch::global_asm!(include_str!("../asm/i386/memory.s"), options(raw));
#[cfg(all(not(feature = "std"), target_arch = "x86"))]
core::arch::global_asm!(include_str!("../asm/i386/shift.s"), options(raw));
#[cfg(all(not(feature = "std"), target_arch = "x86_64"))]
core::arch::global_asm!(include_str!("../asm/x86_64/memory.s"), options(raw));
