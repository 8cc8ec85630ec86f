//! What is in the tools' files, and what is not.

use std::fs;

use int80_support::ways::{Arch, Available};
use libtest_mimic::{Failed, Trial};
use object::{
    Endianness, FileKind,
    elf::{FileHeader32, FileHeader64, PF_W, PF_X, PT_GNU_STACK, PT_LOAD},
    read::elf::{FileHeader, ProgramHeader, SectionHeader},
};
use xtask::build::TOOLS;

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
    let mut wrong = Vec::new();
    let (mut loads, mut stack) = (0, None);
    for segment in header.program_headers(endian, data)? {
        let flags = segment.p_flags(endian);
        match segment.p_type(endian) {
            PT_LOAD => loads += 1,
            PT_GNU_STACK => stack = Some(flags),
            // Dynamic sections, interpreters, notes, thread-local variables.
            other => wrong.push(format!("a segment of type {other:#x}")),
        }
        if flags.contains(PF_W) && flags.contains(PF_X) {
            wrong.push("a segment that is writable and executable".to_owned());
        }
    }
    let most = if tool == "sf" { 1 } else { 2 };
    if loads > most {
        wrong.push(format!("{loads} segments to load"));
    }
    if stack.is_none_or(|flags| flags.contains(PF_X)) {
        wrong.push("an executable stack".to_owned());
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
