//! The kit's examples for GNU as and NASM, linked by link.ld.

use crate::{
    linker::{Linker, script},
    runner,
};
use int80_support::{
    command::show,
    place::{Kit, Skip, Verdict, need},
    run::{run, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{fs, process::Command};

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each("gnu_as", |arch, linker| all(arch, linker, "as"));
    trials.extend(crate::each("nasm", |arch, linker| {
        all(arch, linker, "nasm")
    }));
    trials
}

fn all(arch: Arch, linker: Linker, assembler: &str) -> Verdict {
    need(assembler)?;
    let kit = Kit::from_env().map_err(|error| Skip(error.to_string()))?;
    let folder = scratch();
    let (object, program) = (folder.path().join("p0.o"), folder.path().join("p0"));
    let examples = kit.folder.join("share/int80/examples").join(arch.name());
    let (format, source): (&[&str], _) = match (assembler, arch) {
        ("as", Arch::I386) => (&["--32"], "p0.s"),
        ("as", Arch::X86_64) => (&["--64"], "p0.s"),
        (_, Arch::I386) => (&["-f", "elf32"], "p0.asm"),
        (_, Arch::X86_64) => (&["-f", "elf64"], "p0.asm"),
    };
    let include = format!("{}/", kit.include().display());
    run(Command::new(assembler)
        .args(format)
        .args(["-I", &include, "-o"])
        .args([&object, &examples.join(source)]));
    let mut link = Command::new(linker.program()?);
    link.args([
        "-m",
        match arch {
            Arch::I386 => "elf_i386",
            Arch::X86_64 => "elf_x86_64",
        },
    ])
    .arg("-T")
    .arg(script("link.ld"))
    .arg("--gc-sections")
    .arg("-o")
    .args([&program, &object]);
    run(&mut link);
    let input = kit.folder.join("README.md");
    let expected = fs::read(&input).expect("the kit's README");
    runner::check(&show(&link), arch, &program, Some(&input), &expected)
}
