//! Where a program's own code lies: a call that comes from elsewhere came
//! through the kernel's page, that is AT_SYSINFO.

use anyhow::{Context, Result};
use object::{
    Endianness, FileKind,
    elf::{FileHeader32, FileHeader64},
    read::elf::{FileHeader, ProgramHeader},
};
use std::ops::RangeInclusive;

/// The addresses of the segments that are loaded. The address after the last
/// byte counts, too: a trap may be the last instruction.
pub fn loaded(program: &[u8]) -> Result<Vec<RangeInclusive<u64>>> {
    match FileKind::parse(program)? {
        FileKind::Elf32 => segments::<FileHeader32<Endianness>>(program),
        _ => segments::<FileHeader64<Endianness>>(program),
    }
    .context("the tool is no ELF program")
}

// Program headers only: a tool may have no section table at all.
fn segments<Elf>(program: &[u8]) -> Result<Vec<RangeInclusive<u64>>>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let header = Elf::parse(program)?;
    let endian = header.endian()?;
    let segments = header.program_headers(endian, program)?;
    let loaded = segments
        .iter()
        .filter(|segment| segment.p_type(endian) == object::elf::PT_LOAD);
    Ok(loaded
        .map(|segment| {
            let start: u64 = segment.p_vaddr(endian).into();
            let size: u64 = segment.p_memsz(endian).into();
            start..=start + size
        })
        .collect())
}
