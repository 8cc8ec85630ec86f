//! The value of an argument register.

/// The value of one argument register, with the width of a pointer.
///
/// A pointer keeps its provenance, so that the compiler knows which object the
/// kernel may access through it.
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

    /// The value as a pointer, with the provenance that it was made with.
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

    /// A plain number, a pointer without provenance.
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

/// The low 32 bits are the `int` that the kernel reads; the high ones of a 64-bit
/// register are 0.
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
