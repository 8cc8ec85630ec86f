//! A buffer of zeros in .bss: no space in the file, no page before it is
//! touched, no stack.

use core::{
    cell::UnsafeCell,
    sync::atomic::{AtomicBool, AtomicU8, Ordering},
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
/// A value of zeros in .bss that whoever asks for it first fills in.
///
/// A handler of a signal must not ask for it: it could wait for itself.
#[derive(Debug)]
pub struct Filled<T> {
    /// 0: not yet; 1: being filled; 2: ready.
    state: AtomicU8,
    value: UnsafeCell<T>,
}

// SAFETY: until the state is 2 the value is reached only by the one `get` that
// has changed it from 0, and from then on it is only read.
unsafe impl<T: Send + Sync> Sync for Filled<T> {}

impl<T> Filled<T> {
    /// A value that is not yet filled in.
    #[must_use]
    pub const fn new(zeros: T) -> Self {
        Self {
            state: AtomicU8::new(0),
            value: UnsafeCell::new(zeros),
        }
    }

    /// The value, which `fill` fills in at the first call.
    #[inline(always)]
    pub fn get(&'static self, fill: impl FnOnce(&mut T)) -> &'static T {
        let first = self
            .state
            .compare_exchange(0, 1, Ordering::Relaxed, Ordering::Relaxed);
        if first.is_ok() {
            // SAFETY: the state was 0, and is never that again: this is the one
            // reference.
            fill(unsafe { &mut *self.value.get() });
            self.state.store(2, Ordering::Release);
        }
        while self.state.load(Ordering::Acquire) != 2 {
            core::hint::spin_loop();
        }
        // SAFETY: the state is 2: nobody writes any more.
        unsafe { &*self.value.get() }
    }
}
