//! The drop-in under programs that this machine has and that do not know of it:
//! each does what it does without, by our functions.

use crate::{
    dropin::{bound, drop_in},
    server,
};
use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Skip, Verdict, need},
    run::{any, run, said, scratch},
};
use libtest_mimic::Trial;
use object::Object;
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let on_x86_64 = |name: &str, case: fn(&Kit) -> Verdict| {
        let kit = kit.clone();
        int80_support::place::trial(&format!("x86_64::under::{name}"), move || {
            kit.has(Arch::X86_64)?;
            case(&kit)
        })
    };
    vec![
        on_x86_64("python", python),
        on_x86_64("busybox_cat", busybox_cat),
        on_x86_64("busybox_httpd", |kit| served(kit, server::busybox)),
        on_x86_64("nginx", |kit| served(kit, server::nginx)),
        on_x86_64("darkhttpd", |kit| served(kit, server::darkhttpd)),
    ]
}

/// Bytes that no two of the drop-in's mistakes leave alike.
fn input(folder: &Path) -> PathBuf {
    let path = folder.join("input");
    let bytes: Vec<u8> = (0..3_000_007_u32)
        .map(|at| ((at * 7) ^ (at >> 8) ^ (at >> 16)) as u8)
        .collect();
    fs::write(&path, bytes).expect("a file");
    path
}

/// With an offset, without, and an error.
const SCRIPT: &str = "
import errno, os, sys
file = os.open(sys.argv[1], os.O_RDONLY)
offset = 0
while True:
    moved = os.sendfile(1, file, offset, 1 << 20)
    if moved == 0:
        break
    offset += moved
while os.sendfile(1, file, None, 1 << 20):
    pass
try:
    os.sendfile(-1, file, 0, 1)
    sys.exit('no error')
except OSError as error:
    print(errno.errorcode[error.errno], flush=True)
try:
    os.sendfile(1, file, -1, 1)
    sys.exit('no error')
except OSError as error:
    print(errno.errorcode[error.errno], flush=True)
";

fn python(kit: &Kit) -> Verdict {
    need("python3")?;
    // What is on PATH may be a script that starts the one that is meant.
    let find = ["-c", "import sys; print(sys.executable)"];
    let python = run(Command::new("python3").args(find)).stdout;
    let python = String::from_utf8(python).expect("a path").trim().to_owned();
    let folder = scratch();
    let input = input(folder.path());
    let arguments = ["-c".into(), SCRIPT.into(), input.into_os_string()];
    let output = compare(kit, folder.path(), Path::new(&python), &arguments)?;
    assert!(
        output.stdout.ends_with(b"EBADF\nEINVAL\n"),
        "{}",
        output.status
    );
    assert_eq!(output.stdout.len(), 2 * 3_000_007 + 13);
    Ok(())
}

fn busybox_cat(kit: &Kit) -> Verdict {
    let busybox = need("busybox")?;
    let folder = scratch();
    let input = input(folder.path());
    let arguments = [
        "cat".into(),
        input.clone().into_os_string(),
        "/nowhere".into(),
    ];
    let output = compare(kit, folder.path(), &busybox, &arguments)?;
    assert!(
        output.stdout == fs::read(&input).expect("the input"),
        "{}",
        said_short(&output)
    );
    assert_eq!(output.status.code(), Some(1));
    Ok(())
}

fn said_short(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    format!("{}, {} bytes, {error}", output.status, output.stdout.len())
}

/// Runs the program without the drop-in, with it, and with it in a trace: the
/// same output and status, its calls bound to our functions, and made.
fn compare(
    kit: &Kit,
    folder: &Path,
    program: &Path,
    arguments: &[OsString],
) -> Result<Output, Skip> {
    dynamic(program)?;
    let plain = any(Command::new(program).args(arguments));
    let log = folder.join("bindings");
    let shared = drop_in(kit, Arch::X86_64, "", folder)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("LD_PRELOAD", &shared)
        .env("LD_DEBUG", "bindings")
        .env("LD_DEBUG_OUTPUT", &log);
    let ours = any(&mut command);
    assert!(
        ours == plain,
        "{} and {}",
        said_short(&plain),
        said_short(&ours)
    );
    check_bound(&log, &shared);

    need("strace")?;
    let trace = folder.join("trace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-e", "trace=sendfile", "-o"])
        .arg(&trace)
        .arg("-E");
    command
        .arg(format!("LD_PRELOAD={}", shared.display()))
        .arg(program)
        .args(arguments);
    let traced = any(&mut command);
    if !traced.status.success() && said(&traced).to_string().contains("PTRACE") {
        return Err(Skip("strace may not trace here".to_owned()));
    }
    assert!(
        traced == plain,
        "{} and {}",
        said_short(&plain),
        said_short(&traced)
    );
    let trace = fs::read_to_string(&trace).expect("the trace");
    assert!(trace.matches("sendfile(").count() > 0, "{trace}");
    Ok(plain)
}

/// A static program, as `busybox-static` has one, takes no drop-in; it may have
/// dynamic symbols all the same, but no loader.
fn dynamic(program: &Path) -> Verdict {
    let data = fs::read(program).expect("the program");
    let elf = object::File::parse(&*data).expect("an ELF file");
    match elf.section_by_name(".interp") {
        Some(_) => Ok(()),
        None => Err(Skip(format!("{} is static", program.display()))),
    }
}

/// glibc's headers make sendfile64 of sendfile where offsets have 64 bits, as
/// they have in all of these; `dropin.c` calls both.
pub fn check_bound(log: &Path, shared: &Path) {
    let bound = bound(log, shared, None);
    assert!(!bound.is_empty(), "the program does not call our functions");
    let ours = |name: &String| name == "sendfile" || name == "sendfile64";
    assert!(bound.iter().all(ours), "{bound:?}");
}

/// A server on loopback: what it sends without the drop-in and with it.
fn served(kit: &Kit, make: fn(&Path, u16) -> Result<Command, Skip>) -> Verdict {
    let folder = scratch();
    let input = input(folder.path());
    let expected = fs::read(&input).expect("the input");
    dynamic(Path::new(make(folder.path(), 1)?.get_program()))?;
    let shared = drop_in(kit, Arch::X86_64, "", folder.path())?;
    let log = folder.path().join("bindings");
    for preloaded in [false, true] {
        let environment: &[(&str, &Path)] = &[
            ("LD_PRELOAD", &shared),
            ("LD_DEBUG", Path::new("bindings")),
            ("LD_DEBUG_OUTPUT", &log),
        ];
        let environment = if preloaded { environment } else { &[] };
        let answers = server::ask(make, folder.path(), environment, None)?;
        check_answers(&answers, &expected);
    }
    check_bound(&log, &shared);
    need("strace")?;
    let trace = folder.path().join("trace");
    let answers = server::ask(
        make,
        folder.path(),
        &[("LD_PRELOAD", &shared)],
        Some(&trace),
    )?;
    check_answers(&answers, &expected);
    let trace = fs::read_to_string(&trace).expect("the trace");
    assert!(trace.matches("sendfile(").count() > 0, "{trace}");
    Ok(())
}

/// The file, a part of it, and a file that is not there.
fn check_answers(answers: &[server::Answer; 3], expected: &[u8]) {
    let [whole, part, missing] = answers;
    assert!(
        whole.status == 200 && whole.body == expected,
        "{}",
        whole.status
    );
    match part.status {
        206 => assert!(part.body == expected[100_000..2_000_001]),
        // Not every server knows of parts.
        _ => assert!(
            part.status == 200 && part.body == expected,
            "{}",
            part.status
        ),
    }
    assert_eq!(missing.status, 404);
}
