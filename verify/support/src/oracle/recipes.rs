//! The recipes, one line for each call.
//!
//! None of them has an effect outside the child process and the world's folder:
//! a call that could have one is given only arguments that the kernel refuses.

use int80::gate::nr::*;

use super::{
    Kind::{self, *},
    Look, Recipe,
};

/// Ids of the process itself, "none", and others that are these in 16 bits.
const IDS: Kind = Of(&[0, 0xffff, 0x1_0000, u32::MAX, 0xabcd_0000]);
/// For calls with 32-bit ids.
const IDS32: Kind = Of(&[0, u32::MAX]);
/// This process, or none that can be.
const PID: Kind = Of(&[0, 0x7fff_fff0, u32::MAX - 1]);
/// A process that cannot be.
const NO_PID: Kind = Of(&[0x7fff_fff0, 0x7fff_fff1]);
/// A descriptor that cannot be.
const NO_FD: Kind = Of(&[u32::MAX, 9999]);
const ZERO: Kind = Of(&[0]);
/// The size of a signal set, and others.
const SET: Kind = Of(&[8, 8, 8, 4, 0]);
const SIGNAL: Kind = Of(&[0, 10, 12, 17, 64, 65, 1000]);
const CLOCK: Kind = Of(&[0, 1, 2, 3, 4, 7, 11, 99]);
const WHENCE: Kind = Of(&[0, 1, 2, 3, 4, 9]);
const FLAGS: Kind = Of(&[0, 1, 2, 0o100, 0o102, 0o301, 0o1001, 0o2001, 0o20_0000]);
const NAME: Kind = Path;
/// Halves of numbers of which no file grows.
const SMALL: Kind = Of(&[0, 1, 4096, 9000]);
const TOP: Kind = Of(&[0, 0, 0, u32::MAX]);
/// Clocks by which a sleep ends.
const SLEEP: Kind = Of(&[0, 1, 4, 7, 99]);

macro_rules! recipes {
    ($($look:ident: $($nr:ident($($kind:expr),*))*;)*) => {
        /// Every call that is compared.
        pub const RECIPES: &[Recipe] = &[$($(Recipe {
            nr: $nr,
            look: Look::$look,
            arguments: &[$($kind),*],
        },)*)*];
    };
}

recipes! {
    // Reading and writing.
    All:
    READ(Fd, Bytes, Length) WRITE(Fd, Bytes, Length) READV(Fd, Parts, Of(&[0, 1, 2, 3, 2000]))
    WRITEV(Fd, Parts, Of(&[0, 1, 2, 3, 2000])) PREAD64(Fd, Bytes, Length, Low, High)
    PWRITE64(Fd, Bytes, Length, Low, High) PREADV(Fd, Parts, Of(&[0, 1, 2, 3]), Low, High)
    PWRITEV(Fd, Parts, Of(&[0, 1, 2, 3]), Low, High)
    PREADV2(Fd, Parts, Of(&[0, 1, 2, 3]), Low, High, Bits(0x1f))
    PWRITEV2(Fd, Parts, Of(&[0, 1, 2, 3]), Low, High, Bits(0x1f))
    LSEEK(Fd, Long, WHENCE) _LLSEEK(Fd, High, Low, Bytes, WHENCE)
    SENDFILE64(Fd, Fd, Null, Length) SPLICE(Fd, Null, Fd, Null, Length, Of(&[2, 3]))
    TEE(Fd, Fd, Length, Of(&[2])) VMSPLICE(Fd, Parts, Of(&[0, 1, 2]), Of(&[2]))
    COPY_FILE_RANGE(Fd, Null, Fd, Null, Length, Of(&[0, 0, 0, 1]))
    READAHEAD(Fd, Low, High, Length) FADVISE64(Fd, Low, High, Length, Of(&[0, 1, 2, 3, 4, 5, 6]))
    FADVISE64_64(Fd, Low, High, Low, High, Of(&[0, 1, 2, 3, 4, 5, 6]))
    FALLOCATE(Fd, Of(&[0, 1, 3, 8]), SMALL, TOP, SMALL, TOP)
    SYNC_FILE_RANGE(NO_FD, Low, High, Low, High, Bits(7))
    TRUNCATE(Path, Long) FTRUNCATE(Fd, Long) TRUNCATE64(Path, Low, High) FTRUNCATE64(Fd, Low, High)
    SYNCFS(NO_FD) FSYNC(NO_FD) FDATASYNC(NO_FD) CACHESTAT(Fd, Bytes, Bytes, Of(&[0, 1]));

    // Descriptors.
    All:
    OPEN(Path, FLAGS, Of(&[0o600])) CREAT(NewPath, Of(&[0o600, 0o444]))
    OPENAT(Folder, Path, FLAGS, Of(&[0o600])) OPENAT2(Folder, Path, Bytes, Of(&[24, 8, 100]))
    CLOSE(NO_FD) CLOSE_RANGE(Of(&[200, 300]), Of(&[100, 300, u32::MAX]), Bits(7)) DUP(Fd)
    DUP2(Fd, Of(&[150, 151, u32::MAX])) DUP3(Fd, Of(&[150, 151, u32::MAX]), Of(&[0, 0o200_0000, 1]))
    FCNTL(Fd, Of(&[0, 1, 2, 3, 4, 9, 11, 1030, 1032, 1034]), Of(&[0, 1, 0o4000, 150]))
    FCNTL64(Fd, Of(&[1, 3, 12, 13, 12, 36, 37, 1032]), Flock64)
    IOCTL(Fd, Of(&[0x541b, 0x5401, 0x5413, 0x5450, 0x5451]), Bytes) FLOCK(Fd, Of(&[5, 6, 8, 77]))
    PIPE(Bytes) PIPE2(Bytes, Of(&[0, 0o4000, 0o200_0000, 1])) EVENTFD(Int)
    EVENTFD2(Int, Of(&[0, 1, 0o4000, 0o200_0000, 2])) EPOLL_CREATE(Int)
    EPOLL_CREATE1(Of(&[0, 0o200_0000, 1])) EPOLL_CTL(Fd, Of(&[1, 2, 3, 4]), Fd, Bytes)
    EPOLL_WAIT(Fd, Bytes, Of(&[0, 1, 4, u32::MAX]), ZERO)
    EPOLL_PWAIT(Fd, Bytes, Of(&[0, 1, 4]), ZERO, Bytes, SET)
    EPOLL_PWAIT2(Fd, Bytes, Of(&[0, 1, 4]), Time64, Bytes, SET)
    SIGNALFD(Of(&[u32::MAX]), Bytes, SET) SIGNALFD4(Of(&[u32::MAX]), Bytes, SET, Of(&[0, 0o4000, 1]))
    TIMERFD_CREATE(CLOCK, Of(&[0, 0o4000, 1])) TIMERFD_GETTIME(Fd, Words(4))
    TIMERFD_GETTIME64(Fd, Bytes) TIMERFD_SETTIME(Fd, Of(&[0, 1, 3, 8]), Bad, Words(4))
    TIMERFD_SETTIME64(Fd, Of(&[0, 1, 3, 8]), Bad, Bytes) INOTIFY_INIT()
    INOTIFY_INIT1(Of(&[0, 0o4000, 1])) INOTIFY_ADD_WATCH(Fd, Path, Int) INOTIFY_RM_WATCH(Fd, Int)
    FANOTIFY_INIT(Of(&[0x8000_0000, 0x4000_0000]), Int) FANOTIFY_MARK(Fd, Bits(0xff), Low, High, Folder, Path)
    MEMFD_CREATE(NAME, Bits(0xe7)) MEMFD_SECRET(Of(&[1, 2, 4])) PIDFD_OPEN(NO_PID, Of(&[0, 1]))
    PIDFD_GETFD(NO_FD, Int, Int) PIDFD_SEND_SIGNAL(NO_FD, SIGNAL, Null, Int)
    PROCESS_MRELEASE(NO_FD, Int) PROCESS_MADVISE(NO_FD, Parts, Of(&[0, 1]), Int, Int)
    USERFAULTFD(Of(&[2, 4, 8])) PERF_EVENT_OPEN(Bad, Int, Int, Int, Int)
    POLL(Bytes, Of(&[0, 1, 3]), ZERO) PPOLL(Bytes, Of(&[0, 1, 3]), Time, Bytes, SET)
    PPOLL_TIME64(Bytes, Of(&[0, 1, 3]), Time64, Bytes, SET)
    _NEWSELECT(Of(&[0, 0, u32::MAX]), Null, Null, Null, Micro) SELECT(SelectWords)
    PSELECT6(Of(&[0, u32::MAX]), Null, Null, Null, Time, Null)
    PSELECT6_TIME64(Of(&[0, u32::MAX]), Null, Null, Null, Time64, Null);

    // Names.
    All:
    LINK(Path, NewPath) UNLINK(Path) RENAME(Path, NewPath) MKDIR(NewPath, Bits(0o777)) RMDIR(Path)
    SYMLINK(Path, NewPath) READLINK(Path, Bytes, Length) CHMOD(Path, Bits(0o777)) FCHMOD(Fd, Bits(0o777))
    MKNOD(NewPath, Of(&[0o10600, 0o100600, 0o170000]), ZERO) ACCESS(Path, Bits(15))
    CHDIR(Path) FCHDIR(Fd) GETCWD(Bytes, Of(&[0, 1, 8, 4096])) CHROOT(Bad)
    LINKAT(Folder, Path, Folder, NewPath, Of(&[0, 0x400, 1])) UNLINKAT(Folder, Path, Of(&[0, 0x200, 1]))
    RENAMEAT(Folder, Path, Folder, NewPath) RENAMEAT2(Folder, Path, Folder, NewPath, Bits(7))
    MKDIRAT(Folder, NewPath, Bits(0o777)) MKNODAT(Folder, NewPath, Of(&[0o10600, 0o100600]), ZERO)
    SYMLINKAT(Path, Folder, NewPath) READLINKAT(Folder, Path, Bytes, Length)
    FCHMODAT(Folder, Path, Bits(0o777)) FCHMODAT2(Folder, Path, Bits(0o777), Of(&[0, 0x100, 1]))
    FACCESSAT(Folder, Path, Bits(15)) FACCESSAT2(Folder, Path, Bits(15), Of(&[0, 0x100, 0x200, 1]))
    CHOWN(Path, IDS, IDS) LCHOWN(Path, IDS, IDS) FCHOWN(Fd, IDS, IDS)
    CHOWN32(Path, IDS32, IDS32) LCHOWN32(Path, IDS32, IDS32) FCHOWN32(Fd, IDS32, IDS32)
    FCHOWNAT(Folder, Path, IDS32, IDS32, Of(&[0, 0x100, 1])) UTIMES(Path, Micro)
    UTIMENSAT(Folder, Path, Null, Of(&[0, 0x100, 1])) FUTIMESAT(Folder, Path, Null) UTIME(Path, Null)
    UTIMENSAT_TIME64(Folder, Path, Null, Of(&[0, 0x100, 1]))
    SETXATTR(Path, NAME, Bytes, Of(&[0, 5]), Bits(3)) LSETXATTR(Path, NAME, Bytes, Of(&[0, 5]), Bits(3))
    FSETXATTR(Fd, NAME, Bytes, Of(&[0, 5]), Bits(3)) GETXATTR(Path, NAME, Bytes, Length)
    LGETXATTR(Path, NAME, Bytes, Length) FGETXATTR(Fd, NAME, Bytes, Length)
    LISTXATTR(Path, Bytes, Length) LLISTXATTR(Path, Bytes, Length) FLISTXATTR(Fd, Bytes, Length)
    REMOVEXATTR(Path, NAME) LREMOVEXATTR(Path, NAME) FREMOVEXATTR(Fd, NAME)
    SETXATTRAT(Folder, Path, ZERO, NAME, Bytes, Of(&[16, 8]))
    GETXATTRAT(Folder, Path, ZERO, NAME, Bytes, Of(&[16, 8]))
    LISTXATTRAT(Folder, Path, ZERO, Bytes, Length) REMOVEXATTRAT(Folder, Path, ZERO, NAME)
    FILE_GETATTR(Folder, Path, Bytes, Of(&[24, 8]), ZERO) FILE_SETATTR(Folder, Path, Bad, Of(&[24, 8]), ZERO)
    NAME_TO_HANDLE_AT(Folder, Path, Bytes, Bytes, Of(&[0, 0x400, 1])) OPEN_BY_HANDLE_AT(NO_FD, Bytes, Int)
    STAT64(Path, Stat64) LSTAT64(Path, Stat64) FSTAT64(Fd, Stat64)
    FSTATAT64(Folder, Path, Stat64, Of(&[0, 0x100, 0x1000, 1])) STATX(Folder, Path, Of(&[0, 0x100, 1]), Bits(0xfff), Bytes)
    STATFS64(Path, Of(&[84, 84, 88, 64]), Bytes) FSTATFS64(Fd, Of(&[84, 84, 88, 64]), Bytes)
    GETDENTS64(Fd, Bytes, Of(&[0, 10, 24, 4000]));
    Result:
    STATFS(Path, Words(16)) FSTATFS(Fd, Words(16)) STAT(Path, Words(24)) LSTAT(Path, Words(24)) FSTAT(Fd, Words(24)) USTAT(Int, Words(8))
    GETDENTS(Fd, Words(100), Of(&[0, 1, 8]));

    // The process.
    All:
    GETPID() GETPPID() GETTID() GETPGRP() GETPGID(PID) GETSID(PID) GETUID() GETEUID() GETGID()
    GETEGID() GETUID32() GETEUID32() GETGID32() GETEGID32() SETUID(IDS) SETGID(IDS) SETREUID(IDS, IDS)
    SETREGID(IDS, IDS) SETRESUID(IDS, IDS, IDS) SETRESGID(IDS, IDS, IDS) SETFSUID(IDS) SETFSGID(IDS)
    SETUID32(IDS32) SETGID32(IDS32) SETREUID32(IDS32, IDS32) SETREGID32(IDS32, IDS32)
    SETRESUID32(IDS32, IDS32, IDS32) SETRESGID32(IDS32, IDS32, IDS32) SETFSUID32(IDS32) SETFSGID32(IDS32)
    GETRESUID(Bytes, Bytes, Bytes) GETRESGID(Bytes, Bytes, Bytes) GETRESUID32(Bytes, Bytes, Bytes)
    GETRESGID32(Bytes, Bytes, Bytes) GETGROUPS32(Of(&[0, 1, 100, u32::MAX]), Bytes)
    SETGROUPS32(Of(&[u32::MAX, 100_000]), Bytes) SETPGID(NO_PID, Int) UMASK(Bits(0o7777))
    GETPRIORITY(Of(&[0, 1, 3]), PID) SETPRIORITY(Of(&[0, 3]), NO_PID, Int) IOPRIO_GET(Of(&[1, 3, 9]), ZERO)
    IOPRIO_SET(Of(&[9, 77]), Int, Int) PERSONALITY(Of(&[u32::MAX])) GETRLIMIT(Of(&[0, 3, 4, 7, 15, 16]), Words(2))
    UGETRLIMIT(Of(&[0, 4, 7, 15, 16]), Words(2)) SETRLIMIT(Of(&[16, 99]), Words(2))
    PRLIMIT64(PID, Of(&[0, 4, 7, 16]), Null, Bytes) CAPGET(Bytes, Bytes) CAPSET(Bad, Bytes)
    PRCTL(Of(&[3, 7, 8, 16, 23, 27, 30, 38, 39, 999]), Bytes, ZERO, ZERO, ZERO)
    WAIT4(Of(&[u32::MAX, 0, 0x7fff_fff0]), Bytes, Of(&[1, 1, 0x5000_0000]), Null)
    WAITPID(Of(&[u32::MAX, 0, 0x7fff_fff0]), Bytes, Of(&[1, 1, 0x5000_0000]))
    WAITID(Of(&[0, 1, 9]), Int, Null, Of(&[0, 0x100_0005, 0x100_0004]), Null)
    EXECVE(Bad, Null, Null) EXECVEAT(Folder, Bad, Null, Null, Int) UNSHARE(Of(&[1, 2, 4])) SETNS(NO_FD, Int)
    CLONE(Of(&[0x1_0000, 0x0002_0200]), Null, Null, Null, Null) CLONE3(Bytes, Of(&[0, 8, 63]))
    PTRACE(Of(&[3, 16, 17]), NO_PID, Int, Int) KCMP(NO_PID, NO_PID, Int, Int, Int)
    PROCESS_VM_READV(NO_PID, Parts, Of(&[1, 2]), Parts, Of(&[1, 2]), Of(&[0, 1]))
    PROCESS_VM_WRITEV(NO_PID, Parts, Of(&[1, 2]), Parts, Of(&[1, 2]), Of(&[0, 1]))
    ACCT(Bad) UNAME(Bytes) SETHOSTNAME(Bad, Of(&[u32::MAX, 1000])) SETDOMAINNAME(Bad, Of(&[u32::MAX, 1000]))
    SYSFS(Of(&[1, 2, 3, 4]), Of(&[0, 1, 999]), Bytes) SECCOMP(Of(&[2, 9]), Of(&[0, 1]), Bytes)
    LANDLOCK_CREATE_RULESET(Bad, Of(&[0, 8, 16]), Of(&[0, 1, 9])) LANDLOCK_ADD_RULE(NO_FD, Int, Bytes, Int)
    LANDLOCK_RESTRICT_SELF(NO_FD, Int) LSM_LIST_MODULES(Bytes, Bytes, ZERO) BPF(Int, Bad, Of(&[0, 16]))
    LSM_GET_SELF_ATTR(Int, Bad, Bytes, Int) LSM_SET_SELF_ATTR(Int, Bad, Int, Int);
    All:
    GETCPU(Null, Bytes, Null) SET_TID_ADDRESS(Null) GET_ROBUST_LIST(NO_PID, Words(1), Words(1)) RESTART_SYSCALL();
    Result: GETRANDOM(Bytes, Length, Of(&[0, 1, 8]))
    GETRUSAGE(Of(&[0, 1, u32::MAX, 7]), Words(20)) SYSINFO(Words(30));

    // Signals.
    All:
    KILL(NO_PID, SIGNAL) TKILL(NO_PID, SIGNAL) TGKILL(NO_PID, NO_PID, SIGNAL) RT_SIGQUEUEINFO(NO_PID, SIGNAL, Bad)
    RT_TGSIGQUEUEINFO(NO_PID, NO_PID, SIGNAL, Bad) RT_SIGACTION(SIGNAL, Null, Words(4), SET)
    RT_SIGPROCMASK(Of(&[0, 1, 2, 3]), Bytes, Bytes, SET) RT_SIGPENDING(Bytes, SET) SIGPENDING(Words(1))
    RT_SIGTIMEDWAIT(Bytes, Null, Time, SET) RT_SIGTIMEDWAIT_TIME64(Bytes, Null, Time64, SET)
    RT_SIGSUSPEND(Bytes, Of(&[0, 4, 9])) SIGALTSTACK(Null, Words(3)) SIGPROCMASK(Of(&[0, 1, 2, 3]), Words(1), Words(1));

    // Scheduling.
    All:
    SCHED_YIELD() SCHED_GETSCHEDULER(PID) SCHED_GETPARAM(PID, Bytes) SCHED_SETPARAM(NO_PID, Bytes)
    SCHED_SETSCHEDULER(NO_PID, Int, Bytes) SCHED_GET_PRIORITY_MAX(Of(&[0, 1, 2, 3, 5, 99]))
    SCHED_GET_PRIORITY_MIN(Of(&[0, 1, 2, 3, 5, 99])) SCHED_GETATTR(PID, Bytes, Of(&[48, 56, 8]), Of(&[0, 1]))
    SCHED_SETATTR(NO_PID, Bytes, Of(&[0, 1])) SCHED_GETAFFINITY(PID, Of(&[0, 8, 128, 4096]), Bytes)
    SCHED_SETAFFINITY(NO_PID, Of(&[0, 8, 128]), Bytes) SCHED_RR_GET_INTERVAL(NO_PID, Words(2))
    SCHED_RR_GET_INTERVAL_TIME64(NO_PID, Bytes) MEMBARRIER(Of(&[0, 99, 1 << 20]), Of(&[0, 1]), Int)
    RSEQ(Bad, Of(&[0, 32]), Int, Int) SET_ROBUST_LIST(Null, Of(&[0, 11])) MIGRATE_PAGES(NO_PID, Int, Null, Null)
    MOVE_PAGES(NO_PID, Of(&[0, 1]), Null, Null, Null, Of(&[2, 77])) FUTEX(Bytes, Of(&[1, 129, 0, 99]), Int, Time, Bytes, Int)
    FUTEX_TIME64(Bytes, Of(&[1, 129, 0, 99]), Int, Time64, Bytes, Int) FUTEX_WAKE(Bytes, Int, Int, Of(&[2, 0x82, 3]))
    FUTEX_WAIT(Bytes, Int, Int, Of(&[3, 4]), Null, Int) FUTEX_REQUEUE(Bad, Of(&[0, 1]), Int, Int)
    FUTEX_WAITV(Bad, Of(&[0, 1, 500]), Of(&[0, 1]), Null, Int) GET_MEMPOLICY(Bytes, Bytes, Of(&[0, 1025]), Null, Of(&[0, 4, 99]))
    SET_MEMPOLICY(Of(&[99, 77]), Null, Int) MBIND(Bad, Length, Of(&[99, 77]), Null, ZERO, Int)
    SET_MEMPOLICY_HOME_NODE(Bad, Int, Int, Of(&[1]));

    // Time.
    All:
    NANOSLEEP(Time, Words(2)) CLOCK_NANOSLEEP(SLEEP, ZERO, Time, Words(2)) CLOCK_NANOSLEEP_TIME64(SLEEP, ZERO, Time64, Bytes)
    CLOCK_GETRES(CLOCK, Words(2)) CLOCK_GETRES_TIME64(CLOCK, Bytes) CLOCK_SETTIME(Of(&[1, 4, 99]), Words(2))
    CLOCK_SETTIME64(Of(&[1, 4, 99]), Bytes) CLOCK_ADJTIME(Of(&[1, 4, 99]), Bad) CLOCK_ADJTIME64(Of(&[1, 4, 99]), Bad)
    GETITIMER(Of(&[1, 2, 3]), Words(4)) SETITIMER(Of(&[3, 99]), Words(4), Words(4))
    TIMER_CREATE(CLOCK, Bad, Bytes) TIMER_SETTIME(Int, Int, Words(4), Words(4)) TIMER_GETTIME(Int, Words(4))
    TIMER_SETTIME64(Int, Int, Bytes, Bytes) TIMER_GETTIME64(Int, Bytes) TIMER_GETOVERRUN(Int) TIMER_DELETE(Int)
    SETTIMEOFDAY(Bad, Null) ADJTIMEX(Bad);
    Failure:
    TIME(Words(1)) GETTIMEOFDAY(Words(2), Bytes) CLOCK_GETTIME(CLOCK, Words(2)) CLOCK_GETTIME64(CLOCK, Bytes)
    TIMES(Words(4)) BRK(ZERO) ALARM(ZERO);

    // Memory.
    All:
    MUNMAP(Of(&[1, 0xfff, 0x5000_0001]), Length) MPROTECT(Of(&[1, 0xfff, 0x5000_0001]), Length, Bits(7))
    MADVISE(Of(&[1, 0xfff]), Length, Int) MSYNC(Of(&[1, 0xfff]), Length, Bits(7)) MINCORE(Of(&[1, 0xfff]), Length, Bytes)
    MLOCK(Of(&[0x1000]), Of(&[0, 1, 4096])) MUNLOCK(Of(&[0x1000]), Of(&[0, 1, 4096]))
    MLOCK2(Of(&[0x1000]), Of(&[0, 1]), Of(&[0, 1, 2])) MLOCKALL(Of(&[0, 8, 99])) MUNLOCKALL()
    MREMAP(Of(&[1, 0xfff]), Length, Length, Bits(7), Int) REMAP_FILE_PAGES(Of(&[1, 0x1000]), Length, Int, Int, Int)
    PKEY_MPROTECT(Of(&[1, 0xfff]), Length, Bits(7), Of(&[1, u32::MAX])) PKEY_ALLOC(Of(&[1, 2]), Int) PKEY_FREE(Of(&[1, 99]))
    MSEAL(Of(&[1, 0xfff]), Length, Of(&[0, 1])) MAP_SHADOW_STACK(Bad, Of(&[0, 8]), Of(&[2, 99]));
    Failure:
    MMAP2(Null, Of(&[0, 70_000]), Bits(7), Of(&[0x22, 2, 1, 0]), Fd, Of(&[0, 1, 0xf_ffff])) MMAP(MmapWords);

    // Sockets.
    All:
    SOCKET(Of(&[0, 1, 2, 10, 99]), Of(&[1, 2, 3, 0x801, 9]), Of(&[0, 6, 99]))
    SOCKETPAIR(Of(&[1, 2, 99]), Of(&[1, 2, 5, 9]), Of(&[0, 99]), Bytes) BIND(Fd, Address, AddressLength)
    CONNECT(Fd, Address, AddressLength) LISTEN(Fd, Int) ACCEPT4(Fd, Null, Null, Of(&[0, 0x800, 1]))
    GETSOCKOPT(Fd, Of(&[1, 6, 99]), Of(&[2, 3, 4, 7, 8, 999]), Bytes, Bytes)
    SETSOCKOPT(Fd, Of(&[1, 6, 99]), Of(&[2, 9, 999]), Bytes, Of(&[0, 4, 8])) GETSOCKNAME(Fd, Bytes, Bytes)
    GETPEERNAME(Fd, Bytes, Bytes) SENDTO(Fd, Bytes, Length, Of(&[0x4040, 0x4041]), Null, ZERO)
    RECVFROM(Fd, Bytes, Length, Of(&[0x40, 0x42, 0x60]), Null, Null) SENDMSG(Fd, Bad, Of(&[0x4040]))
    RECVMSG(Fd, Bad, Of(&[0x40])) SENDMMSG(Fd, Bad, Of(&[0, 1]), Of(&[0x4040])) RECVMMSG(NO_FD, Bad, Of(&[0, 1]), Of(&[0x40]), Null)
    RECVMMSG_TIME64(NO_FD, Bad, Of(&[0, 1]), Of(&[0x40]), Null) SHUTDOWN(Fd, Of(&[0, 1, 2, 3]))
    SOCKETCALL(Of(&[1, 2, 4, 5, 6, 7, 13, 18, 0, 21, 99, 0x101]), SocketWords);

    // System V and POSIX messages.
    All:
    SEMGET(Of(&[0x7fff_1234]), Of(&[0, 1, u32::MAX]), ZERO) SEMCTL(Of(&[u32::MAX]), Int, Of(&[0, 1, 11, 12, 99]), Int)
    SEMTIMEDOP_TIME64(Of(&[u32::MAX]), Bytes, Of(&[0, 1, 9999]), Time64) SHMGET(Of(&[0x7fff_1234]), Length, ZERO)
    SHMCTL(Of(&[u32::MAX]), Of(&[0, 1, 2, 11, 99]), Bytes) SHMAT(Of(&[u32::MAX]), Null, Int) SHMDT(Of(&[1, 0xfff, 0x5000_0000]))
    MSGGET(Of(&[0x7fff_1234]), ZERO) MSGSND(Of(&[u32::MAX]), Bytes, Length, Int) MSGRCV(Of(&[u32::MAX]), Bytes, Length, Int, Int)
    MSGCTL(Of(&[u32::MAX]), Of(&[0, 1, 2, 99]), Bytes)
    IPC(Of(&[1, 2, 4, 0x1_0004, 11, 0x1_000c, 13, 14, 22, 23, 24, 99]), Of(&[0x7fff_1234]), Of(&[0, 1, 0x102]), ZERO, Bad, Int)
    MQ_OPEN(Bad, Int, Int, Null) MQ_UNLINK(Bad) MQ_TIMEDSEND(NO_FD, Bytes, Length, Int, Null)
    MQ_TIMEDRECEIVE(NO_FD, Bytes, Length, Null, Null) MQ_NOTIFY(NO_FD, Null) MQ_GETSETATTR(NO_FD, Null, Words(8))
    MQ_TIMEDSEND_TIME64(NO_FD, Bytes, Length, Int, Null) MQ_TIMEDRECEIVE_TIME64(NO_FD, Bytes, Length, Null, Null);

    // Asynchronous input and output.
    All:
    IO_SETUP(Of(&[0, 1]), Bad) IO_DESTROY(Of(&[1, 0x5000_0000])) IO_SUBMIT(Of(&[1]), Long, Null) IO_CANCEL(Of(&[1]), Bad, Null)
    IO_GETEVENTS(Of(&[1]), Long, Long, Null, Null) IO_PGETEVENTS(Of(&[1]), Long, Long, Null, Null, Null)
    IO_PGETEVENTS_TIME64(Of(&[1]), Long, Long, Null, Null, Null) IO_URING_SETUP(Int, Bad)
    IO_URING_ENTER(NO_FD, Int, Int, Int, Null, Int) IO_URING_REGISTER(NO_FD, Int, Null, Int);

    // What only root may do: with arguments that are refused.
    All:
    MOUNT(Bad, Bad, Bad, ZERO, Null) UMOUNT(Bad) UMOUNT2(Bad, Int) SWAPON(Bad, Int) SWAPOFF(Bad) PIVOT_ROOT(Bad, Bad)
    OPEN_TREE(NO_FD, Bad, Of(&[0, 1])) MOVE_MOUNT(NO_FD, Bad, NO_FD, Bad, Int) FSOPEN(Bad, Int) FSCONFIG(NO_FD, Int, Null, Null, Int)
    FSMOUNT(NO_FD, Int, Int) FSPICK(NO_FD, Bad, Int) MOUNT_SETATTR(NO_FD, Bad, Int, Bad, Of(&[0, 32])) OPEN_TREE_ATTR(NO_FD, Bad, Of(&[0, 1]), Bad, Of(&[0, 32]))
    STATMOUNT(Bad, Bytes, Length, ZERO) LISTMOUNT(Bad, Bytes, Int, ZERO) QUOTACTL(Of(&[0x80_0001 << 8, 77]), Bad, Int, Bad)
    QUOTACTL_FD(NO_FD, Int, Int, Bad) INIT_MODULE(Bad, Of(&[0, 100]), Bad) DELETE_MODULE(Bad, Int) FINIT_MODULE(NO_FD, Bad, Int)
    KEXEC_LOAD(Int, Of(&[17, 99]), Bad, Of(&[0])) SYSLOG(Of(&[77, 99]), Bytes, Length) IOPERM(Of(&[0x1_0000, u32::MAX]), Of(&[1, 9]), Of(&[0, 1]))
    IOPL(Of(&[4, 99])) ADD_KEY(Bad, Bad, Null, ZERO, Int) REQUEST_KEY(Bad, Bad, Null, Int) KEYCTL(Of(&[99, 77]), Int, Int, Int, Int)
    ARCH_PRCTL(Of(&[0x1011, 0x99]), Of(&[0])) MODIFY_LDT(Of(&[0, 2, 99]), Bytes, Of(&[0, 8, 100])) LOOKUP_DCOOKIE(Low, High, Bytes, Length);

    // Numbers of x86_64 that have no function.
    All:
    CREATE_MODULE() GET_KERNEL_SYMS() QUERY_MODULE() AFS_SYSCALL() NFSSERVCTL() GETPMSG() PUTPMSG() VSERVER() _SYSCTL();
}
