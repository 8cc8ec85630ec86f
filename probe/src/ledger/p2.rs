//! Page P2.

use super::{
    Statement,
    Verdict::{Bound, False, Holds, InPart, NotBehaviour},
    say,
};

const RW: &str = "fs/read_write.c";
const SPLICE: &str = "fs/splice.c";

pub const STATEMENTS: [Statement; 34] = [
    say("P2.1", "the function takes out_fd, in_fd, offset, count and gives a signed size", Holds, "off_t has 32 bits for 187, 64 for 239", RW),
    say("P2.2", "bytes are copied from one descriptor to another", Holds, "", RW),
    say("P2.3", "the input is to be open for reading, the output for writing", Holds, "otherwise EBADF", RW),
    say("P2.4", "the input must be a file that can be mapped, and no socket", InPart, "splice_read counts, not mmap; a socket works to a pipe since 5.12", "fs/splice.c, commits 5ffc4ef45b3b, 36e2c7421f02"),
    say("P2.5", "an offset that is not null says where reading starts", Holds, "", RW),
    say("P2.6", "afterwards it is the offset behind the last byte read", InPart, "behind the last byte sent; unchanged on an error", SPLICE),
    say("P2.7", "with an offset the input's position stays", Holds, "", RW),
    say("P2.8", "without one it moves by the bytes read", Holds, "by the bytes sent", RW),
    say("P2.9", "without one reading starts at the position", Holds, "which is taken without a lock: two threads race", RW),
    say("P2.10", "count is the number of bytes to copy", InPart, "at most so many", RW),
    say("P2.11", "before 2.6.33 the output must be a socket, since then it can be any file", InPart, "not O_APPEND, not what lacks splice_write (/dev/full, eventfd), not what is sealed; the older half is checked on the simulated kernel", "fs/splice.c, commit cc56f7de7f00"),
    say("P2.12", "a regular file as output has its position moved", Holds, "", RW),
    say("P2.13", "success is the number of bytes written", Holds, "", RW),
    say("P2.14", "it may write less than was asked; the caller goes on", Holds, "the end, a full non-blocking output, a signal, the limit", SPLICE),
    say("P2.15", "EAGAIN: O_NONBLOCK, and the write would block", Holds, "only if nothing was moved", SPLICE),
    say("P2.16", "EBADF: not open for reading, or for writing", Holds, "", RW),
    say("P2.17", "EFAULT: a bad address", Holds, "the cell's", RW),
    say("P2.18", "EINVAL: not valid, locked, not to be mapped, or a negative count", InPart, "not open is EBADF; a count with its top bit set is EINVAL, but a 64-bit kernel sees none in a 32-bit program's esi; mandatory locks are gone since 5.15", "fs/read_write.c, fs/splice.c"),
    say("P2.19", "EINVAL: the output has O_APPEND", Holds, "an O_APPEND pipe works", SPLICE),
    say("P2.20", "EOVERFLOW: the count goes beyond the largest size of a file", False, "it is the start that is at or past the limit; a count that reaches beyond it is cut", RW),
    say("P2.21", "ESPIPE: an offset with an input that cannot seek", Holds, "", RW),
    say("P2.22", "EIO and ENOMEM: reading failed, or no memory for it", Holds, "the layer passes them on (injected)", SPLICE),
    say("P2.23", "TCP_CORK puts a header and the file into few packets", Holds, "the order of the bytes is checked; packets are not seen at a socket", "tcp(7)"),
    say("P2.24", "one call moves at most 0x7ffff000 bytes, on 32 and on 64 bits", Holds, "MAX_RW_COUNT", "include/linux/fs.h"),
    say("P2.25", "up to 2.4 a file could be the output, then not, since 2.6.33 again", Bound, "today it can; 2.4 and 2.6.9 are checked on the simulated kernels", "sendfile(2)"),
    say("P2.26", "sendfile was not made for large offsets; 2.4 added sendfile64", Holds, "187's cell ends at 2^31 - 1, 239 has 64 bits; without a cell 187 has no such end. 2.2 is checked on the simulated kernel", RW),
    say("P2.27", "after EINVAL or ENOSYS one may fall back on read and write", Holds, "nothing has moved then", RW),
    say("P2.28", "what was sent must not be changed before the reader has it", Holds, "for files in memory to a pipe: the pages themselves are handed over", "fs/splice.c, mm/shmem.c"),
    say("P2.29", "splice moves between any two descriptors if one is a pipe", InPart, "O_APPEND outputs and inputs without splice_read are refused there too", SPLICE),
    say("P2.30", "an error is -1, with errno set", InPart, "in the C library; the kernel gives -errno in eax", "intro(2)"),
    say("P2.31", "it came with Linux 2.2, the header with glibc 2.1", NotBehaviour, "history", "sendfile(2)").unchecked("history: a program cannot see it"),
    say("P2.32", "no standard has it, and others mean something else by it", NotBehaviour, "see P1.26", "P3").unchecked("advice and history; the other meaning is P3's"),
    say("P2.33", "it is more efficient than read and write", NotBehaviour, "a statement about time", "docs: README, bench").unchecked("what a program sees is the same; time is no test of it"),
    say("P2.34", "glibc's wrapper chooses the right call by itself", NotBehaviour, "of the C library", "sendfile(2)").unchecked("there is no C library here"),
];
