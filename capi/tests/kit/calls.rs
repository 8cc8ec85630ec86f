//! Every function of the header, called from C: the program is `calls*.c`.

use int80_support::{
    freestanding::freestanding,
    place::{Kit, Place, Skip, Verdict, WayCase, hosted, sources, width},
    run::{any, run, said, scratch},
};
use int80_support::{
    qemu,
    ways::{Arch, Gate},
};
use libtest_mimic::Trial;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let ways: [(&str, WayCase); 3] = [
        ("every_function_from_c::O0", |place| functions(place, "-O0")),
        ("every_function_from_c::O2", |place| functions(place, "-O2")),
        ("every_function_from_c::Os", |place| functions(place, "-Os")),
    ];
    let mut trials: Vec<Trial> = ways
        .into_iter()
        .flat_map(|(name, case)| kit.each_way(name, case))
        .collect();
    trials.extend(kit.each_way("main_is_called_as_the_abi_says", main_is_called));
    trials.extend(kit.each_arch("links_into_position_independent_programs", hosted_programs));
    trials.extend(kit.each_arch("links_into_a_shared_object", shared));
    trials.extend(kit.each_arch("leaves_the_c_library_its_memory_functions", memory));
    trials
}

/// A file of 64 KiB that holds its own offsets as words.
pub fn offsets(path: &Path) {
    let words = (0..0x1_0000_u32).step_by(4).flat_map(u32::to_le_bytes);
    fs::write(path, words.collect::<Vec<u8>>()).expect("a file");
}

fn functions(place: &Place, level: &str) -> Verdict {
    let folder = scratch();
    let arch = place.way.arch;
    let c = [
        "calls.c",
        "calls_raw.c",
        "calls_sendfile.c",
        "calls_transfer.c",
        "calls_text.c",
    ];
    let mut files: Vec<PathBuf> = c.iter().map(|name| sources().join(name)).collect();
    files.push(sources().join(format!("keeps_{}.s", arch.name())));
    let program = freestanding(&place.kit, arch, folder.path(), &[level], &files);
    let input = folder.path().join("input");
    offsets(&input);
    let output = any(place.way.program(&program).arg(&input).arg(runner(place)?));
    assert!(output.status.success(), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let checks = text
        .strip_suffix(" checks\n")
        .and_then(|count| count.parse::<u32>().ok());
    assert!(checks.is_some_and(|count| count > 600), "{text}");
    Ok(())
}

/// The stack is aligned to 16 bytes at the call, wherever the kernel's stack is,
/// and main's result is the exit status.
fn main_is_called(place: &Place) -> Verdict {
    let folder = scratch();
    let arch = place.way.arch;
    let source = folder.path().join("main.s");
    let (result, stack, word) = match arch {
        Arch::I386 => ("eax", "esp", 4),
        Arch::X86_64 => ("rax", "rsp", 8),
    };
    let text = format!(
        ".intel_syntax noprefix\n.globl main\nmain: lea {result}, [{stack} + {word}]\n\
         and eax, 15\nadd eax, 0x140\nret\n.section .note.GNU-stack, \"\", @progbits\n"
    );
    fs::write(&source, text).expect("a file");
    let program = freestanding(&place.kit, arch, folder.path(), &[], &[source]);
    for arguments in 0..9 {
        let output = any(place.way.program(&program).args(vec!["x"; arguments]));
        assert_eq!(
            output.status.code(),
            Some(0x40),
            "{arguments}: {}",
            said(&output)
        );
    }
    Ok(())
}

/// With a C library and at any address: a text relocation or an executable
/// stack is an error of the linker's here.
fn hosted_programs(kit: &Kit, arch: Arch) -> Verdict {
    kit.runs(arch)?;
    hosted("cc", arch)?;
    let folder = scratch();
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text = "#include <stdio.h>\n#include <string.h>\n#include \"int80.h\"\n\
        int main(void)\n{\n    puts(int80_errno_message(9));\n    fflush(stdout);\n    \
        if (int80_use_sysinfo(0) != 0)\n        return 3;\n    \
        return int80_call3(INT80_NR_WRITE, 1, (intptr_t)int80_version(), 5) != 5;\n}\n";
    fs::write(&source, text).expect("a file");
    for mode in ["-pie", "-no-pie", "-static", "-static-pie"] {
        let mut command = Command::new("cc");
        command
            .args([
                width(arch),
                mode,
                if mode.ends_with("-pie") {
                    "-fPIE"
                } else {
                    "-fno-pie"
                },
            ])
            .args(["-Wl,-z,text,--fatal-warnings", "-I"])
            .arg(kit.include())
            .arg("-o")
            .args([&program, &source])
            .arg("-L")
            .arg(kit.lib(arch))
            .arg("-lint80");
        run(&mut command);
        let said = run(&mut Command::new(&program));
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        assert_eq!(
            text,
            format!("Bad file descriptor\n{}", env!("CARGO_PKG_VERSION")),
            "{mode}"
        );
    }
    Ok(())
}

fn shared(kit: &Kit, arch: Arch) -> Verdict {
    let folder = scratch();
    let mut command = Command::new("cc");
    command
        .args([
            width(arch),
            "-shared",
            "-nostdlib",
            "-Wl,-z,text,-z,defs,--fatal-warnings",
        ])
        .arg("-Wl,--whole-archive")
        .arg(kit.lib(arch).join("libint80.a"))
        .arg("-o")
        .arg(folder.path().join("a.so"));
    run(&mut command);
    Ok(())
}

/// A hosted program that links the library keeps the C library's memcpy.
fn memory(kit: &Kit, arch: Arch) -> Verdict {
    hosted("cc", arch)?;
    let folder = scratch();
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text = "#include <string.h>\n#include \"int80.h\"\n\
        int main(int argc, char **argv)\n{\n    char text[64];\n    \
        memcpy(text, argv[0], (size_t)argc);\n    memset(text, 0, (size_t)argc);\n    \
        return (int)int80_call0(INT80_NR_GETPID) == (int)strlen(text);\n}\n";
    fs::write(&source, text).expect("a file");
    let mut command = Command::new("cc");
    command
        .args([width(arch), "-fno-builtin", "-I"])
        .arg(kit.include());
    command
        .arg("-o")
        .args([&program, &source])
        .arg("-L")
        .arg(kit.lib(arch))
        .arg("-lint80");
    run(&mut command);
    let said = run(Command::new("nm").arg(&program)).stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    for name in ["memcpy", "memset", "strlen"] {
        let foreign = said
            .lines()
            .any(|line| line.contains(&format!(" U {name}@")));
        assert!(foreign, "{name} is not the C library's:\n{said}");
    }
    Ok(())
}

/// What runs the program, as far as it makes a difference to it.
fn runner(place: &Place) -> Result<String, Skip> {
    if let Some(emulator) = place.way.emulator {
        let version = qemu::installed().map_err(Skip)?;
        let release = qemu::release(&version).map_err(Skip)?;
        return Ok(format!("{emulator} {release}"));
    }
    let mut ways = place.kit.ways.iter();
    let sysinfo = ways.any(|(way, state)| way.gate == Gate::Sysinfo && state.is_ok());
    Ok(if sysinfo { "native" } else { "no AT_SYSINFO" }.to_owned())
}
