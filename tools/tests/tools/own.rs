//! The options of `sfcat` that `cat` does not have, and what it does with those
//! of `cat`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use libtest_mimic::{Failed, Trial};

use crate::{flow, line};
use int80_support::{
    outcome::{Outcome, Place, captured, number, run},
    skip,
    stage::{FAR, GIVEN},
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
    ("options in any place", line::places),
    ("a line that is not understood", line::misunderstood),
    ("help and version", line::help),
    ("the choice of a gate", line::gates),
    ("a larger pipe", flow::larger_pipe),
    ("a full non-blocking output", flow::full_output),
    ("an empty non-blocking input", flow::empty_input),
    ("messages of a socket", flow::socket_messages),
    ("the status of /proc/self", flow::proc_self),
    ("every errno has its message", flow::messages),
    ("how each file was copied", flow::stats),
    ("d9: a pipe and a socket into a pipe", flow::spliced),
    ("over itself", over_itself),
    ("names in messages", line::names),
    ("the name that it was called by", line::called),
    ("b10: a message in 512 KiB of memory", memory),
];

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    TESTS.iter().map(|&(name, test)| {
        let place = place.clone();
        skip::trial(format!("{}: sfcat: {name}", place.way.name), move || {
            let folder = tempfile::tempdir()?;
            int80_support::stage::set(folder.path());
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
        (&["--offset", "2", "a"][..], &b"rst\n"[..]),
        (&["--offset=2", "--bytes=2", "a", "b"], b"rsco"),
        (&["--bytes", "3", "a"], b"fir"),
        (&["--bytes", "0", "a", "big"], b""),
        (&["--bytes", "100", "a"], b"first\n"),
        (&["--offset", "6", "a"], b""),
        (&["--offset", "1000G", "a"], b""),
        (
            &["--offset", "100K", "--bytes", "1K", "big"],
            &big[102_400..103_424],
        ),
        (&["--bytes=1M", "big"], &big),
        (&["--offset=1", "--offset=3", "a"], b"st\n"),
        (&["--offset", "8000000000000", "a"], b""),
    ] {
        expect(sfcat(place, folder, arguments), 0, "", written)?;
    }
    // No byte can be read there: its number would be too large.
    let largest = sfcat(place, folder, &["--offset", "9223372036854775807", "a"]);
    expect(largest, 1, "sfcat: a: Invalid argument\n", b"")
}

fn far_ranges(place: &Place, folder: &Path) -> Result<(), Failed> {
    let far = FAR.to_string();
    expect(
        sfcat(place, folder, &["--offset", &far, "sparse"]),
        0,
        "",
        b"far away",
    )?;
    expect(
        sfcat(place, folder, &["--offset=5G", "--bytes", "3", "sparse"]),
        0,
        "",
        b"far",
    )?;
    let before = (FAR - 3).to_string();
    expect(
        sfcat(place, folder, &["--offset", &before, "--bytes=6", "sparse"]),
        0,
        "",
        b"\0\0\0far",
    )
}

/// An output that only appends is refused by sendfile: read and write do it.
fn ranges_of_what_sendfile_refuses(place: &Place, folder: &Path) -> Result<(), Failed> {
    let big = fs::read(folder.join("big"))?;
    let mut command = place.sfcat();
    command.args(["--offset", "1000", "--bytes", "200000", "big"]);
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
        sfcat(place, folder, &["--offset", "1", "fifo"]),
        status,
        messages,
        b"",
    )
}

/// Without an offset the position of standard input is used and moved; with one
/// it stays.
fn position(place: &Place, folder: &Path) -> Result<(), Failed> {
    use std::io::Seek;
    let mut file = fs::File::open(folder.join("big"))?;
    for (arguments, position) in [
        (&["--bytes", "70000"][..], 70_000),
        (&["--offset=5", "--bytes=10"], 70_000),
    ] {
        let mut command = place.sfcat();
        command.args(arguments);
        captured(command, folder, file.try_clone()?.into());
        if file.stream_position()? != position {
            return Err(format!("{arguments:?}: {}", file.stream_position()?).into());
        }
    }
    Ok(())
}

/// A file that is read before what is written over it is only rewritten: the
/// rule of coreutils since 9.6.
fn over_itself(place: &Place, folder: &Path) -> Result<(), Failed> {
    let over = |arguments: &[&str], at: u64| -> Result<_, Failed> {
        use std::io::{Seek, SeekFrom};
        fs::write(folder.join("f"), b"one two\n")?;
        fs::write(folder.join("g"), b"three\n")?;
        let path = folder.join("f");
        let mut output = fs::OpenOptions::new().read(true).write(true).open(path)?;
        output.seek(SeekFrom::Start(at))?;
        let mut command = place.sfcat();
        command.args(arguments);
        let (status, messages, ()) = run(command, folder, Stdio::null(), output.into(), || ());
        Ok(Outcome {
            status: number(status),
            messages,
            written: fs::read(folder.join("f"))?,
        })
    };
    let refused = "sfcat: f: input file is output file\n";
    expect(over(&["f", "g"], 0)?, 0, "", b"one two\nthree\n")?;
    expect(over(&["--offset=4", "f"], 0)?, 0, "", b"two\ntwo\n")?;
    expect(over(&["f"], 1)?, 1, refused, b"one two\n")?;
    expect(over(&["--offset=4", "f"], 5)?, 1, refused, b"one two\n")?;
    expect(over(&["g", "f"], 0)?, 1, refused, b"three\no\n")
}

/// The image and the stack that the kernel gives a program at its start take less
/// than 300 KiB.
fn memory(place: &Place, folder: &Path) -> Result<(), Failed> {
    if place.is_emulated() {
        skip::here("the limit would be the emulator's");
    }
    let tool = place.sfcat();
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -v 512 && exec \"$0\" \"$@\""])
        .arg(tool.get_program())
        .args(tool.get_args())
        .arg("missing");
    // The shell calls the program by its path.
    let name = place.way.tool(&place.dist, "sfcat");
    let message = format!("{}: missing: No such file or directory\n", name.display());
    expect(captured(command, folder, Stdio::null()), 1, &message, b"")
}
