//! Gates: whoever answers an `int 80h` system call.
//!
//! A [`Gate`] takes the call number and the arguments exactly as page P0 lays
//! them out, whatever the architecture: i386 numbers, i386 argument order,
//! i386 meanings. Generic code takes `G: Gate` and costs nothing for it.
//!
//! | gate | architecture | what answers |
//! |---|---|---|
//! | `Int80` | i386 | the `int 0x80` instruction |
//! | `Sysinfo` | i386 | `call` to the address that the kernel gives in AT_SYSINFO |
//! | `Syscall` | x86_64 | the `syscall` instruction, through the crate `sc` |
//!
//! [`Native`](type@Native) is `Int80` on i386 and `Syscall` on x86_64.
//!
//! # Safety
//!
//! This folder is the trusted base: nothing outside it executes an
//! instruction that enters the kernel. A gate hands its registers on as they
//! are; what they mean to the kernel is the caller's promise.
#![allow(unsafe_code)]

mod forward;
pub mod nr;
mod register;

#[cfg(target_arch = "x86")]
mod int80;
#[cfg(target_arch = "x86")]
mod sysinfo;
#[cfg(target_arch = "x86")]
pub use self::{int80::Int80, sysinfo::Sysinfo};

#[cfg(target_arch = "x86_64")]
mod convert;
#[cfg(target_arch = "x86_64")]
mod syscall;
#[cfg(target_arch = "x86_64")]
mod user;
#[cfg(target_arch = "x86_64")]
pub use self::syscall::Syscall;

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
compile_error!("int80 speaks the system call interface of x86 Linux: build for i686 or x86_64");

pub use register::Register;

/// The architecture's own gate: `int 0x80`.
#[cfg(target_arch = "x86")]
pub type Native = Int80;
/// The architecture's own gate: `int 0x80`.
#[cfg(target_arch = "x86")]
#[allow(non_upper_case_globals)] // The value of a unit type bears its name, as `Int80` does.
pub const Native: Native = Int80;

/// The architecture's own gate: `syscall`.
#[cfg(target_arch = "x86_64")]
pub type Native = Syscall;
/// The architecture's own gate: `syscall`.
#[cfg(target_arch = "x86_64")]
#[allow(non_upper_case_globals)] // The value of a unit type bears its name, as `Syscall` does.
pub const Native: Native = Syscall;

/// Whoever answers an i386 system call: call number in eax, up to six
/// arguments in ebx, ecx, edx, esi, edi, ebp, and eax back.
///
/// A returned value in −4095..=−1 is a negative errno; any other is the
/// call's result. [`errno::decode`](crate::errno::decode) tells them apart.
///
/// Only [`call6`](Gate::call6) has to be written. Gates with instructions
/// write all seven, so that no register is loaded that the call does not read.
///
/// # Safety
///
/// An implementation must, for every call:
///
/// - act only as the Linux system call of that i386 number is documented to
///   act on those registers (or refuse with a negative errno): read and write
///   no memory that the call may not, and leave every other register and the
///   stack as they were;
/// - return at most as many bytes as it moved, for calls that return a count.
pub unsafe trait Gate {
    /// Makes call `nr` with no argument.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
    #[inline(always)]
    unsafe fn call0(&self, nr: u32) -> isize {
        // SAFETY: the caller's promise; the call reads no argument.
        unsafe { self.call1(nr, Register::ZERO) }
    }

    /// Makes call `nr` with one argument.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
    #[inline(always)]
    unsafe fn call1(&self, nr: u32, ebx: Register) -> isize {
        // SAFETY: the caller's promise; the call reads ebx alone.
        unsafe { self.call2(nr, ebx, Register::ZERO) }
    }

    /// Makes call `nr` with two arguments.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
    #[inline(always)]
    unsafe fn call2(&self, nr: u32, ebx: Register, ecx: Register) -> isize {
        // SAFETY: the caller's promise; the call reads no further register.
        unsafe { self.call3(nr, ebx, ecx, Register::ZERO) }
    }

    /// Makes call `nr` with three arguments.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
    #[inline(always)]
    unsafe fn call3(&self, nr: u32, ebx: Register, ecx: Register, edx: Register) -> isize {
        // SAFETY: the caller's promise; the call reads no further register.
        unsafe { self.call4(nr, ebx, ecx, edx, Register::ZERO) }
    }

    /// Makes call `nr` with four arguments: sendfile's form.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
    #[inline(always)]
    unsafe fn call4(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
    ) -> isize {
        // SAFETY: the caller's promise; the call reads no further register.
        unsafe { self.call5(nr, ebx, ecx, edx, esi, Register::ZERO) }
    }

    /// Makes call `nr` with five arguments.
    ///
    /// # Safety
    ///
    /// As for [`call6`](Gate::call6).
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
        // SAFETY: the caller's promise; the call reads no further register.
        unsafe { self.call6(nr, ebx, ecx, edx, esi, edi, Register::ZERO) }
    }

    /// Makes call `nr` with six arguments.
    ///
    /// # Safety
    ///
    /// The effects of the Linux system call `nr`, of the i386 table, on these
    /// registers must be sound where the call is made:
    ///
    /// - each pointer is null where the call takes null, or is valid for what
    ///   the call reads or writes behind it, or is one that the kernel will
    ///   answer with EFAULT and that no Rust object lies behind;
    /// - no descriptor is closed, replaced or mapped that other code relies on.
    #[allow(clippy::too_many_arguments)] // The interface has six, with names.
    unsafe fn call6(
        &self,
        nr: u32,
        ebx: Register,
        ecx: Register,
        edx: Register,
        esi: Register,
        edi: Register,
        ebp: Register,
    ) -> isize;
}
