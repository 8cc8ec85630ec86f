//! The inputs and outputs that a case may name: made anew for each run.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use crate::{
    net,
    outcome::{Outcome, number, pipe, run},
};
use rustix::{
    fs::{FileType, Mode, mknodat},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};

/// Where standard input comes from.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    Null,
    File(&'static str),
    /// At a position, as a shell leaves it after `head`.
    FileAt(&'static str, u64),
    Pipe,
    Socket,
    Terminal,
    Closed,
}

/// Where standard output goes.
#[derive(Clone, Copy, Debug)]
pub enum Output {
    Pipe,
    File,
    /// A file of the stage's, opened as `>>` does.
    Append(&'static str),
    /// A file that may have 51,200 bytes, where more is an error and no signal.
    Limited,
    /// A file of the stage's, opened as `1<>` does.
    Overwrite(&'static str),
    ReadOnly,
    Full,
    Null,
    Terminal,
    UnixSocket,
    Tcp,
    /// A pipe whose reader is gone.
    Broken,
    Closed,
}

/// What stands in the folder that a case runs in.
pub fn set(folder: &Path) {
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    write("a", b"first\n");
    write("b", b"second, with no end of line");
    write("empty", b"");
    write("big", &pattern(300_000));
    write("-n", b"named like an option\n");
    fs::create_dir(folder.join("directory")).expect("a folder");
    std::os::unix::fs::symlink("loop", folder.join("loop")).expect("a link");
    std::os::unix::fs::symlink("a", folder.join("link")).expect("a link");
    let mut sparse = File::create(folder.join("sparse")).expect("a file");
    sparse.seek(SeekFrom::Start(FAR)).expect("seeking");
    sparse.write_all(b"far away").expect("writing");
    let fifo = folder.join("fifo");
    mknodat(
        rustix::fs::CWD,
        &fifo,
        FileType::Fifo,
        Mode::RUSR | Mode::WUSR,
        0,
    )
    .expect("a FIFO");
}

/// Where the bytes of `sparse` are: beyond 4 GiB.
pub const FAR: u64 = 0x1_4000_0000;

pub fn pattern(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| ((at * 7) ^ (at >> 8) ^ (at >> 16)) as u8)
        .collect()
}

/// What pipes, sockets and the FIFO give.
pub const GIVEN: &[u8] = b"given by another program\nin two lines\n";

/// Runs `command` between `input` and `output`; a writer stands by at the FIFO.
pub fn play(mut command: Command, folder: &Path, input: Input, output: Output) -> Outcome {
    let fifo = folder.join("fifo");
    thread::spawn(move || {
        // Waits for a reader, without a limit where there is none; the folder's end
        // does not matter to it.
        if let Ok(mut writer) = OpenOptions::new().write(true).open(fifo) {
            let _ = writer.write_all(GIVEN);
        }
    });
    command = match (input, output) {
        (Input::Closed, _) => through_shell(command, "exec \"$@\" <&-"),
        (_, Output::Closed) => through_shell(command, "exec \"$@\" >&-"),
        (_, Output::Limited) => through_shell(command, "trap '' XFSZ; ulimit -f 100; exec \"$@\""),
        _ => command,
    };
    let stdin = input_end(input, folder);
    let (stdout, reader) = output_end(output, folder);
    let (status, messages, written) = run(command, folder, stdin, stdout, move || match reader {
        Reader::Stream(mut stream) => {
            let mut bytes = Vec::new();
            // Reading a terminal fails with EIO when its other side is closed.
            let _ = stream.read_to_end(&mut bytes);
            bytes
        }
        Reader::None => Vec::new(),
    });
    let written = match output {
        Output::File | Output::Limited => fs::read(folder.join("output")).expect("the output"),
        Output::Append(name) | Output::Overwrite(name) => {
            fs::read(folder.join(name)).expect("the output")
        }
        _ => written,
    };
    Outcome {
        status: number(status),
        messages,
        written,
    }
}

/// A shell closes a descriptor or sets a limit (by blocks of 512 bytes) before it
/// starts the program; std cannot.
fn through_shell(command: Command, script: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]);
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

fn input_end(input: Input, folder: &Path) -> Stdio {
    match input {
        Input::Null | Input::Closed => Stdio::null(),
        Input::File(name) => File::open(folder.join(name)).expect("an input").into(),
        Input::FileAt(name, position) => {
            let mut file = File::open(folder.join(name)).expect("an input");
            file.seek(SeekFrom::Start(position)).expect("seeking");
            file.into()
        }
        Input::Pipe => {
            let (reader, writer) = pipe();
            File::from(writer).write_all(GIVEN).expect("writing");
            reader.into()
        }
        Input::Socket => {
            let (ours, mut theirs) = UnixStream::pair().expect("sockets");
            theirs.write_all(GIVEN).expect("writing");
            OwnedFd::from(ours).into()
        }
        Input::Terminal => {
            let (mut controller, terminal) = terminal();
            // Control-D at the start of a line is the end.
            controller.write_all(b"typed\n\x04").expect("typing");
            // The terminal ends with its controller.
            std::mem::forget(controller);
            terminal.into()
        }
    }
}

enum Reader {
    Stream(Box<dyn Read + Send>),
    None,
}

fn output_end(output: Output, folder: &Path) -> (Stdio, Reader) {
    let open = |options: &mut OpenOptions, name: &str| -> Stdio {
        options.open(folder.join(name)).expect("an output").into()
    };
    let new = OpenOptions::new;
    let none = |end: Stdio| (end, Reader::None);
    match output {
        Output::Pipe => {
            let (reader, writer) = pipe();
            (writer.into(), Reader::Stream(Box::new(reader)))
        }
        Output::File | Output::Limited => none(open(
            new().write(true).create(true).truncate(true),
            "output",
        )),
        Output::Append(name) => none(open(new().append(true).create(true), name)),
        Output::Overwrite(name) => none(open(new().read(true).write(true), name)),
        Output::ReadOnly => none(open(new().read(true), "empty")),
        Output::Full => none(open(new().write(true), "/dev/full")),
        Output::Null | Output::Closed => none(Stdio::null()),
        Output::Terminal => {
            let (controller, terminal) = terminal();
            (terminal.into(), Reader::Stream(Box::new(controller)))
        }
        Output::UnixSocket => {
            let (ours, theirs) = UnixStream::pair().expect("sockets");
            (OwnedFd::from(ours).into(), Reader::Stream(Box::new(theirs)))
        }
        Output::Tcp => {
            let (ours, theirs) = net::tcp();
            (OwnedFd::from(ours).into(), Reader::Stream(Box::new(theirs)))
        }
        Output::Broken => {
            let (reader, writer) = pipe();
            drop(reader);
            none(writer.into())
        }
    }
}

/// A terminal that changes nothing of what is written, and its controller.
fn terminal() -> (File, File) {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&controller).expect("a terminal");
    unlockpt(&controller).expect("a terminal");
    let name = ptsname(&controller, Vec::new()).expect("its name");
    let name = name.to_str().expect("a plain name").to_owned();
    let terminal = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name)
        .expect("a terminal");
    let mut attributes = tcgetattr(&terminal).expect("its attributes");
    attributes.output_modes = rustix::termios::OutputModes::empty();
    attributes.local_modes -= rustix::termios::LocalModes::ECHO;
    tcsetattr(&terminal, OptionalActions::Now, &attributes).expect("its attributes");
    (controller.into(), terminal)
}
