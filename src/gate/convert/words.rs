//! Calls whose arguments are register-wide words in memory.

use super::{MAX_ARGS, NONE, Register};
use crate::{
    errno::{self, Errno},
    gate::enter::enter,
};

/// The x86_64 number and the count of arguments of each socket call, from 1 on
/// (`net/socket.c`).
const SOCKET_CALLS: [(u16, u8); 20] = [
    (41, 3),  // socket
    (49, 3),  // bind
    (42, 3),  // connect
    (50, 2),  // listen
    (43, 3),  // accept
    (51, 3),  // getsockname
    (52, 3),  // getpeername
    (53, 4),  // socketpair
    (44, 4),  // send: sendto without an address
    (45, 4),  // recv: recvfrom without an address
    (44, 6),  // sendto
    (45, 6),  // recvfrom
    (48, 2),  // shutdown
    (54, 5),  // setsockopt
    (55, 5),  // getsockopt
    (46, 3),  // sendmsg
    (47, 3),  // recvmsg
    (288, 4), // accept4
    (299, 5), // recvmmsg
    (307, 4), // sendmmsg
];

const SHMAT: usize = 30;

/// The flag in a command of `ipc` that selects the newer structures, the only
/// ones on x86_64.
const IPC_64: usize = 0x100;

/// The call `number` of x86_64 with the `N` words at `arguments`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn words<const N: usize>(number: usize, arguments: Register) -> isize {
    // SAFETY: `arguments` points to `N` words, by the caller's promise.
    unsafe { enter(number, N, load(arguments, N)) }
}

/// The `count` words at `arguments`, and zeros after them.
///
/// # Safety
///
/// The words can be read, or no object lies there.
unsafe fn load(arguments: Register, count: usize) -> [Register; MAX_ARGS] {
    let mut r = [NONE; MAX_ARGS];
    let mut word = arguments.as_ptr().cast::<Register>();
    for register in r.iter_mut().take(count) {
        // SAFETY: the caller's promise.
        *register = unsafe { word.read_unaligned() };
        word = word.wrapping_add(1);
    }
    r
}

/// `socketcall(call, arguments)`.
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn socketcall(call: Register, arguments: Register) -> isize {
    let call = call.bits() as u32 as usize;
    let Some(&(number, count)) = SOCKET_CALLS.get(call.wrapping_sub(1)) else {
        return errno::encode(Errno::EINVAL);
    };
    // SAFETY: the caller's promise.
    unsafe { enter(number.into(), 6, load(arguments, count.into())) }
}

/// `ipc(call, first, second, third, pointer, fifth)` (`ipc/syscall.c`).
///
/// # Safety
///
/// As for `Gate::call`.
pub(in crate::gate) unsafe fn ipc(r: [Register; MAX_ARGS]) -> isize {
    let [call, first, second, third, pointer, fifth] = r;
    let version = call.bits() as u32 >> 16;
    let command = |command: Register| Register::from(command.bits() & !IPC_64);
    let invalid = errno::encode(Errno::EINVAL);
    let is_negative = |register: Register| (register.bits() as i32) < 0;
    let (number, arguments) = match call.bits() & 0xffff {
        1 => (65, [first, pointer, second, NONE, NONE]), // semop
        2 => (64, [first, second, third, NONE, NONE]),   // semget
        3 if pointer == NONE => return invalid,
        // SAFETY: semctl's argument is a word in memory, by the caller's promise.
        3 => match unsafe { load(pointer, 1) } {
            [word, ..] => (66, [first, second, command(third), word, NONE]), // semctl
        },
        4 => (220, [first, pointer, second, fifth, NONE]), // semtimedop
        11 | 12 if is_negative(first) || is_negative(second) => return invalid,
        11 => (69, [first, pointer, second, third, NONE]), // msgsnd
        12 if version == 0 && pointer == NONE => return invalid,
        // SAFETY: the oldest msgrcv has message and kind in memory, by the
        // caller's promise.
        12 if version == 0 => match unsafe { load(pointer, 2) } {
            [message, kind, ..] => (70, [first, message, second, kind, third]), // msgrcv
        },
        12 => (70, [first, pointer, second, fifth, third]), // msgrcv
        13 => (68, [first, second, NONE, NONE, NONE]),      // msgget
        14 => (71, [first, command(second), pointer, NONE, NONE]), // msgctl
        // SAFETY: the caller's promise.
        21 => return unsafe { shmat(version, first, pointer, second, third) },
        22 => (67, [pointer, NONE, NONE, NONE, NONE]), // shmdt
        23 => (29, [first, second, third, NONE, NONE]), // shmget
        24 => (31, [first, command(second), pointer, NONE, NONE]), // shmctl
        _ => return errno::encode(Errno::ENOSYS),
    };
    let [a, b, c, d, e] = arguments;
    // SAFETY: the caller's promise.
    unsafe { enter(number, 5, [a, b, c, d, e, NONE]) }
}

/// `shmat` in the form that stores the address at `result` and returns 0.
///
/// # Safety
///
/// As for `Gate::call`.
unsafe fn shmat(
    version: u32,
    segment: Register,
    address: Register,
    flags: Register,
    result: Register,
) -> isize {
    if version == 1 {
        return errno::encode(Errno::EINVAL);
    }
    // SAFETY: the caller's promise.
    let mapped = unsafe { enter(SHMAT, 3, [segment, address, flags, NONE, NONE, NONE]) };
    if errno::decode(mapped).is_err() {
        return mapped;
    }
    // SAFETY: `result` is a pointer of the call's, by the caller's promise.
    unsafe { result.as_ptr().cast::<isize>().write_unaligned(mapped) };
    0
}
