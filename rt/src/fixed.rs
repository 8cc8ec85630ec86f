//! Memory that is set aside at the start: vectors of a fixed capacity, and
//! copies of the process.

use core::{
    ops::{Deref, DerefMut},
    ptr::NonNull,
    slice,
};

use int80::{
    Errno,
    gate::ProcessGate,
    sys::{self, MapFlags, ProtFlags},
};

/// A vector whose capacity is mapped when it is made: no memory is taken
/// before an element is pushed, and none is given back.
#[derive(Debug)]
pub struct FixedVec<T: 'static> {
    start: NonNull<T>,
    len: usize,
    capacity: usize,
}

impl<T: 'static> FixedVec<T> {
    /// An empty vector with room for `capacity` elements.
    ///
    /// # Errors
    ///
    /// ENOMEM.
    pub fn new<G: ProcessGate>(gate: G, capacity: usize) -> Result<Self, Errno> {
        const { assert!(align_of::<T>() <= 4096 && size_of::<T>() > 0) };
        let bytes = capacity.checked_mul(size_of::<T>()).ok_or(Errno::ENOMEM)?;
        let start = map(gate, bytes)?.cast();
        Ok(Self {
            start,
            len: 0,
            capacity,
        })
    }

    /// Appends an element, where there is room.
    ///
    /// # Errors
    ///
    /// The element.
    pub fn push(&mut self, value: T) -> Result<(), T> {
        if self.len >= self.capacity {
            return Err(value);
        }
        // SAFETY: below the capacity, which is mapped, for writing too, and
        // aligned to a page.
        unsafe { self.start.add(self.len).write(value) };
        self.len = self.len.saturating_add(1);
        Ok(())
    }

    /// How many elements there is room for.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.capacity
    }

    /// Takes an element out; the last one takes its place.
    pub fn swap_remove(&mut self, at: usize) -> Option<T> {
        if at >= self.len {
            return None;
        }
        let last = self.len.saturating_sub(1);
        self.swap_with_last(at, last);
        self.len = last;
        // SAFETY: `push` has written it, and the vector has forgotten it.
        Some(unsafe { self.start.add(last).read() })
    }

    fn swap_with_last(&mut self, at: usize, last: usize) {
        // SAFETY: both are below the length.
        unsafe { self.start.add(at).swap(self.start.add(last)) };
    }

    /// Drops all elements.
    pub fn clear(&mut self) {
        let elements: *mut [T] = &raw mut **self;
        self.len = 0;
        // SAFETY: they were the vector's, which has forgotten them.
        unsafe { elements.drop_in_place() };
    }
}

impl<T: 'static> Deref for FixedVec<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: `push` has written so many elements.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl<T: 'static> DerefMut for FixedVec<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as for `deref`; the vector is borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

/// So many zeros, mapped for as long as the process lives; no memory is taken
/// before a page is used.
///
/// # Errors
///
/// ENOMEM.
pub fn zeros<G: ProcessGate>(gate: G, bytes: usize) -> Result<&'static mut [u8], Errno> {
    let start = map(gate, bytes)?;
    // SAFETY: the mapping is new and is never removed; this is the only
    // reference to it.
    Ok(unsafe { slice::from_raw_parts_mut(start.as_ptr(), bytes) })
}

fn map<G: ProcessGate>(gate: G, bytes: usize) -> Result<NonNull<u8>, Errno> {
    if bytes > isize::MAX as usize {
        return Err(Errno::ENOMEM);
    }
    let (prot, flags) = (
        ProtFlags::READ | ProtFlags::WRITE,
        MapFlags::PRIVATE | MapFlags::ANONYMOUS | MapFlags::NORESERVE,
    );
    sys::mmap2(gate, bytes.max(1), prot, flags, None, 0)
}

/// `fork()`: a copy of the process, with copies of all its values. The number of
/// the child in the parent, 0 in the child.
///
/// # Errors
///
/// EAGAIN, ENOMEM.
pub fn fork<G: ProcessGate>(gate: G) -> Result<u32, Errno> {
    // SAFETY: a program of this runtime has one thread, unless it makes others
    // by raw calls, whose conditions then cover this; its memory is private, so
    // that each process drops its own copies, and each descriptor is a copy.
    unsafe { sys::fork(gate) }
}
