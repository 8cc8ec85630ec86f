//! The older form of a call, for kernels that do not have the newer one.
#![allow(unsafe_code)] // Calls.

use int80::{
    Register,
    gate::{DynGate, nr},
};
use linux_raw_sys::general::AT_FDCWD;

/// One number for all calls of sockets, until Linux 4.3 the only one on i386.
const SOCKETCALL: u32 = 102;

/// The sub-number of a call of sockets (`include/uapi/linux/net.h`).
fn socketcall(nr: u32) -> Option<u32> {
    Some(match nr {
        nr::SOCKET => 1,
        nr::BIND => 2,
        nr::CONNECT => 3,
        nr::LISTEN => 4,
        // accept, which has no flags: it looks at three arguments.
        nr::ACCEPT4 => 5,
        nr::GETSOCKNAME => 6,
        nr::GETPEERNAME => 7,
        nr::SOCKETPAIR => 8,
        nr::SETSOCKOPT => 14,
        nr::GETSOCKOPT => 15,
        nr::SENDMSG => 16,
        _ => return None,
    })
}

/// Makes the older form of call `nr`, or returns `None` where there is none.
/// Flags that came with the newer form are left out: the checks use close-on-exec
/// alone, and run no other program.
///
/// # Safety
///
/// As for [`int80::Gate::call`].
pub unsafe fn older(gate: &dyn DynGate, nr: u32, args: [Register; 6]) -> Option<isize> {
    let [a, b, c, d, ..] = args;
    let zero = Register::ZERO;
    let here = a.bits() as i32 == AT_FDCWD;
    let sub = socketcall(nr);
    let (nr, args) = match nr {
        nr::PIPE2 => (nr::PIPE, [a, zero, zero]),
        nr::EVENTFD2 => (nr::EVENTFD, [a, zero, zero]),
        nr::OPENAT if here => (nr::OPEN, [b, c, d]),
        nr::UNLINKAT if here => (nr::UNLINK, [b, zero, zero]),
        _ => (SOCKETCALL, [sub?.into(), args.as_ptr().into(), zero]),
    };
    let [a, b, c] = args;
    // SAFETY: the caller's promise: the same call in its older form; the kernel
    // reads the array of a socketcall during the call.
    Some(unsafe { gate.call6(nr, [a, b, c, zero, zero, zero]) })
}
