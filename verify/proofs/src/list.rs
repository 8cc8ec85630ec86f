//! The fixed calls that `traced` makes where no tracer stands between.
#![allow(missing_docs)]

use int80::gate::nr;

use crate::plan::Form;

/// What fills the registers: no descriptor, no
/// pointer, no flag that a kernel knows.
pub const FILL: [u32; 6] = [
    0x8000_0001,
    0x8000_0002,
    0x1234_5673,
    0x1234_5674,
    0x1234_5675,
    0x1234_5676,
];

/// Calls that do nothing with `FILL`, as any user: the number, and how
/// many registers it takes.
pub const LIST: [(u32, usize); 9] = [
    (nr::GETPID, 0),
    (nr::CLOSE, 1),
    (nr::LISTEN, 2),
    (nr::DUP3, 3),
    (nr::SENDFILE, 4),
    (nr::SENDFILE64, 4),
    (nr::PREAD64, 5),
    (nr::SPLICE, 6),
    (nr::COPY_FILE_RANGE, 6),
];

/// The forms of a call with `n` arguments in which `traced list` makes it, by
/// every gate but the kernel's entry point.
pub fn list_forms(n: usize) -> [Form; 3] {
    [Form::OutOfLine(n), Form::Inline(n), Form::Busy(n)]
}
