//! The machine code of one function, and what can be said of it.

use std::{fmt, fs, path::Path};

use iced_x86::{
    Decoder, DecoderOptions, Formatter, Instruction, InstructionInfoFactory, IntelFormatter,
    Mnemonic, OpAccess, OpKind, Register,
};
use object::{Object, ObjectSection, ObjectSymbol, read::archive::ArchiveFile};

/// A function: its bytes, and the instructions that they are.
pub struct Code {
    pub name: String,
    pub bytes: Vec<u8>,
    pub instructions: Vec<Instruction>,
}

impl Code {
    /// The function of this name in a library of Rust's or an archive of C's.
    pub fn find(archive: &Path, name: &str, bits: u32) -> Option<Code> {
        let data = fs::read(archive).expect("the archive");
        let members = ArchiveFile::parse(&*data).expect("an archive");
        members.members().find_map(|member| {
            let bytes = member.expect("a member").data(&*data).expect("its bytes");
            // A library of Rust's has a member with metadata as well.
            let file = object::File::parse(bytes).ok()?;
            Code::of_object(&file, name, bits)
        })
    }

    /// The function of this name in an object file.
    pub fn in_object(object: &Path, name: &str, bits: u32) -> Option<Code> {
        let data = fs::read(object).expect("the object");
        Code::of_object(&object::File::parse(&*data).expect("an object"), name, bits)
    }

    fn of_object(file: &object::File<'_>, name: &str, bits: u32) -> Option<Code> {
        let is_it =
            |symbol: &object::Symbol<'_, '_>| symbol.name() == Ok(name) && symbol.is_definition();
        let symbol = file.symbols().find(is_it)?;
        let section = file
            .section_by_index(symbol.section_index()?)
            .expect("the function's section");
        let bytes = section
            .data_range(symbol.address(), symbol.size())
            .expect("the section's bytes")
            .expect("the function's bytes");
        Some(Code::new(name, bytes, bits))
    }

    pub fn new(name: &str, bytes: &[u8], bits: u32) -> Code {
        let decoder = Decoder::new(bits, bytes, DecoderOptions::NONE);
        Code {
            name: name.to_owned(),
            bytes: bytes.to_owned(),
            instructions: decoder.into_iter().collect(),
        }
    }

    /// The instructions, with no-operations that only align a loop left out.
    pub fn count(&self) -> usize {
        let counts = |instruction: &&Instruction| instruction.mnemonic() != Mnemonic::Nop;
        self.instructions.iter().filter(counts).count()
    }

    /// Where the kernel is entered.
    pub fn traps(&self) -> Vec<usize> {
        let all = self.instructions.iter().enumerate();
        all.filter_map(|(at, instruction)| is_trap(instruction).then_some(at))
            .collect()
    }

    /// How many registers the prologue pushes.
    pub fn saved(&self) -> usize {
        let pushed = |i: &&Instruction| kept_register(i, Mnemonic::Push).is_some();
        self.instructions.iter().take_while(pushed).count()
    }

    /// The instructions between the prologue (pushes of the registers that a
    /// function has to keep) and the
    /// epilogue (the pops of the same registers, and `ret`).
    pub fn body(&self) -> Result<&[Instruction], String> {
        let all = &self.instructions[..];
        let pushes = self.saved();
        let end = all
            .len()
            .checked_sub(pushes + 1)
            .filter(|&end| end >= pushes);
        let end = end.ok_or("no epilogue")?;
        let pops = &all[end..all.len() - 1];
        let matched = (0..pushes).all(|at| {
            kept_register(&all[at], Mnemonic::Push)
                == kept_register(&pops[pushes - 1 - at], Mnemonic::Pop)
        });
        if !matched || all[all.len() - 1].mnemonic() != Mnemonic::Ret {
            return Err("the epilogue does not undo the prologue".to_owned());
        }
        Ok(&all[pushes..end])
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, {} bytes:", self.name, self.bytes.len())?;
        self.instructions
            .iter()
            .try_for_each(|instruction| writeln!(f, "    {}", text(instruction)))
    }
}

/// An instruction as one writes it.
pub fn text(instruction: &Instruction) -> String {
    let mut text = String::new();
    IntelFormatter::new().format(instruction, &mut text);
    text
}

/// `int 0x80` or `syscall`.
pub fn is_trap(instruction: &Instruction) -> bool {
    match instruction.mnemonic() {
        Mnemonic::Int => instruction.immediate8() == 0x80,
        Mnemonic::Syscall | Mnemonic::Sysenter => true,
        _ => false,
    }
}

/// Whether this is a call or a jump of any kind (`syscall` is neither).
pub fn is_transfer(instruction: &Instruction) -> bool {
    use iced_x86::FlowControl::{Next, Return};
    !is_trap(instruction) && !matches!(instruction.flow_control(), Next | Return)
}

/// The register of a `push` or `pop` that a function has to keep.
fn kept_register(instruction: &Instruction, mnemonic: Mnemonic) -> Option<Register> {
    use Register::{EBP, EBX, EDI, ESI, R12, R13, R14, R15, RBP, RBX};
    let kept = [EBX, ESI, EDI, EBP, RBX, RBP, R12, R13, R14, R15];
    (instruction.mnemonic() == mnemonic && instruction.op0_kind() == OpKind::Register)
        .then(|| instruction.op0_register())
        .filter(|register| kept.contains(register))
}

/// The one register that an instruction sets, if that is all that it does: it
/// may read memory and registers, and leaves the stack alone.
pub fn loaded(instruction: &Instruction) -> Option<Register> {
    let mut factory = InstructionInfoFactory::new();
    let info = factory.info(instruction);
    let writes = |access| {
        use OpAccess::{CondWrite, ReadCondWrite, ReadWrite, Write};
        matches!(access, Write | ReadWrite | CondWrite | ReadCondWrite)
    };
    if info
        .used_memory()
        .iter()
        .any(|memory| writes(memory.access()))
    {
        return None;
    }
    let mut written = info
        .used_registers()
        .iter()
        .filter(|one| writes(one.access()));
    let register = written.next()?.register().full_register();
    let alone = written.all(|other| other.register().full_register() == register);
    (alone && register != Register::RSP && !is_transfer(instruction)).then_some(register)
}
