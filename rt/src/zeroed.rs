//! A buffer of zeros in .bss: no space in the file, no page before it is
//! touched, no stack.

use core::{
    cell::UnsafeCell,
    sync::atomic::{AtomicBool, Ordering},
};

/// `N` zeros, which can be taken once. Made by [`zeroed!`](crate::zeroed!).
#[derive(Debug)]
pub struct Zeroed<const N: usize> {
    taken: AtomicBool,
    bytes: UnsafeCell<[u8; N]>,
}

// SAFETY: the bytes are reached only by the one `take` that found the flag
// down.
unsafe impl<const N: usize> Sync for Zeroed<N> {}

impl<const N: usize> Zeroed<N> {
    /// A buffer that has not been taken.
    #[must_use]
    #[allow(clippy::new_without_default)] // Of use in a static only.
    pub const fn new() -> Self {
        Self {
            taken: AtomicBool::new(false),
            bytes: UnsafeCell::new([0; N]),
        }
    }

    /// The buffer, at the first call; then `None`.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)] // The flag lets one caller have it.
    pub fn take(&'static self) -> Option<&'static mut [u8; N]> {
        if self.taken.swap(true, Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the flag was down, and is never lowered: this is the one
        // reference.
        Some(unsafe { &mut *self.bytes.get() })
    }
}

/// A buffer of that many zeros in .bss: `Some` the first time that this place
/// in the program is reached, then `None`.
#[macro_export]
macro_rules! zeroed {
    ($bytes:expr) => {{
        static INT80_RT_ZEROS: $crate::Zeroed<{ $bytes }> = $crate::Zeroed::new();
        INT80_RT_ZEROS.take()
    }};
}
