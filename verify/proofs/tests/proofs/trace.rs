//! The tracer: stops the program `traced` at each of its system calls, compares
//! the registers with its plan, lets no call through to the kernel, and sets
//! the result in its place.

use std::{
    fs, io,
    iter::Take,
    ops::Range,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command},
};

use int80_proofs::plan::{Plan, Step, World, marker};
use nix::{
    libc::{self, user_regs_struct as Registers},
    sys::{
        ptrace::{self, Options},
        wait::{WaitStatus, waitpid},
    },
    unistd::Pid,
};

use crate::{
    compare::{self, Way},
    toolchain::Arch,
};

/// Why a program was not traced to its end.
pub enum Failure {
    /// This machine does not run or trace it.
    Refused(String),
    Wrong(String),
}

impl From<nix::Error> for Failure {
    fn from(error: nix::Error) -> Failure {
        Failure::Wrong(format!("ptrace or waitpid: {error}"))
    }
}

/// What a program is to do.
#[derive(Clone, Copy)]
pub struct Order {
    pub arch: Arch,
    pub seed: u64,
    /// Calls of the plan.
    pub count: usize,
    /// Whether the flags are checked.
    pub flags: bool,
    /// Whether it calls by the kernel's entry point.
    pub by_kernel: bool,
}

/// A running program, and what is known of it.
struct Tracer {
    order: Order,
    pid: Pid,
    plan: Option<Take<Plan>>,
    /// The call of the plan that the program is in, and the registers as it
    /// came.
    inside: Option<(Step, Registers)>,
    last: Option<Step>,
    vdso: Range<u64>,
    calls: usize,
    ended: bool,
}

/// A child that does not outlive the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `program` through its plan, and tells how many calls were compared.
pub fn trace(program: &Path, order: Order) -> Result<usize, Failure> {
    let mut command = Command::new(program);
    command
        .arg("plan")
        .args([order.seed.to_string(), order.count.to_string()])
        .arg(if order.flags { "flags" } else { "-" })
        .arg(if order.by_kernel { "kernel" } else { "-" });
    // Signals of a terminal (its size has changed) are not for it.
    command.process_group(0);
    // SAFETY: ptrace is one system call, and takes no lock.
    unsafe { command.pre_exec(|| ptrace::traceme().map_err(io::Error::from)) };
    let child = command.spawn().map_err(|error| {
        let arch = order.arch.name();
        Failure::Refused(format!(
            "a traced {arch} program cannot be started: {error}"
        ))
    })?;
    let child = Killed(child);
    let pid = Pid::from_raw(child.0.id() as i32);
    waitpid(pid, None)?;
    let options = Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_EXITKILL;
    ptrace::setoptions(pid, options)?;
    let tracer = Tracer {
        order,
        pid,
        plan: None,
        inside: None,
        last: None,
        vdso: 0..0,
        calls: 0,
        ended: false,
    };
    tracer.run()
}

impl Tracer {
    fn run(mut self) -> Result<usize, Failure> {
        loop {
            ptrace::syscall(self.pid, None)?;
            match waitpid(self.pid, None)? {
                WaitStatus::PtraceSyscall(_) => {}
                WaitStatus::Exited(_, 0) if self.ended => return Ok(self.calls),
                other => {
                    let last = self.last;
                    return Err(Failure::Wrong(format!("{other:?} after {last:x?}")));
                }
            }
            let info = ptrace::syscall_info(self.pid)?;
            let registers = ptrace::getregs(self.pid)?;
            if info.op != libc::PTRACE_SYSCALL_INFO_ENTRY {
                self.leave(registers)?;
                continue;
            }
            let [first, second, third] = self.marked(&registers);
            match registers.orig_rax as u32 {
                marker::BEGIN => self.begin(first != 0, second)?,
                marker::END => self.end()?,
                marker::FAILED => return Err(self.failed(first, second, third)),
                _ if self.ended => {}
                _ => self.enter(info.arch, registers)?,
            }
        }
    }

    /// The arguments of a call that only says something.
    fn marked(&self, registers: &Registers) -> [u64; 3] {
        match self.order.arch {
            Arch::I386 => [registers.rbx, registers.rcx, registers.rdx],
            Arch::X86_64 => [registers.rdi, registers.rsi, registers.rdx],
        }
    }

    fn begin(&mut self, kernel_entry: bool, offset: u64) -> Result<(), Failure> {
        let order = self.order;
        if order.by_kernel && !kernel_entry {
            let reason = "the kernel gives no AT_SYSINFO".to_owned();
            return Err(Failure::Refused(reason));
        }
        let bits = order.arch.bits();
        let gates = World::gates(bits, order.by_kernel);
        let plan = Plan::new(
            order.seed,
            World {
                gates,
                bits,
                offset,
            },
        );
        self.plan = Some(plan.take(order.count));
        let maps = fs::read_to_string(format!("/proc/{}/maps", self.pid))
            .map_err(|error| Failure::Wrong(format!("maps: {error}")))?;
        let range = maps.lines().find(|line| line.ends_with("[vdso]"));
        let range = range.and_then(|line| line.split_once(' ')?.0.split_once('-'));
        if let Some((from, to)) = range {
            let number = |text| u64::from_str_radix(text, 16).expect("an address");
            self.vdso = number(from)..number(to);
        }
        Ok(())
    }

    /// The next call of the plan that is to reach the kernel.
    fn next(&mut self) -> Option<Step> {
        let plan = self.plan.as_mut()?;
        plan.find(|step| step.reaches_kernel)
    }

    fn end(&mut self) -> Result<(), Failure> {
        self.ended = true;
        match (self.plan.is_some(), self.next()) {
            (true, None) => Ok(()),
            (begun, next) => Err(Failure::Wrong(format!(
                "the program ended (begun: {begun}) before {next:x?}"
            ))),
        }
    }

    fn failed(&mut self, check: u64, wanted: u64, found: u64) -> Failure {
        let name = marker::CHECKS[(check >> 8) as usize];
        let at = check & 0xff;
        let last = self.last;
        Failure::Wrong(format!(
            "the program says: {name} {at} is {found:#x} and not {wanted:#x}, in this call or \
             in one after it that never reached the kernel: {last:x?}"
        ))
    }

    /// The program enters the kernel: with the registers of the plan?
    fn enter(&mut self, audit_arch: u32, mut registers: Registers) -> Result<(), Failure> {
        if self.plan.is_none() {
            return Ok(()); // Still starting.
        }
        let Some(step) = self.next() else {
            return Err(Failure::Wrong(format!("a call too many: {registers:x?}")));
        };
        (self.inside, self.last) = (Some((step, registers)), Some(step));
        compare::registers(self.order.arch, &step, &registers)?;
        // The two bytes before the instruction that comes next.
        let before = (registers.rip - 2) as ptrace::AddressType;
        compare::way_in(
            &step,
            &Way {
                instruction: ptrace::read(self.pid, before)? as u16,
                in_vdso: self.vdso.contains(&registers.rip),
                audit_arch,
            },
        )?;
        self.calls += 1;
        // No such call: the kernel does nothing.
        registers.orig_rax = u64::MAX;
        Ok(ptrace::setregs(self.pid, registers)?)
    }

    /// The program leaves the kernel: with the plan's result, and with every
    /// other register as it came?
    fn leave(&mut self, mut registers: Registers) -> Result<(), Failure> {
        let Some((step, came)) = self.inside.take() else {
            return Ok(());
        };
        let mut expected = came;
        (expected.rax, expected.orig_rax) = (registers.rax, registers.orig_rax);
        if expected != registers {
            return Err(Failure::Wrong(format!(
                "the registers changed in the kernel, from {came:x?} to {registers:x?}"
            )));
        }
        registers.rax = step.result;
        Ok(ptrace::setregs(self.pid, registers)?)
    }
}
