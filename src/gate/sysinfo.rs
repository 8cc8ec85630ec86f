//! The AT_SYSINFO gate of i386.
//!
//! Registers before and after are those of `int 0x80` (see `int80.rs`), but
//! for the flags, of which nothing is promised.
//!
//! # Safety
//!
//! The entry point ends in `ret` and keeps every register but eax; the vDSO
//! does so with pushes of its own, so none of the blocks may say `nostack`, and
//! none says `preserves_flags`. Never `nomem` or `readonly`: the kernel
//! reads and writes through the pointers.

use core::{arch::asm, num::NonZero};

use super::{Gate, ProcessGate, Register, arg, six};

/// The kernel's own quickest way in: `call` to the address that it gives in
/// AT_SYSINFO, with the registers of `int 0x80`.
///
/// 6 to 40 times quicker than the instruction, by kernel and machine. A
/// program that has its auxiliary vector makes one with [`Sysinfo::new`] and
/// stays on `int 0x80` where there is none (qemu-i386 gives none).
/// [`Sysinfo::int80`] is the gate of the same shape that works everywhere, so
/// that a program can choose at run time and still have one form of call.
#[derive(Clone, Copy, Debug)]
pub struct Sysinfo {
    entry: NonZero<usize>,
}

impl Sysinfo {
    /// The gate that calls the address that the kernel gave.
    ///
    /// # Safety
    ///
    /// `entry` is the value of this process's own AT_SYSINFO entry (type 32)
    /// of the auxiliary vector.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn new(entry: NonZero<usize>) -> Self {
        Self { entry }
    }

    /// The instruction `int 0x80`, in a function of this library's that is
    /// called as the kernel's entry point is.
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
