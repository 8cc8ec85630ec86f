//! `stat64`, `statfs64` and `flock64` in the layout of i386, in which 64-bit
//! fields are aligned to 4 bytes.

use core::mem::MaybeUninit;

use linux_raw_sys::general::{flock, stat};

use super::{NONE, Register};
use crate::{
    errno::{self, Errno},
    gate::enter::enter,
};

const FCNTL: usize = 72;
const NEWFSTATAT: usize = 262;

/// `stat64`, `lstat64` and `fstat64` by x86_64's call `number`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn stat64(number: usize, file: Register, statbuf: Register) -> isize {
    let mut wide = MaybeUninit::<stat>::zeroed();
    let r = [file, wide.as_mut_ptr().into(), NONE, NONE, NONE, NONE];
    // SAFETY: the kernel writes the structure that is its own on x86_64, and
    // zeros are a value of it.
    unsafe {
        let result = enter(number, 2, r);
        rewritten(result, &wide.assume_init(), statbuf)
    }
}

/// `fstatat64` by `newfstatat`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn fstatat64(
    folder: Register,
    path: Register,
    statbuf: Register,
    flags: Register,
) -> isize {
    let mut wide = MaybeUninit::<stat>::zeroed();
    let r = [folder, path, wide.as_mut_ptr().into(), flags, NONE, NONE];
    // SAFETY: as in `stat64`.
    unsafe {
        let result = enter(NEWFSTATAT, 4, r);
        rewritten(result, &wide.assume_init(), statbuf)
    }
}

/// `result`, and after success the structure in the layout of i386 (96 bytes,
/// `arch/x86/include/uapi/asm/stat.h`).
///
/// # Safety
///
/// `statbuf` is a pointer of the call's, by the promise of `Gate::call`.
unsafe fn rewritten(result: isize, wide: &stat, statbuf: Register) -> isize {
    if result < 0 {
        return result;
    }
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
    // SAFETY: the caller's promise.
    unsafe { statbuf.as_ptr().cast::<[u32; 24]>().write_unaligned(words) };
    result
}

/// The low and the high half.
const fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

/// `statfs64` and `fstatfs64` by x86_64's call `number`: the structure is 84
/// bytes (`arch/x86/include/uapi/asm/statfs.h`).
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn statfs64(
    number: usize,
    file: Register,
    size: Register,
    buffer: Register,
) -> isize {
    if size.bits() != 84 {
        return errno::encode(Errno::EINVAL);
    }
    // Type, block size, five counts, two words of the id in one, the length of
    // names, the fragment size, flags, four spare.
    let mut wide = [0_u64; 15];
    let r = [file, (&raw mut wide).into(), NONE, NONE, NONE, NONE];
    // SAFETY: the structure of x86_64 is 15 words.
    let result = unsafe { enter(number, 2, r) };
    if result < 0 {
        return result;
    }
    if (wide[1] | wide[9]) >> 32 != 0 {
        return errno::encode(Errno::EOVERFLOW);
    }
    let mut words = [0_u32; 21];
    words[0] = wide[0] as u32;
    words[1] = wide[1] as u32;
    // The counts and the id.
    for (words, wide) in words[2..14].chunks_exact_mut(2).zip(&wide[2..8]) {
        words.copy_from_slice(&halves(*wide));
    }
    for (word, wide) in words[14..].iter_mut().zip(&wide[8..]) {
        *word = *wide as u32;
    }
    // SAFETY: `buffer` is a pointer of the call's, by the caller's promise.
    unsafe { buffer.as_ptr().cast::<[u32; 21]>().write_unaligned(words) };
    result
}

/// The commands of `fcntl64` with a `flock64`, and those of `fcntl` that stand
/// for them: F_GETLK64 to F_SETLKW64, F_OFD_GETLK to F_OFD_SETLKW.
#[inline(always)]
pub(in crate::gate) fn has_flock64(command: Register) -> bool {
    matches!(command.bits() as u32, 12..=14 | 36..=38)
}

/// A command of `fcntl64` with a `flock64`: 24 bytes, with start and length at 4
/// and 12.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn flock64(fd: Register, command: Register, lock: Register) -> isize {
    let narrow = lock.as_ptr().cast::<[u32; 6]>();
    // SAFETY: `lock` is a pointer of the call's, by the caller's promise.
    let [kind, start, start_high, len, len_high, pid] = unsafe { narrow.read_unaligned() };
    let both = |low: u32, high: u32| (i64::from(high) << 32) | i64::from(low);
    let mut wide = flock {
        l_type: kind as i16,
        l_whence: (kind >> 16) as i16,
        l_start: both(start, start_high),
        l_len: both(len, len_high),
        l_pid: pid as i32,
    };
    let command = match command.bits() as u32 {
        // F_GETLK64 and its like are F_GETLK and its like.
        old @ 12..=14 => Register::from(old - 12 + 5),
        _ => command,
    };
    let r = [fd, command, (&raw mut wide).into(), NONE, NONE, NONE];
    // SAFETY: the kernel reads and writes the structure that is its own on x86_64.
    let result = unsafe { enter(FCNTL, 3, r) };
    if result == 0 && matches!(command.bits(), 5 | 36) {
        let [start, start_high] = halves(wide.l_start as u64);
        let [len, len_high] = halves(wide.l_len as u64);
        let kind = u32::from(wide.l_type as u16) | u32::from(wide.l_whence as u16) << 16;
        let words = [kind, start, start_high, len, len_high, wide.l_pid as u32];
        // SAFETY: as for the load; these two commands write the structure.
        unsafe { narrow.write_unaligned(words) };
    }
    result
}
