//! `sf`: everything from standard input to standard output, or the errno.

use std::{
    fs::{self, File, OpenOptions},
    io::Read,
    path::Path,
    process::Stdio,
};

use int80_support::ways::Gate;
use libtest_mimic::{Failed, Trial};

use int80_support::outcome::{Outcome, Place, captured, number, pipe, run};

type Test = fn(&Place, &Path) -> Result<(), Failed>;

/// One gate is built in, so that the AT_SYSINFO way has nothing of its own.
pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    let applies = place.way.gate != Gate::Sysinfo;
    let tests: [(&str, Test); 3] = [
        ("moves everything", moves),
        ("ends in the errno", errnos),
        ("is killed with its reader", killed),
    ];
    tests
        .into_iter()
        .filter(move |_| applies)
        .map(|(name, test)| {
            let place = place.clone();
            Trial::test(format!("{}: sf: {name}", place.way.name), move || {
                let folder = tempfile::tempdir()?;
                int80_support::stage::set(folder.path());
                test(&place, folder.path())
            })
        })
}

fn expect(got: Outcome, status: i32, written: &[u8]) -> Result<(), Failed> {
    match got.status == status && got.messages.is_empty() && got.written == written {
        true => Ok(()),
        false => Err(format!("expected status {status}, got {got:?}").into()),
    }
}

fn moves(place: &Place, folder: &Path) -> Result<(), Failed> {
    for name in ["big", "a", "empty", "/proc/version"] {
        let path = folder.join(name);
        let got = captured(place.sf(), folder, File::open(&path)?.into());
        expect(got, 0, &fs::read(&path)?)?;
    }
    let output = File::create(folder.join("output"))?;
    let input = File::open(folder.join("big"))?;
    let (status, messages, ()) = run(place.sf(), folder, input.into(), output.into(), || ());
    let written = fs::read(folder.join("output"))?;
    expect(
        Outcome {
            status: number(status),
            messages,
            written,
        },
        0,
        &fs::read(folder.join("big"))?,
    )
}

fn errnos(place: &Place, folder: &Path) -> Result<(), Failed> {
    let open = |name: &str| File::open(folder.join(name));
    let append = || OpenOptions::new().append(true).open(folder.join("a"));
    let end = |stdin: Stdio, stdout: Stdio| {
        let (status, messages, ()) = run(place.sf(), folder, stdin, stdout, || ());
        Outcome {
            status: number(status),
            messages,
            written: Vec::new(),
        }
    };
    const EBADF: i32 = 9;
    const EINVAL: i32 = 22;
    expect(end(open("big")?.into(), append()?.into()), EINVAL, b"")?;
    expect(
        end(
            open("directory")?.into(),
            File::create(folder.join("output"))?.into(),
        ),
        EINVAL,
        b"",
    )?;
    expect(end(open("big")?.into(), open("empty")?.into()), EBADF, b"")?;
    expect(
        end(
            append()?.into(),
            File::create(folder.join("output"))?.into(),
        ),
        EBADF,
        b"",
    )
}

fn killed(place: &Place, folder: &Path) -> Result<(), Failed> {
    let (mut reader, writer) = pipe();
    let input = File::open(folder.join("big"))?;
    let read_some = move || reader.read_exact(&mut [0; 10]).expect("ten bytes");
    let (status, messages, ()) = run(place.sf(), folder, input.into(), writer.into(), read_some);
    const SIGPIPE: i32 = 13;
    expect(
        Outcome {
            status: number(status),
            messages,
            written: Vec::new(),
        },
        128 + SIGPIPE,
        b"",
    )
}
