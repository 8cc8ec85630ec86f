//! What is read, mostly into a pipe.

use super::{Case, case};
use int80_support::stage::{Input, Output};

/// A name of 256 bytes, one more than a file system takes.
const LONG: &str = "0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123\
                    0123456789012345678901234567890123456789012345678901234567890123";

pub const CASES: &[Case] = &[
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
        "a closed standard input into a file",
        &["a", "-", "b"],
        Input::Closed,
        Output::File,
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
    case("an empty name", &[""], Input::Null, Output::Pipe),
];
