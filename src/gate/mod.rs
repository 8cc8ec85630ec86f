//! Gates: the ways to make an `int 80h` system call.
//!
//! A [`Gate`] takes the call number and the arguments as the i386 interface
//! lays them out, whatever the architecture: i386 numbers, i386 argument order,
//! i386 meanings. Generic code takes `G: Gate` and costs nothing for it.
//!
//! | gate | architecture | how it enters the kernel |
//! |---|---|---|
//! | `Int80` | i386 | the `int 0x80` instruction |
//! | `Sysinfo` | i386 | `call` to the address that the kernel gives in AT_SYSINFO |
//! | `Syscall` | x86_64 | the `syscall` instruction, through the crate `sc` |
//!
//! [`Native`] is `Int80` on i386 and `Syscall` on x86_64.
//!
//! # Safety
//!
//! This folder is the trusted base: nothing outside it executes an
//! instruction that enters the kernel. A gate hands its registers on as they
//! are; what they mean to the kernel is the caller's promise.
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

/// The number by which this architecture's kernel knows the i386 call `nr`, as
/// seccomp and tracers see it; `None` where it has no such call.
#[must_use]
pub const fn kernel_number(nr: u32) -> Option<u32> {
    #[cfg(target_arch = "x86")]
    return Some(nr);
    #[cfg(target_arch = "x86_64")]
    nr::x86_64(nr)
}

/// The most arguments of a system call.
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
/// - act only as the Linux system call of that i386 number is documented to act
///   on those registers, or refuse with a negative errno: read and write no
///   memory that the call may not, and leave every other register and the stack
///   as they were;
/// - return at most as many bytes as it moved, for calls that return a count;
/// - return descriptors that are open in this process, or that no process can
///   have open. Linux opens no number above 0x7fff_ffbf, so that the 64 above
///   it are free for simulated kernels. A descriptor is then harmless at every
///   other gate.
pub unsafe trait Gate {
    /// Makes call `nr` with the arguments `args`, the first in ebx.
    ///
    /// `N` is at most [`MAX_ARGS`]; more do not compile. A call that reads more
    /// arguments than it is given reads undefined values in their place.
    ///
    /// # Safety
    ///
    /// The effects of the Linux system call `nr`, of the i386 table, on these
    /// registers must be sound where the call is made:
    ///
    /// - each pointer is null where the call takes null, or is valid for what
    ///   the call reads or writes through it, or is one for which the kernel
    ///   returns EFAULT and at which no Rust object lies;
    /// - no descriptor is closed, replaced or mapped that other code relies on.
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize;
}

/// A gate whose kernel is the one that runs this process, so that its
/// descriptors are this process's own.
///
/// # Safety
///
/// An implementation must make every call in this process, through the kernel
/// that runs it.
pub unsafe trait ProcessGate: Gate {}

// SAFETY: the gate that is referred to keeps the contract.
unsafe impl<G: Gate + ?Sized> Gate for &G {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { (**self).call(nr, args) }
    }
}

// SAFETY: the gate that is referred to keeps the contract.
unsafe impl<G: ProcessGate + ?Sized> ProcessGate for &G {}

/// A [`Gate`] behind a vtable: `&dyn DynGate` is a gate whose type is chosen at
/// run time. Every gate has this form, and nothing else can have it.
pub trait DynGate: sealed::Sealed {
    /// Makes call `nr` with all six registers.
    ///
    /// # Safety
    ///
    /// As for [`Gate::call`].
    unsafe fn call6(&self, nr: u32, args: [Register; MAX_ARGS]) -> isize;
}

/// Keeps [`DynGate`] to gates.
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

// SAFETY: the gate behind the vtable keeps the contract; registers beyond the
// arguments are not read by the call.
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

/// The argument at place `at`, a constant, or zero where there are fewer.
#[inline(always)]
fn arg<const N: usize>(args: &[Register; N], at: usize) -> Register {
    if at < N { args[at] } else { Register::ZERO }
}

/// Ends the program where every call that ends it is refused: `hlt`, which a
/// program may not execute, so that the kernel sends SIGSEGV.
#[cold]
pub(crate) fn halt() -> ! {
    // SAFETY: the instruction faults and does not return.
    unsafe { core::arch::asm!("hlt", options(noreturn, nomem, nostack)) }
}
