//! The `syscall` gate of x86_64.
//!
//! # Safety
//!
//! A call either passes through (`enter.rs`), or is converted (`convert.rs`).

use super::{Gate, ProcessGate, Register, convert, enter::enter, nr, six};

/// The `syscall` instruction of x86_64, which takes i386 numbers and argument
/// layouts.
///
/// Number and arguments are translated to the 64-bit table. The number is a
/// constant at every call site, so that nothing of the translation is left:
/// `call(239, …)` compiles to `mov eax, 40` and `syscall`.
///
/// - Registers are as wide as a pointer: a count or an address above 4 GiB is
///   passed on whole.
/// - Call 187 keeps its 32-bit offset, with the results that an i386 caller
///   gets: −EOVERFLOW from 2^31 − 1 on, the cut just below it. The offset is
///   loaded before the one kernel call and stored after it by this program, so
///   that an address that cannot be read and written is the caller's fault and
///   no −EFAULT.
/// - Offsets in two registers (pread64 and its like) are joined.
/// - A number that is not in [`nr`] returns −ENOSYS.
#[derive(Clone, Copy, Debug, Default)]
pub struct Syscall;

// SAFETY: this process's kernel makes the call.
unsafe impl ProcessGate for Syscall {}

// SAFETY: the kernel makes the call, with the call's own effects; what a
// conversion reads and writes itself is what the i386 call would.
unsafe impl Gate for Syscall {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, number: u32, args: [Register; N]) -> isize {
        let r = six(args);
        // SAFETY: the caller's promise; each conversion makes the call that
        // means the same in the 64-bit table.
        unsafe {
            match number {
                nr::SENDFILE if r[2] != Register::ZERO => convert::sendfile(r[0], r[1], r[2], r[3]),
                nr::_LLSEEK => convert::llseek(r),
                nr::FSTAT64 => convert::fstat64(r[0], r[1]),
                nr::MMAP2 => enter::<6>(nr::MMAP2, convert::page_offset(r)),
                nr::PREAD64 | nr::PWRITE64 => enter::<4>(number, convert::join(r, 3)),
                nr::PREADV | nr::PWRITEV => enter::<5>(number, convert::join(r, 3)),
                nr::PREADV2 | nr::PWRITEV2 => {
                    let [.., flags] = r;
                    let [fd, vec, count, offset, ..] = convert::join(r, 3);
                    enter::<6>(number, [fd, vec, count, offset, Register::ZERO, flags])
                }
                nr::TRUNCATE64 | nr::FTRUNCATE64 => enter::<2>(number, convert::join(r, 1)),
                nr::FADVISE64_64 => enter::<4>(number, convert::join(convert::join(r, 1), 2)),
                nr::FALLOCATE => enter::<4>(number, convert::join(convert::join(r, 2), 3)),
                _ => enter::<N>(number, r),
            }
        }
    }
}
