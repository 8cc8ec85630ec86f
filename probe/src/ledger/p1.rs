//! Page P1.

use super::{
    Statement,
    Verdict::{Bound, Holds, InPart, NotBehaviour},
    say,
};

const RW: &str = "fs/read_write.c";
const SPLICE: &str = "fs/splice.c";
const HISTORY: &str = "history: a program cannot see it";

pub const STATEMENTS: [Statement; 27] = [
    say(
        "P1.1",
        "the function takes out_fd, in_fd, offset, count and gives a signed size",
        Holds,
        "off_t has 32 bits for 187, 64 for 239",
        RW,
    ),
    say(
        "P1.2",
        "bytes are copied from one descriptor to another",
        Holds,
        "",
        RW,
    ),
    say(
        "P1.3",
        "it is more efficient than read and write",
        NotBehaviour,
        "a statement about time",
        "fs/splice.c",
    )
    .unchecked("what a program sees is the same; time is no test of it"),
    say(
        "P1.4",
        "the input is to be open for reading, the output for writing",
        Holds,
        "otherwise EBADF",
        RW,
    ),
    say(
        "P1.5",
        "an offset that is not null says where reading starts",
        Holds,
        "",
        RW,
    ),
    say(
        "P1.6",
        "afterwards it is the offset behind the last byte read",
        InPart,
        "behind the last byte sent; unchanged on an error",
        SPLICE,
    ),
    say(
        "P1.7",
        "with an offset the input's position stays",
        Holds,
        "",
        RW,
    ),
    say(
        "P1.8",
        "without one it moves by the bytes read",
        Holds,
        "by the bytes sent",
        RW,
    ),
    say(
        "P1.9",
        "count is the number of bytes to copy",
        InPart,
        "at most so many",
        RW,
    ),
    say(
        "P1.10",
        "the input must be a file that can be mapped, and no socket",
        InPart,
        "splice_read counts, not mmap; a socket works to a pipe since 5.12",
        "fs/splice.c, commit 36e2c7421f02",
    ),
    say(
        "P1.11",
        "in Linux 2.6.9 the output must be a socket",
        Bound,
        "2.6.0 to 2.6.32; any output since 2.6.33. The 2.6.9 half is checked on the simulated kernel",
        "sendfile(2)",
    ),
    say(
        "P1.12",
        "after EINVAL or ENOSYS one may fall back on read and write",
        Holds,
        "nothing has moved then; ENOSYS is injected",
        RW,
    ),
    say(
        "P1.13",
        "TCP_CORK puts a header and the file into few packets",
        Holds,
        "the order of the bytes is checked; packets are not seen at a socket",
        "tcp(7)",
    ),
    say(
        "P1.14",
        "up to 2.4 the output could be a regular file, whose position moved",
        Bound,
        "and again since 2.6.33; 2.4 is checked on the simulated kernel",
        "sendfile(2)",
    ),
    say(
        "P1.15",
        "success is the number of bytes written",
        Holds,
        "",
        RW,
    ),
    say(
        "P1.16",
        "an error is -1, with errno set",
        InPart,
        "in the C library; the kernel gives -errno in eax",
        "intro(2)",
    ),
    say(
        "P1.17",
        "EAGAIN: O_NONBLOCK, and the write would block",
        Holds,
        "only if nothing was moved",
        SPLICE,
    ),
    say(
        "P1.18",
        "EBADF: not open for reading, or for writing",
        Holds,
        "",
        RW,
    ),
    say("P1.19", "EFAULT: a bad address", Holds, "the cell's", RW),
    say(
        "P1.20",
        "EINVAL: not valid, locked, or the input cannot be mapped",
        InPart,
        "not open is EBADF; an input without splice_read is EINVAL; mandatory locks are gone since 5.15",
        "fs/splice.c, commit f7e33bdbd6d1",
    ),
    say(
        "P1.21",
        "EIO: reading failed",
        Holds,
        "the layer passes it on (injected)",
        SPLICE,
    ),
    say(
        "P1.22",
        "ENOMEM: no memory to read with",
        Holds,
        "the layer passes it on (injected)",
        SPLICE,
    ),
    say(
        "P1.23",
        "the call is new in Linux 2.2",
        Bound,
        "",
        "sendfile(2)",
    )
    .unchecked(HISTORY),
    say(
        "P1.24",
        "glibc 2.1 and later have the header",
        NotBehaviour,
        "of the C library",
        "sendfile(2)",
    )
    .unchecked("there is no C library here"),
    say(
        "P1.25",
        "no standard has it",
        NotBehaviour,
        "",
        "sendfile(2)",
    )
    .unchecked(HISTORY),
    say(
        "P1.26",
        "other Unixes have it with another meaning and prototype",
        Holds,
        "page P3 is one of them",
        "P3",
    ),
    say(
        "P1.27",
        "programs that are to be portable should not use it",
        NotBehaviour,
        "advice",
        "sendfile(2)",
    )
    .unchecked("advice"),
];
