//! `sfprobe`'s options, exit statuses, and what it leaves behind.
#![allow(unsafe_code)] // A pipe.

use int80_probe::{CHECKS, Check};
use int80_support::{command::capture, skip, ways::Way};
use libtest_mimic::{Failed, Trial};
use std::{fs, io::Read, os::fd::FromRawFd, path::Path, process::Output};
use xtask::pages::profile;

use crate::report::sfprobe;

type Case = fn(&dyn Fn(&[&str]) -> Result<Output, Failed>, Way) -> Result<(), Failed>;

const CASES: [(&str, Case); 8] = [
    ("--list has every check", list),
    ("--only takes names, statements and pages", only),
    ("--help and --version", texts),
    ("a wrong command line is 2", wrong),
    ("another profile is 1", other),
    ("--dir leaves nothing behind", directory),
    ("no output is 2", full),
    ("an output that is slow is waited for", slow),
];

pub fn trials(dist: &Path, way: Way) -> Vec<Trial> {
    let trial = |(name, case): (&str, Case)| {
        let dist = dist.to_owned();
        skip::trial(format!("{} sfprobe: {name}", way.name), move || {
            let run = |arguments: &[&str]| -> Result<Output, Failed> {
                let mut command = sfprobe(&dist, way);
                Ok(capture(command.args(arguments), "sfprobe")?)
            };
            case(&run, way)
        })
    };
    CASES.into_iter().map(trial).collect()
}

type Run<'a> = &'a dyn Fn(&[&str]) -> Result<Output, Failed>;

fn expect(what: &str, holds: bool, output: &Output) -> Result<(), Failed> {
    if holds {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = String::from_utf8_lossy(&output.stderr);
    Err(format!("{what}: {}\n{text}\n{messages}", output.status).into())
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn list(run: Run<'_>, _: Way) -> Result<(), Failed> {
    let output = run(&["--list"])?;
    let text = out(&output);
    let all = CHECKS.iter().map(|check| check.text);
    let whole = text.lines().eq(all);
    expect("the list", whole && output.status.success(), &output)
}

fn only(run: Run<'_>, _: Way) -> Result<(), Failed> {
    type Holds = fn(&Check) -> bool;
    let cases: [(&str, Holds); 3] = [
        ("end-", |check| check.name().contains("end-")),
        ("P0.3", |check| check.shows("P0.3")),
        ("P3.", |check| check.text.contains("P3.")),
    ];
    for (pattern, holds) in cases {
        let output = run(&["--list", "--only", pattern])?;
        let wanted = CHECKS.iter().filter(|check| holds(check)).count();
        let found = out(&output).lines().count();
        expect(pattern, wanted > 0 && found == wanted, &output)?;
    }
    let output = run(&["--only", "cell-of-32-bits"])?;
    let text = out(&output);
    let one = text.starts_with("TAP version 13\n1..1\n# Linux ")
        && text.contains("\nok 1 - cell-of-32-bits ");
    expect("one check", one, &output)
}

fn texts(run: Run<'_>, _: Way) -> Result<(), Failed> {
    let help = run(&["--help"])?;
    let named = [
        "--list",
        "--only",
        "--gate",
        "--dir",
        "--kernel",
        "--expect",
        "qemu-i386-5.2",
    ];
    let whole = named.iter().all(|option| out(&help).contains(option));
    expect("help", whole && help.status.success(), &help)?;
    let version = run(&["--version"])?;
    let right = out(&version) == format!("sfprobe (int80) {}\n", env!("CARGO_PKG_VERSION"));
    expect("version", right && version.status.success(), &version)
}

fn wrong(run: Run<'_>, _: Way) -> Result<(), Failed> {
    for arguments in [
        &["--unknown"][..],
        &["--only"],
        &["--only", "no such check"],
        &["--gate", "none"],
        &["--expect", "linux-9"],
        &["--kernel", "five"],
        &["--kernel", "0.0"],
        &["--dir", "/no/such/directory"],
        &["operand"],
    ] {
        let output = run(arguments)?;
        let said = output.stdout.is_empty() && output.stderr.starts_with(b"sfprobe: ");
        let named = format!("{arguments:?}");
        expect(&named, said && output.status.code() == Some(2), &output)?;
    }
    Ok(())
}

fn other(run: Run<'_>, _: Way) -> Result<(), Failed> {
    let output = run(&["--expect", "linux-2.4", "--only", "output-append"])?;
    let text = out(&output);
    let red = text.contains("\nnot ok 1 - output-append ")
        && text.contains("\n  expected: \"the known difference\"\n");
    expect("linux-2.4", red && output.status.code() == Some(1), &output)
}

fn directory(run: Run<'_>, way: Way) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().ok_or("a plain name")?;
    let profile = profile(&way).unwrap_or_else(|reason| skip::here(reason));
    let output = run(&["--dir", path, "--expect", profile.name()])?;
    expect("all as expected", output.status.success(), &output)?;
    let left = fs::read_dir(folder.path())?.count();
    expect("nothing is left", left == 0, &output)
}

fn full(_: Run<'_>, way: Way) -> Result<(), Failed> {
    let available = int80_support::ways::Available::from_env()?;
    let mut command = sfprobe(&available.dist, way);
    let full = fs::OpenOptions::new().write(true).open("/dev/full")?;
    let output = command.arg("--help").stdout(full).output()?;
    let said = output.stderr == b"sfprobe: standard output: write error\n";
    expect("full", said && output.status.code() == Some(2), &output)
}

/// A pipe of one page, which the program does not wait for.
fn slow(_: Run<'_>, way: Way) -> Result<(), Failed> {
    let available = int80_support::ways::Available::from_env()?;
    let mut ends = [0; 2];
    // SAFETY: the kernel writes two descriptors, which are new.
    let [mut reader, writer] = unsafe {
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) != 0
            || libc::fcntl(ends[1], libc::F_SETPIPE_SZ, 4096) < 0
            || libc::fcntl(ends[1], libc::F_SETFL, libc::O_NONBLOCK) < 0
        {
            return Err(std::io::Error::last_os_error().to_string().into());
        }
        ends.map(|end| fs::File::from_raw_fd(end))
    };
    let mut command = sfprobe(&available.dist, way);
    let mut child = command.arg("--list").stdout(writer).spawn()?;
    drop(command);
    // It is full by now, or the test shows nothing.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    let status = child.wait()?;
    let all = CHECKS.iter().map(|check| check.text);
    (text.lines().eq(all) && status.success())
        .then_some(())
        .ok_or_else(|| format!("{status}\n{text}").into())
}
