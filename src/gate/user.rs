//! A caller's cell, read and written by the kernel.
//!
//! The kernel answers EFAULT for a cell that is not mapped, or not writable; a
//! plain access would end the program instead. process_vm_readv and
//! process_vm_writev on the process itself copy with the kernel's own checks.
//! Where they are not to be had (a kernel without them, a sandbox), the access
//! is plain: right for every cell that is there.
//!
//! # Safety
//!
//! A pointer comes from an argument register, and is what
//! [`Gate::call6`](super::Gate::call6) allows there: valid for the cell, or
//! one that the kernel answers with EFAULT.

use core::mem::MaybeUninit;

use linux_raw_sys::general::iovec;

use super::{Register, syscall::raw};
use crate::errno::Errno;

/// The value in the cell, or EFAULT.
///
/// # Safety
///
/// As in this file's header.
pub(super) unsafe fn load<T: Copy>(cell: *const T) -> Result<T, Errno> {
    let mut value = MaybeUninit::<T>::uninit();
    let copied = copy::<T>(
        sc::nr::PROCESS_VM_READV,
        value.as_mut_ptr(),
        cell.cast_mut(),
    );
    match copied {
        // SAFETY: the kernel has written the whole value.
        Copied::Whole => Ok(unsafe { value.assume_init() }),
        Copied::Fault => Err(Errno::EFAULT),
        // SAFETY: the caller's promise.
        Copied::Unavailable => Ok(unsafe { cell.read_unaligned() }),
    }
}

/// Writes the cell, or answers EFAULT.
///
/// # Safety
///
/// As in this file's header.
pub(super) unsafe fn store<T: Copy>(cell: *mut T, mut value: T) -> Result<(), Errno> {
    match copy::<T>(sc::nr::PROCESS_VM_WRITEV, &raw mut value, cell) {
        Copied::Whole => Ok(()),
        Copied::Fault => Err(Errno::EFAULT),
        Copied::Unavailable => {
            // SAFETY: the caller's promise.
            unsafe { cell.write_unaligned(value) };
            Ok(())
        }
    }
}

enum Copied {
    Whole,
    Fault,
    Unavailable,
}

/// One `T` between `ours` and the caller's `cell`, the way that `number` goes.
fn copy<T>(number: usize, ours: *mut T, cell: *mut T) -> Copied {
    let part = |pointer: *mut T| iovec {
        iov_base: pointer.cast(),
        iov_len: size_of::<T>() as _,
    };
    let (local, remote) = (part(ours), part(cell));
    let one = Register::from(1_usize);
    let none = Register::ZERO;
    // SAFETY: getpid touches no memory.
    let pid = unsafe { raw::<0>(sc::nr::GETPID, [none; 6]) };
    // SAFETY: both vectors live until the call returns; one of their parts is
    // a `T` of ours, the other is the cell, which the kernel checks.
    let copied = unsafe {
        raw::<6>(
            number,
            [
                Register::from(pid as usize),
                Register::from(&raw const local),
                one,
                Register::from(&raw const remote),
                one,
                none,
            ],
        )
    };
    match copied {
        n if n == size_of::<T>() as isize => Copied::Whole,
        n if n == Errno::EFAULT.as_eax() || n > 0 => Copied::Fault,
        _ => Copied::Unavailable,
    }
}
