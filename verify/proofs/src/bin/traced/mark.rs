//! Tells the tracer something, past every gate: a call whose number the kernel
//! has not.

use std::arch::asm;

/// Makes the call of this number, with the values where the tracer looks for
/// them.
#[cfg(target_arch = "x86")]
pub fn mark(nr: u32, [first, second, third]: [usize; 3]) {
    // SAFETY: the kernel returns −ENOSYS.
    unsafe {
        asm!(
            "int 0x80",
            inlateout("eax") nr => _,
            in("ebx") first,
            in("ecx") second,
            in("edx") third,
        );
    }
}

/// As on i386, in the registers of x86_64.
#[cfg(target_arch = "x86_64")]
pub fn mark(nr: u32, [first, second, third]: [usize; 3]) {
    // SAFETY: the kernel returns −ENOSYS.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") nr as usize => _,
            in("rdi") first,
            in("rsi") second,
            in("rdx") third,
            out("rcx") _,
            out("r11") _,
        );
    }
}
