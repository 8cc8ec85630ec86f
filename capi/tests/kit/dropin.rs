//! The drop-in under programs of our own: `dropin.c`, preloaded and linked.

use crate::calls::offsets;
use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Place, Skip, Verdict, WayCase, hosted, need, sources, width},
    run::{any, run, said, scratch},
};
use libtest_mimic::Trial;
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let ways: [(&str, WayCase); 4] = [
        ("the_drop_in_preloaded", |place| preloaded(place)),
        ("c6_the_drop_in_from_an_odd_folder", |place| {
            let folder = scratch();
            let odd = folder.path().join("a, b: c");
            symlink(&place.kit.folder, &odd).expect("a link");
            let (ways, folder) = (place.kit.ways.clone(), odd.into());
            let kit = Kit { folder, ways };
            let way = place.way;
            preloaded(&Place { kit, way })
        }),
        ("the_drop_in_linked", |place| linked(place, &[])),
        ("the_drop_in_linked_statically", |place| {
            linked(place, &["-static"])
        }),
    ];
    let mut trials: Vec<Trial> = ways
        .into_iter()
        .flat_map(|(name, case)| kit.each_way(name, case))
        .collect();
    trials.extend(kit.each_arch("the_drop_in_s_calls_in_a_trace", traced));
    trials
}

/// The drop-in of glibc, or with `_musl` that of musl, copied to where its path is
/// taken as it is: LD_PRELOAD ends a path at a blank or a colon, and QEMU_SET_ENV at
/// a comma, and neither can be quoted.
pub fn drop_in(kit: &Kit, arch: Arch, libc: &str, folder: &Path) -> Result<PathBuf, Skip> {
    let file = format!("libint80_sendfile{libc}.so");
    let copy = folder.join(&file);
    let text = copy.to_str().unwrap_or(" ");
    if text.contains([' ', ':', ',']) {
        return Err(Skip(format!(
            "a blank, colon or comma in {text}: set TMPDIR"
        )));
    }
    fs::copy(kit.lib(arch).join(file), &copy).expect("the drop-in");
    Ok(copy)
}

/// Both widths of `off_t`, where there are two.
const WIDTHS: [(&str, &str); 2] = [("32", "4\n"), ("64", "8\n")];

/// `dropin.c`, as a person builds a program who does not know of us.
fn program(arch: Arch, folder: &Path, bits: &str, more: &[PathBuf], flags: &[&str]) -> PathBuf {
    let program = folder.join(format!("dropin{bits}"));
    let mut command = Command::new("cc");
    command
        .args([
            width(arch),
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-pthread",
        ])
        .arg(format!("-D_FILE_OFFSET_BITS={bits}"))
        .args(flags)
        .arg("-o")
        .arg(&program)
        .arg(sources().join("dropin.c"))
        .args(more);
    run(&mut command);
    program
}

fn expected(arch: Arch, size: &'static str) -> &'static str {
    match arch {
        Arch::I386 => size,
        Arch::X86_64 => "8\n",
    }
}

fn check(output: &Output, size: &str) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text == size, "{}", said(output));
}

/// The dynamic linker says itself to whose function each call goes.
fn preloaded(place: &Place) -> Verdict {
    let arch = place.way.arch;
    hosted("cc", arch)?;
    let folder = scratch();
    let input = folder.path().join("input");
    offsets(&input);
    let shared = drop_in(&place.kit, arch, "", folder.path())?;
    for (bits, size) in WIDTHS {
        let program = program(arch, folder.path(), bits, &[], &[]);
        let log = folder.path().join(format!("bindings{bits}"));
        let mut command = place.way.program(&program);
        command.arg(&input).arg(place.way.runner());
        if place.way.emulator.is_some() {
            // The emulator is a 64-bit program: the guest alone has it.
            let guest = format!(
                "LD_PRELOAD={},LD_DEBUG=bindings,LD_DEBUG_OUTPUT={}",
                shared.display(),
                log.display()
            );
            command.env("QEMU_SET_ENV", guest);
        } else {
            command
                .env("LD_PRELOAD", &shared)
                .env("LD_DEBUG", "bindings")
                .env("LD_DEBUG_OUTPUT", &log);
        }
        check(&any_emulated(place, &mut command)?, expected(arch, size));
        // With _FILE_OFFSET_BITS=64 the one name means the other.
        let both: &[&str] = match (arch, bits) {
            (Arch::I386, "64") => &["sendfile64"],
            (Arch::X86_64, "64") => &["sendfile64"],
            _ => &["sendfile", "sendfile64"],
        };
        assert_eq!(bound(&log, &shared, Some(&program)), both, "{bits}");
    }
    Ok(())
}

/// A 32-bit C library is where the emulator looks for it, or cannot be found.
fn any_emulated(place: &Place, command: &mut Command) -> Result<Output, Skip> {
    let output = any(command);
    if place.way.emulator.is_some()
        && said(&output)
            .to_string()
            .contains("Could not open '/lib/ld-linux")
    {
        return Err(Skip("the emulator finds no 32-bit C library".to_owned()));
    }
    Ok(output)
}

/// The functions of the shared object that calls go to, by the dynamic linker's
/// own log: those of this program, or of anyone.
pub fn bound(log: &Path, shared: &Path, program: Option<&Path>) -> Vec<String> {
    let folder = log.parent().expect("a folder");
    let name = log
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let from = match program {
        Some(program) => format!("binding file {} ", program.display()),
        None => "binding file ".to_owned(),
    };
    let to = format!(" to {} ", shared.display());
    let mut symbols = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let entry = entry.expect("an entry");
        // The process's number stands behind the name.
        if !entry
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{name}."))
        {
            continue;
        }
        let text = fs::read(entry.path()).expect("the log");
        for line in String::from_utf8_lossy(&text).lines() {
            if line.contains(&from) && line.contains(&to) {
                let symbol = line
                    .split('`')
                    .nth(1)
                    .and_then(|rest| rest.split('\'').next());
                symbols.push(symbol.expect("a symbol").to_owned());
            }
        }
    }
    symbols.sort();
    symbols.dedup();
    symbols
}

/// The archive's functions, and not the C library's, are in the program.
fn linked(place: &Place, flags: &[&str]) -> Verdict {
    let arch = place.way.arch;
    hosted("cc", arch)?;
    let folder = scratch();
    let input = folder.path().join("input");
    offsets(&input);
    let archive = place.kit.lib(arch).join("libint80_sendfile.a");
    for (bits, size) in WIDTHS {
        let program = program(
            arch,
            folder.path(),
            bits,
            std::slice::from_ref(&archive),
            flags,
        );
        let symbols = run(Command::new("nm").arg("--defined-only").arg(&program)).stdout;
        let symbols = String::from_utf8_lossy(&symbols).into_owned();
        for name in ["sendfile", "sendfile64"] {
            let is_ours = symbols
                .lines()
                .any(|line| line.ends_with(&format!(" T {name}")));
            assert!(is_ours, "{name}: {symbols}");
        }
        let mut command = place.way.program(&program);
        command.arg(&input).arg(place.way.runner());
        check(&any_emulated(place, &mut command)?, expected(arch, size));
    }
    Ok(())
}

/// i386 has two calls, and each function makes its own; x86_64 has one.
fn traced(kit: &Kit, arch: Arch) -> Verdict {
    hosted("cc", arch)?;
    need("strace")?;
    kit.runs(arch)?;
    let folder = scratch();
    let input = folder.path().join("input");
    offsets(&input);
    let program = program(arch, folder.path(), "32", &[], &[]);
    let log = folder.path().join("trace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-e", "trace=sendfile,sendfile64", "-o"])
        .arg(&log);
    let shared = drop_in(kit, arch, "", folder.path())?;
    let preload = format!("LD_PRELOAD={}", shared.display());
    command.args(["-E", &preload]);
    let output = any(command.arg(&program).arg(&input).arg("native"));
    if said(&output).to_string().contains("PTRACE") {
        return Err(Skip("strace may not trace here".to_owned()));
    }
    check(&output, expected(arch, "4\n"));
    let trace = fs::read_to_string(&log).expect("the trace");
    let count = |call: &str| trace.matches(&format!(" {call}(")).count();
    let (narrow, wide) = (count("sendfile"), count("sendfile64"));
    match arch {
        Arch::I386 => assert!(narrow > 10 && wide > 8_000, "{narrow} and {wide}"),
        Arch::X86_64 => assert!(narrow > 8_000 && wide == 0, "{narrow} and {wide}"),
    }
    Ok(())
}
