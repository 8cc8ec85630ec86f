//! The `syscall` gate of x86_64.
//!
//! # Safety
//!
//! A call either passes through (`enter.rs`) or is converted (`convert/`).

use super::{
    Gate, ProcessGate, Register,
    convert::{self, NONE, SET_SIZE, both, has_flock64, id, id16, join, less, page_offset},
    enter::enter,
    nr::{How, TRANSLATIONS, Translation, place},
    six,
};
use crate::errno::{self, Errno};

/// The `syscall` instruction of x86_64, for i386 numbers and argument layouts.
///
/// Number and arguments are translated to the 64-bit table. Where the number is
/// a constant, the compiler evaluates the translation: `call(239, …)` compiles to
/// `mov eax, 40` and `syscall`.
///
/// - Registers have the width of a pointer: counts and addresses above 4 GiB are
///   passed on unchanged.
/// - Call 187 keeps its 32-bit offset and the results of i386: it moves bytes
///   below 2^31 − 1 only, and returns −EOVERFLOW from there on. This function
///   itself loads the offset before the kernel call and stores it afterwards, so
///   an address that cannot be read or written faults in the caller instead of
///   returning −EFAULT.
/// - The [table](super::nr::CALLS) names the other conversions by
///   [class](super::nr::Call::class): offsets in two registers are joined, 16-bit
///   IDs widened, `stat64` and similar structures rewritten.
/// - A number that has no row, or is refused by its row, returns −ENOSYS.
#[derive(Clone, Copy, Debug, Default)]
pub struct Syscall;

// SAFETY: this process's kernel makes the call.
unsafe impl ProcessGate for Syscall {}

// SAFETY: the kernel makes the call, with the call's own effects; a conversion
// reads and writes only what the i386 call would.
unsafe impl Gate for Syscall {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, number: u32, args: [Register; N]) -> isize {
        let r = six(args);
        let [a, b, c, d, e, f] = r;
        let Translation { number, how } = TRANSLATIONS[place(number)];
        let number = usize::from(number);
        // SAFETY: the caller's promise; each conversion makes the equivalent
        // call of the 64-bit table. Joining two registers leaves one argument
        // less.
        unsafe {
            match how {
                How::Same => enter(number, N, r),
                How::Refused => errno::encode(Errno::ENOSYS),
                How::Join0 => enter(number, less(N, 1), join(r, 0)),
                How::Join1 => enter(number, less(N, 1), join(r, 1)),
                How::Join2 => enter(number, less(N, 1), join(r, 2)),
                How::Join3 => enter(number, less(N, 1), join(r, 3)),
                How::Join3Flags => enter(number, 6, [a, b, c, both(d, e), NONE, f]),
                How::Join12 => enter(number, less(N, 2), join(join(r, 1), 2)),
                How::Join23 => enter(number, less(N, 2), join(join(r, 2), 3)),
                How::Pages => enter(number, 6, [a, b, c, d, e, page_offset(f)]),
                How::SwapTls => enter(number, 5, [a, b, c, e, d, NONE]),
                How::Zero1 => enter(number, 2, [a, NONE, NONE, NONE, NONE, NONE]),
                How::Zero3 => enter(number, 4, [a, b, c, NONE, NONE, NONE]),
                How::Size1 => enter(number, 2, [a, SET_SIZE, NONE, NONE, NONE, NONE]),
                How::Size3 => enter(number, 4, [a, b, c, SET_SIZE, NONE, NONE]),
                How::Id0 => enter(number, 1, [id(a), NONE, NONE, NONE, NONE, NONE]),
                How::Id01 => enter(number, 2, [id(a), id(b), NONE, NONE, NONE, NONE]),
                How::Id012 => enter(number, 3, [id(a), id(b), id(c), NONE, NONE, NONE]),
                How::Id12 => enter(number, 3, [a, id(b), id(c), NONE, NONE, NONE]),
                How::IdResult => id16(enter(number, 0, r) as u32) as isize,
                How::IntResult => enter(number, 3, r) as i32 as isize,
                How::Sendfile if c == NONE => enter(number, 4, r),
                How::Sendfile => convert::sendfile(a, b, c, d),
                How::Llseek => convert::llseek(r),
                How::Stat64 => convert::stat64(number, a, b),
                How::Fstatat64 => convert::fstatat64(a, b, c, d),
                How::Statfs64 => convert::statfs64(number, a, b, c),
                How::Fcntl64 if !has_flock64(b) => enter(number, 3, r),
                How::Fcntl64 => convert::flock64(a, b, c),
                How::Ids => convert::ids(number, a, b, c),
                How::Getrlimit => convert::getrlimit(a, b),
                How::Sigsuspend => convert::sigsuspend(c),
                How::Stime => convert::stime(a),
                How::Mmap => convert::words::<6>(number, a),
                How::Select => convert::words::<5>(number, a),
                How::Socketcall => convert::socketcall(a, b),
                How::Ipc => convert::ipc(r),
            }
        }
    }
}
