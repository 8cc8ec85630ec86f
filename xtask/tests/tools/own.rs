//! What `sfcat` has and `cat` has not: a range, a choice of gate, waiting for
//! non-blocking descriptors.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use libtest_mimic::{Failed, Trial};
use rustix::pipe::{PipeFlags, pipe_with};
use xtask::ways::Gate;

use crate::{
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
    ("a full non-blocking output", full_output),
    ("an empty non-blocking input", empty_input),
    ("the status of /proc/self", proc_self),
    ("every errno has its message", messages),
    ("how each file was copied", stats),
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

fn sfcat(place: &Place, folder: &Path, arguments: &[&str]) -> Outcome {
    let mut command = place.sfcat();
    command.args(arguments);
    captured(command, folder, Stdio::null())
}

fn expect(got: Outcome, status: i32, messages: &str, written: &[u8]) -> Result<(), Failed> {
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
        (&["-o", "9223372036854775807", "a"], b""),
    ] {
        expect(sfcat(place, folder, arguments), 0, "", written)?;
    }
    Ok(())
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
    for (arguments, position) in [(&["-n", "70000"][..], 70_000), (&["-o5", "-n10"], 70_000)] {
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

/// A reader that takes its time, behind a pipe that says EAGAIN.
fn full_output(place: &Place, folder: &Path) -> Result<(), Failed> {
    let big = fs::read(folder.join("big"))?;
    for input in ["big", "fifo"] {
        if input == "fifo" {
            let (fifo, written) = (folder.join("fifo"), big.clone());
            thread::spawn(move || fs::write(fifo, written));
        }
        let mut command = place.sfcat();
        command.arg(input);
        let (reader, writer) = pipe_with(PipeFlags::NONBLOCK | PipeFlags::CLOEXEC)?;
        rustix::fs::fcntl_setfl(&reader, rustix::fs::OFlags::empty())?;
        let slow = move || {
            let (mut reader, mut got, mut part) = (fs::File::from(reader), Vec::new(), [0; 50_000]);
            loop {
                thread::sleep(Duration::from_millis(2));
                match reader.read(&mut part).expect("reading") {
                    0 => return got,
                    n => got.extend_from_slice(&part[..n]),
                }
            }
        };
        let (status, messages, written) = run(command, folder, Stdio::null(), writer.into(), slow);
        expect(
            Outcome {
                status: number(status),
                messages,
                written,
            },
            0,
            "",
            &big,
        )?;
    }
    Ok(())
}

/// A writer that takes its time, behind a pipe that says EAGAIN.
fn empty_input(place: &Place, folder: &Path) -> Result<(), Failed> {
    let (reader, writer) = pipe_with(PipeFlags::NONBLOCK | PipeFlags::CLOEXEC)?;
    thread::spawn(move || {
        let mut writer = fs::File::from(writer);
        for part in [&b"slowly "[..], b"but ", b"surely"] {
            thread::sleep(Duration::from_millis(5));
            writer.write_all(part).expect("writing");
        }
    });
    let got = captured(place.sfcat(), folder, reader.into());
    expect(got, 0, "", b"slowly but surely")
}

fn proc_self(place: &Place, folder: &Path) -> Result<(), Failed> {
    let got = sfcat(place, folder, &["/proc/self/status", "a"]);
    let text = String::from_utf8(got.written)?;
    let whole = text.starts_with("Name:\t") && text.contains("\nThreads:\t");
    match got.status == 0 && got.messages.is_empty() && whole && text.ends_with("first\n") {
        true => Ok(()),
        false => Err(format!("{}{} bytes", got.messages, text.len()).into()),
    }
}

/// The packed texts, looked at one by one: strace answers for the kernel.
fn messages(place: &Place, folder: &Path) -> Result<(), Failed> {
    let mut trial = Command::new("strace");
    trial
        .args(["-qq", "-o", "trace", "true"])
        .current_dir(folder);
    let reason = match (place.is_emulated(), trial.output()) {
        (true, _) => "strace does not see into qemu-i386".to_owned(),
        (_, Err(error)) => format!("strace: {error}"),
        (_, Ok(output)) if !output.status.success() => "strace may not trace here".to_owned(),
        _ => String::new(),
    };
    if !reason.is_empty() {
        eprintln!("skipped: messages on {}: {reason}", place.way.name);
        return Ok(());
    }
    for (name, message) in [
        ("EACCES", "Permission denied"),
        ("ENFILE", "Too many open files in system"),
        ("EOVERFLOW", "Value too large for defined data type"),
        ("ESTALE", "Stale file handle"),
        ("ENOTRECOVERABLE", "State not recoverable"),
        ("EHWPOISON", "Memory page has hardware error"),
    ] {
        let mut command = Command::new("strace");
        command.args([
            "-qq",
            "-o",
            "trace",
            "-e",
            &format!("inject=openat:error={name}"),
        ]);
        let tool = place.sfcat();
        command
            .arg(tool.get_program())
            .args(tool.get_args())
            .arg("a");
        expect(
            captured(command, folder, Stdio::null()),
            1,
            &format!("sfcat: a: {message}\n"),
            b"",
        )?;
    }
    Ok(())
}

/// `--stats`: a line for each file on standard error, with the call that moved
/// the bytes and why the one before it did not.
fn stats(place: &Place, folder: &Path) -> Result<(), Failed> {
    let line = |messages: &str| -> Result<String, Failed> {
        // The number of calls is the kernel's own matter.
        let mut words: Vec<&str> = messages.trim_end().split(' ').collect();
        let at = words
            .iter()
            .position(|&word| word == "calls,")
            .ok_or("no calls")?;
        let calls: u32 = words[at - 1].parse()?;
        words[at - 1] = if calls > 0 { "N" } else { "0" };
        Ok(words.join(" "))
    };
    let pipe = sfcat(place, folder, &["--stats", "big"]);
    let got = line(&pipe.messages)?;
    let refused = ["Invalid argument", "Bad file descriptor"];
    let expected = refused.map(|why| {
        format!("sfcat: big: 300000 bytes, N calls, sendfile64 (copy_file_range: {why})")
    });
    if !expected.contains(&got) {
        return Err(got.into());
    }
    for (arguments, rest) in [
        (
            &["--stats", "-n", "0", "a"][..],
            "sfcat: a: 0 bytes, 0 calls, copy_file_range",
        ),
        (
            &["--stats", "-o", "5368709119", "-n", "9", "sparse"],
            "sfcat: sparse: 9 bytes, N calls, ",
        ),
    ] {
        let got = line(&sfcat(place, folder, arguments).messages)?;
        if !got.starts_with(rest) {
            return Err(format!("{arguments:?}: {got}").into());
        }
    }
    // What only read and write can do: an output that appends.
    let mut command = place.sfcat();
    command.args(["--stats", "big"]);
    let output = fs::OpenOptions::new().append(true).open(folder.join("a"))?;
    let (_, messages, ()) = run(command, folder, Stdio::null(), output.into(), || ());
    let got = line(&messages)?;
    let expected = "sfcat: big: 300000 bytes, N calls, read/write (splice: Invalid argument)";
    match got == expected {
        true => Ok(()),
        false => Err(got.into()),
    }
}
