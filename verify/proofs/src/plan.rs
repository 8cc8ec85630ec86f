//! The pseudo-random calls that the program `traced` makes, and that its
//! tracer expects: both compute them from the same seed.
#![allow(missing_docs)]

use int80::{Errno, MAX_COUNT, errno, gate::nr};

use crate::numbers::NUMBERS;

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

/// What both sides know before the first call.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub gates: &'static [Gate],
    /// The width of a register.
    pub bits: u32,
    /// The address of an offset, for the safe functions.
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
        let known = self.pick(NUMBERS).1;
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
        let mut result = self.word();
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
        // On x86_64 these two give the kernel an offset of their own, and write
        // its value through the pointer; tests/oracle.rs compares what they do.
        if gate == Gate::Syscall && nr == nr::SENDFILE {
            registers[2] = 0;
        }
        if gate == Gate::Syscall && nr == nr::_LLSEEK {
            result = errno::encode(Errno::ESPIPE) as u64;
        }
        let reaches_kernel = gate != Gate::Syscall || nr & 0x4000_0000 == 0;
        if !reaches_kernel {
            result = errno::encode(Errno::ENOSYS) as u64;
        }
        Some(Step {
            gate,
            form,
            nr,
            registers,
            result: self.cut(result),
            reaches_kernel,
        })
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
