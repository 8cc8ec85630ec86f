//! Small callers whose machine code is read.
//!
//! The tests find each by its name in the object file. Names that begin with
//! `out_` are functions as a C program calls them, those with `inline_` have
//! the call in their middle.
//!
//! # Safety
//!
//! None of these functions is ever run: each hands its arguments to a gate,
//! and what they must be is what [`Gate::call`] says.
#![allow(unsafe_code, missing_docs, clippy::missing_safety_doc)]

use int80::{Fd, Gate, Native, Register, gate::nr, raw};

/// The functions `out_callN` (arguments as C passes them) and `inline_callN`
/// (arguments from memory), each with a number that takes `N` arguments.
macro_rules! arities {
    ($($nr:ident, $out:ident, $inline:ident, ($($register:ident = $index:literal),*);)*) => {
        $(
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $out($($register: Register),*) -> isize {
                // SAFETY: the caller's promise.
                unsafe { Native.call(nr::$nr, [$($register),*]) }
            }

            #[unsafe(no_mangle)]
            #[allow(unused_variables)] // getpid reads none.
            pub unsafe extern "C" fn $inline(registers: &[Register; 6]) -> isize {
                // SAFETY: the caller's promise.
                unsafe { Native.call(nr::$nr, [$(registers[$index]),*]) }
            }
        )*
    };
}

arities! {
    GETPID, out_call0, inline_call0, ();
    CLOSE, out_call1, inline_call1, (ebx = 0);
    DUP2, out_call2, inline_call2, (ebx = 0, ecx = 1);
    DUP3, out_call3, inline_call3, (ebx = 0, ecx = 1, edx = 2);
    SENDFILE64, out_call4, inline_call4, (ebx = 0, ecx = 1, edx = 2, esi = 3);
    STATX, out_call5, inline_call5, (ebx = 0, ecx = 1, edx = 2, esi = 3, edi = 4);
    SPLICE, out_call6, inline_call6, (ebx = 0, ecx = 1, edx = 2, esi = 3, edi = 4, ebp = 5);
}

/// `fd` as the library's type.
fn fd(fd: &i32) -> Fd<'_> {
    // SAFETY: the caller of the function keeps it open.
    unsafe { Fd::borrow_raw(*fd) }
}

/// Call 187 with the types of C's `sendfile`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn out_sendfile(
    out_fd: i32,
    in_fd: i32,
    offset: *mut i32,
    count: usize,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { raw::sendfile(Native, fd(&out_fd), fd(&in_fd), offset, count) }
}

/// Call 239 with the types of C's `sendfile64`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn out_sendfile64(
    out_fd: i32,
    in_fd: i32,
    offset: *mut i64,
    count: usize,
) -> isize {
    // SAFETY: the caller's promise.
    unsafe { raw::sendfile64(Native, fd(&out_fd), fd(&in_fd), offset, count) }
}

/// Call 239 by the safe function: the count, or −1.
#[unsafe(no_mangle)]
pub extern "C" fn out_send(
    out_fd: i32,
    in_fd: i32,
    offset: Option<&mut u64>,
    count: usize,
) -> isize {
    match int80::sendfile64(Native, fd(&out_fd), fd(&in_fd), offset, count) {
        Ok(moved) => moved as isize,
        Err(_) => -1,
    }
}

/// Call 187 with everything known when it is compiled.
#[unsafe(no_mangle)]
pub extern "C" fn inline_constants() -> isize {
    let none = core::ptr::null_mut();
    // SAFETY: a null offset.
    unsafe { raw::sendfile(Native, Fd::STDOUT, Fd::STDIN, none, 0x1234) }
}

/// Call 239 in a function that is generic, with references to references as its gate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn inline_generic(registers: &[Register; 4]) -> isize {
    let gate = &&Native;
    // SAFETY: the caller's promise.
    unsafe { generic(gate, registers) }
}

/// Always inlined, since at level z it would not be.
///
/// # Safety
///
/// As for `Gate::call`.
#[inline(always)]
unsafe fn generic<G: Gate>(gate: G, &[ebx, ecx, edx, esi]: &[Register; 4]) -> isize {
    // SAFETY: the caller's promise.
    unsafe { gate.call(nr::SENDFILE64, [ebx, ecx, edx, esi]) }
}

/// Call 239 while one value is in use before and after, which the compiler
/// likes to keep in esi.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn inline_busy(kept: &mut usize, registers: &[Register; 4]) -> isize {
    // SAFETY: the caller's promise.
    unsafe { generic(Native, registers) + *kept as isize }
}

/// Call 239 in a loop, while the sum of the results is in use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn inline_loop(many: &[[Register; 4]; 100]) -> isize {
    let mut sum = 0;
    for registers in many {
        // SAFETY: the caller's promise.
        sum += unsafe { generic(Native, registers) };
    }
    sum
}

#[cfg(target_arch = "x86")]
pub mod sysinfo {
    //! Callers of the kernel's entry point.
    use super::*;
    use int80::gate::Sysinfo;

    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn inline_sysinfo_call3(
        gate: &Sysinfo,
        &[ebx, ecx, edx]: &[Register; 3],
    ) -> isize {
        // SAFETY: the caller's promise.
        unsafe { gate.call(nr::WRITE, [ebx, ecx, edx]) }
    }

    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn inline_sysinfo_call4(
        gate: &Sysinfo,
        registers: &[Register; 4],
    ) -> isize {
        // SAFETY: the caller's promise.
        unsafe { generic(gate, registers) }
    }
}

#[cfg(target_arch = "x86_64")]
pub mod hand {
    //! Call 40 written by hand.
    use core::arch::asm;

    macro_rules! syscall {
        ($rdi:expr, $rsi:expr, $rdx:expr, $r10:expr) => {{
            let rax;
            // SAFETY: the caller's promise.
            unsafe {
                asm!(
                    "syscall",
                    inlateout("rax") 40_usize => rax,
                    in("rdi") $rdi,
                    in("rsi") $rsi,
                    in("rdx") $rdx,
                    in("r10") $r10,
                    out("rcx") _,
                    out("r11") _,
                    options(nostack),
                );
            }
            rax
        }};
    }

    /// With 64-bit operands.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn hand_usize(a: usize, b: usize, c: *mut i64, d: usize) -> isize {
        syscall!(a, b, c, d)
    }

    /// With descriptors as 32-bit operands.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn hand_int(a: i32, b: i32, c: *mut i64, d: usize) -> isize {
        syscall!(a, b, c, d)
    }

    /// With arguments from memory.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn hand_memory(registers: &[usize; 6]) -> isize {
        syscall!(registers[0], registers[1], registers[2], registers[3])
    }
}
