//! What is written to.

use super::{Case, case};
use int80_support::stage::{Input, Output};

pub const CASES: &[Case] = &[
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
