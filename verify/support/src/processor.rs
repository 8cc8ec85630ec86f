//! What i386 programs need of the processor: the instructions in a file that a
//! 486 does not have, and an emulated 486.

use std::{ops::Range, path::Path, process::Command, sync::OnceLock};

use crate::{command::output, qemu, run::scratch, skip};
use iced_x86::{CpuidFeature, Decoder, DecoderOptions, FlowControl, Instruction, OpKind};
use object::{
    Object, ObjectKind, ObjectSection, ObjectSymbol, SectionFlags, SymbolKind, elf::SHF_EXECINSTR,
};

/// What a 486 has, without its floating-point unit: the 486SX lacks it.
const I486: [CpuidFeature; 7] = [
    CpuidFeature::INTEL8086,
    CpuidFeature::INTEL8086_ONLY,
    CpuidFeature::INTEL186,
    CpuidFeature::INTEL286,
    CpuidFeature::INTEL386,
    CpuidFeature::INTEL386_ONLY,
    CpuidFeature::INTEL486,
];

/// Alignment of functions: bytes between two of them that are not looked at.
const PADDING: u64 = 16;

/// One stretch of code, and what it is called.
struct Code<'a> {
    name: String,
    start: u64,
    bytes: &'a [u8],
}

impl Code<'_> {
    fn range(&self) -> Range<u64> {
        self.start..self.start + self.bytes.len() as u64
    }

    fn instructions(&self) -> impl Iterator<Item = Instruction> {
        Decoder::with_ip(32, self.bytes, self.start, DecoderOptions::NONE).into_iter()
    }
}

/// What is wrong with an i386 file for a 486; empty where nothing is.
///
/// An object is disassembled by its sections. A program is by the symbols of its
/// functions, since its code and its read-only data share a section; so nothing
/// of its code may be without a symbol.
pub fn newer_than_i486(file: &[u8]) -> Vec<String> {
    let file = object::File::parse(file).expect("an ELF file");
    let is_program = file.kind() == ObjectKind::Executable;
    let code = match is_program {
        true => functions(&file),
        false => sections(&file),
    };
    let mut wrong = Vec::new();
    if code.is_empty() {
        wrong.push("no code, or no symbols".to_owned());
    }
    for one in &code {
        wrong.extend(one.instructions().filter_map(|instruction| {
            let newer = newer(&instruction)?;
            let (name, ip) = (&one.name, instruction.ip());
            Some(format!("{name} at {ip:#x}: {newer}"))
        }));
    }
    if is_program {
        wrong.extend(without_symbol(&code, file.entry()));
    }
    wrong
}

fn newer(instruction: &Instruction) -> Option<String> {
    let mnemonic = instruction.mnemonic();
    if instruction.is_invalid() {
        return Some("no instruction".to_owned());
    }
    let features = instruction.cpuid_features();
    let newer: Vec<_> = features.iter().filter(|one| !I486.contains(one)).collect();
    (!newer.is_empty()).then(|| format!("{mnemonic:?} {newer:?}"))
}

/// Each function of a program, in the order of addresses.
fn functions<'a>(file: &object::File<'a>) -> Vec<Code<'a>> {
    let all = file.symbols().filter_map(|symbol| {
        if symbol.kind() != SymbolKind::Text || symbol.size() == 0 {
            return None;
        }
        let section = file.section_by_index(symbol.section_index()?).ok()?;
        let (start, size) = (symbol.address(), symbol.size());
        let bytes = section.data_range(start, size).ok()??;
        let name = symbol.name().expect("a name").to_owned();
        Some(Code { name, start, bytes })
    });
    let mut all: Vec<Code<'_>> = all.collect();
    all.sort_by_key(|one| one.start);
    // Two names of one function.
    all.dedup_by_key(|one| one.start);
    all
}

/// Each executable section of an object.
fn sections<'a>(file: &object::File<'a>) -> Vec<Code<'a>> {
    let executable = file.sections().filter(|section| match section.flags() {
        SectionFlags::Elf { sh_flags, .. } => sh_flags.contains(SHF_EXECINSTR),
        _ => false,
    });
    let all = executable.map(|section| Code {
        name: section.name().expect("a name").to_owned(),
        start: section.address(),
        bytes: section.data().expect("its bytes"),
    });
    all.filter(|one| !one.bytes.is_empty()).collect()
}

/// Code of a program that no symbol covers: where it is entered, where its
/// calls and jumps lead, and gaps between its functions.
fn without_symbol(code: &[Code<'_>], entry: u64) -> Vec<String> {
    let covered = |address: u64| code.iter().any(|one| one.range().contains(&address));
    let mut wrong = Vec::new();
    if !covered(entry) {
        wrong.push(format!("the entry point {entry:#x} is in no function"));
    }
    for one in code {
        let targets = one.instructions().filter_map(|one| target(&one));
        for target in targets.filter(|target| !covered(*target)) {
            let name = &one.name;
            wrong.push(format!("{name} leads to {target:#x}, in no function"));
        }
    }
    for pair in code.windows(2) {
        let (end, start) = (pair[0].range().end, pair[1].start);
        if start.saturating_sub(end) >= PADDING {
            wrong.push(format!("{end:#x}..{start:#x} is in no function"));
        }
    }
    wrong
}

/// Where a call or jump leads, if the instruction itself says so.
fn target(instruction: &Instruction) -> Option<u64> {
    let leads = matches!(
        instruction.flow_control(),
        FlowControl::Call | FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch
    );
    (leads && instruction.op0_kind() == OpKind::NearBranch32)
        .then(|| instruction.near_branch_target())
}

/// The program on an emulated 486; ends the test where there is none.
pub fn on_a_486(program: &Path) -> Command {
    static EMULATED: OnceLock<Result<(), String>> = OnceLock::new();
    if let Err(reason) = EMULATED.get_or_init(emulated) {
        skip::here(reason.as_str());
    }
    i486(program)
}

fn i486(program: &Path) -> Command {
    let mut command = Command::new(qemu::NAME);
    command.args(["-cpu", "486"]).arg(program);
    command
}

/// A program that exits with 0, with one instruction for newer processors.
const NEWER: &str = ".globl _start\n_start: xorl %ebx, %ebx\n NEWER\n \
                     movl $1, %eax\n int $0x80\n";

/// Whether the emulator's 486 refuses what a 486 does not have: not every release
/// of qemu need do so, nor does its 486 refuse MMX.
fn emulated() -> Result<(), String> {
    qemu::installed()?;
    let folder = scratch();
    let [source, object, program] = ["a.s", "a.o", "a"].map(|name| folder.path().join(name));
    for newer in [
        "",
        "cmove %eax, %ecx",
        "xorps %xmm0, %xmm0",
        "cmpxchg8b (%esp)",
    ] {
        let text = NEWER.replace("NEWER", newer);
        std::fs::write(&source, text).map_err(|error| error.to_string())?;
        let step = |name: &str, arguments: [&str; 2], files: [&Path; 2]| {
            let mut command = Command::new(name);
            command.args(arguments).arg("-o").args(files);
            let made = output(&mut command, "a program for newer processors");
            made.map_err(|error| format!("{error:#}"))
        };
        step("as", ["--32", "--fatal-warnings"], [&object, &source])?;
        step("ld", ["-m", "elf_i386"], [&program, &object])?;
        let ended = i486(&program).output().map_err(|error| error.to_string())?;
        if ended.status.success() != newer.is_empty() {
            return Err(format!("qemu's 486 and `{newer}`: {}", ended.status));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The instructions of one generation after another.
    const CASES: [(&[u8], Option<&str>); 12] = [
        (&[0x90], None),
        (&[0xcd, 0x80], None),
        (&[0x0f, 0xc8], None),                                  // bswap eax
        (&[0x0f, 0xb1, 0x0e], None),                            // cmpxchg [esi], ecx
        (&[0x0f, 0x0b], None),                                  // ud2
        (&[0xd9, 0xe8], Some("Fld1 [FPU]")),                    // Unit of its own
        (&[0x0f, 0xa2], Some("Cpuid [CPUID]")),                 // late 486
        (&[0x0f, 0xc7, 0x0e], Some("Cmpxchg8b [CX8]")),         // Pentium
        (&[0x0f, 0x44, 0xc1], Some("Cmove [CMOV]")),            // Pentium Pro
        (&[0x0f, 0x1f, 0x00], Some("Nop [MULTIBYTENOP]")),      // Pentium Pro
        (&[0xf3, 0x0f, 0x1e, 0xfb], Some("Endbr32 [CET_IBT]")), // Pentium Pro, as a nop
        (&[0x0f, 0x57, 0xc0], Some("Xorps [SSE]")),             // Pentium III
    ];

    #[test]
    fn instructions_are_told_by_their_generation() {
        for (bytes, expected) in CASES {
            let instruction = Decoder::new(32, bytes, DecoderOptions::NONE).decode();
            assert_eq!(newer(&instruction).as_deref(), expected, "{bytes:x?}");
        }
    }
}
