//! Flat programs: the stack that the code gets, and what is in the file.

use crate::{
    linker::{Linker, printed, rust_flags, script},
    runner,
    rust::Package,
};
use int80_support::{
    place::{Verdict, root, width},
    program,
    run::{any, run, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use object::{Object, ObjectSection};
use std::{ffi::OsString, fs, path::Path, process::Command};

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each("b7_a_flat_program_has_the_abi_s_stack", flat);
    trials.extend(crate::each("a_flat_program_of_its_own_start", own_start));
    trials
}

/// In assembly, with headers and its own flat_start, without a warning; and without
/// flat_start.
fn own_start(arch: Arch, linker: Linker) -> Verdict {
    let exit = match arch {
        Arch::I386 => "mov $1, %eax\nmov $7, %ebx\nint $0x80\n",
        Arch::X86_64 => "mov $60, %eax\nmov $7, %edi\nsyscall\n",
    };
    let start = format!(
        ".section .flat.start, \"ax\"\n.globl flat_start\nflat_start: {exit}hlt\n\
         .section .note.GNU-stack, \"\", @progbits\n"
    );
    let folder = scratch();
    let place = |name: &str| folder.path().join(name);
    let assemble = |source: &Path, object: &Path| {
        let mut command = Command::new("cc");
        command.args([width(arch), "-c", "-o"]);
        run(command.args([object, source]));
    };
    fs::write(place("start.s"), start).expect("a file");
    let header = root().join("asm").join(arch.name()).join("header.s");
    assemble(&header, &place("header.o"));
    assemble(&place("start.s"), &place("start.o"));
    let linker = linker.program()?;
    let link = |objects: &[&str]| {
        let mut command = Command::new(&linker);
        let emulation = match arch {
            Arch::I386 => "elf_i386",
            Arch::X86_64 => "elf_x86_64",
        };
        command.args(["-m", emulation, "--fatal-warnings", "-T"]);
        command.arg(script("link-flat.ld")).arg("-o");
        command
            .arg(place("linked"))
            .args(objects.iter().map(|name| place(name)));
        any(&mut command)
    };
    let output = link(&["header.o", "start.o"]);
    assert!(output.status.success(), "{}", said(&output));
    let bytes = fs::read(place("linked")).expect("what was linked");
    let flat = place("flat");
    program::write(&flat, contents(&bytes));
    let status = any(&mut runner::command(arch, &flat)?).status;
    assert_eq!(status.code(), Some(7));
    let output = link(&["header.o"]);
    let said = said(&output).to_string();
    assert!(
        said.contains("link-flat.ld: there is no flat_start"),
        "{said}"
    );
    Ok(())
}

/// The program in what was linked.
fn contents(linked: &[u8]) -> &[u8] {
    let elf = object::File::parse(linked).expect("an ELF file");
    let section = elf.section_by_name(".flat").expect("the program");
    section.data().expect("its bytes")
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
        let flat = linked.with_extension("flat");
        program::write(&flat, contents(&bytes));
        runner::check(&what, arch, &flat, None, b"aligned\n")?;
    }
    Ok(())
}
