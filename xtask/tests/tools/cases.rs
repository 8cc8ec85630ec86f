//! `sfcat` against `cat`: the same arguments and inputs give the same bytes,
//! the same exit status and the same kind of message.

use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::{
    outcome::Place,
    stage::{self, Input, Output},
};

struct Case {
    name: &'static str,
    arguments: &'static [&'static str],
    input: Input,
    output: Output,
    /// Where `sfcat`'s message is another one than `cat`'s, and why it may be.
    message: Option<&'static str>,
}

const fn case(
    name: &'static str,
    arguments: &'static [&'static str],
    input: Input,
    output: Output,
) -> Case {
    Case {
        name,
        arguments,
        input,
        output,
        message: None,
    }
}

impl Case {
    const fn but(self, message: &'static str) -> Self {
        Self {
            message: Some(message),
            ..self
        }
    }
}

/// A name of 256 bytes, one more than a file system takes.
const LONG: &str = "0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123";

const CASES: &[Case] = &[
    case("one file", &["a"], Input::Null, Output::Pipe),
    case(
        "files in order",
        &["a", "b", "a"],
        Input::Null,
        Output::Pipe,
    ),
    case("a large file", &["big"], Input::Null, Output::Pipe),
    case("an empty file", &["empty"], Input::Null, Output::Pipe),
    case("a link", &["link"], Input::Null, Output::Pipe),
    case("standard input", &[], Input::File("a"), Output::Pipe),
    case(
        "standard input by name",
        &["-"],
        Input::File("a"),
        Output::Pipe,
    ),
    case(
        "standard input between files",
        &["b", "-", "a"],
        Input::File("big"),
        Output::Pipe,
    ),
    case(
        "standard input twice",
        &["-", "-"],
        Input::File("a"),
        Output::Pipe,
    ),
    case(
        "standard input at a position",
        &[],
        Input::FileAt("big", 123_456),
        Output::Pipe,
    ),
    case(
        "a name like an option",
        &["--", "-n"],
        Input::Null,
        Output::Pipe,
    ),
    case("nothing on standard input", &[], Input::Null, Output::Pipe),
    case("a pipe", &[], Input::Pipe, Output::Pipe),
    case("a pipe into a file", &[], Input::Pipe, Output::File),
    case("a socket", &[], Input::Socket, Output::File),
    case("a socket into a pipe", &[], Input::Socket, Output::Pipe),
    case("a terminal", &[], Input::Terminal, Output::File),
    case("a FIFO", &["fifo"], Input::Null, Output::File),
    // cat says of a closed standard input twice that it is closed.
    case("a closed standard input", &[], Input::Closed, Output::Pipe)
        .but("sfcat: -: Bad file descriptor\n"),
    case(
        "a closed standard input among files",
        &["a", "-", "b"],
        Input::Closed,
        Output::Pipe,
    )
    .but("sfcat: -: Bad file descriptor\n"),
    case(
        "a file of /proc",
        &["/proc/version"],
        Input::Null,
        Output::Pipe,
    ),
    case(
        "a sequence file of /proc",
        &["/proc/filesystems"],
        Input::Null,
        Output::Pipe,
    ),
    case(
        "a file of /proc by name of this process",
        &["/proc/self/mounts"],
        Input::Null,
        Output::File,
    ),
    case(
        "a file of /sys",
        &["/sys/kernel/mm/transparent_hugepage/enabled"],
        Input::Null,
        Output::Pipe,
    ),
    case("/dev/null", &["/dev/null"], Input::Null, Output::Pipe),
    case("a missing file", &["nothing"], Input::Null, Output::Pipe),
    case(
        "a missing file among others",
        &["a", "nothing", "b"],
        Input::Null,
        Output::Pipe,
    ),
    case("a directory", &["directory"], Input::Null, Output::Pipe),
    case(
        "a directory among others",
        &["a", "directory", "b"],
        Input::Null,
        Output::File,
    ),
    case(
        "a directory on standard input",
        &[],
        Input::File("directory"),
        Output::Pipe,
    ),
    case(
        "a file taken for a directory",
        &["a/b"],
        Input::Null,
        Output::Pipe,
    ),
    case(
        "a link that leads to itself",
        &["loop"],
        Input::Null,
        Output::Pipe,
    ),
    case(
        "a name that is too long",
        &[LONG],
        Input::Null,
        Output::Pipe,
    ),
    // cat puts a name in quotes where a shell would need them.
    case("an empty name", &[""], Input::Null, Output::Pipe)
        .but("sfcat: : No such file or directory\n"),
    case("into a file", &["a", "big"], Input::Null, Output::File),
    case(
        "at the end of a file",
        &["a", "big"],
        Input::Null,
        Output::Append("b"),
    ),
    case(
        "at the end of a new file",
        &["big"],
        Input::Null,
        Output::Append("output"),
    ),
    case(
        "a pipe at the end of a file",
        &[],
        Input::Pipe,
        Output::Append("b"),
    ),
    case("over a file", &["a"], Input::Null, Output::Overwrite("b")),
    case(
        "at the end of itself",
        &["a"],
        Input::Null,
        Output::Append("a"),
    ),
    case(
        "at the end of itself by a link",
        &["b", "link", "b"],
        Input::Null,
        Output::Append("a"),
    ),
    case(
        "at the end of itself from standard input",
        &[],
        Input::File("a"),
        Output::Append("a"),
    ),
    case("over itself", &["a"], Input::Null, Output::Overwrite("a")),
    case(
        "at the end of itself, when empty",
        &["empty"],
        Input::Null,
        Output::Append("empty"),
    ),
    case(
        "at the end of itself, from its end",
        &[],
        Input::FileAt("a", 6),
        Output::Append("a"),
    ),
    case("into /dev/null", &["big"], Input::Null, Output::Null),
    case("into a full device", &["a"], Input::Null, Output::Full),
    case(
        "nothing into a full device",
        &["empty"],
        Input::Null,
        Output::Full,
    ),
    case("a pipe into a full device", &[], Input::Pipe, Output::Full),
    // cat tells the input's name, since it does not know whom copy_file_range
    // speaks of, and goes on to the next file.
    case(
        "into a file of the largest size",
        &["a", "big", "b"],
        Input::Null,
        Output::Limited,
    )
    .but("sfcat: write error: File too large\n"),
    case(
        "a pipe behind a file of the largest size",
        &["big", "-"],
        Input::Pipe,
        Output::Limited,
    )
    .but("sfcat: write error: File too large\n"),
    case(
        "into a terminal",
        &["a", "b"],
        Input::Null,
        Output::Terminal,
    ),
    case(
        "a terminal into a terminal",
        &[],
        Input::Terminal,
        Output::Terminal,
    ),
    case(
        "into a Unix socket",
        &["big", "a"],
        Input::Null,
        Output::UnixSocket,
    ),
    case(
        "into a TCP connection",
        &["big", "a"],
        Input::Null,
        Output::Tcp,
    ),
    case(
        "a pipe into a TCP connection",
        &[],
        Input::Pipe,
        Output::Tcp,
    ),
    case(
        "into what is open for reading only",
        &["a"],
        Input::Null,
        Output::ReadOnly,
    ),
    case(
        "into a pipe without a reader",
        &["a"],
        Input::Null,
        Output::Broken,
    ),
    case(
        "a pipe into a pipe without a reader",
        &[],
        Input::Pipe,
        Output::Broken,
    ),
    case("into nothing", &["a"], Input::Null, Output::Closed),
];

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    CASES.iter().map(|case| {
        let place = place.clone();
        let name = format!("{}: as cat: {}", place.way.name, case.name);
        Trial::test(name, move || compare(case, &place))
    })
}

fn compare(case: &Case, place: &Place) -> Result<(), Failed> {
    let play = |mut command: Command| {
        let folder = tempfile::tempdir()?;
        stage::set(folder.path());
        command.args(case.arguments);
        Ok::<_, Failed>(stage::play(command, folder.path(), case.input, case.output))
    };
    let ours = play(place.sfcat())?;
    let mut theirs = play(Command::new("cat"))?;
    theirs.messages = match case.message {
        Some(message) => message.to_owned(),
        None => theirs.messages.replace("cat: ", "sfcat: "),
    };
    match ours == theirs {
        true => Ok(()),
        false => Err(format!("sfcat: {ours:?}\ncat:   {theirs:?}").into()),
    }
}
