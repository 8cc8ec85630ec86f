//! What is in the tools' files, and what is not.

use std::fs;

use int80_support::{
    elf::segment_faults,
    ways::{Arch, Available},
};
use libtest_mimic::{Failed, Trial};
use object::{
    Endianness, FileKind,
    elf::{FileHeader32, FileHeader64, PT_LOAD},
    read::elf::{FileHeader, ProgramHeader, SectionHeader},
};
use xtask::build::TOOLS;

/// The bytes that a tool may occupy once it is loaded, its stack apart: the
/// column of docs/tools.md.
const MEMORY: [(&str, u64); 4] = [
    ("sf", 1 << 10),
    ("sfcat", 160 << 10),
    ("sfprobe", 64 << 10),
    ("sfserve", 160 << 10),
];

pub fn trials(available: &Available) -> impl Iterator<Item = Trial> {
    let dist = available.dist.clone();
    let tools = Arch::ALL
        .into_iter()
        .flat_map(|arch| TOOLS.map(|tool| (arch, tool)));
    let built = tools.map(move |(arch, tool)| (arch, tool, dist.join(arch.name()).join(tool)));
    built
        .filter(|(.., path)| path.exists())
        .map(|(arch, tool, path)| {
            Trial::test(
                format!("{} {tool}: what is in the file", arch.name()),
                move || {
                    let data = fs::read(&path)?;
                    match (FileKind::parse(&*data)?, arch) {
                        (FileKind::Elf32, Arch::I386) => {
                            look::<FileHeader32<Endianness>>(&data, tool)
                        }
                        (FileKind::Elf64, Arch::X86_64) => {
                            look::<FileHeader64<Endianness>>(&data, tool)
                        }
                        (kind, _) => Err(format!("{kind:?}").into()),
                    }
                },
            )
        })
}

fn look<Elf: FileHeader<Endian = Endianness>>(data: &[u8], tool: &str) -> Result<(), Failed> {
    let header = Elf::parse(data)?;
    let endian = header.endian()?;
    let mut wrong = segment_faults(data);
    let segments = header.program_headers(endian, data)?;
    let loads = segments.iter().filter(|one| one.p_type(endian) == PT_LOAD);
    let memory: u64 = loads.clone().map(|one| one.p_memsz(endian).into()).sum();
    let (loads, most) = (loads.count(), if tool == "sf" { 1 } else { 2 });
    if loads > most {
        wrong.push(format!("{loads} segments to load"));
    }
    let limit = MEMORY.iter().find(|(name, _)| *name == tool);
    let (_, limit) = limit.ok_or("no limit of memory is set")?;
    if memory > *limit {
        wrong.push(format!("{memory} bytes of memory, and {limit} are allowed"));
    }
    let sections = header.sections(endian, data)?;
    for section in sections.iter() {
        let name = String::from_utf8_lossy(sections.section_name(endian, section)?);
        let expected = ["", ".text", ".got", ".bss", ".data", ".shstrtab", ".flat"];
        if !expected.contains(&&*name) && section.sh_size(endian).into() > 0 {
            wrong.push(format!("a section {name}"));
        }
    }
    if sections
        .symbols(endian, data, object::elf::SHT_SYMTAB)?
        .iter()
        .any(|_| true)
    {
        wrong.push("symbols, perhaps undefined ones".to_owned());
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("; ").into()),
    }
}
