//! Page P0.

use super::{
    Statement,
    Verdict::{False, Holds, InPart, NotBehaviour},
    say,
};

const RW: &str = "fs/read_write.c";
const SPLICE: &str = "fs/splice.c";

pub const STATEMENTS: [Statement; 24] = [
    say("P0.1", "the call is number 187 in eax, made by int 80h", Holds, "since Linux 2.2; 239 is its form for large files", "arch/x86/entry/syscalls/syscall_32.tbl"),
    say("P0.2", "ebx is the output, ecx the input", Holds, "the output comes first, against the habit of copy functions", RW),
    say("P0.3", "edx points to a displacement of 64 bits", False, "187 reads and writes 32 bits; the word after the cell is left alone. A cell of 8 bytes whose high word is zero is right for 187 and 239", RW),
    say("P0.4", "esi is the number of bytes", Holds, "", RW),
    say("P0.5", "bytes are copied from one descriptor to another", Holds, "", RW),
    say("P0.6", "each of the two may be a socket, or both", InPart, "the output may; as input a socket works since Linux 5.12 and only if the output is a pipe, so never both", "fs/splice.c, net/socket.c"),
    say("P0.7", "the input is to be open for reading, the output for writing", Holds, "otherwise EBADF", RW),
    say("P0.8", "the variable behind offset says where reading starts", Holds, "if there is one: offset may be null", RW),
    say("P0.9", "afterwards the variable is the offset behind the last byte read", InPart, "behind the last byte sent: what was read and then did not fit is not counted. On an error it is unchanged", SPLICE),
    say("P0.10", "count is how much is copied", InPart, "at most so much: the end, a full output, a signal and 0x7ffff000 make it less", RW),
    say("P0.11", "the copying in the kernel saves the way through user space", NotBehaviour, "a statement about time", "docs: README, bench").unchecked("what a program sees is the same; time is no test of it"),
    say("P0.12", "the input's file pointer is not modified", InPart, "with an offset; with a null offset it is used and moved", RW),
    say("P0.13", "the output's file pointer is modified", Holds, "for outputs that have one", RW),
    say("P0.14", "TCP_CORK puts a header and the file into few packets", Holds, "the order of the bytes is checked; how many packets there are is not seen at a socket", "tcp(7), net/ipv4/tcp.c"),
    say("P0.15", "the input cannot be a socket", InPart, "to a pipe it can, since Linux 5.12, with a null offset", SPLICE),
    say("P0.16", "the input must be a file that can be mapped", False, "what counts is splice_read, since 2.6.23; /proc/version cannot be mapped and works, a directory, a pipe and /dev/null do not", "fs/splice.c, commits 5ffc4ef45b3b, 36e2c7421f02"),
    say("P0.17", "success is the number of bytes written", Holds, "", RW),
    say("P0.18", "an error is a negative code", Holds, "-4095..-1 in eax, at the level of int 80h", "include/linux/err.h"),
    say("P0.19", "EBADF: the input is not open for reading or the output not for writing", Holds, "also for a descriptor that is not open", RW),
    say("P0.20", "EAGAIN: O_NONBLOCK, and the write would block", Holds, "only if nothing was moved", SPLICE),
    say("P0.21", "EINVAL: the descriptor is not valid or is locked", InPart, "a descriptor that is not open is EBADF; EINVAL is a pair that cannot be done, or a negative offset. Mandatory locks are gone since 5.15", "fs/read_write.c, commit f7e33bdbd6d1"),
    say("P0.22", "ENOMEM: no memory to read with", Holds, "cannot be brought about at will; the layer passes it on (injected)", SPLICE),
    say("P0.23", "EIO: reading failed", Holds, "needs a broken device; the layer passes it on (injected)", SPLICE),
    say("P0.24", "EFAULT: a bad address", Holds, "the cell's; if it can be read and not written, the bytes have moved", RW),
];
