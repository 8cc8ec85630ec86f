//! What the suites of other kernels, libraries and languages assert.

use super::{
    Statement,
    Verdict::{Holds, InPart},
    say,
};

const RW: &str = "fs/read_write.c";
const SPLICE: &str = "fs/splice.c";
const BSD: &str = "src/bsd.rs";

pub const LINUX: [Statement; 18] = [
    say("X.1", "with an offset the cell moves and the input's position stays", Holds, "", RW),
    say("X.2", "without one the position is used and moved", Holds, "", RW),
    say("X.3", "the bytes arrive unchanged, at the output's own position", Holds, "", RW),
    say("X.4", "beyond the end the count is short, from the end on it is 0", Holds, "", SPLICE),
    say("X.5", "count 0 is 0, but its offset is still looked at", Holds, "so count 0 must reach the kernel", RW),
    say("X.6", "a negative offset, and offset + count past 2^63, are EINVAL; the cell stays", Holds, "", RW),
    say("X.7", "a count of all ones is EINVAL", InPart, "not for a 32-bit program of a 64-bit kernel, which sees 4 GiB - 1; the safe form clamps", RW),
    say("X.8", "EBADF for -1 and for missing rights, before EINVAL for O_APPEND", Holds, "", RW),
    say("X.9", "EINVAL for an O_APPEND output and a directory as input", Holds, "", SPLICE),
    say("X.10", "a cell that cannot be read or written is EFAULT, and no crash", Holds, "", RW),
    say("X.11", "one descriptor on both sides takes the full count", Holds, "with files in memory, and an end before which one starts", SPLICE),
    say("X.12", "full and non-blocking is EAGAIN", Holds, "a blocking one waits: resume-stream's twin in the library's tests", SPLICE),
    say("X.13", "partial counts go on, and the bytes arrive exactly", Holds, "", SPLICE),
    say("X.14", "a peer that is gone is EPIPE or ECONNRESET, never a hang", Holds, "", "net/unix/af_unix.c, net/ipv4/tcp.c"),
    say("X.15", "239, and only 239, reads beyond 2 and 4 GiB with a cell", Holds, "", RW),
    say("X.16", "EINTR only if nothing moved; the retry succeeds", Holds, "", SPLICE),
    say("X.17", "writes around it keep their order; O_NONBLOCK stays", Holds, "", SPLICE),
    say("X.18", "the -1 form is never -errno", Holds, "here: eax is -errno, and decodes to it; the C form is capi's test", "src/errno.rs, capi/"),
];

pub const FREEBSD: [Statement; 11] = [
    say("F.1", "success is 0, not the count; nbytes 0 is all, n is exactly n", Holds, "", BSD),
    say("F.2", "at or past the end: success, and nothing of the file", Holds, "", BSD),
    say("F.3", "sbytes counts file, headers and trailers; nbytes the file alone", Holds, "", BSD),
    say("F.4", "headers before, trailers after, several parts, either absent", Holds, "on Unix and TCP sockets, a memfd as the file", BSD),
    say("F.5", "the errors of descriptors, also for an empty file", Holds, "", BSD),
    say("F.6", "bad pointers are EFAULT before a byte goes out", Holds, "", "src/bsd/raw.rs"),
    say("F.7", "the order: offset, pointers, file, regular, socket, stream, connected", Holds, "", BSD),
    say("F.8", "FreeBSD's hints in flags do nothing, other bits are EINVAL", Holds, "", BSD),
    say("F.9", "EAGAIN and EINTR give what went out, in each part", Holds, "EINTR injected", BSD),
    say("F.10", "after an error in the file there is no trailer", Holds, "injected", BSD),
    say("F.11", "headers larger than the buffer, empty parts, offsets past 2^32", InPart, "more than 2 GiB and a file cut while it is sent are the library's tests", BSD),
];
