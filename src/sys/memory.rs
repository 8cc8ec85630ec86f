//! Memory mappings.
//!
//! # Safety
//!
//! The kernel chooses the place of a mapping unless it is told one: a new
//! mapping is no object's. What changes or removes an existing one is unsafe.
#![allow(unsafe_code)]

use core::ptr::NonNull;

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

bitflags! {
    /// What may be done with a mapping's bytes (mmap(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ProtFlags: u32 {
        /// They can be read.
        const READ = kernel::PROT_READ;
        /// They can be written.
        const WRITE = kernel::PROT_WRITE;
        /// They can be executed.
        const EXEC = kernel::PROT_EXEC;
    }
}

bitflags! {
    /// What a mapping is (mmap(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct MapFlags: u32 {
        /// Writes reach the file and other processes.
        const SHARED = kernel::MAP_SHARED;
        /// Writes stay in this process.
        const PRIVATE = kernel::MAP_PRIVATE;
        /// Zeros, of no file.
        const ANONYMOUS = kernel::MAP_ANONYMOUS;
        /// No memory is set aside beforehand.
        const NORESERVE = kernel::MAP_NORESERVE;
        /// The pages are filled in at once.
        const POPULATE = kernel::MAP_POPULATE;
        /// Exactly there, in the place of what is there ([`mmap2_fixed`]).
        const FIXED = kernel::MAP_FIXED;
        // The kernel knows more.
        const _ = !0;
    }
}

/// `mmap2(NULL, length, prot, flags, fd, pgoffset)`: maps a file, or zeros, at a
/// place that the kernel chooses.
///
/// It does not tell of the file's end: reading pages past it faults.
///
/// - `length`: in bytes; rounded up to pages.
/// - `flags`: without MAP_FIXED, which is taken out.
/// - `fd`: `None` with [`MapFlags::ANONYMOUS`].
/// - `pgoffset`: where in the file, in units of 4096 bytes.
///
/// # Returns
///
/// The first byte.
///
/// # Errors
///
/// EACCES, EBADF, EINVAL (also for a length of 0), ENODEV, ENOMEM, EPERM.
///
/// # Platform
///
/// i386: 192. x86_64: 9, whose offset is in bytes.
///
/// # References
///
/// mmap2(2).
#[doc(alias = "mmap")]
#[inline]
pub fn mmap2<G: Gate>(
    gate: G,
    length: usize,
    prot: ProtFlags,
    flags: MapFlags,
    fd: Option<Fd<'_>>,
    pgoffset: usize,
) -> Result<NonNull<u8>, Errno> {
    // MAP_FIXED_NOREPLACE without an address would be at 0.
    let fixed = kernel::MAP_FIXED | kernel::MAP_FIXED_NOREPLACE;
    let flags = MapFlags::from_bits_retain(flags.bits() & !fixed);
    // SAFETY: without MAP_FIXED nothing that is mapped already changes.
    unsafe {
        mmap2_fixed(
            gate,
            core::ptr::null_mut(),
            length,
            prot,
            flags,
            fd,
            pgoffset,
        )
    }
}

/// `mmap2(addr, length, prot, flags, fd, pgoffset)`: [`mmap2`] near `addr`, or
/// with [`MapFlags::FIXED`] exactly there.
///
/// # Safety
///
/// With MAP_FIXED, no object lies in the pages from `addr` on, or each is the
/// caller's and is not used any more.
///
/// # Returns
///
/// The address of the mapping.
///
/// # Errors
///
/// As [`mmap2`].
///
/// # Platform
///
/// i386: 192. x86_64: 9, whose offset is in bytes.
///
/// # References
///
/// mmap2(2).
#[inline]
pub unsafe fn mmap2_fixed<G: Gate>(
    gate: G,
    addr: *mut u8,
    length: usize,
    prot: ProtFlags,
    flags: MapFlags,
    fd: Option<Fd<'_>>,
    pgoffset: usize,
) -> Result<NonNull<u8>, Errno> {
    let fd = fd.map_or(Register::from(-1), register);
    // SAFETY: the caller's promise.
    let start = decode(unsafe {
        gate.call(
            nr::MMAP2,
            [
                addr.into(),
                length.into(),
                prot.bits().into(),
                flags.bits().into(),
                fd,
                pgoffset.into(),
            ],
        )
    })?;
    // No mapping at 0 is asked for, and a gate that says so is refused.
    NonNull::new(core::ptr::with_exposed_provenance_mut(start)).ok_or(Errno::ENOMEM)
}

/// `munmap(addr, length)`: removes the mappings of whole pages.
///
/// - `addr`: a multiple of the page size.
/// - `length`: in bytes; rounded up to pages.
///
/// # Safety
///
/// Nothing uses these pages afterwards.
///
/// # Errors
///
/// EINVAL; ENOMEM where a mapping would fall into two and there are too many.
///
/// # Platform
///
/// i386: 91. x86_64: 11.
///
/// # References
///
/// munmap(2).
#[inline]
pub unsafe fn munmap<G: Gate>(gate: G, addr: *mut u8, length: usize) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::MUNMAP, [addr.into(), length.into()]) }).map(drop)
}

/// `mprotect(addr, len, prot)`: changes what may be done with whole pages.
///
/// - `addr`: a multiple of the page size.
/// - `len`: in bytes; rounded up to pages.
///
/// # Safety
///
/// Nothing uses these pages afterwards in a way that `prot` does not allow.
///
/// # Errors
///
/// EACCES; EINVAL; ENOMEM where there is no mapping.
///
/// # Platform
///
/// i386: 125. x86_64: 10.
///
/// # References
///
/// mprotect(2).
#[inline]
pub unsafe fn mprotect<G: Gate>(
    gate: G,
    addr: *mut u8,
    len: usize,
    prot: ProtFlags,
) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::MPROTECT, [addr.into(), len.into(), prot.bits().into()]) })
        .map(drop)
}

/// What is to come of pages (madvise(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Advice(pub u32);

impl Advice {
    /// They are not needed: private pages read as zeros afterwards.
    pub const DONTNEED: Self = Self(kernel::MADV_DONTNEED);
    /// They are needed soon.
    pub const WILLNEED: Self = Self(kernel::MADV_WILLNEED);
    /// They are read in order.
    pub const SEQUENTIAL: Self = Self(kernel::MADV_SEQUENTIAL);
    /// They are left out of core dumps.
    pub const DONTDUMP: Self = Self(kernel::MADV_DONTDUMP);
}

/// `madvise(addr, length, advice)`: says what is to come of whole pages.
///
/// - `addr`: a multiple of the page size.
/// - `length`: in bytes; rounded up to pages.
///
/// # Safety
///
/// Where the advice changes the bytes ([`Advice::DONTNEED`]), no object lies in
/// these pages, or zeros are a value of each, and no reference to one is held.
///
/// # Errors
///
/// EINVAL; ENOMEM where there is no mapping; EAGAIN; EIO.
///
/// # Platform
///
/// i386: 219. x86_64: 28.
///
/// # References
///
/// madvise(2).
#[inline]
pub unsafe fn madvise<G: Gate>(
    gate: G,
    addr: *mut u8,
    length: usize,
    advice: Advice,
) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::MADVISE, [addr.into(), length.into(), advice.0.into()]) })
        .map(drop)
}
