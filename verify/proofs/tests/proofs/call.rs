//! What stands around the trap of a function.
//!
//! A load is any instruction that sets one register and leaves memory alone.
//! At level z the compiler sets small constants in two shorter instructions
//! (`push 1` and `pop ebx`, `xor ebx,ebx` and `inc ebx`): each such pair is
//! counted as the load that it is.

use iced_x86::{Instruction, Mnemonic, OpKind, Register};

use crate::{
    code::{is_transfer, is_trap, loaded, text},
    toolchain::Arch,
};

/// What is found around the one trap of a function.
pub struct Call {
    /// The registers that are loaded before it, in order.
    pub loads: Vec<Register>,
    /// Whether esi is exchanged with another register and back.
    pub exchange: bool,
    /// The instructions after it.
    pub after: Vec<Instruction>,
}

impl Call {
    pub fn of(body: &[Instruction]) -> Result<Call, String> {
        if let Some(transfer) = body.iter().find(|one| is_transfer(one)) {
            return Err(format!("there is `{}`", text(transfer)));
        }
        let traps = body.iter().filter(|one| is_trap(one)).count();
        let mut halves = body.split(is_trap);
        let (Some(mut before), Some(mut after), 1) = (halves.next(), halves.next(), traps) else {
            return Err(format!("there are {traps} traps"));
        };
        let exchange = match (before.split_last(), after.split_first()) {
            (Some((last, rest)), Some((first, behind))) if is_exchange(last) => {
                if text(last) != text(first) {
                    return Err("esi is not put back".to_owned());
                }
                (before, after) = (rest, behind);
                true
            }
            _ => false,
        };
        let loads = loads(before)?;
        let after = after.to_owned();
        Ok(Call {
            loads,
            exchange,
            after,
        })
    }

    /// The arguments' registers and the number's, once each, and `more` others
    /// (for pointers to the arguments).
    pub fn loads_only(&self, arch: Arch, arguments: usize, more: usize) -> Result<(), String> {
        use Register::{R8, R9, R10, RAX, RBP, RBX, RCX, RDI, RDX, RSI};
        let registers = match arch {
            Arch::I386 => [RBX, RCX, RDX, RSI, RDI, RBP],
            Arch::X86_64 => [RDI, RSI, RDX, R10, R8, R9],
        };
        let mut wanted = registers[..arguments].to_owned();
        if self.exchange {
            wanted.retain(|&register| register != RSI);
        }
        wanted.push(RAX);
        match wanted
            .iter()
            .find(|&register| !self.loads.contains(register))
        {
            Some(register) => Err(format!("{register:?} is not loaded")),
            None if self.loads.len() != arguments + 1 + more => {
                Err(format!("there are {} loads", self.loads.len()))
            }
            None => Ok(()),
        }
    }
}

/// `xchg` of esi with another register; with itself it would be dead.
pub fn is_exchange(instruction: &Instruction) -> bool {
    let operands = [instruction.op0_register(), instruction.op1_register()];
    instruction.mnemonic() == Mnemonic::Xchg
        && operands.contains(&Register::ESI)
        && operands[0] != operands[1]
}

/// The registers that these instructions load, if they do nothing else.
fn loads(before: &[Instruction]) -> Result<Vec<Register>, String> {
    let mut loads = Vec::new();
    let mut pushed = 0;
    for one in before {
        let zeroed_already = |register| loads.contains(&register);
        match (one.mnemonic(), loaded(one)) {
            (Mnemonic::Push, _) if one.op0_kind() != OpKind::Register => pushed += 1,
            (Mnemonic::Pop, _) if pushed > 0 => {
                pushed -= 1;
                loads.push(one.op0_register().full_register());
            }
            (Mnemonic::Inc | Mnemonic::Dec, Some(register)) if zeroed_already(register) => {}
            (Mnemonic::Mov | Mnemonic::Xor | Mnemonic::Or | Mnemonic::Lea, Some(register)) => {
                loads.push(register);
            }
            _ => return Err(format!("`{}` is no load", text(one))),
        }
    }
    match pushed {
        0 => Ok(loads),
        _ => Err("a constant is left on the stack".to_owned()),
    }
}
