//! From `_start` to the program's main function.

#[allow(bad_asm_style)] // The files say their syntax themselves, for GNU as.
mod entry {
    #[cfg(all(not(feature = "std"), target_arch = "x86"))]
    core::arch::global_asm!(include_str!("../asm/i386/start.s"), options(raw));
    #[cfg(all(not(feature = "std"), target_arch = "x86_64"))]
    core::arch::global_asm!(include_str!("../asm/x86_64/start.s"), options(raw));
}

use crate::{Process, Termination};

/// Names the program's main function: a path or a closure that takes a
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

        // Called by `_start`. An `allow` here would clash with a program that
        // forbids unsafe code; of another crate's macro the compiler asks none.
        ///
        /// # Safety
        ///
        /// `stack` is what the kernel started the process with.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn int80_rt_start(stack: *const usize) -> ! {
            // SAFETY: `_start` hands on the kernel's stack pointer.
            let process = unsafe { $crate::Process::new(stack) };
            $crate::run(process, $main)
        }

        $crate::start_by_libc!();
    };
}

/// With feature `std` the C library starts the program, by C's `main`.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! start_by_libc {
    () => {
        ///
        /// # Safety
        ///
        /// Called by the C library alone, which has its arguments where the
        /// kernel has put them.
        #[unsafe(export_name = "main")]
        unsafe extern "C" fn int80_rt_main(
            _argc: core::ffi::c_int,
            argv: *const usize,
        ) -> core::ffi::c_int {
            // SAFETY: the kernel's argc is the word before the arguments.
            unsafe { int80_rt_start(argv.sub(1)) }
        }
    };
}

/// Without it `_start` does.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! start_by_libc {
    () => {};
}

/// Runs `main`, and ends the program with what it returns; for [`main!`].
#[doc(hidden)]
#[inline(always)]
pub fn run<T: Termination>(process: Process, main: fn(Process) -> T) -> ! {
    crate::exit(main(process).report(process))
}

/// Refuses to compile where a panic would unwind. A build script cannot see
/// that, and the compiler's own message does not name the cure.
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
