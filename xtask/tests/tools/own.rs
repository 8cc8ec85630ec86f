//! What `sfcat` has and `cat` has not: a range and a choice of gate.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use libtest_mimic::{Failed, Trial};
use xtask::ways::Gate;

use crate::{
    flow,
    outcome::{Outcome, Place, captured, number, run},
    stage::{self, FAR, GIVEN},
};

type Test = fn(&Place, &Path) -> Result<(), Failed>;

const TESTS: &[(&str, Test)] = &[
    ("a range of each file", ranges),
    ("a range beyond 4 GiB", far_ranges),
    (
        "a range through read and write",
        ranges_of_what_sendfile_refuses,
    ),
    ("the position of standard input", position),
    ("options in any place", places),
    ("a line that is not understood", misunderstood),
    ("help and version", help),
    ("the choice of a gate", gates),
    ("a full non-blocking output", flow::full_output),
    ("an empty non-blocking input", flow::empty_input),
    ("the status of /proc/self", flow::proc_self),
    ("every errno has its message", flow::messages),
    ("how each file was copied", flow::stats),
];

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    TESTS.iter().map(|&(name, test)| {
        let place = place.clone();
        Trial::test(format!("{}: sfcat: {name}", place.way.name), move || {
            let folder = tempfile::tempdir()?;
            stage::set(folder.path());
            test(&place, folder.path())
        })
    })
}

pub fn sfcat(place: &Place, folder: &Path, arguments: &[&str]) -> Outcome {
    let mut command = place.sfcat();
    command.args(arguments);
    captured(command, folder, Stdio::null())
}

pub fn expect(got: Outcome, status: i32, messages: &str, written: &[u8]) -> Result<(), Failed> {
    let expected = Outcome {
        status,
        messages: messages.to_owned(),
        written: written.to_vec(),
    };
    match got == expected {
        true => Ok(()),
        false => Err(format!("got:      {got:?}\nexpected: {expected:?}").into()),
    }
}

fn ranges(place: &Place, folder: &Path) -> Result<(), Failed> {
    let big = fs::read(folder.join("big"))?;
    for (arguments, written) in [
        (&["-o", "2", "a"][..], &b"rst\n"[..]),
        (&["-o2", "-n2", "a", "b"], b"rsco"),
        (&["-n", "3", "a"], b"fir"),
        (&["-n", "0", "a", "big"], b""),
        (&["-n", "100", "a"], b"first\n"),
        (&["-o", "6", "a"], b""),
        (&["-o", "1000G", "a"], b""),
        (&["-o", "100K", "-n", "1K", "big"], &big[102_400..103_424]),
        (&["-n1M", "big"], &big),
        (&["-o1", "-o3", "a"], b"st\n"),
        (&["-o", "8000000000000", "a"], b""),
    ] {
        expect(sfcat(place, folder, arguments), 0, "", written)?;
    }
    // No byte can be read there: its number would be too large.
    let largest = sfcat(place, folder, &["-o", "9223372036854775807", "a"]);
    expect(largest, 1, "sfcat: a: Invalid argument\n", b"")
}

fn far_ranges(place: &Place, folder: &Path) -> Result<(), Failed> {
    let far = FAR.to_string();
    expect(
        sfcat(place, folder, &["-o", &far, "sparse"]),
        0,
        "",
        b"far away",
    )?;
    expect(
        sfcat(place, folder, &["-o5G", "-n", "3", "sparse"]),
        0,
        "",
        b"far",
    )?;
    let before = (FAR - 3).to_string();
    expect(
        sfcat(place, folder, &["-o", &before, "-n6", "sparse"]),
        0,
        "",
        b"\0\0\0far",
    )
}

/// An output that only appends is refused by sendfile: read and write do it.
fn ranges_of_what_sendfile_refuses(place: &Place, folder: &Path) -> Result<(), Failed> {
    let big = fs::read(folder.join("big"))?;
    let mut command = place.sfcat();
    command.args(["-o", "1000", "-n", "200000", "big"]);
    let output = fs::OpenOptions::new().append(true).open(folder.join("a"))?;
    let (status, messages, ()) = run(command, folder, Stdio::null(), output.into(), || ());
    let written = fs::read(folder.join("a"))?;
    let expected = [&b"first\n"[..], &big[1000..201_000]].concat();
    expect(
        Outcome {
            status: number(status),
            messages,
            written,
        },
        0,
        "",
        &expected,
    )?;
    let (status, messages) = (1, "sfcat: fifo: Illegal seek\n");
    thread::spawn({
        let fifo = folder.join("fifo");
        move || fs::write(fifo, GIVEN)
    });
    expect(
        sfcat(place, folder, &["-o", "1", "fifo"]),
        status,
        messages,
        b"",
    )
}

/// Without an offset standard input's position is used and moved, with one not.
fn position(place: &Place, folder: &Path) -> Result<(), Failed> {
    use std::io::Seek;
    let mut file = fs::File::open(folder.join("big"))?;
    for (arguments, position) in [(&["-n", "70000"][..], 70_000), (&["-o5", "-n10"], 15)] {
        let mut command = place.sfcat();
        command.args(arguments);
        captured(command, folder, file.try_clone()?.into());
        if file.stream_position()? != position {
            return Err(format!("{arguments:?}: {}", file.stream_position()?).into());
        }
    }
    Ok(())
}

fn places(place: &Place, folder: &Path) -> Result<(), Failed> {
    expect(sfcat(place, folder, &["a", "-o", "4"]), 0, "", b"t\n")?;
    expect(
        sfcat(place, folder, &["--", "-n", "a"]),
        0,
        "",
        b"named like an option\nfirst\n",
    )?;
    expect(sfcat(place, folder, &["-o", "4", "--", "a"]), 0, "", b"t\n")?;
    expect(
        sfcat(place, folder, &["a", "--version", "b"]),
        0,
        "",
        VERSION,
    )
}

const VERSION: &[u8] = concat!("sfcat (int80) ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

fn misunderstood(place: &Place, folder: &Path) -> Result<(), Failed> {
    for (arguments, message) in [
        (&["-x", "a"][..], "-x: unrecognized option; try --help"),
        (
            &["a", "--helpful"],
            "--helpful: unrecognized option; try --help",
        ),
        (&["--help=x"], "--help=x: unrecognized option; try --help"),
        (&["-o"], "-o: option requires an argument"),
        (&["a", "-n"], "-n: option requires an argument"),
        (&["--gate"], "--gate: option requires an argument"),
        (&["--gate", "int81"], "int81: unknown gate; try --help"),
        (&["--gate=", "int81"], "int81: unknown gate; try --help"),
        (&["-o", "x"], "x: invalid number"),
        (&["-o", ""], ": invalid number"),
        (&["-n", "-1"], "-1: invalid number"),
        (&["-n", "K"], "K: invalid number"),
        (&["-n", "1T"], "1T: invalid number"),
        (&["-n", "1KK"], "1KK: invalid number"),
        (&["-n", "0x10"], "0x10: invalid number"),
        (
            &["-n", "9223372036854775808"],
            "9223372036854775808: invalid number",
        ),
        (
            &["-n", "99999999999999999999999"],
            "99999999999999999999999: invalid number",
        ),
        (&["-n", "8589934592G"], "8589934592G: invalid number"),
    ] {
        expect(
            sfcat(place, folder, arguments),
            1,
            &format!("sfcat: {message}\n"),
            b"",
        )?;
    }
    Ok(())
}

fn help(place: &Place, folder: &Path) -> Result<(), Failed> {
    let help = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tools/src/sfcat/help.txt"
    ))?;
    expect(sfcat(place, folder, &["--help"]), 0, "", &help)?;
    expect(sfcat(place, folder, &["--version"]), 0, "", VERSION)?;
    let mut command = place.sfcat();
    command.arg("--help");
    let full = fs::OpenOptions::new().write(true).open("/dev/full")?;
    let (status, messages, ()) = run(command, folder, Stdio::null(), full.into(), || ());
    let got = Outcome {
        status: number(status),
        messages,
        written: Vec::new(),
    };
    expect(got, 1, "sfcat: write error: No space left on device\n", b"")
}

fn gates(place: &Place, folder: &Path) -> Result<(), Failed> {
    let here: &[&str] = match (place.way.gate, place.is_emulated()) {
        (Gate::Syscall, _) => &["syscall"],
        (_, true) => &["int80"],
        (_, false) => &["int80", "sysinfo"],
    };
    for gate in ["int80", "sysinfo", "syscall"] {
        let run = |arguments: &[&str]| {
            let mut command: Command = place.way.command(&place.dist, "sfcat");
            command.args(arguments);
            captured(command, folder, Stdio::null())
        };
        // The AT_SYSINFO way exists only where the kernel has it.
        if gate == "sysinfo" && place.way.name == "i386-int80" {
            continue;
        }
        let (status, message, written): (_, _, &[u8]) = match here.contains(&gate) {
            true => (0, "", b"first\n"),
            false => (1, "sfcat: --gate: not on this machine\n", b""),
        };
        expect(run(&["--gate", gate, "a"]), status, message, written)?;
        expect(
            run(&[&format!("--gate={gate}"), "a"]),
            status,
            message,
            written,
        )?;
    }
    Ok(())
}
