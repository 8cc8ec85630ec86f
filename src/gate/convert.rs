//! Calls whose arguments differ between the i386 and the x86_64 table: the
//! x86_64 call with the results that an i386 caller gets.
//!
//! # Safety
//!
//! The caller's promise of [`Gate::call6`](super::Gate::call6) passes through.
//! A cell of the caller's is read and written by the kernel (`user.rs`), since
//! an i386 caller may hand over any address and get −EFAULT for it.

use linux_raw_sys::general::{F_GETFL, O_ACCMODE, O_PATH, O_RDONLY, O_RDWR, O_WRONLY};

use super::{Register, nr, syscall::enter, user};
use crate::errno::Errno;

const NONE: Register = Register::ZERO;

/// The largest offset of a file opened without O_LARGEFILE, and where call 187
/// with a cell ends (`MAX_NON_LFS`).
const MAX_NON_LFS: i64 = 0x7fff_ffff;

/// `r` with the two registers at `low`, the low half first, joined into one.
#[inline(always)]
pub(super) fn join(r: [Register; 6], low: usize) -> [Register; 6] {
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
pub(super) fn page_offset(r: [Register; 6]) -> [Register; 6] {
    let [a, b, c, d, e, offset] = r;
    [a, b, c, d, e, Register::from(offset.bits() << 12)]
}

/// `_llseek(fd, offset_high, offset_low, result, whence)` by `lseek`.
///
/// # Safety
///
/// As for `Gate::call6`.
#[inline(always)]
pub(super) unsafe fn llseek([fd, high, low, result, whence, _]: [Register; 6]) -> isize {
    let lseek = [fd, both(low, high), whence, NONE, NONE, NONE];
    // SAFETY: lseek touches no memory.
    let position = unsafe { enter::<3>(nr::LSEEK, lseek) };
    if position < 0 {
        return position;
    }
    // SAFETY: `result` is a cell of `_llseek`'s, by the caller's promise.
    match unsafe { user::store(result.as_ptr().cast::<i64>(), position as i64) } {
        Ok(()) => 0,
        Err(errno) => errno.as_eax(),
    }
}

/// Call 187 with a cell of 32 bits, by call 40 with one of 64.
///
/// The order is that of the kernel (`fs/read_write.c`): the cell is fetched,
/// the transfer done with 2^31 − 1 as its limit, and the cell written whatever
/// came of it.
///
/// Out of line, so that a call with a null pointer is not burdened; `extern "C"`
/// tells the caller that nothing unwinds.
///
/// # Safety
///
/// As for `Gate::call6`.
#[cold]
#[inline(never)]
pub(super) unsafe extern "C" fn sendfile(
    out_fd: Register,
    in_fd: Register,
    cell: Register,
    count: Register,
) -> isize {
    let cell = cell.as_ptr().cast::<i32>();
    // SAFETY: `cell` is a cell of sendfile's, by the caller's promise.
    let Ok(start) = (unsafe { user::load(cell) }) else {
        return Errno::EFAULT.as_eax();
    };
    let mut position = i64::from(start);
    let room = (MAX_NON_LFS - position) as usize;
    // A count with the top bit set is the kernel's to refuse.
    let moved = if room == 0 && count.bits() as isize > 0 {
        // SAFETY: nothing is read or written but file modes.
        unsafe { at_limit(out_fd, in_fd) }
    } else {
        let count = match count.bits() as isize {
            1.. => count.bits().min(room).into(),
            _ => count,
        };
        // SAFETY: the caller's promise; `position` is the cell.
        unsafe { sendfile64(out_fd, in_fd, &mut position, count) }
    };
    // The cell that came from 32 bits has moved by less than the room.
    // SAFETY: as for `load`.
    match unsafe { user::store(cell, position as i32) } {
        Ok(()) => moved,
        Err(errno) => errno.as_eax(),
    }
}

/// What the kernel answers to call 187 at 2^31 − 1: EOVERFLOW, unless one of
/// the checks that it makes before that one fails.
///
/// The output is left out of the first call, so that nothing can move and no
/// full pipe can block; for both descriptors the missing right is EBADF.
///
/// # Safety
///
/// None of memory: an integer cell of its own is all that is passed.
#[cold]
unsafe fn at_limit(out_fd: Register, in_fd: Register) -> isize {
    let no_fd = Register::from(-1);
    // SAFETY: as the function's.
    let input = unsafe { sendfile64(no_fd, in_fd, &mut { MAX_NON_LFS }, Register::from(1_usize)) };
    if input != Errno::EBADF.as_eax() {
        return input;
    }
    // SAFETY: F_GETFL touches no memory.
    let both_open = unsafe { allows(in_fd, O_RDONLY) && allows(out_fd, O_WRONLY) };
    if both_open {
        Errno::EOVERFLOW.as_eax()
    } else {
        Errno::EBADF.as_eax()
    }
}

/// Whether `fd` is open for `access`, O_RDONLY or O_WRONLY.
///
/// # Safety
///
/// None of memory.
unsafe fn allows(fd: Register, access: u32) -> bool {
    let arguments = [fd, Register::from(F_GETFL), NONE, NONE, NONE, NONE];
    // SAFETY: F_GETFL touches no memory.
    let flags = unsafe { enter::<3>(nr::FCNTL64, arguments) };
    let open_for = flags as u32 & O_ACCMODE;
    flags >= 0 && flags as u32 & O_PATH == 0 && (open_for == access || open_for == O_RDWR)
}

/// Call 40: the transfer with a cell of 64 bits.
///
/// # Safety
///
/// As for `Gate::call6`, but for the cell, which is sound by its type.
unsafe fn sendfile64(out_fd: Register, in_fd: Register, cell: &mut i64, count: Register) -> isize {
    let cell = Register::from(&raw mut *cell);
    // SAFETY: the caller's promise.
    unsafe { enter::<4>(nr::SENDFILE64, [out_fd, in_fd, cell, count, NONE, NONE]) }
}
