//! FreeBSD's sendfile with C's pointers.
//!
//! # Safety
//!
//! The kernel checks each pointer before this file reads or writes through it
//! (`sys::probe`), so an address without memory is EFAULT and not a crash. Only
//! the kernel reads what the arrays point to.
#![allow(unsafe_code)]

use core::{ptr, slice};

use super::{Headers, arguments, descriptors, send};
use crate::{
    Errno, Fd, Gate, errno,
    sys::{self, IoSlice},
};

/// The largest number of parts in an array (`IOV_MAX`).
const MOST_PARTS: i32 = 1024;

/// FreeBSD's `struct sf_hdtr`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct SfHdtr {
    /// Pointer to the header iovecs; null for none.
    pub headers: *const IoSlice<'static>,
    /// Number of header iovecs.
    pub hdr_cnt: i32,
    /// Pointer to the trailer iovecs; null for none.
    pub trailers: *const IoSlice<'static>,
    /// Number of trailer iovecs.
    pub trl_cnt: i32,
}

static_assertions::assert_eq_size!(SfHdtr, [usize; 4]);

/// `sendfile(fd, s, offset, nbytes, hdtr, sbytes, flags)`: [`bsd::sendfile`]
/// with C's pointers.
///
/// Behaves as [`bsd::sendfile`], and:
///
/// - `hdtr`: null, or points to an [`SfHdtr`], of any alignment.
/// - `sbytes`: null, or where the number of bytes sent is written, whatever the
///   result.
///
/// # Returns
///
/// 0, or a negative errno.
///
/// # Errors
///
/// Those of [`bsd::sendfile`]. Before the descriptors are checked, and before a
/// byte is sent (`sbytes` first):
///
/// | errno | cause |
/// |---|---|
/// | EFAULT | `hdtr` or one of its arrays cannot be read, or `sbytes` not written; an array is not aligned to the size of a pointer |
/// | EINVAL | an array has a negative number of parts, more than 1024, or more than `isize::MAX` bytes |
///
/// A part that cannot be read is EFAULT when it is sent.
///
/// # Platform
///
/// As [`bsd::sendfile`].
///
/// # Safety
///
/// - `hdtr`, its arrays and the bytes of their parts do not change during the
///   call; each of their addresses is readable, or no memory is mapped there.
/// - `sbytes` is null, valid for writing 8 bytes, or no memory is mapped there.
/// - The descriptors meet the conditions of [`Fd::borrow_raw`].
///
/// # References
///
/// FreeBSD's sendfile(2).
///
/// [`bsd::sendfile`]: super::sendfile
#[allow(clippy::too_many_arguments)] // They are FreeBSD's.
pub unsafe fn sendfile_raw<G: Gate + Copy>(
    gate: G,
    fd: i32,
    s: i32,
    offset: i64,
    nbytes: usize,
    hdtr: *const SfHdtr,
    sbytes: *mut i64,
    flags: i32,
) -> isize {
    // SAFETY: the caller's promise.
    if !sbytes.is_null() && unsafe { sys::writable(gate, sbytes) } == Err(Errno::EFAULT) {
        return errno::encode(Errno::EFAULT);
    }
    // SAFETY: the caller's promise.
    let checked = arguments(offset, flags).and_then(|offset| unsafe {
        let hdtr = headers(gate, hdtr)?;
        let (fd, s) = (Fd::borrow_raw(fd), Fd::borrow_raw(s));
        descriptors(gate, fd, s)?;
        Ok((fd, s, offset, hdtr))
    });
    let (result, sent) = match checked {
        Ok((fd, s, offset, hdtr)) => send(gate, fd, s, offset, nbytes, hdtr),
        Err(errno) => (Err(errno), 0),
    };
    if !sbytes.is_null() {
        // SAFETY: the caller's promise; it can be written, as found above.
        unsafe { sbytes.write_unaligned(sent as i64) };
    }
    result.map_or_else(errno::encode, |()| 0)
}

/// The headers and trailers of `hdtr`, if it and its arrays can be read.
///
/// # Safety
///
/// As for [`sendfile_raw`].
unsafe fn headers<'a, G: Gate + Copy>(gate: G, hdtr: *const SfHdtr) -> Result<Headers<'a>, Errno> {
    if hdtr.is_null() {
        return Ok(Headers::default());
    }
    sys::readable(gate, hdtr.cast(), size_of::<SfHdtr>())?;
    // SAFETY: it can be read, as found above.
    let hdtr = unsafe { ptr::read_unaligned(hdtr) };
    // SAFETY: the caller's promise.
    unsafe {
        Ok(Headers {
            headers: parts(gate, hdtr.headers, hdtr.hdr_cnt)?,
            trailers: parts(gate, hdtr.trailers, hdtr.trl_cnt)?,
        })
    }
}

/// The array, if it can be read and its numbers are possible.
///
/// # Safety
///
/// As for [`sendfile_raw`].
unsafe fn parts<'a, G: Gate + Copy>(
    gate: G,
    array: *const IoSlice<'static>,
    count: i32,
) -> Result<&'a [IoSlice<'a>], Errno> {
    if array.is_null() {
        return Ok(&[]);
    }
    let count = match count {
        0 => return Ok(&[]),
        1..=MOST_PARTS => count as usize,
        _ => return Err(Errno::EINVAL),
    };
    if !array.is_aligned() {
        return Err(Errno::EFAULT);
    }
    let size = count.saturating_mul(size_of::<IoSlice<'_>>());
    sys::readable(gate, array.cast(), size)?;
    // SAFETY: it is aligned and can be read, as found above; the addresses in it
    // are followed by the kernel only.
    let parts: &[IoSlice<'a>] = unsafe { slice::from_raw_parts(array.cast(), count) };
    let total = parts.iter().try_fold(0_usize, |sum, part| {
        sum.checked_add(part.len())
            .filter(|sum| *sum <= isize::MAX as usize)
    });
    total.map(|_| parts).ok_or(Errno::EINVAL)
}
