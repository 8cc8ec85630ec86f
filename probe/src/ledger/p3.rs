//! Page P3. Its statements are about a contract, which `int80::bsd::sendfile`
//! keeps on Linux: the verdicts are about that function.

use super::{
    Statement,
    Verdict::{Holds, InPart, NotBehaviour},
    say,
};

const BSD: &str = "src/bsd.rs";
const INSIDE: &str = "FreeBSD's inside: Linux has no such buffers";

pub const STATEMENTS: [Statement; 30] = [
    say(
        "P3.1",
        "the function takes the file, the socket, an offset by value, nbytes, hdtr, sbytes, flags",
        Holds,
        "the order of the descriptors is the reverse of Linux's",
        BSD,
    ),
    say(
        "P3.2",
        "a regular file is sent out a stream socket",
        Holds,
        "",
        BSD,
    ),
    say(
        "P3.3",
        "offset says where in the file to begin",
        Holds,
        "it is a value, and nothing is moved",
        BSD,
    ),
    say(
        "P3.4",
        "nbytes says how much; 0 is up to the end",
        Holds,
        "Linux's count 0 moves nothing",
        BSD,
    ),
    say(
        "P3.5",
        "a header may go before the file and a trailer after it",
        Holds,
        "",
        BSD,
    ),
    say(
        "P3.6",
        "they are given by two arrays and their lengths",
        Holds,
        "",
        BSD,
    ),
    say(
        "P3.7",
        "each array is of iovecs, as for writev",
        Holds,
        "",
        "src/bsd/raw.rs",
    ),
    say(
        "P3.8",
        "the bytes sent on the socket are reported through sbytes, if it is not null",
        Holds,
        "with those of header and trailer, on success and on error",
        BSD,
    ),
    say(
        "P3.9",
        "flags is undefined and should be 0",
        InPart,
        "the hints of today's FreeBSD are taken and do nothing; any other bit is EINVAL",
        "FreeBSD's sendfile(2)",
    ),
    say(
        "P3.10",
        "a non-blocking socket may take less: EAGAIN, and the bytes in sbytes",
        Holds,
        "Linux itself gives the bytes first and EAGAIN at the next call",
        BSD,
    ),
    say(
        "P3.11",
        "copying the file's data is avoided",
        NotBehaviour,
        "so it is on Linux, where file and socket allow it",
        "fs/splice.c",
    )
    .unchecked("a statement about time; what can be seen of it is P2.28"),
    say(
        "P3.12",
        "the file's data goes through buffers of its own kind",
        NotBehaviour,
        "FreeBSD's inside",
        "sendfile(2) of FreeBSD",
    )
    .unchecked(INSIDE),
    say(
        "P3.13",
        "without enough such buffers a blocking socket waits",
        NotBehaviour,
        "FreeBSD's inside",
        "sendfile(2) of FreeBSD",
    )
    .unchecked(INSIDE),
    say(
        "P3.14",
        "a non-blocking one waits as well",
        NotBehaviour,
        "FreeBSD's inside",
        "sendfile(2) of FreeBSD",
    )
    .unchecked(INSIDE),
    say(
        "P3.15",
        "their number should follow that of the network's clusters",
        NotBehaviour,
        "advice on tuning",
        "tuning(7) of FreeBSD",
    )
    .unchecked(INSIDE),
    say(
        "P3.16",
        "it is set when the system starts, and grows with maxusers",
        NotBehaviour,
        "advice on tuning",
        "tuning(7) of FreeBSD",
    )
    .unchecked(INSIDE),
    say(
        "P3.17",
        "0 on success, otherwise -1 and errno",
        InPart,
        "the Rust form gives Ok or the errno, the C form 0 or -1",
        "src/bsd.rs, capi/",
    ),
    say(
        "P3.18",
        "EBADF: the file is no open descriptor",
        Holds,
        "nor one that is open for writing only",
        BSD,
    ),
    say(
        "P3.19",
        "EBADF: the socket is no open descriptor",
        Holds,
        "",
        BSD,
    ),
    say("P3.20", "ENOTSOCK: it is no socket", Holds, "", BSD),
    say(
        "P3.21",
        "EINVAL: the file is not a regular one",
        Holds,
        "",
        BSD,
    ),
    say("P3.22", "EINVAL: the socket is no stream", Holds, "", BSD),
    say(
        "P3.23",
        "EINVAL: the offset is negative or out of range",
        InPart,
        "negative; past the end of the file nothing is sent, and that is no error",
        BSD,
    ),
    say(
        "P3.24",
        "ENOTCONN: the socket is not connected",
        Holds,
        "Linux's sendfile itself says EPIPE, with SIGPIPE",
        BSD,
    ),
    say(
        "P3.25",
        "EPIPE: the peer has closed the connection",
        InPart,
        "a TCP peer may also have answered with a reset: ECONNRESET",
        BSD,
    ),
    say(
        "P3.26",
        "EIO: reading the file failed",
        Holds,
        "injected",
        BSD,
    ),
    say(
        "P3.27",
        "EFAULT: a bad address",
        Holds,
        "of hdtr, its arrays, in the raw form; a slice has none",
        "src/bsd/raw.rs",
    ),
    say(
        "P3.28",
        "EINTR: a signal; the bytes sent are in sbytes",
        Holds,
        "injected",
        BSD,
    ),
    say(
        "P3.29",
        "EAGAIN: non-blocking and full; the bytes sent are in sbytes",
        Holds,
        "",
        BSD,
    ),
    say(
        "P3.30",
        "it came with FreeBSD 3.0, by David G. Lawrence",
        NotBehaviour,
        "history",
        "P3",
    )
    .unchecked("history: a program cannot see it"),
];
