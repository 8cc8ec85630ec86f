//! Zeroed buffers in .bss, which take no space in the file or on the stack, and
//! memory only when they are used.

use core::{
    cell::UnsafeCell,
    sync::atomic::{AtomicBool, Ordering},
};

/// `N` zeros, which can be taken once. [`zeroed!`](crate::zeroed!) creates it.
#[derive(Debug)]
pub struct Zeroed<const N: usize> {
    taken: AtomicBool,
    bytes: UnsafeCell<[u8; N]>,
}

// SAFETY: only the one `take` that found the flag clear accesses the bytes.
unsafe impl<const N: usize> Sync for Zeroed<N> {}

impl<const N: usize> Zeroed<N> {
    /// A buffer that has not been taken.
    #[must_use]
    #[allow(clippy::new_without_default)] // Useful in a static only.
    pub const fn new() -> Self {
        Self {
            taken: AtomicBool::new(false),
            bytes: UnsafeCell::new([0; N]),
        }
    }

    /// The buffer, at the first call; then `None`.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)] // The flag admits one caller.
    pub fn take(&'static self) -> Option<&'static mut [u8; N]> {
        if self.taken.swap(true, Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the flag was clear, and is never cleared again: this is the only
        // reference.
        Some(unsafe { &mut *self.bytes.get() })
    }
}

/// A buffer of `$bytes` zeros in .bss: `Some` the first time that this place in
/// the program is reached, then `None`.
#[macro_export]
macro_rules! zeroed {
    ($bytes:expr) => {{
        static INT80_RT_ZEROS: $crate::Zeroed<{ $bytes }> = $crate::Zeroed::new();
        INT80_RT_ZEROS.take()
    }};
}
