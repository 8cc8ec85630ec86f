//! Flat programs: the stack that the code gets, and what is in the file.

use crate::{
    linker::{Linker, printed, rust_flags, script},
    runner,
    rust::Package,
};
use int80_support::{place::Verdict, program, ways::Arch};
use libtest_mimic::Trial;
use object::{Object, ObjectSection};
use std::{ffi::OsString, fs};

pub fn trials() -> Vec<Trial> {
    crate::each("b7_a_flat_program_has_the_abi_s_stack", flat)
}

fn flat(arch: Arch, linker: Linker) -> Verdict {
    let package = Package::new("flat", include_str!("programs/flat.rs"));
    let arguments: Vec<OsString> = printed()
        .into_iter()
        .map(|word| match word == script("link.ld") {
            true => script("link-flat.ld").into(),
            false => word,
        })
        .collect();
    let flags = rust_flags(linker, arguments)?;
    // At level 0 unused panics keep writable data, which link-flat.ld refuses.
    for (level, lto) in crate::settings().filter(|&(level, _)| level != "0") {
        let (what, linked) = package.build(arch, level, lto, &flags)?;
        let bytes = fs::read(&linked).expect("what was linked");
        let elf = object::File::parse(&*bytes).expect("an ELF file");
        let section = elf.section_by_name(".flat").expect("the program");
        let flat = linked.with_extension("flat");
        program::write(&flat, section.data().expect("its bytes"));
        runner::check(&what, arch, &flat, None, b"aligned\n")?;
    }
    Ok(())
}
