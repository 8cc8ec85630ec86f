//! How `sfcat` fares where bytes come and go slowly, and what it says.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::Failed;
use rustix::{
    io::ioctl_fionread,
    net::{AddressFamily, SocketFlags, SocketType, socketpair, sockopt},
    pipe::{PipeFlags, fcntl_getpipe_size, pipe_with},
};

use crate::own::{expect, sfcat};
use int80_support::{
    gates::pattern,
    outcome::{Outcome, Place, captured, number, run},
    stage::GIVEN,
};

/// An output pipe grows only for more than 64 KiB: pipes of one user share a
/// limit (D10). That it has its old size at the end, where the rest fits it, is
/// shown by the library's tests.
pub fn larger_pipe(place: &Place, folder: &Path) -> Result<(), Failed> {
    const OLD: usize = 65536;
    for (name, largest) in [("a", OLD), ("big", 1 << 20)] {
        let mut command = place.sfcat();
        command.arg(name);
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
        let reader = fs::File::from(reader);
        let expected = fs::read(folder.join(name))?;
        let count = expected.len();
        let (_, messages, (seen, read)) =
            run(command, folder, Stdio::null(), writer.into(), || {
                // Nothing is read until all is there: more than the old size is
                // in the pipe only if it has grown.
                let end = Instant::now() + Duration::from_secs(30);
                while ioctl_fionread(&reader).expect("a pipe") < count as u64
                    && Instant::now() < end
                {
                    thread::sleep(Duration::from_millis(1));
                }
                let seen = fcntl_getpipe_size(&reader).expect("a pipe");
                let mut read = vec![0; count];
                (&reader).read_exact(&mut read).expect("reading");
                (seen, read)
            });
        let after = fcntl_getpipe_size(&reader)?;
        if !messages.is_empty()
            || seen != largest
            || (name == "a" && after != OLD)
            || read != expected
        {
            return Err(format!("{name}: {messages}{seen} bytes, {after} at the end").into());
        }
    }
    Ok(())
}

/// A reader that takes its time, behind a pipe that says EAGAIN.
pub fn full_output(place: &Place, folder: &Path) -> Result<(), Failed> {
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
pub fn empty_input(place: &Place, folder: &Path) -> Result<(), Failed> {
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

/// Each message arrives whole, though the pipe has no room for it: the kernel would
/// cut it there, as it does in a read that is too small.
pub fn socket_messages(place: &Place, folder: &Path) -> Result<(), Failed> {
    const FILLED: usize = 60_000;
    for length in [20_000, 100_000] {
        let (kind, flags) = (SocketType::SEQPACKET, SocketFlags::CLOEXEC);
        let (near, far) = socketpair(AddressFamily::UNIX, kind, flags, None)?;
        let message = pattern(length);
        sockopt::set_socket_send_buffer_size(&far, 1 << 20)?;
        rustix::io::write(&far, &message)?;
        drop(far);
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
        rustix::io::write(&writer, &[0; FILLED])?;
        let read = move || {
            thread::sleep(Duration::from_millis(100));
            let mut got = Vec::new();
            fs::File::from(reader).read_to_end(&mut got).map(|_| got)
        };
        let (stdin, stdout) = (near.into(), writer.into());
        let (status, messages, written) = run(place.sfcat(), folder, stdin, stdout, read);
        let (status, written) = (number(status), written?.split_off(FILLED));
        let got = Outcome {
            status,
            messages,
            written,
        };
        expect(got, 0, "", &message)?;
    }
    Ok(())
}

pub fn proc_self(place: &Place, folder: &Path) -> Result<(), Failed> {
    let got = sfcat(place, folder, &["/proc/self/status", "a"]);
    let text = String::from_utf8(got.written)?;
    let whole = text.starts_with("Name:\t") && text.contains("\nThreads:\t");
    match got.status == 0 && got.messages.is_empty() && whole && text.ends_with("first\n") {
        true => Ok(()),
        false => Err(format!("{}{} bytes", got.messages, text.len()).into()),
    }
}

/// Why strace cannot be used there.
pub fn cannot_trace(place: &Place) -> Option<String> {
    if place.is_emulated() {
        return Some("strace does not see into qemu-i386".to_owned());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut trial = Command::new("strace");
    trial
        .args(["-qq", "-o", "trace", "true"])
        .current_dir(&folder);
    match trial.output() {
        Err(error) => Some(format!("strace: {error}")),
        Ok(output) if !output.status.success() => Some("strace may not trace here".to_owned()),
        Ok(_) => None,
    }
}

/// The texts, looked at one by one: strace answers for the kernel.
pub fn messages(place: &Place, folder: &Path) -> Result<(), Failed> {
    if let Some(reason) = cannot_trace(place) {
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
        // Behind the last one that Linux has.
        ("134", "Unknown error"),
        ("4095", "Unknown error"),
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
        // strace calls the program by its path.
        let name = place.way.tool(&place.dist, "sfcat");
        expect(
            captured(command, folder, Stdio::null()),
            1,
            &format!("{}: a: {message}\n", name.display()),
            b"",
        )?;
    }
    Ok(())
}

/// The line of `--stats`, without the number of calls, which is the kernel's own
/// matter.
fn line(messages: &str) -> Result<String, Failed> {
    let mut words: Vec<&str> = messages.trim_end().split(' ').collect();
    let at = words
        .iter()
        .position(|&word| word == "calls,")
        .ok_or("no calls")?;
    let calls: u32 = words[at - 1].parse()?;
    words[at - 1] = if calls > 0 { "N" } else { "0" };
    Ok(words.join(" "))
}

/// A pipe and a socket go into a pipe by splice, or by a sendfile64 that supports
/// them, and not by read and write.
pub fn spliced(place: &Place, folder: &Path) -> Result<(), Failed> {
    let flags = SocketFlags::CLOEXEC;
    for (near, far) in [
        pipe_with(PipeFlags::CLOEXEC)?,
        socketpair(AddressFamily::UNIX, SocketType::STREAM, flags, None)?,
    ] {
        rustix::io::write(&far, GIVEN)?;
        drop(far);
        let mut command = place.sfcat();
        command.arg("--stats");
        let got = captured(command, folder, near.into());
        let start = format!("sfcat: -: {} bytes, N calls, ", GIVEN.len());
        let line = line(&got.messages)?;
        let by = line.strip_prefix(&start).unwrap_or_default();
        let by_kernel = ["sendfile64", "splice (sendfile64: Invalid argument)"].contains(&by);
        if !by_kernel || got.status != 0 || got.written != GIVEN {
            return Err(format!("{got:?}").into());
        }
    }
    Ok(())
}

/// `--stats`: a line for each file on standard error, with the call that moved
/// the bytes and why the one before it did not.
pub fn stats(place: &Place, folder: &Path) -> Result<(), Failed> {
    for (arguments, expected) in [
        (
            &["--stats", "big"][..],
            "sfcat: big: 300000 bytes, N calls, sendfile64",
        ),
        (
            &["--stats", "--bytes", "0", "a"],
            "sfcat: a: 0 bytes, 0 calls, sendfile64",
        ),
        (
            &[
                "--stats",
                "--offset",
                "5368709119",
                "--bytes",
                "9",
                "sparse",
            ],
            "sfcat: sparse: 9 bytes, N calls, sendfile64",
        ),
        (
            &["--stats", "--bytes", "5", "/dev/null"],
            "sfcat: /dev/null: 0 bytes, N calls, read/write (splice: Invalid argument)",
        ),
    ] {
        let got = line(&sfcat(place, folder, arguments).messages)?;
        if got != expected {
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
