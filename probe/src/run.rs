//! A check in a process of its own: a crash, a signal or a hang of it is its
//! own failure, and all that it has made goes with it.
#![allow(unsafe_code)] // Processes, and a structure through a pipe.

use core::mem::MaybeUninit;

use crate::{Case, Check, Machine, Note, Notes, Outcome, Real, Recorder, Registers};
use int80::{
    Fd, Gate, Register,
    call::{self, PollFd, PollFlags},
    errno::decode,
    gate::nr,
};
use linux_raw_sys::general::{O_CLOEXEC, SIGKILL};

/// What a check's process tells.
#[derive(Clone, Copy)]
pub struct Told {
    /// How it ended.
    pub outcome: Outcome,
    /// What stopped it.
    pub note: Note,
    /// The last sendfile's registers.
    pub registers: Registers,
}

/// What became of a check.
pub enum Ended {
    /// It ended, and told how.
    Told(Told),
    /// A signal has ended the process.
    Signal(i32),
    /// It took too long.
    Late,
    /// No process could be made; the call and its errno.
    NotTried(&'static str, i32),
}

const ZERO: Register = Register::ZERO;

/// Runs a check to its end, or to the end of its time: `limit` milliseconds.
#[must_use]
pub fn run(world: &Real<'_>, machine: Machine, check: &Check, limit: i32) -> Ended {
    let gate = world.gate;
    let mut ends = [0_i32; 2];
    let to = Register::from(ends.as_mut_ptr());
    // SAFETY: the kernel writes two descriptors.
    if let Err(errno) = decode(unsafe { gate.call2(nr::PIPE2, to, O_CLOEXEC.into()) }) {
        return Ended::NotTried("pipe2", errno.number());
    }
    let [reader, writer] = ends;
    // SAFETY: the program has one thread, and the new process its own memory.
    let pid = match decode(unsafe { gate.call0(nr::FORK) }) {
        Ok(pid) => pid as i32,
        Err(errno) => return Ended::NotTried("fork", errno.number()),
    };
    if pid == 0 {
        tell(world, machine, check, writer);
    }
    close(gate, writer);
    let ended = hear(gate, reader, pid, limit);
    close(gate, reader);
    ended
}

/// The new process: runs the check and says what came of it.
fn tell(world: &Real<'_>, machine: Machine, check: &Check, writer: i32) -> ! {
    let recorder = Recorder::new(world.gate);
    let world = Real {
        gate: &recorder,
        directory: world.directory,
        handler: world.handler,
        notes: Notes::default(),
    };
    let case = Case {
        world: &world,
        gate: &recorder,
        machine,
    };
    let told = Told {
        outcome: (check.run)(&case),
        note: world.notes.get(),
        registers: recorder.last(),
    };
    let (at, size) = (Register::from(&raw const told), size_of::<Told>());
    // SAFETY: the kernel reads the structure.
    unsafe { world.gate.call3(nr::WRITE, writer.into(), at, size.into()) };
    call::exit_group(world.gate, 0)
}

/// Waits for what the process says, and for its end.
fn hear(gate: &dyn Gate, reader: i32, pid: i32, limit: i32) -> Ended {
    let mut one = [PollFd {
        // SAFETY: the descriptor is ours and open.
        fd: unsafe { Fd::borrow_raw(reader) },
        events: PollFlags::IN,
        revents: PollFlags::empty(),
    }];
    let late = call::poll(gate, &mut one, limit) == Ok(0);
    if late {
        // SAFETY: it is our own child, not yet waited for.
        unsafe { gate.call2(nr::KILL, pid.into(), SIGKILL.into()) };
    }
    let mut told = MaybeUninit::<Told>::uninit();
    let (at, size) = (Register::from(told.as_mut_ptr()), size_of::<Told>());
    // SAFETY: the kernel writes at most the structure.
    let got = unsafe { gate.call3(nr::READ, reader.into(), at, size.into()) };
    let mut status = 0_i32;
    let to = Register::from(&raw mut status);
    // SAFETY: the kernel writes the status.
    unsafe { gate.call4(nr::WAIT4, pid.into(), to, ZERO, ZERO) };
    if late {
        Ended::Late
    } else if got == size as isize {
        // SAFETY: the kernel has written all of it, from the same structure of
        // a process with the same program at the same addresses.
        Ended::Told(unsafe { told.assume_init() })
    } else {
        Ended::Signal(status & 0x7f)
    }
}

fn close(gate: &dyn Gate, fd: i32) {
    // SAFETY: the descriptor is ours, and not used again.
    unsafe { gate.call1(nr::CLOSE, fd.into()) };
}
