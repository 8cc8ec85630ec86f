//! Calls whose arguments differ between the i386 and the x86_64 table: the
//! x86_64 call with the results that an i386 caller gets.
//!
//! # Safety
//!
//! The caller's promise of [`Gate::call`](super::Gate::call) passes through.
//! Where the i386 call writes through a pointer and the x86_64 call does not,
//! the access is a plain one: the promise says that the pointer is valid for
//! it, or that no object lies there, in which case the access faults.

use core::mem::MaybeUninit;

use linux_raw_sys::general::stat;

use super::{MAX_ARGS, Register, enter::enter, nr};
use crate::errno::{self, Errno};

const NONE: Register = Register::ZERO;

/// The largest offset of a file opened without O_LARGEFILE, where call 187 with
/// an offset ends (`MAX_NON_LFS`).
const MAX_NON_LFS: i64 = 0x7fff_ffff;

/// `r` with the two registers at `low`, the low half first, joined into one.
#[inline(always)]
pub(super) fn join(r: [Register; MAX_ARGS], low: usize) -> [Register; MAX_ARGS] {
    let [a, b, c, d, e, f] = r;
    match low {
        1 => [a, both(b, c), d, e, f, NONE],
        2 => [a, b, both(c, d), e, f, NONE],
        _ => [a, b, c, both(d, e), f, NONE],
    }
}

/// 64 bits from the low 32 of two registers.
#[inline(always)]
fn both(low: Register, high: Register) -> Register {
    Register::from(low.bits() & 0xffff_ffff | (high.bits() << 32))
}

/// mmap2's arguments as mmap's: the offset in bytes instead of units of 4096.
#[inline(always)]
pub(super) fn page_offset(r: [Register; MAX_ARGS]) -> [Register; MAX_ARGS] {
    let [a, b, c, d, e, offset] = r;
    [a, b, c, d, e, Register::from(offset.bits() << 12)]
}

/// `_llseek(fd, offset_high, offset_low, result, whence)` by `lseek`.
///
/// # Safety
///
/// As for `Gate::call`.
#[inline(always)]
pub(super) unsafe fn llseek([fd, high, low, result, whence, _]: [Register; MAX_ARGS]) -> isize {
    let lseek = [fd, both(low, high), whence, NONE, NONE, NONE];
    // SAFETY: lseek touches no memory.
    let position = unsafe { enter::<3>(nr::LSEEK, lseek) };
    if position < 0 {
        return position;
    }
    // SAFETY: `result` is a pointer of `_llseek`'s, by the caller's promise.
    unsafe {
        result
            .as_ptr()
            .cast::<i64>()
            .write_unaligned(position as i64)
    };
    0
}

/// `fstat64(fd, statbuf)` by `fstat`: the structure is rewritten in the layout
/// of i386 (`struct stat64`, 96 bytes, `arch/x86/include/uapi/asm/stat.h`).
///
/// # Safety
///
/// As for `Gate::call`.
pub(super) unsafe fn fstat64(fd: Register, statbuf: Register) -> isize {
    let mut wide = MaybeUninit::<stat>::zeroed();
    let r = [fd, wide.as_mut_ptr().into(), NONE, NONE, NONE, NONE];
    // SAFETY: the kernel writes the structure that is its own on x86_64.
    let result = unsafe { enter::<2>(nr::FSTAT64, r) };
    if result < 0 {
        return result;
    }
    // SAFETY: the call succeeded, and zeros are a value of it.
    let wide = unsafe { wide.assume_init() };
    let halves = |value: u64| [value as u32, (value >> 32) as u32];
    let [dev, dev_high] = halves(wide.st_dev);
    let [rdev, rdev_high] = halves(wide.st_rdev);
    let [ino, ino_high] = halves(wide.st_ino);
    let [size, size_high] = halves(wide.st_size as u64);
    let [blocks, blocks_high] = halves(wide.st_blocks as u64);
    let words = [
        dev,
        dev_high,
        0,
        ino,
        wide.st_mode,
        wide.st_nlink as u32,
        wide.st_uid,
        wide.st_gid,
        rdev,
        rdev_high,
        0,
        size,
        size_high,
        wide.st_blksize as u32,
        blocks,
        blocks_high,
        wide.st_atime as u32,
        wide.st_atime_nsec as u32,
        wide.st_mtime as u32,
        wide.st_mtime_nsec as u32,
        wide.st_ctime as u32,
        wide.st_ctime_nsec as u32,
        ino,
        ino_high,
    ];
    // SAFETY: `statbuf` is a pointer of `fstat64`'s, by the caller's promise.
    unsafe { statbuf.as_ptr().cast::<[u32; 24]>().write_unaligned(words) };
    result
}

/// Call 187 with an offset, by call 40: load, one call, store.
///
/// Out of line, so that a call with a null pointer is not burdened; `extern "C"`
/// tells the caller that nothing unwinds.
///
/// # Safety
///
/// As for `Gate::call`.
#[cold]
#[inline(never)]
pub(super) unsafe extern "C" fn sendfile(
    out_fd: Register,
    in_fd: Register,
    offset: Register,
    count: Register,
) -> isize {
    let offset = offset.as_ptr().cast::<i32>();
    // SAFETY: `offset` is a pointer of sendfile's, by the caller's promise.
    let start = i64::from(unsafe { offset.read_unaligned() });
    let wanted = count.bits();
    // A count with the top bit set is the kernel's to refuse.
    let count = match wanted as isize {
        1.. => wanted.min((MAX_NON_LFS - start) as usize),
        _ => wanted,
    };
    // At the limit the kernel has checked descriptors and position before it
    // returns EOVERFLOW. A position that no file system has makes it do so
    // here, too, with a count of 0, which moves nothing.
    let at_limit = count == 0 && wanted > 0;
    let mut position = if at_limit { i64::MAX } else { start };
    let cell = Register::from(&raw mut position);
    let r = [out_fd, in_fd, cell, Register::from(count), NONE, NONE];
    // SAFETY: the caller's promise; `position` is the offset.
    let moved = unsafe { enter::<4>(nr::SENDFILE64, r) };
    if at_limit {
        return match errno::decode(moved) {
            Err(errno @ (Errno::EBADF | Errno::ESPIPE)) => errno::encode(errno),
            _ => errno::encode(Errno::EOVERFLOW),
        };
    }
    if moved > 0 {
        // An offset of 31 bits has moved by no more than the room below 2^31.
        // SAFETY: as for the load.
        unsafe { offset.write_unaligned(position as i32) };
    }
    moved
}
