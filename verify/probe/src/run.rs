//! A check in a process of its own: a crash, a signal or a hang of it is its
//! own failure, and all that it has made goes with it.
#![allow(unsafe_code)] // Processes, and a structure through a pipe.

use core::mem::MaybeUninit;

use crate::{Machine, Note, Outcome, Real, Recorder, Registers, Stop, World, play};
use int80::{
    Fd, Gate, Register,
    gate::nr,
    sys::{self, PollFd, PollFlags},
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

impl Told {
    /// Whether nothing was found out.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        matches!(self.outcome, Err(Stop::Skip | Stop::SetUp))
    }
}

/// What became of a check.
pub enum Ended {
    /// It ended, and told how.
    Told(Told),
    /// A signal has ended the process.
    Signal(i32),
    /// It took too long.
    Late,
}

const ZERO: Register = Register::ZERO;

/// Runs a check to its end, or to the end of its time: `limit` milliseconds.
#[must_use]
#[inline(never)]
pub fn run(world: &Real<'_>, machine: Machine, code: &[u8], limit: i32) -> Ended {
    let gate = world.gate();
    match start(world, machine, code) {
        Ok((reader, pid)) => hear(gate, reader, pid, limit),
        // No process could be made.
        Err(stop) => Ended::Told(told(gate, Err(stop))),
    }
}

/// Starts the check's process: the pipe's end on which it will tell, and its
/// number.
#[inline(never)]
fn start(world: &Real<'_>, machine: Machine, code: &[u8]) -> Result<(i32, i32), Stop> {
    let gate = world.gate();
    let mut ends = [0_i32; 2];
    let to = Register::from(ends.as_mut_ptr());
    // SAFETY: the kernel writes two descriptors.
    unsafe { gate.make(nr::PIPE2, to, O_CLOEXEC.into(), ZERO) }?;
    let [reader, writer] = ends;
    // SAFETY: the program has one thread, and the new process its own memory.
    let pid = unsafe { gate.make(nr::FORK, ZERO, ZERO, ZERO) }?;
    if pid == 0 {
        let told = told(gate, play(world, machine, code));
        let (at, size) = (Register::from(&raw const told), size_of::<Told>());
        // Nothing can be done where it is not written: that looks like a signal.
        // SAFETY: the kernel reads the structure.
        let _ = unsafe { gate.make(nr::WRITE, writer.into(), at, size.into()) };
        sys::exit_group(gate, 0)
    }
    close(gate, writer);
    Ok((reader, pid))
}

/// What there is to tell.
#[inline(never)]
fn told(gate: &Recorder<'_>, outcome: Outcome) -> Told {
    Told {
        outcome,
        note: gate.note(),
        registers: gate.last(),
    }
}

/// Waits for what the process says, and for its end.
#[inline(never)]
fn hear(gate: &Recorder<'_>, reader: i32, pid: i32, limit: i32) -> Ended {
    // SAFETY: the descriptor is ours and open.
    let fd = unsafe { Fd::borrow_raw(reader) };
    let mut one = [PollFd::new(fd, PollFlags::IN)];
    let late = sys::poll(gate, &mut one, limit) == Ok(0);
    if late {
        // SAFETY: it is our own child, not yet waited for.
        let _ = unsafe { gate.make(nr::KILL, pid.into(), SIGKILL.into(), ZERO) };
    }
    let mut told = MaybeUninit::<Told>::uninit();
    let (at, size) = (Register::from(told.as_mut_ptr()), size_of::<Told>());
    // SAFETY: the kernel writes at most the structure.
    let got = unsafe { gate.call(nr::READ, [reader.into(), at, size.into()]) };
    close(gate, reader);
    let mut status = 0_i32;
    let to = Register::from(&raw mut status);
    // SAFETY: the kernel writes the status.
    let _ = unsafe { gate.make(nr::WAIT4, pid.into(), to, ZERO) };
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

fn close(gate: &Recorder<'_>, fd: i32) {
    // SAFETY: the descriptor is ours, and not used again.
    let _ = unsafe { gate.make(nr::CLOSE, fd.into(), ZERO, ZERO) };
}
