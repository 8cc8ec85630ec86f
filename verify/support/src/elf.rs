//! What a linked program's segments and an object's marks have to be.

use object::{
    Endianness, FileKind, Object, ObjectSection, ObjectSymbol, SymbolKind, elf,
    read::elf::{FileHeader, NoteIterator, ProgramHeader, SectionHeader},
};
use std::ops::Range;

/// A page of x86.
const PAGE: u64 = 4096;

/// `endbr32` and `endbr64`: where an indirect branch may go.
const ENDBR: [[u8; 4]; 2] = [[0xf3, 0x0f, 0x1e, 0xfb], [0xf3, 0x0f, 0x1e, 0xfa]];

/// One PT_LOAD, by its addresses.
struct Load {
    memory: Range<u64>,
    bytes_in_file: u64,
    flags: elf::ProgramFlags,
}

impl Load {
    fn pages(&self) -> Range<u64> {
        self.memory.start / PAGE..self.memory.end.div_ceil(PAGE)
    }
}

/// What is wrong with the segments of a freestanding program; empty where
/// nothing is.
pub fn segment_faults(program: &[u8]) -> Vec<String> {
    match FileKind::parse(program) {
        Ok(FileKind::Elf32) => of_class::<elf::FileHeader32<Endianness>>(program),
        Ok(FileKind::Elf64) => of_class::<elf::FileHeader64<Endianness>>(program),
        other => vec![format!("no program: {other:?}")],
    }
}

fn of_class<Elf: FileHeader<Endian = Endianness>>(program: &[u8]) -> Vec<String> {
    let header = Elf::parse(program).expect("an ELF header");
    let endian = header.endian().expect("its byte order");
    let segments = header
        .program_headers(endian, program)
        .expect("program headers");
    let mut wrong = Vec::new();
    let (mut loads, mut stacks) = (Vec::new(), Vec::new());
    for segment in segments {
        match segment.p_type(endian) {
            elf::PT_LOAD => {
                let start = segment.p_vaddr(endian).into();
                loads.push(Load {
                    memory: start..start + segment.p_memsz(endian).into(),
                    bytes_in_file: segment.p_filesz(endian).into(),
                    flags: segment.p_flags(endian),
                });
            }
            elf::PT_GNU_STACK => stacks.push(segment.p_flags(endian)),
            other => wrong.push(format!("a segment of type {other:#x}")),
        }
    }
    let rw = elf::PF_R | elf::PF_W;
    if stacks != [rw] {
        wrong.push(format!("PT_GNU_STACK: {stacks:?}"));
    }
    for (at, load) in loads.iter().enumerate() {
        if load.flags.contains(elf::PF_W) && load.flags.contains(elf::PF_X) {
            wrong.push(format!("{:#x?} is writable and executable", load.memory));
        }
        if load.bytes_in_file == 0 {
            wrong.push(format!("{:#x?} has nothing in the file", load.memory));
        }
        let length = load.memory.end - load.memory.start;
        if load.bytes_in_file != length && load.flags != rw {
            wrong.push(format!("zeros in {:#x?}: {}", load.memory, load.flags));
        }
        for other in &loads[..at] {
            let (one, two) = (other.pages(), load.pages());
            if one.start < two.end && two.start < one.end {
                let (one, two) = (&other.memory, &load.memory);
                wrong.push(format!("{one:#x?} and {two:#x?} share a page"));
            }
        }
    }
    let entry = header.e_entry(endian).into();
    let code = loads.iter().find(|load| load.memory.contains(&entry));
    if code.is_none_or(|code| !code.flags.contains(elf::PF_X)) {
        wrong.push(format!("the entry point {entry:#x} is not executable"));
    }
    wrong
}

/// The marks of an object or program for Intel's control-flow enforcement:
/// `GNU_PROPERTY_X86_FEATURE_1_AND`, 0 where there is none.
pub fn protections(file: &[u8]) -> u32 {
    match FileKind::parse(file) {
        Ok(FileKind::Elf32) => marks::<elf::FileHeader32<Endianness>>(file),
        Ok(FileKind::Elf64) => marks::<elf::FileHeader64<Endianness>>(file),
        other => panic!("no ELF file: {other:?}"),
    }
}

fn marks<Elf: FileHeader<Endian = Endianness>>(file: &[u8]) -> u32 {
    let header = Elf::parse(file).expect("an ELF header");
    let endian = header.endian().expect("its byte order");
    let sections = header.sections(endian, file).expect("sections");
    let Some((_, section)) = sections.section_by_name(endian, b".note.gnu.property") else {
        return 0;
    };
    let data = section.data(endian, file).expect("the notes");
    let mut notes =
        NoteIterator::<Elf>::new(endian, section.sh_addralign(endian), data).expect("the notes");
    let mut all = 0;
    while let Some(note) = notes.next().expect("a note") {
        let Some(mut properties) = note.gnu_properties(endian) else {
            continue;
        };
        while let Some(property) = properties.next().expect("a property") {
            if property.pr_type() == elf::GNU_PROPERTY_X86_FEATURE_1_AND {
                all |= property.data_u32(endian).expect("its value");
            }
        }
    }
    all
}

/// Whether each function that others can call begins with `endbr`.
fn begin_with_endbr(object: &[u8]) -> bool {
    let file = object::File::parse(object).expect("an object");
    let mut functions = file.symbols().filter(|symbol| {
        symbol.is_global() && symbol.is_definition() && symbol.kind() == SymbolKind::Text
    });
    functions.all(|symbol| {
        let section = symbol.section_index().expect("a section");
        let section = file.section_by_index(section).expect("the section");
        let code = &section.data().expect("its bytes")[symbol.address() as usize..];
        ENDBR.iter().any(|endbr| code.starts_with(endbr))
    })
}

/// Panics unless an object bears the marks that are true of it: SHSTK always,
/// IBT exactly where each function begins with `endbr`.
#[track_caller]
pub fn check_protections(name: &str, object: &[u8]) {
    let mut expected = elf::GNU_PROPERTY_X86_FEATURE_1_SHSTK;
    if begin_with_endbr(object) {
        expected |= elf::GNU_PROPERTY_X86_FEATURE_1_IBT;
    }
    assert_eq!(protections(object), expected, "{name}: 1 is IBT, 2 SHSTK");
}
