//! The start of a program, from `_start` to its main function.

#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod entry {
    #[cfg(all(not(feature = "std"), target_arch = "x86"))]
    core::arch::global_asm!(include_str!("../asm/i386/start.s"), options(raw));
    #[cfg(all(not(feature = "std"), target_arch = "x86_64"))]
    core::arch::global_asm!(include_str!("../asm/x86_64/start.s"), options(raw));
}

use crate::{Process, Termination};

/// Names the main function of the program: a path or a closure that takes a
/// [`Process`](crate::Process) and returns a [`Termination`](crate::Termination):
/// nothing, an exit status (`u8`), or a `Result` of these with an errno.
///
/// # Examples
///
/// ```ignore
/// #![no_std]
/// #![no_main]
/// #![forbid(unsafe_code)]
///
/// use int80_rt::{Process, int80::{Errno, Fd, Native, sys}};
///
/// int80_rt::main!(main);
///
/// fn main(_: Process) -> Result<(), Errno> {
///     sys::write(Native, Fd::STDOUT, b"hello\n")?;
///     Ok(())
/// }
/// ```
#[macro_export]
macro_rules! main {
    ($main:expr) => {
        $crate::panic_must_abort!();

        // Called by `_start`. There is no `allow(unsafe_code)`, which a program
        // that forbids unsafe code would refuse; in the macros of other crates the
        // compiler does not ask for it.
        ///
        /// # Safety
        ///
        /// `stack` is the stack pointer with which the kernel started the process.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn int80_rt_start(stack: *const usize) -> ! {
            // SAFETY: `_start` passes on the kernel's stack pointer.
            let process = unsafe { $crate::Process::new(stack) };
            $crate::run(process, $main)
        }

        $crate::start_by_libc!();
    };
}

/// With feature `std` the C library starts the program, by `main`.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! start_by_libc {
    () => {
        ///
        /// # Safety
        ///
        /// Called by the C library only, with the argument list that the kernel
        /// has put on the stack.
        #[unsafe(export_name = "main")]
        unsafe extern "C" fn int80_rt_main(
            _argc: core::ffi::c_int,
            argv: *const usize,
        ) -> core::ffi::c_int {
            // SAFETY: argc is the word before the arguments.
            unsafe { int80_rt_start(argv.sub(1)) }
        }
    };
}

/// Without the feature `_start` does.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! start_by_libc {
    () => {};
}

/// Runs `main`, and ends the program with its result; for [`main!`].
#[doc(hidden)]
#[inline(always)]
pub fn run<T: Termination>(process: Process, main: fn(Process) -> T) -> ! {
    crate::exit(main(process).report(process))
}

/// Refuses to compile if a panic would unwind. A build script cannot see that, and
/// the compiler's own message does not say what to do.
#[doc(hidden)]
#[macro_export]
macro_rules! panic_must_abort {
    () => {
        #[cfg(panic = "unwind")]
        compile_error!(
            "int80-rt: panics would unwind, which needs std. Put `panic = \"abort\"` under [profile.dev] and [profile.release] in the Cargo.toml at the top of the workspace. Tests always unwind: put `test = false` and `bench = false` under [[bin]]."
        );
    };
}
