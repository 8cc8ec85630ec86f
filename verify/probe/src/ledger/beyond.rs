//! What the suites of other kernels, libraries and languages assert.

use super::{
    Statement,
    Verdict::{Holds, InPart},
    holds, say,
    source::{AREA, BSD, CALL, ENTRY, FREEBSD_CODE, FULL, LOOP, RAW},
};

pub const LINUX: [Statement; 18] = [
    holds(
        "X.1",
        "an offset that is given moves, and the input's position stays",
        CALL,
    ),
    holds("X.2", "without one the position is used and moved", CALL),
    holds(
        "X.3",
        "the bytes arrive unchanged, at the output's own position",
        CALL,
    ),
    holds(
        "X.4",
        "beyond the end the count is short, from the end on it is 0",
        LOOP,
    ),
    say(
        "X.5",
        "count 0 is 0, but its offset is still looked at",
        Holds,
        "so count 0 must reach the kernel",
        AREA,
    ),
    holds(
        "X.6",
        "a negative offset, and offset + count past 2^63, are EINVAL; the offset stays",
        AREA,
    ),
    say(
        "X.7",
        "a count of all ones is EINVAL",
        InPart,
        "not for a 32-bit program of a 64-bit kernel, which sees 4 GiB - 1; the safe form clamps",
        AREA,
    ),
    holds(
        "X.8",
        "EBADF for -1 and for missing rights, before EINVAL for O_APPEND",
        CALL,
    ),
    holds(
        "X.9",
        "EINVAL for an O_APPEND output and a directory as input",
        "fs/splice.c (do_splice_direct_actor, do_splice_read)",
    ),
    holds(
        "X.10",
        "an offset that cannot be read or written is EFAULT, and no crash",
        ENTRY,
    ),
    say(
        "X.11",
        "one descriptor on both sides takes the full count",
        Holds,
        "a file in memory, read from its start and written at its start",
        LOOP,
    ),
    say(
        "X.12",
        "full and non-blocking is EAGAIN",
        Holds,
        "a blocking one waits, until there is room or a signal comes (X.16)",
        FULL,
    ),
    holds(
        "X.13",
        "partial counts go on, and the bytes arrive exactly",
        LOOP,
    ),
    holds(
        "X.14",
        "a peer that has closed is EPIPE or ECONNRESET, never a hang",
        "net/unix/af_unix.c (unix_stream_sendmsg), net/core/stream.c (sk_stream_error)",
    ),
    holds(
        "X.15",
        "239, and only 239, reads beyond 2 and 4 GiB from an offset",
        "fs/read_write.c (sys_sendfile64, MAX_NON_LFS)",
    ),
    holds(
        "X.16",
        "EINTR only if nothing moved; the retry succeeds",
        FULL,
    ),
    holds(
        "X.17",
        "writes around it keep their order; O_NONBLOCK stays",
        CALL,
    ),
    say(
        "X.18",
        "the -1 form is never -errno",
        Holds,
        "here: eax is -errno, and decodes to it; the C form is capi's test",
        "src/errno.rs, capi/",
    ),
];

pub const FREEBSD: [Statement; 11] = [
    holds(
        "F.1",
        "success is 0, not the count; nbytes 0 is all, n is exactly n",
        BSD,
    ),
    say(
        "F.2",
        "at or past the end: success, and nothing of the file",
        Holds,
        "headers and trailers go out all the same, as on FreeBSD 5.2.1; today's FreeBSD sends the trailers alone, since its headers go with the first of the file's bytes",
        "FreeBSD 5.2.1's sys/kern/uipc_syscalls.c (do_sendfile); today's sys/kern/kern_sendfile.c (vn_sendfile)",
    ),
    holds(
        "F.3",
        "sbytes counts file, headers and trailers; nbytes the file alone",
        BSD,
    ),
    say(
        "F.4",
        "headers before, trailers after, several parts, either absent",
        Holds,
        "on Unix and TCP sockets, IPv4 and IPv6, a memfd as the file",
        BSD,
    ),
    holds(
        "F.5",
        "the errors of descriptors, also for an empty file",
        BSD,
    ),
    holds("F.6", "bad pointers are EFAULT before a byte goes out", RAW),
    holds(
        "F.7",
        "the order: offset, pointers, file, regular, socket, stream, connected",
        FREEBSD_CODE,
    ),
    holds(
        "F.8",
        "FreeBSD's hints in flags do nothing, other bits are EINVAL",
        "src/bsd.rs; FreeBSD's sys/sys/socket.h (SF_FLAGS)",
    ),
    say(
        "F.9",
        "EAGAIN and EINTR give what went out, in each part",
        Holds,
        "EAGAIN in each part; EINTR is injected, in the file",
        BSD,
    ),
    say(
        "F.10",
        "after an error in the file there is no trailer",
        Holds,
        "injected",
        BSD,
    ),
    say(
        "F.11",
        "headers larger than the buffer, empty parts, offsets past 2^32",
        Holds,
        "more than 2 GiB injected",
        BSD,
    ),
];
