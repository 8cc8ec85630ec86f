//! Every number of the table: on x86_64 nothing is left of its translation.

use iced_x86::{Mnemonic, OpKind, Register};
use int80::gate::nr;
use int80_proofs::numbers::NUMBERS;

use crate::{
    code::{Code, is_transfer},
    every_arch,
    out_of_line::{OPTIMISED, function},
    toolchain::Arch,
    translate,
};

/// Calls whose arguments differ between the tables.
const CONVERTED: [u32; 11] = [
    nr::MMAP2,
    nr::PREAD64,
    nr::PWRITE64,
    nr::PREADV,
    nr::PWRITEV,
    nr::PREADV2,
    nr::PWRITEV2,
    nr::TRUNCATE64,
    nr::FTRUNCATE64,
    nr::FADVISE64_64,
    nr::FALLOCATE,
];

/// Calls around which x86_64 reads and writes through a pointer: 187 its 32-bit
/// offset, _llseek the position.
const CONDITIONAL: [u32; 2] = [nr::SENDFILE, nr::_LLSEEK];

every_arch! {
    /// One trap with the right number; no call and no jump, but for those of
    /// `CONDITIONAL`; and where the
    /// arguments are the same, no instruction but the load of the number and
    /// the move of the fourth argument from rcx to r10.
    fn nothing_is_left_of_the_translation(toolchain) {
        for level in OPTIMISED {
            for &(name, nr) in NUMBERS {
                let code = function(toolchain, level, &format!("number_{name}"));
                assert_eq!(code.traps().len(), 1, "at level {level}: {code}");
                if toolchain.arch == Arch::X86_64 && CONDITIONAL.contains(&nr) {
                    continue;
                }
                assert!(!code.instructions.iter().any(is_transfer), "at level {level}: {code}");
                match toolchain.arch {
                    // 1 is loaded by `xor` and `inc` where size counts.
                    Arch::I386 => assert!(
                        has_immediate(&code, nr) || nr == nr::EXIT && has_increment(&code),
                        "at level {level}: {code}"
                    ),
                    Arch::X86_64 => {
                        let (number, instructions) = number(&code);
                        let wanted = Some(translate::number(nr));
                        assert_eq!(number, wanted, "at level {level}: {code}");
                        let exact = instructions + 3 == code.count();
                        assert!(exact || CONVERTED.contains(&nr), "at level {level}: {code}");
                    }
                }
            }
        }
    }
}

/// The constant in rax, and in how many instructions it gets there.
fn number(code: &Code) -> (Option<u64>, usize) {
    let (mut rax, mut pushed, mut instructions) = (None, None, 0);
    for one in &code.instructions {
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

/// Whether an instruction has this constant: on i386 a call of six goes by way
/// of memory.
fn has_immediate(code: &Code, value: u32) -> bool {
    code.instructions
        .iter()
        .any(|one| (0..one.op_count()).any(|at| one.try_immediate(at).ok() == Some(value.into())))
}

fn has_increment(code: &Code) -> bool {
    code.instructions
        .iter()
        .any(|one| one.mnemonic() == Mnemonic::Inc && one.op0_register() == Register::EAX)
}
