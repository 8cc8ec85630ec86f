//! Page P4.

use super::{
    Statement,
    Verdict::{Bound, False, Holds, InPart, NotBehaviour},
    say,
};

const RW: &str = "fs/read_write.c";
const SPLICE: &str = "fs/splice.c";

pub const STATEMENTS: [Statement; 23] = [
    say(
        "P4.1",
        "the function takes out_fd, in_fd, offset, count and gives a signed size",
        Holds,
        "",
        RW,
    ),
    say(
        "P4.2",
        "bytes are copied from one descriptor to another",
        Holds,
        "",
        RW,
    ),
    say(
        "P4.3",
        "each of the two may be a socket, or both",
        InPart,
        "the output may; as input a socket works since 5.12 and only to a pipe",
        "fs/splice.c, net/socket.c",
    ),
    say(
        "P4.4",
        "the input is to be open for reading, the output for writing",
        Holds,
        "otherwise EBADF",
        RW,
    ),
    say(
        "P4.5",
        "the variable behind offset says where reading starts",
        Holds,
        "if there is one: offset may be null",
        RW,
    ),
    say(
        "P4.6",
        "afterwards it is the offset behind the last byte read",
        InPart,
        "behind the last byte sent; unchanged on an error",
        SPLICE,
    ),
    say(
        "P4.7",
        "count is how much is copied",
        InPart,
        "at most so much",
        RW,
    ),
    say(
        "P4.8",
        "the copying in the kernel saves the way through user space",
        NotBehaviour,
        "a statement about time",
        "fs/splice.c",
    )
    .unchecked("what a program sees is the same; time is no test of it"),
    say(
        "P4.9",
        "the input's file pointer is not modified",
        InPart,
        "with an offset; with a null offset it is used and moved",
        RW,
    ),
    say(
        "P4.10",
        "the output's file pointer is modified",
        Holds,
        "for outputs that have one",
        RW,
    ),
    say(
        "P4.11",
        "the input cannot be a socket",
        InPart,
        "to a pipe it can, since Linux 5.12",
        SPLICE,
    ),
    say(
        "P4.12",
        "the input must be a file that can be mapped",
        False,
        "splice_read counts, since 2.6.23",
        "fs/splice.c, commit 36e2c7421f02",
    ),
    say(
        "P4.13",
        "success is the number of bytes written",
        Holds,
        "",
        RW,
    ),
    say(
        "P4.14",
        "an error is -1, with errno set",
        InPart,
        "in the C library; the kernel gives -errno in eax",
        "intro(2)",
    ),
    say(
        "P4.15",
        "EBADF: not open for reading, or for writing",
        Holds,
        "",
        RW,
    ),
    say(
        "P4.16",
        "EINVAL: not valid or locked",
        InPart,
        "not open is EBADF; mandatory locks are gone since 5.15",
        "fs/read_write.c, commit f7e33bdbd6d1",
    ),
    say(
        "P4.17",
        "TCP_CORK puts a header and the file into few packets",
        Holds,
        "the order of the bytes is checked; packets are not seen at a socket",
        "tcp(7)",
    ),
    say(
        "P4.18",
        "ENOMEM: no memory to read with",
        Holds,
        "the layer passes it on (injected)",
        SPLICE,
    ),
    say(
        "P4.19",
        "EIO: reading failed",
        Holds,
        "the layer passes it on (injected)",
        SPLICE,
    ),
    say(
        "P4.20",
        "the call is new in Linux 2.2",
        Bound,
        "",
        "sendfile(2)",
    )
    .unchecked("history: a program cannot see it"),
    say(
        "P4.21",
        "glibc 2.1 and later have the header",
        NotBehaviour,
        "of the C library",
        "sendfile(2)",
    )
    .unchecked("there is no C library here"),
    say(
        "P4.22",
        "other Unixes have it with another meaning and prototype",
        Holds,
        "page P3 is one of them",
        "P3",
    ),
    say(
        "P4.23",
        "programs that are to be portable should not use it",
        NotBehaviour,
        "advice",
        "sendfile(2)",
    )
    .unchecked("advice"),
];
