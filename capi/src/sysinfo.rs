//! The choice between `int 0x80` and AT_SYSINFO, and the gate that makes it.

use core::ffi::{c_char, c_int};

use int80::Errno;

/// The type of the kernel's entry point for 32-bit programs in the auxiliary
/// vector.
const AT_SYSINFO: usize = 32;

/// AT_SYSINFO of the auxiliary vector that follows `envp`, or 0.
///
/// # Safety
///
/// `envp` is the environment that the kernel passed to this process, unchanged:
/// the auxiliary vector follows its null.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_find_sysinfo(envp: *const *const c_char) -> usize {
    let mut end = envp;
    // SAFETY: the caller's promise: up to the null there are entries.
    while !unsafe { *end }.is_null() {
        // SAFETY: this entry is not the null, so there is another.
        end = unsafe { end.add(1) };
    }
    // SAFETY: the auxiliary vector follows the null.
    let mut entry = unsafe { end.add(1) }.cast::<[usize; 2]>();
    loop {
        // SAFETY: up to the entry of type 0 there are entries.
        match unsafe { *entry } {
            [AT_SYSINFO, address] => return address,
            [0, _] => return 0,
            // SAFETY: this entry is not the last, so there is another.
            _ => entry = unsafe { entry.add(1) },
        }
    }
}

/// Selects how `int80_call0` to `int80_call6` enter the kernel. Returns 0 or
/// −ENOSYS.
///
/// # Safety
///
/// `entry` is 0 or this process's own AT_SYSINFO.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_use_sysinfo(entry: usize) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { switch(entry) } {
        Ok(()) => 0,
        Err(errno) => -errno.raw_os_error(),
    }
}

#[cfg(target_arch = "x86")]
pub use i386::{Chosen, switch};
#[cfg(target_arch = "x86_64")]
pub use x86_64::{Chosen, switch};

#[cfg(target_arch = "x86")]
mod i386 {
    use core::{
        num::NonZero,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use int80::{
        Gate, Register,
        gate::{Int80, Sysinfo},
    };

    use super::Errno;

    /// AT_SYSINFO, or 0 for the `int 0x80` instruction.
    ///
    /// `Relaxed` is enough: a thread that reads the address needs nothing else
    /// that the other thread wrote, and the code at the address is there from the
    /// start of the process.
    static ENTRY: AtomicUsize = AtomicUsize::new(0);

    /// # Safety
    ///
    /// `entry` is 0 or this process's own AT_SYSINFO.
    pub unsafe fn switch(entry: usize) -> Result<(), Errno> {
        ENTRY.store(entry, Ordering::Relaxed);
        Ok(())
    }

    /// The gate that is selected when a call is made.
    pub struct Chosen;

    // SAFETY: both gates keep `Gate`'s contract.
    unsafe impl Gate for Chosen {
        #[inline(always)]
        unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
            let entry = NonZero::new(ENTRY.load(Ordering::Relaxed));
            // SAFETY: the caller's promise for the call, and that of `switch`'s
            // caller for the entry.
            unsafe {
                match entry.map(|entry| Sysinfo::new(entry)) {
                    Some(sysinfo) => sysinfo.call(nr, args),
                    None => Int80.call(nr, args),
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use int80::{
        Gate, Native, Register,
        gate::{MAX_ARGS, six},
    };

    use super::Errno;

    /// Accepts 0 only: x86_64 has one way into the kernel.
    ///
    /// # Safety
    ///
    /// None; the other architecture's has a condition.
    pub unsafe fn switch(entry: usize) -> Result<(), Errno> {
        match entry {
            0 => Ok(()),
            _ => Err(Errno::ENOSYS),
        }
    }

    /// The `syscall` instruction, with one copy of the translation: the number is
    /// not a constant here, so the whole table is linked.
    pub struct Chosen;

    // SAFETY: as `Native`, which keeps `Gate`'s contract.
    unsafe impl Gate for Chosen {
        #[inline(always)]
        unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
            // SAFETY: the caller's promise.
            unsafe { translated(nr, six(args)) }
        }
    }

    /// The only copy of the translation.
    ///
    /// # Safety
    ///
    /// As for `Gate::call`.
    #[inline(never)]
    unsafe fn translated(nr: u32, args: [Register; MAX_ARGS]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { Native.call(nr, args) }
    }
}
