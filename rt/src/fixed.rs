//! Memory that is mapped once, for vectors of a fixed capacity and buffers; and
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

/// A vector whose capacity is mapped when it is created. The kernel provides a
/// page when an element in it is first pushed, and keeps it until the process
/// ends.
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
    /// ENOMEM if the address space or a limit does not allow it.
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

    /// Appends an element.
    ///
    /// # Errors
    ///
    /// The element, if the vector is full.
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

    /// The largest number of elements.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.capacity
    }

    /// Removes the element at index `at` and puts the last one in its place;
    /// `None` if there is no such element.
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
        // SAFETY: `push` has written them, and the vector has forgotten them.
        unsafe { elements.drop_in_place() };
    }
}

impl<T: 'static> Deref for FixedVec<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: `push` has written `len` elements.
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

/// A buffer of `bytes` zeros, mapped until the process ends. The kernel provides
/// a page when it is first used.
///
/// # Errors
///
/// ENOMEM if the address space or a limit does not allow it.
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

/// `fork()`: duplicates the process, with all its values.
///
/// # Returns
///
/// The child's process ID in the parent; 0 in the child.
///
/// # Errors
///
/// EAGAIN if a limit on processes is reached; ENOMEM.
pub fn fork<G: ProcessGate>(gate: G) -> Result<u32, Errno> {
    // SAFETY: a program of this runtime has one thread, unless it creates others
    // by raw calls, whose conditions then cover this. Its memory is private and
    // its descriptors are duplicated, so each process drops its own copies.
    unsafe { sys::fork(gate) }
}
