//! The recipes.

use int80::gate::nr;
use linux_raw_sys::{
    general::{
        F_ADD_SEALS, F_GETFL, F_SEAL_WRITE, F_SETFL, MFD_ALLOW_SEALING, O_APPEND, O_NONBLOCK,
        O_RDWR, O_WRONLY, SIG_BLOCK,
    },
    net::{AF_UNIX, IPPROTO_TCP, SOCK_DGRAM, SOCK_STREAM, TCP_CORK},
};

use super::{
    ADDRESS, Argument, BACK, Call, FAMILY, FD, FLAGS, LENGTH, NAME, OTHER, SEEN, SIGPIPE, SIZE,
    UNUSED, VALUE, number, path, place, word,
};
use crate::{Input, Output};

/// The paths, one behind the other, at the places that `path` is given.
pub(super) static PATHS: [u8; 54] =
    *b"/\0/dev/null\0/dev/full\0/dev/zero\0/proc/version\0sfprobe\0";
const ROOT: Argument = path(0);
const NULL: Argument = path(2);
const FULL: Argument = path(12);
const ZERO: Argument = path(22);
const VERSION: Argument = path(32);
const SFPROBE: Argument = path(46);

const UNIX: Argument = number(AF_UNIX as i16);
const STREAM: Argument = number(SOCK_STREAM as i16);
const DATAGRAM: Argument = number(SOCK_DGRAM as i16);
const NO: Argument = number(0);
/// AT_FDCWD: an absolute path needs none.
const HERE: Argument = number(-100);
const WRITE: Argument = number(O_WRONLY as i16);

const SOCKET: Call = (nr::SOCKET, FD, &[word(FAMILY), STREAM]);
const CLOSE: Call = (nr::CLOSE, UNUSED, &[word(OTHER)]);

const CUT: Call = (
    nr::FTRUNCATE64,
    UNUSED,
    &[word(FD), word(LENGTH), word(LENGTH + 1)],
);

/// The recipes: first the outputs', in the order of their kinds, then the
/// inputs', and then those that have a constant below.
pub(super) const RECIPES: &[&[Call]] = &[
    // A Unix stream socket.
    &[(nr::SOCKETPAIR, UNUSED, &[UNIX, STREAM, NO, place(BACK)])],
    // A TCP connection over the loopback.
    &[
        (nr::SOCKET, OTHER, &[word(FAMILY), STREAM]),
        (nr::BIND, UNUSED, &[word(OTHER), place(ADDRESS), word(SIZE)]),
        (nr::LISTEN, UNUSED, &[word(OTHER), number(1)]),
        (
            nr::GETSOCKNAME,
            UNUSED,
            &[word(OTHER), place(ADDRESS), place(SIZE)],
        ),
        SOCKET,
        (nr::CONNECT, UNUSED, &[word(FD), place(ADDRESS), word(SIZE)]),
        (nr::ACCEPT4, BACK, &[word(OTHER)]),
        CLOSE,
    ],
    // A Unix datagram socket.
    &[(nr::SOCKETPAIR, UNUSED, &[UNIX, DATAGRAM, NO, place(BACK)])],
    // A TCP socket that is not connected.
    &[SOCKET],
    // A Unix stream socket whose peer is closed.
    &[
        (nr::SOCKETPAIR, UNUSED, &[UNIX, STREAM, NO, place(FD)]),
        CLOSE,
    ],
    // A pipe, the end that is written.
    &[(nr::PIPE2, UNUSED, &[place(BACK)])],
    // A regular file, with O_APPEND.
    &[(
        nr::FCNTL64,
        UNUSED,
        &[
            word(FD),
            number(F_SETFL as i16),
            number((O_APPEND | O_RDWR) as i16),
        ],
    )],
    // A pipe, the end that is read.
    &[(nr::PIPE2, UNUSED, &[place(FD)])],
    // A file in memory, sealed.
    &[(
        nr::FCNTL64,
        UNUSED,
        &[
            word(FD),
            number(F_ADD_SEALS as i16),
            number(F_SEAL_WRITE as i16),
        ],
    )],
    &[(nr::OPENAT, FD, &[HERE, NULL, WRITE])],
    &[(nr::OPENAT, FD, &[HERE, FULL, WRITE])],
    &[(nr::EVENTFD2, FD, &[])],
    // The inputs: the end of a pipe that is written; a directory; a pipe; a
    // socket; and special files.
    &[(nr::PIPE2, UNUSED, &[place(BACK)])],
    &[(nr::OPENAT, FD, &[HERE, ROOT])],
    &[(nr::PIPE2, UNUSED, &[place(FD)])],
    &[(nr::SOCKETPAIR, UNUSED, &[UNIX, STREAM, NO, place(FD)])],
    &[(nr::OPENAT, FD, &[HERE, NULL])],
    &[(nr::OPENAT, FD, &[HERE, ZERO])],
    &[(nr::OPENAT, FD, &[HERE, VERSION])],
    // A file in memory.
    &[
        (
            nr::MEMFD_CREATE,
            FD,
            &[SFPROBE, number(MFD_ALLOW_SEALING as i16)],
        ),
        CUT,
    ],
    // One in a directory, which is then without a name.
    &[
        (
            nr::OPENAT,
            FD,
            &[word(OTHER), place(NAME), word(FLAGS), number(0o600)],
        ),
        (nr::UNLINKAT, UNUSED, &[word(OTHER), place(NAME)]),
        CUT,
    ],
    // O_NONBLOCK, the only flag that outputs have.
    &[(
        nr::FCNTL64,
        UNUSED,
        &[word(FD), number(F_SETFL as i16), number(O_NONBLOCK as i16)],
    )],
    &[(nr::CLOSE, UNUSED, &[word(BACK)])],
    &[(
        nr::SETSOCKOPT,
        UNUSED,
        &[
            word(FD),
            number(IPPROTO_TCP as i16),
            number(TCP_CORK as i16),
            place(VALUE),
            number(4),
        ],
    )],
    // A signal set has 8 bytes.
    &[(
        nr::RT_SIGPROCMASK,
        UNUSED,
        &[number(SIG_BLOCK as i16), place(SIGPIPE), NO, number(8)],
    )],
    &[(nr::RT_SIGPENDING, UNUSED, &[place(SEEN), number(8)])],
    &[(nr::FCNTL64, SEEN, &[word(FD), number(F_GETFL as i16)])],
    &[(nr::WAIT4, UNUSED, &[number(-1), place(SEEN)])],
    &[(nr::FCNTL64, SEEN, &[word(OTHER), number(F_GETFL as i16)])],
];

/// The number of an output's recipe.
pub const fn output(kind: Output) -> u8 {
    kind.0
}

/// The number of an input's recipe.
pub const fn input(kind: Input) -> u8 {
    kind.0 + Output::File.0 - Input::WriteOnly.0
}

/// The numbers of those of regular files.
pub const IN_MEMORY: u8 = Output::File.0 + Input::Proc.0 - Input::WriteOnly.0 + 1;
pub const IN_DIRECTORY: u8 = IN_MEMORY + 1;

/// The numbers of the others, in their order.
pub const NONBLOCKING: u8 = IN_MEMORY + 2;
pub const HANG_UP: u8 = IN_MEMORY + 3;
pub const CORK: u8 = IN_MEMORY + 4;
pub const BLOCK_SIGPIPE: u8 = IN_MEMORY + 5;
pub const PENDING: u8 = IN_MEMORY + 6;
pub const STATUS_FLAGS: u8 = IN_MEMORY + 7;
pub const WAIT: u8 = IN_MEMORY + 8;
pub const INPUT_FLAGS: u8 = IN_MEMORY + 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_a_name_for_the_report() {
        for (nr, ..) in RECIPES.iter().copied().flatten() {
            let named = crate::SET_UP.iter().any(|(known, _)| known == nr);
            assert!(named, "call {nr}");
        }
    }

    #[test]
    fn recipes_have_the_numbers_that_are_given_them() {
        assert_eq!(RECIPES.len(), usize::from(INPUT_FLAGS) + 1);
        let first = |number: u8| RECIPES[usize::from(number)][0].0;
        assert_eq!(first(output(Output::Event)), nr::EVENTFD2);
        assert_eq!(first(input(Input::Socket)), nr::SOCKETPAIR);
        assert_eq!(first(IN_MEMORY), nr::MEMFD_CREATE);
        assert_eq!(first(CORK), nr::SETSOCKOPT);
        assert_eq!(first(WAIT), nr::WAIT4);
    }
}
