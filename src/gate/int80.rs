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
//! because the kernel has a stack of its own; `preserves_flags`, because `iret`
//! restores them and neither `mov` nor `xchg` touches them. Never `nomem` or
//! `readonly`: the kernel reads and writes through the pointers.
//!
//! The compiler refuses esi as an operand, since LLVM keeps it for frames that
//! need a base pointer, and usually picks esi for `{esi}` all the same. The
//! assembler compares the names, and leaves the `xchg` pair out where the
//! operand already is esi.

use core::arch::asm;

use super::{Gate, ProcessGate, Register, arg, six};

/// The `int 0x80` instruction, which every i386 kernel and emulator has.
///
/// The type has no size, and a call through it compiles to the loads of the
/// registers and the instruction. [`Sysinfo`](super::Sysinfo) takes the same
/// registers and enters the kernel several times quicker.
#[derive(Clone, Copy, Debug, Default)]
pub struct Int80;

// SAFETY: this process's kernel makes the call.
unsafe impl ProcessGate for Int80 {}

// SAFETY: the kernel makes the call, with the call's own effects; each `asm!`
// below declares what it writes, by the table in this file's header.
unsafe impl Gate for Int80 {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let eax;
        // SAFETY: the caller's promise; the second `xchg` of an arm restores
        // esi. `N` is a constant, so only one arm remains.
        unsafe {
            match N {
                0 => asm!(
                    "int 0x80",
                    inlateout("eax") nr as usize => eax,
                    options(nostack, preserves_flags),
                ),
                1 => asm!(
                    "int 0x80",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    options(nostack, preserves_flags),
                ),
                2 => asm!(
                    "int 0x80",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    options(nostack, preserves_flags),
                ),
                3 => asm!(
                    "int 0x80",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    in("edx") arg(&args, 2).as_ptr(),
                    options(nostack, preserves_flags),
                ),
                4 => asm!(
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    "int 0x80",
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    in("edx") arg(&args, 2).as_ptr(),
                    esi = in(reg) arg(&args, 3).as_ptr(),
                    options(nostack, preserves_flags),
                ),
                5 => asm!(
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    "int 0x80",
                    ".ifnc {esi}, esi",
                    "xchg esi, {esi}",
                    ".endif",
                    inlateout("eax") nr as usize => eax,
                    in("ebx") arg(&args, 0).as_ptr(),
                    in("ecx") arg(&args, 1).as_ptr(),
                    in("edx") arg(&args, 2).as_ptr(),
                    esi = in(reg) arg(&args, 3).as_ptr(),
                    in("edi") arg(&args, 4).as_ptr(),
                    options(nostack, preserves_flags),
                ),
                _ => return six::int80(nr, six(args)),
            }
        }
        eax
    }
}
