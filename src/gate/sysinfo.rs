//! The AT_SYSINFO gate of i386.
//!
//! Registers before and after are those of `int 0x80` (see `int80.rs`), but
//! for the flags, of which nothing is promised.
//!
//! # Safety
//!
//! The entry point ends in `ret` and keeps every register but eax; the vDSO
//! does so with pushes of its own, so none of the blocks may say `nostack`,
//! and none says `preserves_flags`. Never `nomem` or `readonly`: the kernel
//! reads and writes behind the pointers.

use core::{arch::asm, num::NonZero};

use super::{Gate, Register};

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

#[allow(bad_asm_style)] // The file says its syntax itself, for GNU as.
mod entry {
    core::arch::global_asm!(include_str!("../../asm/i386/entry.s"), options(raw));
}

unsafe extern "C" {
    fn int80_entry();
}

impl Sysinfo {
    /// The gate behind the address that the kernel gave.
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
        let entry = int80_entry as unsafe extern "C" fn() as usize;
        Self {
            // SAFETY: the address of a function is not 0.
            entry: unsafe { NonZero::new_unchecked(entry) },
        }
    }
}

// SAFETY: the kernel answers, with the call's own effects; each `asm!` below
// declares what it writes, by this file's header.
unsafe impl Gate for Sysinfo {
    #[inline(always)]
    unsafe fn call3(&self, nr: u32, ebx: Register, ecx: Register, edx: Register) -> isize {
        let eax;
        // SAFETY: the caller's promise; `entry` is an entry point (`new`).
        unsafe {
            asm!(
                "call {entry}",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                entry = in(reg) self.entry.get(),
            );
        }
        eax
    }

    #[inline(always)]
    unsafe fn call4(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
    ) -> isize {
        let eax;
        // SAFETY: the caller's promise; `entry` is an entry point (`new`), and
        // the second `xchg` puts esi back.
        unsafe {
            asm!(
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                "call edi",
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                esi = in(reg) esi.as_ptr(),
                in("edi") self.entry.get(),
            );
        }
        eax
    }

    #[inline(never)]
    unsafe fn call6(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
        edi: Register,
        ebp: Register,
    ) -> isize {
        // As in `Int80::call6`; the entry point goes by the stack, since every
        // register is an argument when it is called.
        let rest = [
            Register::from(nr),
            esi,
            ebp,
            Register::from(self.entry.get()),
        ];
        let eax;
        // SAFETY: the caller's promise; `entry` is an entry point (`new`),
        // `rest` outlives the block, and the pops put ebp and esi back.
        unsafe {
            asm!(
                "push esi",
                "push ebp",
                "push dword ptr [eax + 12]",
                "mov esi, [eax + 4]",
                "mov ebp, [eax + 8]",
                "mov eax, [eax]",
                "call [esp]",
                "lea esp, [esp + 4]",
                "pop ebp",
                "pop esi",
                inlateout("eax") rest.as_ptr() => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                in("edi") edi.as_ptr(),
            );
        }
        eax
    }
}
