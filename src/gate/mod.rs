//! Gates: the ways to make an `int 80h` system call.
//!
//! A [`Gate`] takes the number and the arguments of the i386 interface on every
//! architecture: i386 numbers, i386 argument order, i386 meanings. Code that is
//! generic over `G: Gate` compiles to the same instructions as code for one gate.
//!
//! | gate | architecture | how it enters the kernel |
//! |---|---|---|
//! | `Int80` | i386 | the `int 0x80` instruction |
//! | `Sysinfo` | i386 | `call` to the entry point in AT_SYSINFO |
//! | `Syscall` | x86_64 | the `syscall` instruction, through the crate `sc` |
//!
//! [`Native`] is `Int80` on i386 and `Syscall` on x86_64.
//!
//! # Safety
//!
//! Only the files of this directory contain instructions that enter the kernel.
//! A gate passes its registers on unchanged; that their effect is sound is the
//! caller's promise.
#![allow(unsafe_code)]

pub mod nr;
mod register;

#[cfg(target_arch = "x86")]
mod int80;
#[cfg(target_arch = "x86")]
mod six;
#[cfg(target_arch = "x86")]
mod sysinfo;
#[cfg(target_arch = "x86")]
pub use self::{int80::Int80, int80::Int80 as Native, sysinfo::Sysinfo};

#[cfg(target_arch = "x86_64")]
mod convert;
#[cfg(target_arch = "x86_64")]
mod enter;
#[cfg(target_arch = "x86_64")]
mod syscall;
#[cfg(target_arch = "x86_64")]
pub use self::{syscall::Syscall, syscall::Syscall as Native};

#[cfg(not(all(
    target_os = "linux",
    any(
        target_arch = "x86",
        all(target_arch = "x86_64", target_pointer_width = "64")
    )
)))]
compile_error!(
    "int80 makes the system calls of x86 Linux: build for i686 or x86_64 Linux; x32 and other systems are not supported"
);

pub use register::Register;

/// This architecture's number for the i386 call `nr`, as seccomp filters and
/// tracers see it; `None` if it has no such call.
#[must_use]
pub const fn kernel_number(nr: u32) -> Option<u32> {
    #[cfg(target_arch = "x86")]
    return Some(nr);
    #[cfg(target_arch = "x86_64")]
    nr::x86_64(nr)
}

/// The largest number of arguments of a system call.
pub const MAX_ARGS: usize = 6;

/// A way to make i386 system calls: the call number in eax, up to six arguments
/// in ebx, ecx, edx, esi, edi and ebp, and the result in eax.
///
/// A result in −4095..=−1 is a negative errno; any other is the call's own.
/// [`errno::decode`](crate::errno::decode) tells them apart.
///
/// # Safety
///
/// An implementation must, for every call:
///
/// - do only what the Linux system call with that i386 number is documented to
///   do with those registers, or refuse with a negative errno: access no memory
///   that the call may not access, and leave every other register and the stack
///   unchanged;
/// - for calls that return a count, return no more than it has moved;
/// - return descriptors that are open in this process, or that no process can
///   have open. Linux opens no descriptor above 0x7fff_ffbf, which leaves the 64
///   above it to simulated kernels. A descriptor of one gate is then harmless at
///   every other.
pub unsafe trait Gate {
    /// Makes call `nr` with the arguments `args`, the first in ebx.
    ///
    /// `N` is at most [`MAX_ARGS`]; a larger one does not compile. The registers
    /// of arguments that are not given have undefined values.
    ///
    /// # Safety
    ///
    /// The effects of the Linux system call `nr`, of the i386 table, with these
    /// registers must be sound:
    ///
    /// - each pointer is null if the call accepts null, or valid for what the
    ///   call reads or writes through it, or an address for which the kernel
    ///   returns EFAULT and at which no Rust object lies;
    /// - no descriptor that other code relies on is closed, replaced or mapped.
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize;
}

/// A gate to the kernel that runs this process: its descriptors are those of this
/// process.
///
/// # Safety
///
/// An implementation must make every call in this process, through the kernel
/// that runs it.
pub unsafe trait ProcessGate: Gate {}

// SAFETY: the referenced gate keeps the contract.
unsafe impl<G: Gate + ?Sized> Gate for &G {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { (**self).call(nr, args) }
    }
}

// SAFETY: the referenced gate keeps the contract.
unsafe impl<G: ProcessGate + ?Sized> ProcessGate for &G {}

/// The object-safe form of [`Gate`]: `&dyn DynGate` is a gate that is chosen at
/// run time. Every gate implements it, and no other type can.
pub trait DynGate: sealed::Sealed {
    /// Makes call `nr` with all six registers.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    unsafe fn call6(&self, nr: u32, args: [Register; MAX_ARGS]) -> isize;
}

/// Limits [`DynGate`] to gates.
mod sealed {
    pub trait Sealed {}

    impl<G: super::Gate> Sealed for G {}
}

impl<G: Gate> DynGate for G {
    #[inline]
    unsafe fn call6(&self, nr: u32, args: [Register; MAX_ARGS]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { self.call(nr, args) }
    }
}

// SAFETY: the gate in the trait object keeps the contract; the call does not
// read registers beyond its arguments.
unsafe impl Gate for dyn DynGate + '_ {
    #[inline]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { self.call6(nr, six(args)) }
    }
}

/// The six registers of a call: `args`, and zeros after them.
#[inline(always)]
#[must_use]
pub fn six<const N: usize>(args: [Register; N]) -> [Register; MAX_ARGS] {
    const { assert!(N <= MAX_ARGS, "a system call has at most six arguments") };
    [
        arg(&args, 0),
        arg(&args, 1),
        arg(&args, 2),
        arg(&args, 3),
        arg(&args, 4),
        arg(&args, 5),
    ]
}

/// The argument at index `at`, a constant, or zero if there are fewer.
#[inline(always)]
fn arg<const N: usize>(args: &[Register; N], at: usize) -> Register {
    if at < N { args[at] } else { Register::ZERO }
}

/// Ends the program when the calls that end it are refused: by `hlt`, a
/// privileged instruction, for which the kernel sends SIGSEGV.
#[cold]
pub(crate) fn halt() -> ! {
    // SAFETY: the instruction faults and does not return.
    unsafe { core::arch::asm!("hlt", options(noreturn, nomem, nostack)) }
}
