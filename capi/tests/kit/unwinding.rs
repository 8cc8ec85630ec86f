//! Unwinding through the archive's functions: exceptions, cancellation and
//! backtraces, while a call waits in the kernel (B3).

use int80_support::{
    place::{ArchCase, Kit, Skip, Verdict, hosted, need, sources, width},
    run::{any, run, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let cases: [(&str, ArchCase); 3] = [
        ("b3_an_exception_of_a_signal_handler", exception),
        ("b3_asynchronous_cancellation", cancellation),
        ("b3_a_backtrace_of_gdb", backtrace),
    ];
    let all = cases.map(|(name, case)| kit.each_arch(name, case));
    all.into_iter().flatten().collect()
}

/// What waits, and the rung that is in use by then: 0 where there is no transfer.
const CALLS: [(&str, u8); 9] = [
    ("sendfile64", 1),
    ("splice", 3),
    ("read", 4),
    ("poll", 3),
    ("int80_sendfile", 0),
    ("int80_sendfile64", 0),
    ("int80_call3", 0),
    ("int80_call6", 0),
    ("drop_in", 0),
];

/// By the instruction, and on i386 by the kernel's entry point as well.
fn ways(arch: Arch) -> &'static [&'static [&'static str]] {
    match arch {
        Arch::I386 => &[&[], &["sysinfo"]],
        Arch::X86_64 => &[&[]],
    }
}

fn program(kit: &Kit, arch: Arch, folder: &Path) -> Result<PathBuf, Skip> {
    kit.runs(arch)?;
    hosted("c++", arch)?;
    let program = folder.join("unwind");
    run(Command::new("c++")
        .args([width(arch), "-O2", "-Wall", "-Wextra", "-pthread", "-I"])
        .arg(kit.include())
        .arg("-o")
        .args([&program, &sources().join("unwind.cpp")])
        .arg("-L")
        .arg(kit.lib(arch))
        .args(["-lint80", "-l:libint80_sendfile.a"]));
    Ok(program)
}

fn exception(kit: &Kit, arch: Arch) -> Verdict {
    left(kit, arch, "throw")
}

fn cancellation(kit: &Kit, arch: Arch) -> Verdict {
    left(kit, arch, "cancel")
}

/// Each call is left, and what was made before it is destroyed.
fn left(kit: &Kit, arch: Arch, how: &str) -> Verdict {
    let folder = scratch();
    let program = program(kit, arch, folder.path())?;
    for (call, rung) in CALLS {
        for way in ways(arch) {
            let output = any(Command::new(&program).args([how, call]).args(*way));
            let expected = format!("1 destroyed, 1 cleaned up, rung {rung}\n");
            // A kernel without the entry point has nothing to leave.
            let none = !way.is_empty() && output.stdout == b"none\n";
            let right = output.status.success() && output.stdout == expected.as_bytes();
            assert!(right || none, "{call} {way:?}: {}", said(&output));
        }
    }
    Ok(())
}

/// From inside the call out to `main`.
fn backtrace(kit: &Kit, arch: Arch) -> Verdict {
    need("gdb")?;
    let folder = scratch();
    let program = program(kit, arch, folder.path())?;
    for (call, _) in CALLS {
        for way in ways(arch) {
            let output = any(Command::new("gdb")
                .args(["-nx", "-q", "-batch", "-ex", "run", "-ex", "bt", "--args"])
                .arg(&program)
                .args(["stop", call])
                .args(*way));
            let text = said(&output).to_string();
            if ["ptrace", "Couldn't get"]
                .iter()
                .any(|one| text.contains(one))
            {
                return Err(Skip("gdb may not trace here".to_owned()));
            }
            let none = !way.is_empty() && text.contains("\nnone\n");
            let stopped = text.contains("received signal SIGUSR1");
            let outermost = text.lines().rfind(|line| line.starts_with('#'));
            let whole = outermost.is_some_and(|frame| frame.contains(" main "));
            assert!(stopped && whole || none, "{call} {way:?}: {text}");
        }
    }
    Ok(())
}
