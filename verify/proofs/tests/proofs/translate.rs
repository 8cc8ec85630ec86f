//! What the kernel is to see of an i386 call on x86_64, by names and numbers
//! that are not this library's.

use std::str::FromStr;

use int80::gate::nr;
use int80_proofs::plan::WORDS;
use syscalls::{x86, x86_64};

/// Calls that have another name in the x86_64 table, beside those with an ending
/// that says how wide a number or a time is.
const RENAMED: [(&str, &str); 12] = [
    ("waitpid", "wait4"),
    ("umount", "umount2"),
    ("stime", "settimeofday"),
    ("sigsuspend", "rt_sigsuspend"),
    ("sigpending", "rt_sigpending"),
    ("sigprocmask", "rt_sigprocmask"),
    ("_llseek", "lseek"),
    ("_newselect", "select"),
    ("ugetrlimit", "getrlimit"),
    ("mmap2", "mmap"),
    ("fadvise64_64", "fadvise64"),
    ("fstatat64", "newfstatat"),
];

/// Socket calls by their numbers in `socketcall`, from 1 on, and how many words
/// they take.
const SOCKET_CALLS: [(&str, usize); 20] = [
    ("socket", 3),
    ("bind", 3),
    ("connect", 3),
    ("listen", 2),
    ("accept", 3),
    ("getsockname", 3),
    ("getpeername", 3),
    ("socketpair", 4),
    ("sendto", 4),
    ("recvfrom", 4),
    ("sendto", 6),
    ("recvfrom", 6),
    ("shutdown", 2),
    ("setsockopt", 5),
    ("getsockopt", 5),
    ("sendmsg", 3),
    ("recvmsg", 3),
    ("accept4", 4),
    ("recvmmsg", 5),
    ("sendmmsg", 4),
];

/// The x86_64 number of an i386 call, by its name and, where the call is one of
/// many under that name, by its registers.
pub fn number(i386: u32, registers: [u64; 6]) -> u64 {
    let call = match i386 {
        nr::SOCKETCALL => SOCKET_CALLS[registers[0] as usize - 1].0,
        nr::IPC => ipc(registers).0,
        _ => return by_name(i386),
    };
    let call = x86_64::Sysno::from_str(call).unwrap_or_else(|()| panic!("{call} on x86_64"));
    u64::from(call as u32)
}

/// The x86_64 number of an i386 one that always stands for the same call.
pub fn by_name(i386: u32) -> u64 {
    let name = match x86::Sysno::new(i386 as usize) {
        Some(call) => call.name(),
        // Newer than that crate; from 424 on both tables have the same numbers.
        None if i386 >= 424 => return u64::from(i386),
        None => panic!("call {i386} on i386"),
    };
    let renamed = RENAMED.iter().find(|(known, _)| *known == name);
    let own = renamed.map_or(name, |(_, name)| *name);
    let widths = ["_time64", "64", "32", ""];
    let mut stems = widths.iter().filter_map(|width| own.strip_suffix(width));
    let exact = x86_64::Sysno::from_str(own).ok();
    let call = exact.or_else(|| stems.find_map(|stem| x86_64::Sysno::from_str(stem).ok()));
    u64::from(call.unwrap_or_else(|| panic!("{name} on x86_64")) as u32)
}

/// A register that holds an address of the gate's own.
const ANY: Option<u64> = None;

/// The arguments of an i386 call with `n` registers, as the x86_64 call has
/// them: those that it has.
pub fn arguments(i386: u32, n: usize, registers: [u64; 6]) -> Vec<Option<u64>> {
    let mut r = registers;
    r[n..].fill(0);
    let both = |low: usize| r[low] & 0xffff_ffff | r[low + 1] << 32;
    let joined = |low: usize| [&r[..low], &[both(low)], &r[low + 2..]].concat();
    let id = |at: usize| match r[at] & 0xffff {
        0xffff => 0xffff_ffff,
        id => id,
    };
    let fewer = |all: Vec<u64>, fewer: usize| all[..n.saturating_sub(fewer)].to_owned();
    let known = match i386 {
        nr::LOOKUP_DCOOKIE => fewer(joined(0), 1),
        nr::READAHEAD | nr::TRUNCATE64 | nr::FTRUNCATE64 | nr::FADVISE64 => fewer(joined(1), 1),
        nr::FANOTIFY_MARK => fewer(joined(2), 1),
        nr::PREAD64 | nr::PWRITE64 | nr::PREADV | nr::PWRITEV => fewer(joined(3), 1),
        nr::PREADV2 | nr::PWRITEV2 => vec![r[0], r[1], r[2], both(3), 0, r[5]],
        nr::FADVISE64_64 | nr::SYNC_FILE_RANGE => fewer(vec![r[0], both(1), both(3), r[5]], 2),
        nr::FALLOCATE => fewer(vec![r[0], r[1], both(2), both(4)], 2),
        nr::_LLSEEK => vec![r[0], r[2] & 0xffff_ffff | r[1] << 32, r[4]],
        nr::MMAP2 => {
            // An odd offset is one that mmap refuses.
            let lost = u64::from(r[5] >= 1 << 52);
            vec![r[0], r[1], r[2], r[3], r[4], r[5] << 12 | lost]
        }
        nr::CLONE => vec![r[0], r[1], r[2], r[4], r[3]],
        nr::UMOUNT => vec![r[0], 0],
        nr::WAITPID => vec![r[0], r[1], r[2], 0],
        nr::SIGPENDING => vec![r[0], 8],
        nr::SIGPROCMASK => vec![r[0], r[1], r[2], 8],
        nr::SETUID | nr::SETGID | nr::SETFSUID | nr::SETFSGID => vec![id(0)],
        nr::SETREUID | nr::SETREGID => vec![id(0), id(1)],
        nr::SETRESUID | nr::SETRESGID => vec![id(0), id(1), id(2)],
        nr::CHOWN | nr::LCHOWN | nr::FCHOWN => vec![r[0], id(1), id(2)],
        // A fifth register of such a call is not read by the kernel.
        nr::SENDFILE => r[..n.min(4)].to_owned(),
        nr::MODIFY_LDT => r[..3].to_owned(),
        nr::MMAP => WORDS.to_vec(),
        nr::SELECT => WORDS[..5].to_owned(),
        nr::SOCKETCALL => {
            let (_, count) = SOCKET_CALLS[r[0] as usize - 1];
            let mut words = [0; 6];
            words[..count].copy_from_slice(&WORDS[..count]);
            words.to_vec()
        }
        nr::IPC => ipc(r).1,
        _ => return in_memory(i386, r).unwrap_or_else(|| some(&r[..n])),
    };
    some(&known)
}

fn some(values: &[u64]) -> Vec<Option<u64>> {
    values.iter().copied().map(Some).collect()
}

/// Calls whose structure or word the gate keeps in memory of its own.
fn in_memory(i386: u32, r: [u64; 6]) -> Option<Vec<Option<u64>>> {
    Some(match i386 {
        nr::STAT64 | nr::LSTAT64 | nr::FSTAT64 | nr::GETRLIMIT => vec![Some(r[0]), ANY],
        nr::FSTATAT64 => vec![Some(r[0]), Some(r[1]), ANY, Some(r[3])],
        nr::STATFS64 | nr::FSTATFS64 => vec![Some(r[0]), ANY],
        nr::FCNTL64 => match r[1] as u32 {
            12..=14 => vec![Some(r[0]), Some(u64::from(r[1] as u32 - 7)), ANY],
            36..=38 => vec![Some(r[0]), Some(r[1]), ANY],
            _ => some(&r[..3]),
        },
        nr::GETUID | nr::GETGID | nr::GETEUID | nr::GETEGID => vec![],
        nr::GETRESUID | nr::GETRESGID => vec![ANY; 3],
        nr::SIGSUSPEND => vec![ANY, Some(8)],
        nr::STIME => vec![ANY, Some(0)],
        _ => return None,
    })
}

/// The call of `ipc`: its name, and its arguments.
fn ipc(r: [u64; 6]) -> (&'static str, Vec<u64>) {
    let [call, first, second, third, pointer, fifth] = r;
    match call {
        1 => ("semop", vec![first, pointer, second]),
        2 => ("semget", vec![first, second, third]),
        3 => ("semctl", vec![first, second, third & !0x100, WORDS[0]]),
        4 => ("semtimedop", vec![first, pointer, second, fifth]),
        11 => ("msgsnd", vec![first, pointer, second, third]),
        12 => ("msgrcv", vec![first, WORDS[0], second, WORDS[1], third]),
        0x1_000c => ("msgrcv", vec![first, pointer, second, fifth, third]),
        13 => ("msgget", vec![first, second]),
        14 => ("msgctl", vec![first, second & !0x100, pointer]),
        21 => ("shmat", vec![first, pointer, second]),
        22 => ("shmdt", vec![pointer]),
        23 => ("shmget", vec![first, second, third]),
        24 => ("shmctl", vec![first, second & !0x100, pointer]),
        _ => panic!("call {call:#x} of ipc"),
    }
}
