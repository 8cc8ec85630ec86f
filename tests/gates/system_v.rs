//! `ipc`, the call of System V queues, semaphores and memory on i386, which
//! x86_64 has as a call for each operation.

use int80_support::gates::{skip, under_qemu};

use super::*;

const SEMCTL: u32 = 3;
const MSGRCV: u32 = 12;
const MSGGET: u32 = 13;
const MSGCTL: u32 = 14;
const SHMAT: u32 = 21;
const SHMDT: u32 = 22;
const SHMGET: u32 = 23;
const SHMCTL: u32 = 24;
/// The form of MSGRCV with the type of the message in a register, and of SHMAT
/// for programs inside the kernel.
const NEWER: u32 = 1 << 16;
const IPC_RMID: u32 = 0;
const IPC_STAT: u32 = 2;
/// The newer structures, in the command.
const IPC_64: u32 = 0x100;
const IPC_NOWAIT: u32 = 0o4000;
const ENOSYS: isize = errno::encode(Errno::ENOSYS);
const EINVAL: isize = errno::encode(Errno::EINVAL);

/// `ipc(call, first, second, third, pointer, 0)`.
fn ipc<G: Gate>(gate: G, call: u32, numbers: [u32; 2], third: Register, at: Register) -> isize {
    let [first, second] = numbers.map(Register::from);
    // SAFETY: the pointers are null, or to buffers that are large enough.
    unsafe { gate.call(nr::IPC, [call.into(), first, second, third, at, NONE]) }
}

/// Why `ipc` is not what the kernel makes of it here.
fn other(made: isize) -> Option<&'static str> {
    match made {
        ENOSYS => Some("this kernel has no System V calls"),
        _ => under_qemu().then_some("qemu-user takes ipc apart itself"),
    }
}

int80_support::every_gate! {
    fn a_queue_by_ipc(gate) {
        let queue = ipc(gate, MSGGET, [0, 0o600], NONE, NONE);
        if let Some(reason) = other(queue) {
            return skip("a_queue_by_ipc", reason);
        }
        assert!(queue >= 0, "{queue}");
        let id = queue as u32;
        let mut room = [0_usize; 64];
        let buffer = Register::from(room.as_mut_ptr());
        let nowait = Register::from(IPC_NOWAIT);
        let receive = |call, size, at| ipc(gate, call, [id, size], nowait, at);
        let stat = ipc(gate, MSGCTL, [id, IPC_STAT | IPC_64], NONE, buffer);
        let empty = receive(NEWER | MSGRCV, 16, buffer);
        let negative = receive(NEWER | MSGRCV, u32::MAX, buffer);
        let words = [buffer, NONE];
        let older = receive(MSGRCV, 16, words.as_ptr().into());
        let null = receive(MSGRCV, 16, NONE);
        let removed = ipc(gate, MSGCTL, [id, IPC_RMID | IPC_64], NONE, NONE);
        let gone = receive(NEWER | MSGRCV, 16, buffer);
        assert_eq!([stat, removed], [0, 0]);
        assert_eq!([empty, older], [errno::encode(Errno::ENOMSG); 2]);
        assert_eq!([negative, null, gone], [EINVAL; 3]);
        // semctl takes its argument from memory.
        assert_eq!(ipc(gate, SEMCTL, [0, 0], NONE, NONE), EINVAL);
    }

    fn memory_by_ipc(gate) {
        let shared = ipc(gate, SHMGET, [0, 4096], 0o600_u32.into(), NONE);
        if let Some(reason) = other(shared) {
            return skip("memory_by_ipc", reason);
        }
        assert!(shared >= 0, "{shared}");
        let id = shared as u32;
        let mut place = 0_usize;
        let result = Register::from(&raw mut place);
        let newer = ipc(gate, NEWER | SHMAT, [id, 0], result, NONE);
        let attached = ipc(gate, SHMAT, [id, 0], result, NONE);
        let byte = std::ptr::with_exposed_provenance_mut::<u8>(place);
        let stored = attached == 0 && {
            // SAFETY: the kernel has mapped a page there.
            unsafe { byte.write_volatile(7) };
            // SAFETY: as above.
            unsafe { byte.read_volatile() == 7 }
        };
        let detached = ipc(gate, SHMDT, [0, 0], NONE, byte.into());
        let removed = ipc(gate, SHMCTL, [id, IPC_RMID | IPC_64], NONE, NONE);
        assert_eq!([newer, attached, detached, removed], [EINVAL, 0, 0, 0]);
        assert!(stored);
        // An error is the result, and no address.
        assert_eq!(ipc(gate, SHMAT, [id, 0], result, NONE), EINVAL);
    }
}
