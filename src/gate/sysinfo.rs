//! The AT_SYSINFO gate of i386.
//!
//! Registers before and after are those of `int 0x80` (see `int80.rs`), except
//! for the flags, which are undefined afterwards.
//!
//! # Safety
//!
//! The entry point ends in `ret` and preserves every register but eax. The vDSO
//! pushes some of them, so no block may say `nostack`; none says
//! `preserves_flags`. Never `nomem` or `readonly`: the kernel reads and writes
//! through the pointers.

use core::{arch::asm, num::NonZero};

use super::{Gate, ProcessGate, Register, arg, six};

/// The quickest way into an i386 kernel: `call` to its entry point in AT_SYSINFO,
/// with the registers of `int 0x80`.
///
/// It is 6 to 40 times quicker than the instruction, depending on kernel and
/// processor. A program that reads its auxiliary vector makes one with
/// [`Sysinfo::new`]. Where there is no such entry (qemu-i386),
/// [`Sysinfo::int80`] is a gate of the same type that works everywhere, so a
/// program can choose at run time without a second copy of its code.
#[derive(Clone, Copy, Debug)]
pub struct Sysinfo {
    entry: NonZero<usize>,
}

impl Sysinfo {
    /// The gate that calls the kernel's entry point.
    ///
    /// # Safety
    ///
    /// `entry` is the value of AT_SYSINFO (type 32) in the auxiliary vector of
    /// this process.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn new(entry: NonZero<usize>) -> Self {
        Self { entry }
    }

    /// The `int 0x80` instruction, in a function of this library that is called
    /// like the kernel's entry point.
    #[inline(always)]
    #[must_use]
    pub fn int80() -> Self {
        Self {
            entry: six::entry(),
        }
    }
}

// SAFETY: this process's kernel makes the call.
unsafe impl ProcessGate for Sysinfo {}

// SAFETY: the kernel makes the call, with the call's own effects; each `asm!`
// below declares what it writes, by this file's header.
unsafe impl Gate for Sysinfo {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let eax;
        // SAFETY: the caller's promise; `entry` is an entry point (`new`), and
        // the second `xchg` restores esi.
        unsafe {
            match N {
                0..=3 => asm!(
                    "call {entry}",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    in("edx") arg(&args, 2).as_ptr(),
                    entry = in(reg) self.entry.get(),
                ),
                4 => asm!(
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    "call edi",
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    in("edx") arg(&args, 2).as_ptr(),
                    esi = in(reg) arg(&args, 3).as_ptr(),
                    in("edi") self.entry.get(),
                ),
                _ => return six::through(self.entry, nr, six(args)),
            }
        }
        eax
    }
}
