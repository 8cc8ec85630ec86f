//! What the tests ask of ELF files and of the header.

use int80_support::ways::Arch;
use object::{
    Object, ObjectSection, ObjectSymbol, RelocationFlags, SectionFlags, SymbolKind, elf,
    read::archive::ArchiveFile,
};
use std::{collections::BTreeSet, fs, path::Path};

/// The objects in an archive: name and bytes.
pub fn members(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let data = fs::read(archive).expect("the archive");
    let parsed = ArchiveFile::parse(&*data).expect("an archive");
    let one = |member: object::Result<object::read::archive::ArchiveMember<'_>>| {
        let member = member.expect("a member");
        let name = String::from_utf8_lossy(member.name()).into_owned();
        (name, member.data(&*data).expect("its bytes").to_vec())
    };
    parsed.members().map(one).collect()
}

/// The names of global symbols: those that are defined, those that are not.
pub fn globals(bytes: &[u8]) -> (BTreeSet<String>, BTreeSet<String>) {
    let file = object::File::parse(bytes).expect("an object");
    let (mut defined, mut undefined) = (BTreeSet::new(), BTreeSet::new());
    for symbol in file.symbols() {
        let name = symbol.name().expect("a name").to_owned();
        if symbol.is_undefined() && !name.is_empty() {
            undefined.insert(name);
        } else if symbol.is_global() && symbol.kind() != SymbolKind::File {
            defined.insert(name);
        }
    }
    (defined, undefined)
}

/// The bytes of a symbol that has a section of its own.
pub fn code(bytes: &[u8], symbol: &str) -> Option<Vec<u8>> {
    let file = object::File::parse(bytes).expect("an object");
    let symbol = file.symbol_by_name(symbol)?;
    let section = file.section_by_index(symbol.section_index()?).ok()?;
    let start = symbol.address() as usize;
    let end = start + symbol.size() as usize;
    Some(section.data().ok()?.get(start..end)?.to_vec())
}

/// Marks that every object must bear or must not.
pub fn check_marks(what: &str, bytes: &[u8], arch: Arch) {
    let file = object::File::parse(bytes).expect("an object");
    let stack = file.section_by_name(".note.GNU-stack");
    let stack = stack.unwrap_or_else(|| panic!("{what} says nothing of the stack"));
    assert!(!flags(stack.flags()).contains(elf::SHF_EXECINSTR), "{what}");
    for section in file.sections() {
        let flags = flags(section.flags());
        if !flags.contains(elf::SHF_ALLOC) || flags.contains(elf::SHF_WRITE) {
            continue;
        }
        for (offset, relocation) in section.relocations() {
            let RelocationFlags::Elf { r_type } = relocation.flags() else {
                panic!("{what} is no ELF file");
            };
            let name = section.name().unwrap_or_default();
            // One of a section that was left out (R_386_NONE, R_X86_64_NONE).
            let none = r_type == elf::R_X86_64_NONE;
            assert!(
                none || is_relative(arch, r_type),
                "{what}: {name} + {offset:#x} would be relocated where it is loaded (type {r_type})"
            );
        }
    }
}

/// Relocations that are done with when a program or shared object is linked.
fn is_relative(arch: Arch, kind: elf::RelocationType) -> bool {
    match arch {
        Arch::I386 => matches!(
            kind,
            elf::R_386_PC32
                | elf::R_386_PLT32
                | elf::R_386_GOTPC
                | elf::R_386_GOTOFF
                | elf::R_386_GOT32X
        ),
        Arch::X86_64 => matches!(
            kind,
            elf::R_X86_64_PC32
                | elf::R_X86_64_PLT32
                // What rustc 1.85 calls memcpy by.
                | elf::R_X86_64_GOTPCREL
                | elf::R_X86_64_GOTPCRELX
                | elf::R_X86_64_REX_GOTPCRELX
        ),
    }
}

fn flags(flags: SectionFlags) -> elf::SectionFlags {
    match flags {
        SectionFlags::Elf { sh_flags, .. } => sh_flags,
        _ => panic!("no ELF file"),
    }
}

/// The functions that the header declares.
pub fn declared(header: &str) -> BTreeSet<String> {
    let names: BTreeSet<String> = without_comments(header)
        .split(';')
        .filter(|declaration| !declaration.contains("typedef"))
        .filter_map(|declaration| {
            let (head, _) = declaration.split_once('(')?;
            let name = head
                .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
                .next()?;
            name.starts_with("int80_").then(|| name.to_owned())
        })
        .collect();
    assert!(!names.is_empty(), "the header declares nothing");
    names
}

/// What a compiler sees, without its own lines either.
fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").expect("a comment ends").1;
    }
    code.push_str(rest);
    let lines = code.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}
