//! The table of system call numbers: the i386 number, which names a call
//! everywhere in this crate, and the x86_64 number, which the `Syscall` gate
//! puts in its place.
//!
//! Where a call's *arguments* differ between the two architectures, the gate
//! converts them; those rows have a note.

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident = $i386:literal, $kernel:ident => $x86_64:literal, $sc:ident;)*) => {
        $(
            #[doc = concat!("i386: ", stringify!($i386), ", x86_64: ", stringify!($x86_64), ".")]
            $(#[$doc])*
            pub const $name: u32 = $i386;

            #[cfg(target_arch = "x86")]
            static_assertions::const_assert_eq!($name, linux_raw_sys::general::$kernel);
            #[cfg(target_arch = "x86_64")]
            static_assertions::const_assert_eq!($x86_64, x86_64_names::$sc);
        )*

        /// The number of an i386 call in the x86_64 table.
        ///
        /// The argument is a constant at every call site, so that this folds
        /// to a constant.
        #[cfg(target_arch = "x86_64")]
        #[inline(always)]
        pub(super) const fn x86_64(nr: u32) -> Option<usize> {
            match nr {
                $($name => Some($x86_64),)*
                _ => None,
            }
        }
    };
}

/// The x86_64 numbers that the table is checked against: `sc`'s, and those of
/// calls that are newer than it.
#[cfg(target_arch = "x86_64")]
mod x86_64_names {
    use linux_raw_sys::general as kernel;
    pub(super) use sc::nr::*;
    pub(super) const LANDLOCK_CREATE_RULESET: u32 = kernel::__NR_landlock_create_ruleset;
    pub(super) const LANDLOCK_ADD_RULE: u32 = kernel::__NR_landlock_add_rule;
    pub(super) const LANDLOCK_RESTRICT_SELF: u32 = kernel::__NR_landlock_restrict_self;
}

numbers! {
    RESTART_SYSCALL = 0, __NR_restart_syscall => 219, RESTART_SYSCALL;
    EXIT = 1, __NR_exit => 60, EXIT;
    FORK = 2, __NR_fork => 57, FORK;
    READ = 3, __NR_read => 0, READ;
    WRITE = 4, __NR_write => 1, WRITE;
    OPEN = 5, __NR_open => 2, OPEN;
    CLOSE = 6, __NR_close => 3, CLOSE;
    UNLINK = 10, __NR_unlink => 87, UNLINK;
    EXECVE = 11, __NR_execve => 59, EXECVE;
    CHDIR = 12, __NR_chdir => 80, CHDIR;
    /// The offset as wide as a register.
    LSEEK = 19, __NR_lseek => 8, LSEEK;
    GETPID = 20, __NR_getpid => 39, GETPID;
    KILL = 37, __NR_kill => 62, KILL;
    PIPE = 42, __NR_pipe => 22, PIPE;
    IOCTL = 54, __NR_ioctl => 16, IOCTL;
    DUP2 = 63, __NR_dup2 => 33, DUP2;
    MUNMAP = 91, __NR_munmap => 11, MUNMAP;
    /// Four words: two times of seconds and microseconds.
    SETITIMER = 104, __NR_setitimer => 38, SETITIMER;
    /// The last argument null: its structure differs.
    WAIT4 = 114, __NR_wait4 => 61, WAIT4;
    FSYNC = 118, __NR_fsync => 74, FSYNC;
    UNAME = 122, __NR_uname => 63, UNAME;
    MPROTECT = 125, __NR_mprotect => 10, MPROTECT;
    /// The offset in two registers, high first; the result through a pointer.
    _LLSEEK = 140, __NR__llseek => 8, LSEEK;
    READV = 145, __NR_readv => 19, READV;
    WRITEV = 146, __NR_writev => 20, WRITEV;
    POLL = 168, __NR_poll => 7, POLL;
    PRCTL = 172, __NR_prctl => 157, PRCTL;
    RT_SIGACTION = 174, __NR_rt_sigaction => 13, RT_SIGACTION;
    RT_SIGPROCMASK = 175, __NR_rt_sigprocmask => 14, RT_SIGPROCMASK;
    RT_SIGPENDING = 176, __NR_rt_sigpending => 127, RT_SIGPENDING;
    /// The time of 32 bits; only ever passed as zero, the same in both tables.
    RT_SIGTIMEDWAIT = 177, __NR_rt_sigtimedwait => 128, RT_SIGTIMEDWAIT;
    /// The offset in two registers.
    PREAD64 = 180, __NR_pread64 => 17, PREAD64;
    /// The offset in two registers.
    PWRITE64 = 181, __NR_pwrite64 => 18, PWRITE64;
    CAPSET = 185, __NR_capset => 126, CAPSET;
    /// A 32-bit offset.
    SENDFILE = 187, __NR_sendfile => 40, SENDFILE;
    /// The offset in units of 4096 bytes.
    MMAP2 = 192, __NR_mmap2 => 9, MMAP;
    /// The length in two registers.
    TRUNCATE64 = 193, __NR_truncate64 => 76, TRUNCATE;
    /// The length in two registers.
    FTRUNCATE64 = 194, __NR_ftruncate64 => 77, FTRUNCATE;
    /// The structure of i386, which the gate rewrites on x86_64.
    FSTAT64 = 197, __NR_fstat64 => 5, FSTAT;
    GETUID32 = 199, __NR_getuid32 => 102, GETUID;
    GETGID32 = 200, __NR_getgid32 => 104, GETGID;
    SETGROUPS32 = 206, __NR_setgroups32 => 116, SETGROUPS;
    SETRESUID32 = 208, __NR_setresuid32 => 117, SETRESUID;
    SETRESGID32 = 210, __NR_setresgid32 => 119, SETRESGID;
    MADVISE = 219, __NR_madvise => 28, MADVISE;
    GETDENTS64 = 220, __NR_getdents64 => 217, GETDENTS64;
    FCNTL64 = 221, __NR_fcntl64 => 72, FCNTL;
    GETTID = 224, __NR_gettid => 186, GETTID;
    /// A 64-bit offset.
    SENDFILE64 = 239, __NR_sendfile64 => 40, SENDFILE;
    EXIT_GROUP = 252, __NR_exit_group => 231, EXIT_GROUP;
    EPOLL_CTL = 255, __NR_epoll_ctl => 233, EPOLL_CTL;
    /// A time as wide as a register.
    CLOCK_GETTIME = 265, __NR_clock_gettime => 228, CLOCK_GETTIME;
    TGKILL = 270, __NR_tgkill => 234, TGKILL;
    /// Offset and length in two registers each.
    FADVISE64_64 = 272, __NR_fadvise64_64 => 221, FADVISE64;
    INOTIFY_ADD_WATCH = 292, __NR_inotify_add_watch => 254, INOTIFY_ADD_WATCH;
    INOTIFY_RM_WATCH = 293, __NR_inotify_rm_watch => 255, INOTIFY_RM_WATCH;
    OPENAT = 295, __NR_openat => 257, OPENAT;
    MKDIRAT = 296, __NR_mkdirat => 258, MKDIRAT;
    UNLINKAT = 301, __NR_unlinkat => 263, UNLINKAT;
    READLINKAT = 305, __NR_readlinkat => 267, READLINKAT;
    SPLICE = 313, __NR_splice => 275, SPLICE;
    TEE = 315, __NR_tee => 276, TEE;
    EPOLL_PWAIT = 319, __NR_epoll_pwait => 281, EPOLL_PWAIT;
    TIMERFD_CREATE = 322, __NR_timerfd_create => 283, TIMERFD_CREATE;
    EVENTFD = 323, __NR_eventfd => 284, EVENTFD;
    /// Offset and length in two registers each.
    FALLOCATE = 324, __NR_fallocate => 285, FALLOCATE;
    SIGNALFD4 = 327, __NR_signalfd4 => 289, SIGNALFD4;
    EVENTFD2 = 328, __NR_eventfd2 => 290, EVENTFD2;
    EPOLL_CREATE1 = 329, __NR_epoll_create1 => 291, EPOLL_CREATE1;
    DUP3 = 330, __NR_dup3 => 292, DUP3;
    PIPE2 = 331, __NR_pipe2 => 293, PIPE2;
    INOTIFY_INIT1 = 332, __NR_inotify_init1 => 294, INOTIFY_INIT1;
    /// The offset in two registers.
    PREADV = 333, __NR_preadv => 295, PREADV;
    /// The offset in two registers.
    PWRITEV = 334, __NR_pwritev => 296, PWRITEV;
    PRLIMIT64 = 340, __NR_prlimit64 => 302, PRLIMIT64;
    RENAMEAT2 = 353, __NR_renameat2 => 316, RENAMEAT2;
    SECCOMP = 354, __NR_seccomp => 317, SECCOMP;
    GETRANDOM = 355, __NR_getrandom => 318, GETRANDOM;
    MEMFD_CREATE = 356, __NR_memfd_create => 319, MEMFD_CREATE;
    SOCKET = 359, __NR_socket => 41, SOCKET;
    SOCKETPAIR = 360, __NR_socketpair => 53, SOCKETPAIR;
    BIND = 361, __NR_bind => 49, BIND;
    CONNECT = 362, __NR_connect => 42, CONNECT;
    LISTEN = 363, __NR_listen => 50, LISTEN;
    ACCEPT4 = 364, __NR_accept4 => 288, ACCEPT4;
    GETSOCKOPT = 365, __NR_getsockopt => 55, GETSOCKOPT;
    SETSOCKOPT = 366, __NR_setsockopt => 54, SETSOCKOPT;
    GETSOCKNAME = 367, __NR_getsockname => 51, GETSOCKNAME;
    GETPEERNAME = 368, __NR_getpeername => 52, GETPEERNAME;
    SENDTO = 369, __NR_sendto => 44, SENDTO;
    SENDMSG = 370, __NR_sendmsg => 46, SENDMSG;
    RECVFROM = 371, __NR_recvfrom => 45, RECVFROM;
    RECVMSG = 372, __NR_recvmsg => 47, RECVMSG;
    SHUTDOWN = 373, __NR_shutdown => 48, SHUTDOWN;
    COPY_FILE_RANGE = 377, __NR_copy_file_range => 326, COPY_FILE_RANGE;
    /// The offset in two registers.
    PREADV2 = 378, __NR_preadv2 => 327, PREADV2;
    /// The offset in two registers.
    PWRITEV2 = 379, __NR_pwritev2 => 328, PWRITEV2;
    STATX = 383, __NR_statx => 332, STATX;
    CLOCK_GETTIME64 = 403, __NR_clock_gettime64 => 228, CLOCK_GETTIME;
    CLOCK_NANOSLEEP_TIME64 = 407, __NR_clock_nanosleep_time64 => 230, CLOCK_NANOSLEEP;
    TIMERFD_GETTIME64 = 410, __NR_timerfd_gettime64 => 287, TIMERFD_GETTIME;
    TIMERFD_SETTIME64 = 411, __NR_timerfd_settime64 => 286, TIMERFD_SETTIME;
    PPOLL_TIME64 = 414, __NR_ppoll_time64 => 271, PPOLL;
    RT_SIGTIMEDWAIT_TIME64 = 421, __NR_rt_sigtimedwait_time64 => 128, RT_SIGTIMEDWAIT;
    OPENAT2 = 437, __NR_openat2 => 437, OPENAT2;
    LANDLOCK_CREATE_RULESET = 444, __NR_landlock_create_ruleset => 444, LANDLOCK_CREATE_RULESET;
    LANDLOCK_ADD_RULE = 445, __NR_landlock_add_rule => 445, LANDLOCK_ADD_RULE;
    LANDLOCK_RESTRICT_SELF = 446, __NR_landlock_restrict_self => 446, LANDLOCK_RESTRICT_SELF;
}
