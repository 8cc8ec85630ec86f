//! The texts of the checks' reports, by number, in the order in which they stand
//! here.

/// What was looked at, or why a check is skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(pub u8);

macro_rules! texts {
    ($($name:ident = $text:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($name,)* }

        impl Text {
            $(
                #[doc = $text]
                pub const $name: Self = Self(Number::$name as u8);
            )*

            /// All of them.
            pub const ALL: &[&str] = &[$($text,)*];
        }
    };
}

texts! {
    EAX = "eax";
    CELL = "cell";
    WORD_AFTER = "the word after the cell";
    IN_STANDS = "in_fd's position";
    OUT_STANDS = "out_fd's position";
    FLAGS = "out_fd's flags";
    SBYTES = "sbytes";
    ANOTHER = "first byte that is another";
    ARRIVED = "bytes that arrived";
    SOME = "some bytes went out";
    NOT_ALL = "and not all";
    SIGPIPE = "the signals that wait";
    READ = "status of the process that reads";
    NO_SIGNALS = "signals cannot be caught here";
    NO_SPLICE = "the kernel has no splice";
    BUFFERED = "Linux before 5.10 writes every file through a buffer";
    PIPE_WAITS = "Linux 5.12 to 5.18 wait for room in every pipe";
    PIPE_FILLS = "Linux before 5.12 waits until all of it is in the pipe";
    NOT_MAPPED = "in_fd cannot be mapped";
    IN_FLAGS = "in_fd's O_NONBLOCK";
    LOOKED_AT = "the descriptors are looked at by calls of Linux 4.11 (statx)";
    NOT_HERE = "the simulated kernels have no such thing";
}

impl Text {
    /// The text.
    #[must_use]
    pub fn get(self) -> &'static str {
        Self::ALL.get(usize::from(self.0)).unwrap_or(&"")
    }
}

/// The calls of the set-up, by their numbers on i386, for the report of one
/// that fails.
pub const SET_UP: [(u32, &str); 29] = {
    use int80::gate::nr;
    [
        (nr::ACCEPT4, "accept4"),
        (nr::BIND, "bind"),
        (nr::CLOSE, "close"),
        (nr::CONNECT, "connect"),
        (nr::EVENTFD2, "eventfd2"),
        (nr::FCNTL64, "fcntl"),
        (nr::FORK, "fork"),
        (nr::FTRUNCATE64, "ftruncate"),
        (nr::GETPID, "getpid"),
        (nr::GETSOCKNAME, "getsockname"),
        (nr::LISTEN, "listen"),
        (nr::_LLSEEK, "lseek"),
        (nr::MEMFD_CREATE, "memfd_create"),
        (nr::MMAP2, "mmap"),
        (nr::MPROTECT, "mprotect"),
        (nr::OPENAT, "openat"),
        (nr::PIPE2, "pipe2"),
        (nr::PWRITE64, "pwrite"),
        (nr::READ, "read"),
        (nr::RT_SIGACTION, "rt_sigaction"),
        (nr::RT_SIGPENDING, "rt_sigpending"),
        (nr::RT_SIGPROCMASK, "rt_sigprocmask"),
        (nr::SETITIMER, "setitimer"),
        (nr::SETSOCKOPT, "setsockopt"),
        (nr::SOCKET, "socket"),
        (nr::SOCKETPAIR, "socketpair"),
        (nr::UNLINKAT, "unlinkat"),
        (nr::WAIT4, "wait4"),
        (nr::WRITE, "write"),
    ]
};
