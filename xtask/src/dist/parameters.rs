//! What the assembly macros call the arguments of each call. The library's
//! table has the numbers; what is here is for people who read the macros, and
//! for the assembler, which counts the arguments.

/// A call and its parameters, in the order of the registers.
pub type Row = (&'static str, &'static [&'static str]);

/// Calls that take the same arguments on both architectures.
pub const BOTH: &[Row] = &[
    ("accept4", &["fd", "address", "length", "flags"]),
    ("bind", &["fd", "address", "length"]),
    ("close", &["fd"]),
    ("connect", &["fd", "address", "length"]),
    (
        "copy_file_range",
        &[
            "in_fd",
            "in_offset",
            "out_fd",
            "out_offset",
            "count",
            "flags",
        ],
    ),
    ("dup2", &["old_fd", "new_fd"]),
    ("dup3", &["old_fd", "new_fd", "flags"]),
    ("eventfd2", &["value", "flags"]),
    ("exit", &["status"]),
    ("exit_group", &["status"]),
    ("fork", &[]),
    ("getpeername", &["fd", "address", "length"]),
    ("getpid", &[]),
    ("getrandom", &["buffer", "count", "flags"]),
    ("getsockname", &["fd", "address", "length"]),
    ("getsockopt", &["fd", "level", "option", "value", "length"]),
    ("gettid", &[]),
    ("ioctl", &["fd", "request", "argument"]),
    ("kill", &["pid", "signal"]),
    ("listen", &["fd", "backlog"]),
    ("lseek", &["fd", "offset", "whence"]),
    ("memfd_create", &["name", "flags"]),
    ("mprotect", &["address", "length", "protection"]),
    ("munmap", &["address", "length"]),
    ("open", &["path", "flags", "mode"]),
    ("openat", &["folder_fd", "path", "flags", "mode"]),
    ("pipe2", &["fds", "flags"]),
    ("poll", &["fds", "count", "timeout"]),
    ("read", &["fd", "buffer", "count"]),
    ("readv", &["fd", "parts", "count"]),
    (
        "recvfrom",
        &["fd", "buffer", "count", "flags", "address", "length"],
    ),
    ("recvmsg", &["fd", "message", "flags"]),
    ("rt_sigaction", &["signal", "new", "old", "set_size"]),
    ("rt_sigpending", &["set", "set_size"]),
    ("rt_sigprocmask", &["how", "new", "old", "set_size"]),
    ("sendfile", &["out_fd", "in_fd", "offset", "count"]),
    ("sendmsg", &["fd", "message", "flags"]),
    (
        "sendto",
        &["fd", "buffer", "count", "flags", "address", "length"],
    ),
    ("setitimer", &["timer", "new", "old"]),
    ("setsockopt", &["fd", "level", "option", "value", "length"]),
    ("shutdown", &["fd", "how"]),
    ("socket", &["family", "kind", "protocol"]),
    ("socketpair", &["family", "kind", "protocol", "fds"]),
    (
        "splice",
        &[
            "in_fd",
            "in_offset",
            "out_fd",
            "out_offset",
            "count",
            "flags",
        ],
    ),
    ("statx", &["folder_fd", "path", "flags", "mask", "buffer"]),
    ("tee", &["in_fd", "out_fd", "count", "flags"]),
    ("tgkill", &["group", "thread", "signal"]),
    ("uname", &["buffer"]),
    ("unlinkat", &["folder_fd", "path", "flags"]),
    ("wait4", &["pid", "status", "options", "usage"]),
    ("write", &["fd", "buffer", "count"]),
    ("writev", &["fd", "parts", "count"]),
];

/// Calls of i386 alone, and those with numbers of 64 bits, which take two
/// registers there.
pub const I386: &[Row] = &[
    (
        "_llseek",
        &["fd", "offset_high", "offset_low", "result", "whence"],
    ),
    ("clock_gettime", &["clock", "time"]),
    ("clock_gettime64", &["clock", "time"]),
    (
        "clock_nanosleep_time64",
        &["clock", "flags", "time", "rest"],
    ),
    (
        "fadvise64_64",
        &[
            "fd",
            "offset_low",
            "offset_high",
            "length_low",
            "length_high",
            "advice",
        ],
    ),
    (
        "fallocate",
        &[
            "fd",
            "mode",
            "offset_low",
            "offset_high",
            "length_low",
            "length_high",
        ],
    ),
    ("fcntl64", &["fd", "command", "argument"]),
    ("fstat64", &["fd", "buffer"]),
    ("ftruncate64", &["fd", "length_low", "length_high"]),
    (
        "mmap2",
        &["address", "length", "protection", "flags", "fd", "pages"],
    ),
    ("ppoll_time64", &["fds", "count", "time", "set", "set_size"]),
    (
        "pread64",
        &["fd", "buffer", "count", "offset_low", "offset_high"],
    ),
    (
        "preadv",
        &["fd", "parts", "count", "offset_low", "offset_high"],
    ),
    (
        "preadv2",
        &["fd", "parts", "count", "offset_low", "offset_high", "flags"],
    ),
    (
        "pwrite64",
        &["fd", "buffer", "count", "offset_low", "offset_high"],
    ),
    (
        "pwritev",
        &["fd", "parts", "count", "offset_low", "offset_high"],
    ),
    (
        "pwritev2",
        &["fd", "parts", "count", "offset_low", "offset_high", "flags"],
    ),
    ("rt_sigtimedwait", &["set", "info", "time", "set_size"]),
    (
        "rt_sigtimedwait_time64",
        &["set", "info", "time", "set_size"],
    ),
    ("sendfile64", &["out_fd", "in_fd", "offset", "count"]),
    ("truncate64", &["path", "length_low", "length_high"]),
];

/// Calls of x86_64 alone, and those whose numbers fit into one register there.
pub const X86_64: &[Row] = &[
    ("clock_gettime", &["clock", "time"]),
    ("clock_nanosleep", &["clock", "flags", "time", "rest"]),
    ("fadvise64", &["fd", "offset", "length", "advice"]),
    ("fallocate", &["fd", "mode", "offset", "length"]),
    ("fcntl", &["fd", "command", "argument"]),
    ("fstat", &["fd", "buffer"]),
    ("ftruncate", &["fd", "length"]),
    (
        "mmap",
        &["address", "length", "protection", "flags", "fd", "offset"],
    ),
    ("ppoll", &["fds", "count", "time", "set", "set_size"]),
    ("pread64", &["fd", "buffer", "count", "offset"]),
    ("preadv", &["fd", "parts", "count", "offset"]),
    // The kernel keeps the place of i386's second half, and does not read it.
    (
        "preadv2",
        &["fd", "parts", "count", "offset", "unused", "flags"],
    ),
    ("pwrite64", &["fd", "buffer", "count", "offset"]),
    ("pwritev", &["fd", "parts", "count", "offset"]),
    (
        "pwritev2",
        &["fd", "parts", "count", "offset", "unused", "flags"],
    ),
    ("rt_sigtimedwait", &["set", "info", "time", "set_size"]),
    ("truncate", &["path", "length"]),
];
