//! Memory mappings.
//!
//! # Safety
//!
//! No object lies in a mapping that the kernel places. Functions that change or
//! remove an existing mapping are unsafe.
#![allow(unsafe_code)]

use core::ptr::NonNull;

use bitflags::bitflags;
use linux_raw_sys::general as kernel;

use super::register;
use crate::{Errno, Fd, Gate, Register, errno::decode, gate::nr};

bitflags! {
    /// The protection of pages (mmap(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ProtFlags: u32 {
        /// Pages can be read.
        const READ = kernel::PROT_READ;
        /// Pages can be written.
        const WRITE = kernel::PROT_WRITE;
        /// Pages can be executed.
        const EXEC = kernel::PROT_EXEC;
    }
}

bitflags! {
    /// The kind of a mapping (mmap(2)).
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct MapFlags: u32 {
        /// Writes reach the file and other processes that map it.
        const SHARED = kernel::MAP_SHARED;
        /// Writes stay in this process.
        const PRIVATE = kernel::MAP_PRIVATE;
        /// Map zeros, not a file.
        const ANONYMOUS = kernel::MAP_ANONYMOUS;
        /// Do not reserve swap space.
        const NORESERVE = kernel::MAP_NORESERVE;
        /// Fill in all pages at once, not at their first use.
        const POPULATE = kernel::MAP_POPULATE;
        /// Map at exactly the given address, and replace the mappings there
        /// ([`mmap2_fixed`]).
        const FIXED = kernel::MAP_FIXED;
        // Other bits of the kernel's pass through.
        const _ = !0;
    }
}

/// `mmap2(NULL, length, prot, flags, fd, pgoffset)`: maps a file, or zeros, at an
/// address that the kernel chooses.
///
/// It does not limit the mapping to the file's size: an access to a page past
/// the end is SIGBUS.
///
/// - `length`: in bytes, at least 1; rounded up to pages.
/// - `flags`: MAP_FIXED and MAP_FIXED_NOREPLACE are cleared.
/// - `fd`: `None` with [`MapFlags::ANONYMOUS`].
/// - `pgoffset`: the offset in the file, in units of 4096 bytes.
///
/// # Returns
///
/// The address of the mapping.
///
/// # Errors
///
/// EACCES if `fd` is not open for what `prot` and `flags` ask; EBADF; EINVAL,
/// also for a length of 0; ENODEV if the file cannot be mapped; ENOMEM; EPERM.
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
/// with [`MapFlags::FIXED`] at exactly `addr`.
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
/// # Safety
///
/// With MAP_FIXED, no object lies in the `length` bytes at `addr`, or each
/// belongs to the caller and is not used any more.
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
    // A mapping at address 0 cannot be returned as a `NonNull`.
    NonNull::new(core::ptr::with_exposed_provenance_mut(start)).ok_or(Errno::ENOMEM)
}

/// `munmap(addr, length)`: removes the mappings of whole pages.
///
/// - `addr`: a multiple of the page size.
/// - `length`: in bytes; rounded up to pages.
///
/// # Errors
///
/// EINVAL; ENOMEM if a mapping would be split and the process has too many.
///
/// # Platform
///
/// i386: 91. x86_64: 11.
///
/// # Safety
///
/// Nothing uses these pages afterwards.
///
/// # References
///
/// munmap(2).
#[inline]
pub unsafe fn munmap<G: Gate>(gate: G, addr: *mut u8, length: usize) -> Result<(), Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { gate.call(nr::MUNMAP, [addr.into(), length.into()]) }).map(drop)
}

/// `mprotect(addr, len, prot)`: changes the protection of whole pages.
///
/// - `addr`: a multiple of the page size.
/// - `len`: in bytes; rounded up to pages.
///
/// # Errors
///
/// EACCES; EINVAL; ENOMEM if a page is not mapped.
///
/// # Platform
///
/// i386: 125. x86_64: 10.
///
/// # Safety
///
/// Nothing uses these pages afterwards in a way that `prot` does not allow.
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

/// The expected use of pages (madvise(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Advice(pub u32);

impl Advice {
    /// Free the pages: private anonymous pages read as zeros afterwards.
    pub const DONTNEED: Self = Self(kernel::MADV_DONTNEED);
    /// The pages are needed soon.
    pub const WILLNEED: Self = Self(kernel::MADV_WILLNEED);
    /// The pages are read in order.
    pub const SEQUENTIAL: Self = Self(kernel::MADV_SEQUENTIAL);
    /// Leave the pages out of core dumps.
    pub const DONTDUMP: Self = Self(kernel::MADV_DONTDUMP);
}

/// `madvise(addr, length, advice)`: tells the kernel how whole pages will be
/// used.
///
/// - `addr`: a multiple of the page size.
/// - `length`: in bytes; rounded up to pages.
///
/// # Errors
///
/// EINVAL; ENOMEM if a page is not mapped; EAGAIN; EIO.
///
/// # Platform
///
/// i386: 219. x86_64: 28.
///
/// # Safety
///
/// For an advice that changes the bytes, such as [`Advice::DONTNEED`]: no object
/// lies in these pages, or zeros are a valid value of each and no reference to
/// one is alive.
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
