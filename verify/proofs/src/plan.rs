//! The pseudo-random calls that the program `traced` makes, and that its
//! tracer expects: both compute them from the same seed.
#![allow(missing_docs)]

use int80::{
    Errno, MAX_COUNT, errno,
    gate::nr::{self, CALLS, Call, Class},
};

/// The gates by which `traced` calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Int80,
    /// `Sysinfo` with the kernel's entry point.
    Kernel,
    /// `Sysinfo::int80()`.
    Called,
    Syscall,
}

/// How a call is written; a number is that of the arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A function as C calls it.
    OutOfLine(usize),
    /// In the middle of a function, with arguments from memory.
    Inline(usize),
    /// The same with six other values in use before and after.
    Busy(usize),
    Sendfile,
    Sendfile64,
    Send,
    Send32,
    /// `int80_call0` to `int80_call6` of the C interface.
    C(usize),
    /// Its `int80_sendfile` and `int80_sendfile64`, which are in assembly but
    /// for the first on x86_64.
    CSendfile,
    CSendfile64,
}

pub const FORMS: [Form; 34] = {
    use Form::{Busy, C, Inline, OutOfLine};
    let mut forms = [Form::Sendfile; 34];
    let mut n = 0;
    while n < 7 {
        forms[n] = OutOfLine(n);
        forms[7 + n] = Inline(n);
        forms[14 + n] = Busy(n);
        forms[21 + n] = C(n);
        n += 1;
    }
    forms[29] = Form::Sendfile64;
    forms[30] = Form::Send;
    forms[31] = Form::Send32;
    forms[32] = Form::CSendfile;
    forms[33] = Form::CSendfile64;
    forms
};

/// What `traced` says in a call of its own, in this number and its arguments,
/// past every gate. The kernel has no such calls.
pub mod marker {
    /// The plan begins. Whether the kernel gives an entry point; the address of
    /// the offset.
    pub const BEGIN: u32 = 0x7e57_0001;
    /// The plan is done.
    pub const END: u32 = 0x7e57_0002;
    /// A check failed: which (see `CHECKS`) times 256 and its number among its
    /// like; the value wanted; the value found.
    pub const FAILED: u32 = 0x7e57_0003;

    pub const CHECKS: [&str; 4] = [
        "the result",
        "the register that a function keeps, number",
        "the flags",
        "the variable in use across the call, number",
    ];
}

/// What the memory of `traced` holds that calls read their arguments from on
/// x86_64.
pub const WORDS: [u64; 6] = [
    0x0101_0101_1111_1111,
    0x0202_0202_2222_2222,
    0x0303_0303_3333_3333,
    0x0404_0404_4444_4444,
    0x0505_0505_5555_5555,
    0x0606_0606_6666_6666,
];

/// The calls of `ipc`, with a version where it is another call for that.
const IPC_CALLS: [u64; 13] = [1, 2, 3, 4, 11, 12, 0x1_000c, 13, 14, 21, 22, 23, 24];

/// What both sides know before the first call.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub gates: &'static [Gate],
    /// The width of a register.
    pub bits: u32,
    /// The address of `WORDS`: an offset for the safe functions, arguments for the
    /// calls that have them in memory.
    pub offset: u64,
}

impl World {
    /// The kernel's entry point by itself, or the architecture's other gates.
    pub fn gates(bits: u32, kernel_entry: bool) -> &'static [Gate] {
        match (bits, kernel_entry) {
            (_, true) => &[Gate::Kernel],
            (32, false) => &[Gate::Int80, Gate::Called],
            _ => &[Gate::Syscall],
        }
    }
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub gate: Gate,
    pub form: Form,
    pub nr: u32,
    /// What is asked for, wider than a register on i386.
    pub registers: [u64; 6],
    /// What the tracer returns.
    pub result: u64,
    /// What the gate makes of it.
    pub returned: u64,
    /// Whether the kernel hears of it: the `Syscall` gate refuses numbers that
    /// its table has not.
    pub reaches_kernel: bool,
}

impl Step {
    /// How many registers are loaded.
    pub fn arguments(&self) -> usize {
        match self.form {
            Form::OutOfLine(n) | Form::Inline(n) | Form::Busy(n) | Form::C(n) => n,
            _ => 4,
        }
    }
}

/// The calls, without an end.
pub struct Plan {
    state: u64,
    world: World,
}

impl Plan {
    pub fn new(seed: u64, world: World) -> Plan {
        Plan { state: seed, world }
    }

    /// Sebastiano Vigna's splitmix64: enough for arguments, and short.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.random() % from.len() as u64) as usize]
    }

    /// A register's contents: any, small, or at an edge.
    fn word(&mut self) -> u64 {
        let any = self.random();
        let word = match self.random() % 8 {
            0 => any % 16,
            1 => self.pick(&[0, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, u64::MAX]),
            2 => any as i8 as u64,
            _ => any,
        };
        self.cut(word)
    }

    fn cut(&self, word: u64) -> u64 {
        word & (u64::MAX >> (64 - self.world.bits))
    }

    fn number(&mut self, gate: Gate) -> u32 {
        let known = self.pick(CALLS).nr;
        match (gate, self.random() % 8) {
            (Gate::Syscall, 0) => known | 0x4000_0000,
            (Gate::Syscall, _) | (_, 0..4) => known,
            _ => self.random() as u32 & 0x7fff_ffff,
        }
    }
}

impl Iterator for Plan {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let form = self.pick(&FORMS);
        let gate = match (form, self.pick(self.world.gates)) {
            // The C interface has these two ways in, and sendfile only one.
            (Form::C(_), Gate::Called) => Gate::Int80,
            (Form::CSendfile | Form::CSendfile64, Gate::Called | Gate::Kernel) => Gate::Int80,
            (_, gate) => gate,
        };
        let mut registers = [0; 6].map(|_: u64| self.word());
        let result = self.word();
        let nr = match form {
            Form::Sendfile | Form::Send32 | Form::CSendfile => nr::SENDFILE,
            Form::Sendfile64 | Form::Send | Form::CSendfile64 => nr::SENDFILE64,
            Form::OutOfLine(_) | Form::Inline(_) | Form::Busy(_) | Form::C(_) => self.number(gate),
        };
        if [nr::SENDFILE, nr::SENDFILE64].contains(&nr) {
            // Descriptors are `int`; their upper halves are zero.
            registers[0] &= 0xffff_ffff;
            registers[1] &= 0xffff_ffff;
        }
        if matches!(form, Form::Send | Form::Send32) {
            registers[2] = self.pick(&[0, self.world.offset]);
        }
        let mut step = Step {
            gate,
            form,
            nr,
            registers,
            result,
            returned: 0,
            reaches_kernel: true,
        };
        if gate == Gate::Syscall {
            self.translated(&mut step);
        }
        step.result = self.cut(step.result);
        step.returned = match step.nr {
            _ if gate != Gate::Syscall || !step.reaches_kernel => step.result,
            nr::GETUID | nr::GETGID | nr::GETEUID | nr::GETEGID => match step.result as u32 {
                id @ 0..=0xffff => u64::from(id),
                _ => 65534,
            },
            nr::MODIFY_LDT => step.result as i32 as u64,
            _ => step.result,
        };
        Some(step)
    }
}

impl Plan {
    /// What is otherwise on x86_64: refused numbers; and calls for which the gate
    /// reads or writes memory itself. Those read `WORDS`, and return an error so
    /// that nothing is written; `tests/oracle` compares what is.
    fn translated(&mut self, step: &mut Step) {
        let error = errno::encode(Errno::ESPIPE) as u64;
        let memory = self.world.offset;
        let n = step.arguments();
        if needed(step.nr, step.registers[1]).is_some_and(|needed| n < needed) {
            step.nr = nr::GETPID;
        }
        let known = CALLS.iter().find(|call| call.nr == step.nr);
        if !known.is_some_and(reaches_kernel) {
            step.reaches_kernel = false;
            step.result = errno::encode(Errno::ENOSYS) as u64;
            return;
        }
        let r = &mut step.registers;
        match step.nr {
            nr::SENDFILE => r[2] = 0,
            nr::MMAP | nr::SELECT | nr::STIME => r[0] = memory,
            nr::STATFS64 | nr::FSTATFS64 => r[1] = 84,
            nr::FCNTL64 => r[2] = memory,
            nr::SOCKETCALL => (r[0], r[1]) = (1 + self.random() % 20, memory),
            nr::IPC => {
                r[0] = self.pick(&IPC_CALLS);
                (r[1], r[2], r[4]) = (r[1] & 0x7fff_ffff, r[2] & 0x7fff_ffff, memory);
            }
            nr::_LLSEEK | nr::STAT64 | nr::LSTAT64 | nr::FSTAT64 | nr::FSTATAT64 => {}
            nr::GETRESUID | nr::GETRESGID | nr::GETRLIMIT => {}
            _ => return,
        }
        if step.nr != nr::SENDFILE {
            step.result = error;
        }
    }
}

/// Whether the gate of x86_64 has a call for it.
fn reaches_kernel(call: &Call) -> bool {
    !matches!(call.class(), Class::Refused(_))
}

/// How many registers the gate of x86_64 has to be given, where it reads memory
/// that they point to or returns early.
fn needed(nr: u32, command: u64) -> Option<usize> {
    match nr {
        nr::MMAP | nr::SELECT | nr::STIME => Some(1),
        nr::STATFS64 | nr::FSTATFS64 | nr::SOCKETCALL => Some(2),
        nr::FCNTL64 if matches!(command as u32, 12..=14 | 36..=38) => Some(3),
        nr::IPC => Some(6),
        _ => None,
    }
}

/// The registers that the kernel is to see of a step, in i386's order: as asked
/// for, but for the count, which the safe functions clamp.
pub fn at_the_gate(step: &Step) -> [u64; 6] {
    let mut registers = step.registers;
    if matches!(step.form, Form::Send | Form::Send32) {
        registers[3] = registers[3].min(MAX_COUNT as u64);
    }
    registers
}
