//! Files that lie (A1, A2), and a question that is refused (A4).

use std::{
    fs::{self, File, OpenOptions},
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
};

use int80_support::{
    gates::pattern,
    lying::{LEN, Lying},
    outcome::{Place, captured, number, run},
};
use libtest_mimic::{Failed, Trial};

use crate::flow::cannot_trace;

/// Why it cannot be tried here, or what came of it.
type Tried = Result<Result<(), Failed>, String>;

/// One file system at a time: each has a thread.
static ONE: Mutex<()> = Mutex::new(());

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    let tests = [
        ("a1: sfcat: a file has more than its size", a1_sfcat as Test),
        ("a1: sf: a file has more than its size", a1_sf),
        ("a2: sfcat: an error that is told once", a2),
        (
            "a2: sfcat: an error of the file before",
            a2_of_the_file_before,
        ),
        ("a4: sfcat: statx and fstat64 refused, over itself", a4),
    ];
    tests.into_iter().map(|(name, test)| {
        let place = place.clone();
        let name = format!("{}: {name}", place.way.name);
        Trial::test(name.clone(), move || {
            let folder = tempfile::tempdir()?;
            test(&place, folder.path()).unwrap_or_else(|reason| {
                eprintln!("skipped: {name}: {reason}");
                Ok(())
            })
        })
    })
}

type Test = fn(&Place, &Path) -> Tried;

fn mounted(body: impl FnOnce(&Lying) -> Result<(), Failed>) -> Tried {
    let _one = ONE.lock();
    Lying::mount().map(|lying| body(&lying))
}

fn a1_sfcat(place: &Place, folder: &Path) -> Tried {
    mounted(|lying| {
        for path in lying.files() {
            let mut command = place.sfcat();
            command.arg(&path);
            let outcome = captured(command, folder, Stdio::null());
            if outcome.status != 0 || outcome.written != pattern(LEN) {
                return Err(format!("{}: {outcome:?}", path.display()).into());
            }
        }
        Ok(())
    })
}

/// It has no other call than sendfile: what it cannot move, it must not pass
/// over in silence.
fn a1_sf(place: &Place, folder: &Path) -> Tried {
    mounted(|lying| {
        for path in lying.files() {
            let command = place.way.command(&place.dist, "sf");
            let outcome = captured(command, folder, File::open(&path)?.into());
            let all = outcome.written == pattern(LEN);
            if (outcome.status == 0) != all || !pattern(LEN).starts_with(&outcome.written) {
                return Err(format!("{}: {outcome:?}", path.display()).into());
            }
        }
        Ok(())
    })
}

fn a2(place: &Place, folder: &Path) -> Tried {
    mounted(|lying| {
        fs::write(folder.join("input"), pattern(1_300_000))?;
        for taken in [64 << 10, 192 << 10, 1 << 20] {
            let output = OpenOptions::new().write(true).open(lying.loses(taken))?;
            let mut command = place.sfcat();
            command.arg("input").current_dir(folder);
            command.stdin(Stdio::null()).stdout(output);
            let ended = number(command.stderr(Stdio::null()).status()?);
            if (ended, lying.told()) != (1, 1) {
                let told = lying.told();
                return Err(format!("{taken}: status {ended}, told {told} times").into());
            }
        }
        Ok(())
    })
}

/// The bytes of the first file are lost, which is told once at the second: by EIO,
/// or by what a sandbox says, too.
fn a2_of_the_file_before(place: &Place, folder: &Path) -> Tried {
    for (errno, text) in [
        (libc::EIO, "Input/output error"),
        (libc::EPERM, "Operation not permitted"),
        (libc::EACCES, "Permission denied"),
    ] {
        let tried = mounted(|lying| {
            let output = OpenOptions::new()
                .write(true)
                .open(lying.tells_late(errno))?;
            let mut command = place.sfcat();
            let whole = lying.files().find(|path| path.ends_with("size-right"));
            let whole = whole.ok_or("no such file")?;
            command.args([&whole, &whole]);
            let (status, messages, ()) = run(command, folder, Stdio::null(), output.into(), || ());
            let got = (number(status), &*messages, lying.told());
            match got == (1, &*format!("sfcat: write error: {text}\n"), 1) {
                true => Ok(()),
                false => Err(format!("status, messages and errors told: {got:?}").into()),
            }
        })?;
        if tried.is_err() {
            return Ok(tried);
        }
    }
    Ok(Ok(()))
}

fn a4(place: &Place, folder: &Path) -> Tried {
    if let Some(reason) = cannot_trace(place) {
        return Err(reason);
    }
    let tried = || {
        for refused in ["statx", "statx,fstat,?fstat64"] {
            let x = folder.join("x");
            fs::write(&x, "abc\n")?;
            let tool = place.sfcat();
            let status = Command::new("timeout")
                .args(["20", "strace", "-qq", "-o", "trace", "-e"])
                .arg(format!("inject={refused}:error=EPERM"))
                .arg(tool.get_program())
                .args(tool.get_args())
                .arg("x")
                .current_dir(folder)
                .stdout(OpenOptions::new().append(true).open(&x)?)
                .stderr(Stdio::null())
                .status()?;
            let (status, len) = (number(status), fs::read(&x)?.len());
            if (status, len) != (1, 4) {
                return Err(format!("without {refused}: status {status}, {len} bytes").into());
            }
        }
        Ok(())
    };
    Ok(tried())
}
