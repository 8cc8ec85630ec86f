//! From `_start` to the program's main function.

#[allow(bad_asm_style)] // The files say their syntax themselves, for GNU as.
mod entry {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../asm/i386/start.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../asm/x86_64/start.s"), options(raw));
}

/// Names the program's main function: a path or a closure that takes a
/// [`Process`](crate::Process) and gives the exit status, a `u8`.
#[macro_export]
macro_rules! main {
    ($main:expr) => {
        // Called by `_start`. An `allow` here would clash with a program that
        // forbids unsafe code; of another crate's macro the compiler asks none.
        ///
        /// # Safety
        ///
        /// `stack` is what the kernel started the process with.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn int80_rt_start(stack: *const usize) -> ! {
            let main: fn($crate::Process) -> u8 = $main;
            // SAFETY: `_start` hands on the kernel's stack pointer.
            let process = unsafe { $crate::Process::new(stack) };
            $crate::exit(main(process))
        }
    };
}
