//! Short returns: a tracer of our own, since `strace` cannot make a call move
//! less than it was asked for. It puts a smaller count into the register as the
//! call enters the kernel, and puts the program's back as it leaves.
//!
//! This test program is the tracer, when it is told so in its arguments.

use std::{
    env,
    fmt::Write as _,
    fs,
    process::{Command, ExitCode},
    sync::Arc,
};

use int80_support::ways::Arch;
use libtest_mimic::{Failed, Trial};
use nix::{
    libc::user_regs_struct as Registers,
    sys::{
        ptrace::{self, Options},
        signal::{Signal, kill},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};
use xtask::dist::tables;

use crate::{
    interface::{self, Program, in_words},
    moving::{Moving, calls},
    sfcat,
};
use int80_support::outcome::Place;

/// The first argument of the tracer.
const TRACER: &str = "--shorten";

/// Which calls are to be shortened, and to what.
pub struct Order {
    arch: Arch,
    name: String,
    number: u64,
    /// 0 is every call.
    when: usize,
    most: u64,
}

impl Order {
    /// `--shorten ARCH NAME WHEN MOST PROGRAM…`
    pub fn from_args() -> Option<Order> {
        let mut arguments = env::args().skip(1);
        if arguments.next()? != TRACER {
            return None;
        }
        let mut next = || arguments.next().expect("an argument");
        let (arch, name) = (next(), next());
        let arch = Arch::ALL.into_iter().find(|one| one.name() == arch);
        let arch = arch.expect("an architecture");
        let known = tables::calls(arch);
        let call = known.iter().find(|call| call.name == name);
        Some(Order {
            arch,
            number: call.expect("a call").number.into(),
            name,
            when: next().parse().expect("a number"),
            most: next().parse().expect("a number"),
        })
    }

    /// The register with the count, as the kernel shows it to a tracer of 64
    /// bits; `None` where the call has none.
    fn count<'a>(&self, registers: &'a mut Registers) -> Option<&'a mut u64> {
        Some(match (&*self.name, self.arch) {
            ("read" | "write" | "pread64", _) => &mut registers.rdx,
            ("sendfile" | "sendfile64", Arch::I386) => &mut registers.rsi,
            ("sendfile" | "sendfile64", Arch::X86_64) => &mut registers.r10,
            ("splice" | "copy_file_range", Arch::I386) => &mut registers.rdi,
            ("splice" | "copy_file_range", Arch::X86_64) => &mut registers.r8,
            _ => return None,
        })
    }
}

/// The tracer: writes the calls to the file `log`, as `strace` does, and ends as
/// the program does.
pub fn main(order: Order) -> ExitCode {
    match trace(&order) {
        Ok(code) => ExitCode::from(code as u8),
        Err(error) => {
            eprintln!("cannot trace: {error}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::zombie_processes)] // waitpid waits for the child.
fn trace(order: &Order) -> Result<i32, nix::Error> {
    // The shell waits for us to hold it, and becomes the program.
    let program = env::args().skip(6);
    let child = Command::new("sh")
        .args(["-c", "kill -STOP $$; exec \"$@\"", "sh"])
        .args(program)
        .spawn()
        .expect("a shell");
    let pid = Pid::from_raw(child.id() as i32);
    waitpid(pid, Some(WaitPidFlag::WUNTRACED))?;
    let options =
        Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACEEXEC | Options::PTRACE_O_EXITKILL;
    ptrace::seize(pid, options)?;
    kill(pid, Signal::SIGCONT)?;
    let (mut log, mut calls, mut started) = (String::new(), 0, false);
    // In a call of that name: what was asked for, and whether it was changed.
    let mut inside: Option<(u64, bool)> = None;
    let status = loop {
        let mut deliver = None;
        match waitpid(pid, None)? {
            WaitStatus::Exited(_, code) => break code,
            WaitStatus::Signaled(_, signal, _) => break 128 + signal as i32,
            WaitStatus::PtraceEvent(_, _, nix::libc::PTRACE_EVENT_EXEC) => started = true,
            WaitStatus::PtraceSyscall(_) if started => {
                let mut registers = ptrace::getregs(pid)?;
                let result = registers.rax as i32;
                if let Some((asked, changed)) = inside.take() {
                    *order.count(&mut registers).expect("a count") = asked;
                    ptrace::setregs(pid, registers)?;
                    let mark = if changed { " (INJECTED)" } else { "" };
                    let _ = writeln!(log, "{}({asked}) = {result}{mark}", order.name);
                } else if registers.orig_rax == order.number && is_entry(pid)? {
                    calls += 1;
                    let count = order.count(&mut registers).expect("a count");
                    let asked = *count;
                    let chosen = order.when == 0 || order.when == calls;
                    let changed = chosen && asked > order.most;
                    if changed {
                        *count = order.most;
                        ptrace::setregs(pid, registers)?;
                    }
                    inside = Some((asked, changed));
                }
            }
            WaitStatus::Stopped(_, signal) => deliver = Some(signal),
            _ => {}
        }
        ptrace::syscall(pid, deliver)?;
    };
    fs::write("log", log).expect("the log");
    Ok(status)
}

fn is_entry(pid: Pid) -> Result<bool, nix::Error> {
    Ok(ptrace::syscall_info(pid)?.op == nix::libc::PTRACE_SYSCALL_INFO_ENTRY)
}

/// This program as the tracer of another.
fn tracer(arch: Arch, moving: Moving, when: usize, most: usize) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args([TRACER, arch.name(), moving.name(arch)]);
    command.args([when.to_string(), most.to_string()]);
    command
}

/// No call fails, so that there is no need to make this kernel lack others.
fn can_be_short(moving: &Moving) -> bool {
    !matches!(
        moving,
        Moving::Sendfile32 | Moving::Pread | Moving::Send | Moving::Sendmsg
    )
}

/// A byte at the first, the second and the last call that moves; and so few at
/// each that there are many.
fn each(
    arch: Arch,
    moving: Moving,
    few: usize,
    run: impl Fn(Command) -> Result<String, Failed>,
) -> Result<(), Failed> {
    let name = moving.name(arch);
    let undisturbed = run(tracer(arch, moving, usize::MAX, 1))?;
    let count = calls(&undisturbed, name)
        .filter(|line| !line.ends_with("= 0"))
        .count();
    if count < 1 {
        return Err(format!("{name} is not the call that is used:\n{undisturbed}").into());
    }
    for (when, most) in [(1, 1), (count.min(2), 1), (count, 1), (0, few)] {
        let log = run(tracer(arch, moving, when, most))?;
        let short = calls(&log, name).filter_map(|line| {
            let result = line.strip_suffix(" (INJECTED)")?.rsplit(' ').next()?;
            result.parse::<usize>().ok()
        });
        let short: Vec<usize> = short.collect();
        // The end of the input may come before so many.
        let whole = short.iter().filter(|&&count| count == most).count();
        let fewest = if when == 0 { 10 } else { 1 };
        if whole < fewest || short.iter().any(|&count| count > most) {
            return Err(format!("not shortened as it was told to be:\n{log}").into());
        }
    }
    Ok(())
}

pub fn trials_of_the_interface(program: &Arc<Program>) -> Vec<Trial> {
    let pairs = interface::pairs(program);
    let pairs = pairs.into_iter().filter(|(_, moving)| can_be_short(moving));
    let all = pairs.map(|(how, moving)| {
        let name = format!("short returns at {moving:?}");
        interface::trial(program, how, moving, &name, |run| {
            let arch = run.program.place.way.arch;
            each(arch, run.moving, 1009, |tracer| {
                let (outcome, trace) = run.under(tracer, true)?;
                let told = run.whole(&outcome);
                match told.map_err(|why| in_words(&why, "short", &outcome, &trace))?[..] {
                    [] => Ok(trace),
                    _ => Err(format!("more than the end is told: {outcome:?}").into()),
                }
            })
        })
    });
    all.collect()
}

pub fn trials_of_sfcat(place: &Place) -> Vec<Trial> {
    let all = sfcat::moving(place).filter(can_be_short);
    let all = all.map(|moving| {
        sfcat::trial(place, moving, "short returns", |run| {
            let arch = run.place.way.arch;
            each(arch, run.moving, 40_009, |tracer| {
                let (outcome, trace) = run.under(tracer);
                run.whole(&outcome)?;
                Ok(trace)
            })
        })
    });
    all.collect()
}
