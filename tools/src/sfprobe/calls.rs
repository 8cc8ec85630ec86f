//! `--calls`: which numbers of the table the kernel has, each tried with
//! arguments that do nothing, in a child process of its own.
//!
//! A call is there unless it returns ENOSYS. What no kernel has any more is no
//! error: such a line is `not ok` with a TODO.
//!
//! # Safety
//!
//! A call is given descriptors, processes and addresses that do not exist, or
//! the words of its own buffer; what it changes all the same is the child's.
#![allow(unsafe_code)]

use int80::{Errno, Gate, Register, errno, gate::nr};
use int80_probe::Recorder;

use crate::print::Printer;

/// All bits set: no descriptor, no process, no address, no known flag.
const NONE: usize = usize::MAX;

const SIGALRM: u32 = 14;

/// Seconds after which a call that waits is given up.
const LIMIT: usize = 5;

enum Outcome {
    There,
    Missing,
    Skipped(&'static str),
}

/// Tries every call of the table; the exit status, 2 where less than half could be
/// tried.
pub fn survey(out: &mut Printer<'_>, gate: &Recorder<'_>) -> u8 {
    out.bytes(b"TAP version 13\n1..");
    out.number(nr::CALLS.len() as i64);
    out.bytes(b"\n");
    let mut counts = [0; 3];
    for (at, (nr, name)) in nr::names().enumerate() {
        out.flush();
        let outcome = tried(gate, nr);
        if let Outcome::Missing = outcome {
            out.bytes(b"not ");
        }
        out.bytes(b"ok ");
        out.number(at as i64 + 1);
        out.bytes(b" - ");
        out.number(nr.into());
        out.bytes(b" ");
        out.bytes(name.as_bytes());
        let [there, missing, skipped] = &mut counts;
        match outcome {
            Outcome::There => *there += 1,
            Outcome::Missing => {
                *missing += 1;
                out.bytes(b" # TODO ENOSYS");
            }
            Outcome::Skipped(why) => {
                *skipped += 1;
                out.bytes(b" # SKIP ");
                out.bytes(why.as_bytes());
            }
        }
        out.bytes(b"\n");
    }
    let [there, missing, skipped] = counts;
    out.bytes(b"# ");
    out.number(there as i64);
    out.bytes(b" there, ");
    out.number(missing as i64);
    out.bytes(b" missing, ");
    out.number(skipped as i64);
    out.bytes(b" not tried\n");
    u8::from(there == 0 || there + missing < skipped) * 2
}

/// What a child says of the call.
fn tried(gate: &Recorder<'_>, nr: u32) -> Outcome {
    if let Some(why) = dangerous(nr) {
        return Outcome::Skipped(why);
    }
    if !nr::passes(nr) {
        return Outcome::Skipped("not a call of x86_64");
    }
    // SAFETY: this process has one thread; the child makes its call and ends.
    let pid = unsafe { gate.call(nr::FORK, []) };
    if pid == 0 {
        // SAFETY: as this file's header says; then the child ends.
        unsafe {
            prepare(gate);
            let code = u32::from(errno::decode(make(gate, nr)) == Err(Errno::ENOSYS));
            gate.call(nr::EXIT_GROUP, [code.into()]);
            gate.call(nr::EXIT, [code.into()]);
        }
    }
    if nr == nr::FORK && pid > 0 {
        reap(gate, pid);
        return Outcome::There;
    }
    match pid {
        1.. => match reap(gate, pid) {
            Some(0) => Outcome::There,
            Some(0x100) => Outcome::Missing,
            Some(_) => Outcome::Skipped("the child was ended by a signal"),
            None => Outcome::Skipped("the child's end is not told"),
        },
        _ => Outcome::Skipped("no child process can be made"),
    }
}

/// The status with which a child ended.
fn reap<G: Gate>(gate: &G, pid: isize) -> Option<i32> {
    let mut status = 0_i32;
    let pid = Register::from(pid as usize);
    let pointer = Register::from(&raw mut status);
    loop {
        // SAFETY: the status is a variable of this function.
        let ended = unsafe { gate.call(nr::WAIT4, [pid, pointer, Register::ZERO, Register::ZERO]) };
        match errno::decode(ended) {
            Ok(_) => return Some(status),
            Err(Errno::EINTR) => {}
            Err(_) => return None,
        }
    }
}

/// Lets SIGALRM end the child after `LIMIT`, whatever the parent does with it.
///
/// # Safety
///
/// In the child only.
unsafe fn prepare(gate: &Recorder<'_>) {
    let mask = 1_u64 << (SIGALRM - 1);
    let mask = Register::from(&raw const mask);
    let (unblock, size) = (Register::from(1_usize), Register::from(8_usize));
    int80_probe::default_action(gate, SIGALRM);
    // SAFETY: the mask is a variable of this function.
    unsafe {
        gate.call(nr::RT_SIGPROCMASK, [unblock, mask, Register::ZERO, size]);
        gate.call(nr::ALARM, [LIMIT.into()]);
    }
}

/// Calls that have an effect whatever the arguments, or might have one where a
/// kernel does not look at them.
fn dangerous(nr: u32) -> Option<&'static str> {
    Some(match nr {
        nr::EXIT | nr::EXIT_GROUP => "ends the process",
        nr::VFORK => "its child runs on the parent's stack",
        nr::PAUSE | nr::SIGSUSPEND => "waits for a signal",
        nr::SYNC => "writes all files of the machine",
        nr::STIME => "sets the clock",
        nr::REBOOT => "ends the machine where the arguments are not looked at",
        nr::VHANGUP => "takes the terminal away",
        nr::SIGRETURN | nr::RT_SIGRETURN => "takes every register from the stack",
        nr::IDLE => "never returns on the oldest kernels",
        _ => return None,
    })
}

/// The call, with arguments that do nothing.
///
/// # Safety
///
/// In the child only.
unsafe fn make<G: Gate>(gate: &G, nr: u32) -> isize {
    // What calls read and write: no descriptor, no length.
    let mut words = [NONE; 8];
    let words = Register::from(&raw mut words);
    let all = Register::from(NONE);
    let n = Register::from;
    let zero = Register::ZERO;
    let r = match nr {
        // A process that does not exist, and no signal.
        nr::KILL => [n(0x3fff_ffff_usize), zero, zero, zero, zero, zero],
        // An unknown operation is ENOSYS: waking at no address is none.
        nr::FUTEX | nr::FUTEX_TIME64 => [all, n(1_usize), all, all, all, all],
        // As is an unknown function: reading nothing is none.
        nr::MODIFY_LDT => [zero, words, zero, zero, zero, zero],
        // And an unknown call: a set of -1 semaphores is none.
        nr::IPC => [n(2_usize), zero, all, zero, zero, zero],
        // A key that nobody has, and no flag that makes one.
        nr::SEMGET | nr::SHMGET | nr::MSGGET => {
            [n(0x7fff_fffe_usize), zero, zero, zero, zero, zero]
        }
        nr::SENDFILE => [all, all, zero, all, all, all],
        // Arguments in memory.
        nr::MMAP | nr::SELECT => [words, all, all, all, all, all],
        nr::STATFS64 | nr::FSTATFS64 => [all, n(84_usize), all, all, all, all],
        nr::GETRESUID | nr::GETRESGID => [words, words, words, all, all, all],
        _ => [all; 6],
    };
    // SAFETY: as this file's header says.
    unsafe { gate.call(nr, r) }
}
