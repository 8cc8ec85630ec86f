//! Each example is built as its first lines say, sends a file in every way, and
//! is looked at by digest.

use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Place, Skip, Verdict, WayCase, hosted, need, width},
    run::{any, run, said, scratch},
};
use libtest_mimic::Trial;
use sha2::{Digest, Sha256};
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use xtask::dist::examples::EXAMPLES;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let cases: [(&str, WayCase); 6] = [
        ("example::c", |place| sends_anything(place, c)),
        ("example::cpp", |place| sends_anything(place, cpp)),
        ("example::gnu_as", |place| sends(place, gnu_as)),
        ("example::nasm", |place| sends(place, nasm)),
        ("example::rust_freestanding", |place| {
            sends_anything(place, freestanding)
        }),
        ("example::rust_hosted", |place| {
            sends_anything(place, rust_hosted)
        }),
    ];
    let all = cases.map(|(name, case)| kit.each_way(name, case));
    all.into_iter().flatten().collect()
}

/// How an example is built: into a folder, as a program.
type Build = fn(&Place, &Path) -> Result<PathBuf, Skip>;

fn examples(kit: &Kit) -> PathBuf {
    kit.folder.join("share/int80/examples")
}

fn c(place: &Place, folder: &Path) -> Result<PathBuf, Skip> {
    need("cc")?;
    let source = examples(&place.kit).join("copy.c");
    Ok(int80_support::freestanding::freestanding(
        &place.kit,
        place.way.arch,
        folder,
        &["-O2"],
        &[source],
    ))
}

fn cpp(place: &Place, folder: &Path) -> Result<PathBuf, Skip> {
    let arch = place.way.arch;
    hosted("c++", arch)?;
    let program = folder.join("program");
    let mut command = Command::new("c++");
    command
        .args([
            width(arch),
            "-std=c++11",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-I",
        ])
        .arg(place.kit.include())
        .arg("-o")
        .args([&program, &examples(&place.kit).join("copy.cpp")])
        .arg("-L")
        .arg(place.kit.lib(arch))
        .arg("-lint80");
    // The emulator need not find a C library then.
    command.args(place.way.emulator.map(|_| "-static"));
    run(&mut command);
    Ok(program)
}

fn gnu_as(place: &Place, folder: &Path) -> Result<PathBuf, Skip> {
    let arch = place.way.arch;
    let source = examples(&place.kit).join(arch.name()).join("p0.s");
    let mut command = Command::new(need("as")?);
    command.arg(match arch {
        Arch::I386 => "--32",
        Arch::X86_64 => "--64",
    });
    command.arg("-I").arg(place.kit.include());
    assembled(arch, folder, command.arg(source))
}

fn nasm(place: &Place, folder: &Path) -> Result<PathBuf, Skip> {
    let arch = place.way.arch;
    let source = examples(&place.kit).join(arch.name()).join("p0.asm");
    let mut command = Command::new(need("nasm")?);
    command.args([
        "-f",
        match arch {
            Arch::I386 => "elf32",
            Arch::X86_64 => "elf64",
        },
    ]);
    command
        .arg("-I")
        .arg(format!("{}/", place.kit.include().display()));
    assembled(arch, folder, command.arg(source))
}

fn assembled(arch: Arch, folder: &Path, command: &mut Command) -> Result<PathBuf, Skip> {
    let (object, program) = (folder.join("p0.o"), folder.join("p0"));
    run(command.arg("-o").arg(&object));
    let emulation = format!("elf_{}", arch.name());
    run(Command::new("ld")
        .args(["-m", &emulation, "-o"])
        .args([&program, &object]));
    Ok(program)
}

fn freestanding(place: &Place, _: &Path) -> Result<PathBuf, Skip> {
    rust(place, "freestanding")
}

fn rust_hosted(place: &Place, _: &Path) -> Result<PathBuf, Skip> {
    rust(place, "hosted")
}

/// Built by xtask, which knows the compilers.
fn rust(place: &Place, name: &str) -> Result<PathBuf, Skip> {
    let folder = env::var(EXAMPLES).expect("xtask tells where the examples are");
    let folder = Path::new(&folder).join(place.way.arch.name());
    match fs::read_to_string(folder.join(format!("{name}.skipped"))) {
        Ok(reason) => Err(Skip(reason)),
        Err(_) => Ok(folder.join(name)),
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A file of several MiB, an empty one, and what cannot be sent.
fn sends(place: &Place, build: Build) -> Verdict {
    let folder = scratch();
    let program = build(place, folder.path())?;
    sends_files(place, folder.path(), &program)
}

/// Besides files what sendfile alone does not move: to the end of a file, from a
/// pipe, and a file that is larger than it says.
fn sends_anything(place: &Place, build: Build) -> Verdict {
    let folder = scratch();
    let program = build(place, folder.path())?;
    sends_files(place, folder.path(), &program)?;
    let (input, output) = (folder.path().join("small"), folder.path().join("appended"));
    fs::write(&input, "small").expect("a file");
    for (from, piped, expected) in [
        (&*input, "", "small".to_owned()),
        (Path::new("/dev/stdin"), "piped", "piped".to_owned()),
        (
            Path::new("/proc/version"),
            "",
            fs::read_to_string("/proc/version").expect("the kernel's"),
        ),
    ] {
        fs::write(&output, "before ").expect("a file");
        let end = fs::File::options().append(true).open(&output);
        let mut command = place.way.program(&program);
        command
            .arg(from)
            .stdin(Stdio::piped())
            .stdout(end.expect("the file"));
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        // One that does not read it has a result that tells.
        let _ = stdin.write_all(piped.as_bytes());
        drop(stdin);
        let status = child.wait().expect("a child of ours");
        let appended = fs::read_to_string(&output).expect("the file");
        assert_eq!(appended, format!("before {expected}"), "{from:?}: {status}");
        assert!(status.success(), "{from:?}: {status}");
    }
    Ok(())
}

fn sends_files(place: &Place, folder: &Path, program: &Path) -> Verdict {
    let start = |arguments: &[&Path]| {
        let mut command = place.way.program(program);
        any(command.args(arguments))
    };
    for length in [5_000_011_usize, 0] {
        let input = folder.join("input");
        let bytes: Vec<u8> = (0..length)
            .map(|at| ((at * 7) ^ (at >> 8) ^ (at >> 16)) as u8)
            .collect();
        fs::write(&input, &bytes).expect("a file");
        let output = start(&[&input]);
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}",
            output.status
        );
        assert_eq!(output.stdout.len(), length);
        assert!(digest(&output.stdout) == digest(&bytes), "other bytes came");
    }
    for arguments in [&[][..], &[Path::new("/nowhere")], &[Path::new("/")]] {
        let output = start(arguments);
        let failed = output.status.code().is_some_and(|code| code != 0);
        assert!(failed, "{arguments:?}: {}", said(&output));
    }
    Ok(())
}
