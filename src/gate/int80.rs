//! The `int 0x80` gate of i386.
//!
//! | register | before | after |
//! |---|---|---|
//! | eax | the call number | the result, or −errno |
//! | ebx, ecx, edx, esi, edi, ebp | the arguments | as before |
//! | the others, the flags | – | as before |
//!
//! # Safety
//!
//! The kernel's entry saves and restores every register but eax, and the
//! flags with them, so no clobber is declared beyond eax. Options: `nostack`,
//! because the kernel has a stack of its own (not on the form with six
//! arguments, which pushes); `preserves_flags`, because `iret` restores them
//! and neither `mov`, `xchg`, `push` nor `pop` touches them. Never `nomem` or
//! `readonly`: the kernel reads and writes behind the pointers.
//!
//! esi is not to be had as an operand, since LLVM keeps it for frames that
//! need a base pointer; it usually picks esi for `{esi}` all the same. The
//! assembler compares the names, and leaves the `xchg` pair out where the
//! operand already is esi.

use core::arch::asm;

use super::{Gate, Register};

/// The `int 0x80` instruction: the one gate that every i386 kernel and
/// emulator has.
///
/// A value of no size, and a call through it is the loads, the instruction and
/// nothing else. `int 0x80` costs some microseconds; [`Sysinfo`](super::Sysinfo)
/// takes the same registers through the kernel's quicker way in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Int80;

// SAFETY: the kernel answers, with the call's own effects; each `asm!` below
// declares what it writes, by the table in this file's header.
unsafe impl Gate for Int80 {
    #[inline(always)]
    unsafe fn call0(&self, nr: u32) -> isize {
        let eax;
        // SAFETY: the caller's promise.
        unsafe {
            asm!(
                "int 0x80",
                inlateout("eax") nr as usize => eax,
                options(nostack, preserves_flags),
            );
        }
        eax
    }

    #[inline(always)]
    unsafe fn call1(&self, nr: u32, ebx: Register) -> isize {
        let eax;
        // SAFETY: the caller's promise.
        unsafe {
            asm!(
                "int 0x80",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                options(nostack, preserves_flags),
            );
        }
        eax
    }

    #[inline(always)]
    unsafe fn call2(&self, nr: u32, ebx: Register, ecx: Register) -> isize {
        let eax;
        // SAFETY: the caller's promise.
        unsafe {
            asm!(
                "int 0x80",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                options(nostack, preserves_flags),
            );
        }
        eax
    }

    #[inline(always)]
    unsafe fn call3(&self, nr: u32, ebx: Register, ecx: Register, edx: Register) -> isize {
        let eax;
        // SAFETY: the caller's promise.
        unsafe {
            asm!(
                "int 0x80",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                options(nostack, preserves_flags),
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
        // SAFETY: the caller's promise; the second `xchg` puts esi back.
        unsafe {
            asm!(
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                "int 0x80",
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                esi = in(reg) esi.as_ptr(),
                options(nostack, preserves_flags),
            );
        }
        eax
    }

    #[inline(always)]
    unsafe fn call5(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
        edi: Register,
    ) -> isize {
        let eax;
        // SAFETY: the caller's promise; the second `xchg` puts esi back.
        unsafe {
            asm!(
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                "int 0x80",
                ".ifnc {esi}, esi",
                "xchg esi, {esi}",
                ".endif",
                inlateout("eax") nr as usize => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                esi = in(reg) esi.as_ptr(),
                in("edi") edi.as_ptr(),
                options(nostack, preserves_flags),
            );
        }
        eax
    }

    #[inline(always)]
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
        // No register is left for ebp's value, nor, in a function with a
        // frame pointer, a way to name one: the three that are not operands
        // come from memory that eax points to.
        let rest = [Register::from(nr), esi, ebp];
        let eax;
        // SAFETY: the caller's promise; `rest` outlives the block, and the
        // pops put ebp and esi back.
        unsafe {
            asm!(
                "push esi",
                "push ebp",
                "mov esi, [eax + 4]",
                "mov ebp, [eax + 8]",
                "mov eax, [eax]",
                "int 0x80",
                "pop ebp",
                "pop esi",
                inlateout("eax") rest.as_ptr() => eax,
                in("ebx") ebx.as_ptr(),
                in("ecx") ecx.as_ptr(),
                in("edx") edx.as_ptr(),
                in("edi") edi.as_ptr(),
                options(preserves_flags),
            );
        }
        eax
    }
}
