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
    for (level, lto) in [("2", false), ("2", true), ("s", true), ("z", true)] {
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
