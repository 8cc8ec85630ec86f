//! A check in a process of its own: a crash of it is its own failure, and all
//! that it has made goes with it.
#![allow(unsafe_code)] // Processes, and a structure through a pipe.

use core::mem::MaybeUninit;

use int80::{
    Fd, Gate, Register,
    gate::nr,
    sys::{self, PollFd, PollFlags},
};
use linux_raw_sys::general::{O_CLOEXEC, SIGKILL, SIGSYS, SIGXCPU, SIGXFSZ};

use crate::{
    Check, Difference, Machine, Note, Outcome, Profile, Real, Recorder, Registers, Stop, World,
    as_expected, known, play,
};

/// Gives a signal its default action in place of the one that the parent has set:
/// where SIGCHLD is ignored, the kernel does not tell how processes ended.
#[inline(never)]
pub fn default_action(gate: &Recorder<'_>, signal: u32) {
    let _ = sys::rt_sigaction_default(gate, signal);
}

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
        matches!(self.outcome, Err(stop) if stop != Stop::Differs)
    }

    /// What a check's gate has kept, and how the check ended.
    #[must_use]
    pub fn of(gate: &Recorder<'_>, outcome: Outcome) -> Self {
        Self {
            outcome,
            note: gate.note(),
            registers: gate.last(),
        }
    }
}

/// What became of a check.
pub enum Ended {
    /// It ended, and told how.
    Told(Told),
    /// A signal of its own making has ended the process.
    Signal(i32),
}

/// The signals by which others end a process: a kernel that is out of memory, a
/// sandbox, limits of time and size.
const OUTSIDE: [u32; 4] = [SIGKILL, SIGSYS, SIGXCPU, SIGXFSZ];
const ENDED: &str = "ended by a limit or a sandbox";
const HIDDEN: &str = "a sandbox hides whether this is qemu-user; see --expect";
const ONCE: &str = "it differed once and then did not: something interrupted it";
const UNTOLD: &str = "how it ended is not told";
/// The time for each check, in milliseconds, once one has been late.
const LESS: i32 = 5000;
const LATE: &str = "no end in time: a slow machine, or a call that hangs";

/// Runs a check, and once more where its end is not what is expected of it: a stop
/// of the process cuts a sendfile short, as any signal does. `limit` is of milliseconds,
/// and is lowered where the check is late, so that all of them end in a few minutes.
#[must_use]
pub fn confirmed(
    world: &Real<'_>,
    machine: Machine,
    check: &Check,
    known: Option<&Difference>,
    limit: &mut i32,
) -> Ended {
    let mut ended = run(world, machine, check, *limit);
    match &ended {
        Ended::Told(told) if told.is_skipped() => {
            if told.note.what == LATE {
                *limit = LESS;
            }
        }
        _ if as_expected(known, &ended) => {}
        _ => {
            if as_expected(known, &run(world, machine, check, *limit)) {
                ended = stopped(world.gate(), world.gate().skip(ONCE));
            }
        }
    }
    ended
}

/// Runs a check to its end, or to the end of its time: `limit` milliseconds.
#[must_use]
#[inline(never)]
pub fn run(world: &Real<'_>, machine: Machine, check: &Check, limit: i32) -> Ended {
    let gate = world.gate();
    match start(world, machine, check) {
        Ok((reader, pid)) => match hear(gate, reader, pid, limit) {
            // There are rows of emulators of i386 alone.
            ended if size_of::<usize>() == 4 && machine.hides && is_emulators(check, &ended) => {
                stopped(gate, gate.skip(HIDDEN))
            }
            ended => ended,
        },
        // No process could be made.
        Err(stop) => stopped(gate, stop),
    }
}

/// Whether an emulator is known to end a check so.
fn is_emulators(check: &Check, ended: &Ended) -> bool {
    let profiles = [Profile::Qemu5_2, Profile::Qemu7_2, Profile::Qemu10_0];
    let rows = profiles.map(|profile| known(check.name(), profile));
    rows.iter()
        .any(|row| row.is_some() && as_expected(*row, ended))
}

#[inline(never)]
fn stopped(gate: &Recorder<'_>, stop: Stop) -> Ended {
    Ended::Told(Told::of(gate, Err(stop)))
}

/// Starts the check's process: the pipe's end on which it will tell, and its
/// number.
fn start(world: &Real<'_>, machine: Machine, check: &Check) -> Result<(i32, i32), Stop> {
    let gate = world.gate();
    let mut ends = [0_i32; 2];
    let to = Register::from(ends.as_mut_ptr());
    // SAFETY: the kernel writes two descriptors.
    unsafe { gate.make(nr::PIPE2, to, O_CLOEXEC.into(), Register::ZERO) }?;
    let [reader, writer] = ends;
    // SAFETY: the program has one thread, and the new process its own memory.
    let pid = unsafe { gate.make(nr::FORK, Register::ZERO, Register::ZERO, Register::ZERO) }?;
    if pid == 0 {
        let told = Told::of(gate, play(world, machine, check.steps));
        let (at, size) = (Register::from(&raw const told), size_of::<Told>());
        // Nothing can be done where it is not written: that looks like a signal.
        // SAFETY: the kernel reads the structure.
        let _ = unsafe { gate.call(nr::WRITE, [writer.into(), at, size.into()]) };
        sys::exit_group(gate, 0)
    }
    close(gate, writer);
    Ok((reader, pid))
}

/// Waits for what the process says, and for its end.
fn hear(gate: &Recorder<'_>, reader: i32, pid: i32, limit: i32) -> Ended {
    // SAFETY: the descriptor is ours and open.
    let fd = unsafe { Fd::borrow_raw(reader) };
    let mut one = [PollFd::new(fd, PollFlags::IN)];
    let ready = sys::poll(gate, &mut one, limit);
    let mut told = MaybeUninit::<Told>::uninit();
    let mut got = 0;
    if let Ok(1..) = ready {
        let (at, size) = (Register::from(told.as_mut_ptr()), size_of::<Told>());
        // SAFETY: the kernel writes at most the structure.
        got = unsafe { gate.call(nr::READ, [reader.into(), at, size.into()]) };
    } else {
        // Without poll a read would wait without a limit.
        // SAFETY: it is our own child, not yet waited for.
        unsafe { gate.call(nr::KILL, [pid.into(), SIGKILL.into()]) };
    }
    close(gate, reader);
    let mut status = 0_i32;
    let to = Register::from(&raw mut status);
    // SAFETY: the kernel writes the status.
    unsafe { gate.call(nr::WAIT4, [pid.into(), to]) };
    if got == size_of::<Told>() as isize {
        // SAFETY: the kernel has written all of it, from the same structure of
        // a process with the same program at the same addresses.
        return Ended::Told(unsafe { told.assume_init() });
    }
    let signal = status & 0x7f;
    let stop = match ready {
        Ok(0) => gate.skip(LATE),
        Err(_) => gate.skip_refused(nr::POLL),
        Ok(_) if got < 0 => gate.skip_refused(nr::READ),
        Ok(_) if OUTSIDE.contains(&(signal as u32)) => gate.skip(ENDED),
        Ok(_) if signal == 0 => gate.skip(UNTOLD),
        Ok(_) => return Ended::Signal(signal),
    };
    stopped(gate, stop)
}

fn close(gate: &Recorder<'_>, fd: i32) {
    // SAFETY: the descriptor is ours, and not used again.
    unsafe { gate.call(nr::CLOSE, [fd.into()]) };
}
