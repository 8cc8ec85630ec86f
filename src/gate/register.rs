//! What an argument register holds.

/// The contents of one argument register: as wide as a pointer.
///
/// A pointer stays a pointer on its way into the register, so that the
/// compiler knows which object the kernel may reach through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Register(*mut ());

impl Register {
    /// All bits zero: a null pointer, descriptor 0, a count of 0.
    pub const ZERO: Self = Self(core::ptr::null_mut());

    /// The register's bits.
    #[inline(always)]
    #[must_use]
    pub fn bits(self) -> usize {
        self.0.expose_provenance()
    }

    /// The register as the pointer that was put in it.
    #[inline(always)]
    #[must_use]
    pub const fn as_ptr(self) -> *mut () {
        self.0
    }

    /// The low half of a 64-bit argument that the i386 interface passes in two
    /// registers.
    #[inline(always)]
    #[must_use]
    pub const fn low(value: u64) -> Self {
        Self::new(value as u32 as usize)
    }

    /// The high half of a 64-bit argument that the i386 interface passes in
    /// two registers.
    #[inline(always)]
    #[must_use]
    pub const fn high(value: u64) -> Self {
        Self::new((value >> 32) as usize)
    }

    /// A plain number, from which no object can be reached.
    #[inline(always)]
    pub(super) const fn new(bits: usize) -> Self {
        Self(core::ptr::without_provenance_mut(bits))
    }
}

/// A number, or an address as a number, as a C caller has it: of an object whose
/// pointer was cast to an integer, or comes from outside of Rust.
impl From<usize> for Register {
    #[inline(always)]
    fn from(value: usize) -> Self {
        Self(core::ptr::with_exposed_provenance_mut(value))
    }
}

/// As from a `usize`, with zeros above.
impl From<u32> for Register {
    #[inline(always)]
    fn from(value: u32) -> Self {
        Self::from(value as usize)
    }
}

/// The kernel reads an `int` from the register's low 32 bits; the high ones,
/// where there are any, are zero.
impl From<i32> for Register {
    #[inline(always)]
    fn from(value: i32) -> Self {
        Self::from(value as u32)
    }
}

impl<T> From<*mut T> for Register {
    #[inline(always)]
    fn from(pointer: *mut T) -> Self {
        Self(pointer.cast())
    }
}

impl<T> From<*const T> for Register {
    #[inline(always)]
    fn from(pointer: *const T) -> Self {
        Self(pointer.cast_mut().cast())
    }
}
