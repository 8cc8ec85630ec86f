//! Every number of the table: on x86_64 nothing is left of its translation.

use iced_x86::{Mnemonic, OpKind, Register};
use int80::{
    Errno, errno,
    gate::nr::{self, CALLS, Call, Class},
};
use int80_proofs::numbers::NUMBERS;

use crate::{
    code::{Code, is_transfer, is_trap},
    every_arch,
    out_of_line::{OPTIMISED, function},
    toolchain::Arch,
    translate,
};

/// Calls around which x86_64 reads or writes memory, in a function of its own:
/// the trap is there.
const IN_MEMORY: [u32; 16] = [
    nr::STAT64,
    nr::LSTAT64,
    nr::FSTAT64,
    nr::FSTATAT64,
    nr::STATFS64,
    nr::FSTATFS64,
    nr::GETRESUID,
    nr::GETRESGID,
    nr::GETRLIMIT,
    nr::SIGSUSPEND,
    nr::STIME,
    nr::MMAP,
    nr::SELECT,
    nr::SOCKETCALL,
    nr::IPC,
    nr::FCNTL64,
];

/// Calls around which it does so only sometimes: 187 with an offset, _llseek
/// after success. The trap is in the caller.
const CONDITIONAL: [u32; 2] = [nr::SENDFILE, nr::_LLSEEK];

#[test]
fn every_row_of_the_table_has_a_caller() {
    let rows: Vec<(String, u32)> = CALLS
        .iter()
        .map(|call| (call.name.to_uppercase(), call.nr))
        .collect();
    let callers: Vec<(String, u32)> = NUMBERS
        .iter()
        .map(|(name, nr)| (name.to_string(), *nr))
        .collect();
    assert_eq!(rows, callers);
}

every_arch! {
    /// One trap with the right number, and no call and no jump. Where the
    /// arguments are the same, no instruction but the load of the number and the
    /// move of the fourth argument from rcx to r10; where the call is refused, its
    /// result and no trap.
    fn nothing_is_left_of_the_translation(toolchain) {
        for level in OPTIMISED {
            for call in CALLS {
                let name = format!("number_{}", call.name.to_uppercase());
                let code = function(toolchain, level, &name);
                let result = match toolchain.arch {
                    Arch::I386 => i386(&code, call),
                    Arch::X86_64 => x86_64(&code, call),
                };
                if let Err(error) = result {
                    panic!("at level {level}: {error}, but {code}");
                }
            }
        }
    }
}

fn i386(code: &Code, call: &Call) -> Result<(), &'static str> {
    is_straight(code)?;
    match number(code).0 {
        Some(number) if number == u64::from(call.nr) => Ok(()),
        _ => Err("the number is another"),
    }
}

fn x86_64(code: &Code, call: &Call) -> Result<(), &'static str> {
    let (number, instructions) = number(code);
    let wanted = match call.class() {
        Class::Refused(_) => errno::encode(Errno::ENOSYS) as u64,
        _ if IN_MEMORY.contains(&call.nr) => return Ok(()),
        _ => translate::by_name(call.nr),
    };
    match call.class() {
        Class::Refused(_) if !code.traps().is_empty() => return Err("there is a trap"),
        Class::Refused(_) => {}
        _ if CONDITIONAL.contains(&call.nr) && code.traps().len() != 1 => {
            return Err("there is not one trap");
        }
        _ if CONDITIONAL.contains(&call.nr) => {}
        Class::Same if instructions + 3 != code.count() => return Err("there is more"),
        _ => is_straight(code)?,
    }
    match number {
        Some(number) if number == wanted => Ok(()),
        _ => Err("the number is another"),
    }
}

fn is_straight(code: &Code) -> Result<(), &'static str> {
    match code.instructions.iter().any(is_transfer) {
        true => Err("there is a call or a jump"),
        false if code.traps().len() != 1 => Err("there is not one trap"),
        false => Ok(()),
    }
}

/// The constant in rax at the trap, and in how many instructions it gets there.
fn number(code: &Code) -> (Option<u64>, usize) {
    let (mut rax, mut pushed, mut instructions) = (None, None, 0);
    for one in code.instructions.iter().take_while(|one| !is_trap(one)) {
        let sets = one.op0_kind() == OpKind::Register
            && one.op0_register().full_register() == Register::RAX;
        match one.mnemonic() {
            Mnemonic::Push if one.op0_kind() != OpKind::Register => {
                pushed = Some(one.immediate(0));
            }
            Mnemonic::Pop if sets => rax = pushed.take(),
            Mnemonic::Mov if sets => rax = one.try_immediate(1).ok(),
            Mnemonic::Xor if sets => rax = Some(0),
            Mnemonic::Inc if sets => rax = rax.map(|value| value + 1),
            _ => continue,
        }
        instructions += 1;
    }
    (rax, instructions)
}
