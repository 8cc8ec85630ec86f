//! The drop-in of each C library: the right bytes under its own loader, and
//! refused by the other's (A3).

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use int80_support::{
    place::{Kit, Skip, Verdict, hosted, need, sources, width},
    run::{any, run, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    [
        kit.each_arch("a3_the_drop_in_of_glibc", |kit, arch| {
            kit.runs(arch)?;
            let folder = scratch();
            tried(kit, arch, &glibc(arch, folder.path())?, "", "_musl")
        }),
        kit.each_arch("a3_the_drop_in_of_musl", |kit, arch| {
            kit.runs(arch)?;
            let folder = scratch();
            tried(kit, arch, &musl(arch, folder.path())?, "_musl", "")
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const SENT: &str = "5 right 4294967317 8\n";

/// The program alone, with its own library's drop-in and with the other's.
fn tried(kit: &Kit, arch: Arch, program: &Path, own: &str, other: &str) -> Verdict {
    let with = |preload: &str| any(Command::new(program).env("LD_PRELOAD", preload));
    let drop_in = |name: &str| {
        let file = format!("libint80_sendfile{name}.so");
        kit.lib(arch).join(file).display().to_string()
    };
    for preload in ["", &drop_in(own)] {
        let output = with(preload);
        let right = output.status.success() && output.stdout == SENT.as_bytes();
        assert!(right, "{preload}: {}", said(&output));
    }
    let output = with(&drop_in(other));
    let refused = !output.status.success() && output.stdout.is_empty();
    assert!(refused, "{}", said(&output));
    Ok(())
}

fn glibc(arch: Arch, folder: &Path) -> Result<PathBuf, Skip> {
    hosted("cc", arch)?;
    let program = folder.join("program");
    run(Command::new("cc")
        .args([width(arch), "-D_FILE_OFFSET_BITS=64", "-o"])
        .args([&program, &sources().join("dropin_offset.c")]));
    Ok(program)
}

/// Compiled with the headers and linked with the library of musl alone; for
/// i386 from the folder that INT80_MUSL_I386 names, or from the system.
fn musl(arch: Arch, folder: &Path) -> Result<PathBuf, Skip> {
    need("cc")?;
    let name = match arch {
        Arch::I386 => "i386-linux-musl",
        Arch::X86_64 => "x86_64-linux-musl",
    };
    let top = match (arch, std::env::var_os("INT80_MUSL_I386")) {
        (Arch::I386, Some(folder)) => PathBuf::from(folder),
        _ => PathBuf::from("/"),
    };
    let lib = top.join("usr/lib").join(name);
    let loader = top.join("lib").join(name).join("libc.so");
    let loader = match loader.exists() {
        true => loader,
        false => lib.join("libc.so"),
    };
    if !loader.exists() || !lib.join("crt1.o").exists() {
        return Err(Skip(format!("no musl for {} (musl-dev)", arch.name())));
    }
    let (object, program) = (folder.join("program.o"), folder.join("program"));
    let said = run(Command::new("cc").arg("-print-file-name=include"));
    let compiler = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    run(Command::new("cc")
        .args([width(arch), "-fno-pie", "-nostdinc", "-isystem"])
        .arg(top.join("usr/include").join(name))
        .args(["-isystem", &compiler, "-c", "-o"])
        .args([&object, &sources().join("dropin_offset.c")]));
    let machine = match arch {
        Arch::I386 => "elf_i386",
        Arch::X86_64 => "elf_x86_64",
    };
    run(Command::new("ld")
        .args(["-m", machine, "-dynamic-linker"])
        .arg(&loader)
        .arg("-o")
        .arg(&program)
        .args(["crt1.o", "crti.o"].map(|file| lib.join(file)))
        .args([&object, &loader, &lib.join("crtn.o")]));
    Ok(program)
}
