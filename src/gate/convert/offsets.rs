//! Calls with an offset in the caller's memory: `_llseek` and `sendfile`, 187.

use super::{MAX_ARGS, NONE, Register, both};
use crate::{
    errno::{self, Errno},
    gate::enter::enter,
};

const LSEEK: usize = 8;
const SENDFILE: usize = 40;

/// The largest offset of a file opened without O_LARGEFILE, where call 187 with
/// an offset ends (`MAX_NON_LFS`).
const MAX_NON_LFS: i64 = 0x7fff_ffff;

/// `_llseek(fd, offset_high, offset_low, result, whence)` by `lseek`.
///
/// # Safety
///
/// As for `Gate::call`.
#[inline(always)]
pub(in crate::gate) unsafe fn llseek(
    [fd, high, low, result, whence, _]: [Register; MAX_ARGS],
) -> isize {
    let lseek = [fd, both(low, high), whence, NONE, NONE, NONE];
    // SAFETY: lseek touches no memory.
    let position = unsafe { enter(LSEEK, 3, lseek) };
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

/// Call 187 with an offset, by call 40: load, one call, store.
///
/// It is out of line to keep calls with a null pointer small, and `extern "C"` to
/// tell the compiler that it does not unwind.
///
/// # Safety
///
/// As for `Gate::call`.
#[cold]
#[inline(never)]
pub(in crate::gate) unsafe extern "C" fn sendfile(
    out_fd: Register,
    in_fd: Register,
    offset: Register,
    count: Register,
) -> isize {
    let offset = offset.as_ptr().cast::<i32>();
    // SAFETY: `offset` is a pointer of sendfile's, by the caller's promise.
    let start = i64::from(unsafe { offset.read_unaligned() });
    let wanted = count.bits();
    // The kernel refuses a count with the top bit set.
    let count = match wanted as isize {
        1.. => wanted.min((MAX_NON_LFS - start) as usize),
        _ => wanted,
    };
    // At the limit, call 187 checks the descriptors before it returns EOVERFLOW.
    // A position that no file system has makes call 40 do the same, with a count
    // of 0, which moves nothing. (From `start` it would wait for a full pipe.)
    let at_limit = count == 0 && wanted > 0;
    let mut position = if at_limit { i64::MAX } else { start };
    let pointer = Register::from(&raw mut position);
    let r = [out_fd, in_fd, pointer, Register::from(count), NONE, NONE];
    // SAFETY: the caller's promise; `position` is the offset.
    let moved = unsafe { enter(SENDFILE, 4, r) };
    if at_limit {
        return match errno::decode(moved) {
            Err(errno @ (Errno::EBADF | Errno::ESPIPE)) => errno::encode(errno),
            _ => errno::encode(Errno::EOVERFLOW),
        };
    }
    if moved > 0 {
        // The position is at most `MAX_NON_LFS`, by the limit on the count.
        // SAFETY: as for the load.
        unsafe { offset.write_unaligned(position as i32) };
    }
    moved
}
