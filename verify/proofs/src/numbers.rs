//! Every number of the library's table, each with a caller of its own.
#![allow(unsafe_code, missing_docs)]

use int80::{Gate, Native, Register, gate::nr};

macro_rules! numbers {
    ($($name:ident)*) => {
        /// The names and i386 numbers of the table.
        pub const NUMBERS: &[(&str, u32)] = &[$((stringify!($name), nr::$name)),*];

        $(
            #[allow(non_snake_case)] // Named as the number is.
            mod $name {
                use super::*;

                /// The call with five arguments, as C passes them: the form with
                /// six is a function of its own on i386.
                #[unsafe(export_name = concat!("number_", stringify!($name)))]
                unsafe extern "C" fn call(
                    ebx: Register,
                    ecx: Register,
                    edx: Register,
                    esi: Register,
                    edi: Register,
                ) -> isize {
                    // SAFETY: the caller's promise; it is never run.
                    unsafe { Native.call(nr::$name, [ebx, ecx, edx, esi, edi]) }
                }
            }
        )*
    };
}

numbers! {
    EXIT READ WRITE OPEN CLOSE LSEEK GETPID KILL IOCTL DUP2 MUNMAP UNAME MPROTECT _LLSEEK READV
    WRITEV POLL RT_SIGACTION RT_SIGPROCMASK RT_SIGPENDING PREAD64 PWRITE64 SENDFILE MMAP2
    TRUNCATE64 FTRUNCATE64 FCNTL64 GETTID SENDFILE64 EXIT_GROUP TGKILL FADVISE64_64 OPENAT
    UNLINKAT SPLICE TEE FALLOCATE EVENTFD2 DUP3 PIPE2 PREADV PWRITEV GETRANDOM MEMFD_CREATE
    SOCKET SOCKETPAIR BIND CONNECT LISTEN ACCEPT4 GETSOCKOPT SETSOCKOPT GETSOCKNAME GETPEERNAME
    SENDTO SENDMSG RECVFROM RECVMSG SHUTDOWN COPY_FILE_RANGE PREADV2 PWRITEV2 STATX
    CLOCK_GETTIME64 CLOCK_NANOSLEEP_TIME64 PPOLL_TIME64 RT_SIGTIMEDWAIT_TIME64
}
