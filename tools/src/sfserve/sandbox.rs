//! What a worker forbids itself (S.4, S.5).

use int80::{
    Errno, Fd, OwnedFd,
    gate::{kernel_number, nr},
    sys::{self, AccessFs, AccessNet, Instruction, Limit, Resource},
};
use int80_rt::Gate;

use crate::say::Line;

/// The parts of the sandbox that hold, as bits of a byte.
#[derive(Clone, Copy, PartialEq)]
pub struct Parts(pub u8);

impl Parts {
    const NO_NEW_PRIVS: u8 = 1;
    const LANDLOCK: u8 = 2;
    const SECCOMP: u8 = 4;
    const NO_CORE: u8 = 8;
    /// openat2 is there.
    pub const BENEATH: u8 = 16;

    const NAMES: [(u8, &'static str); 5] = [
        (Self::NO_NEW_PRIVS, "no_new_privs"),
        (Self::LANDLOCK, "Landlock"),
        (Self::SECCOMP, "seccomp"),
        (Self::NO_CORE, "no core dumps"),
        (Self::BENEATH, "openat2"),
    ];

    /// `no_new_privs, seccomp (not here: Landlock)`.
    pub fn write(self, line: &mut Line) {
        let mut list = |wanted: u8, begin: &[u8], end: &[u8]| {
            let mut between = begin;
            for (bit, name) in Self::NAMES {
                if wanted & bit != 0 {
                    line.add(between).add(name.as_bytes());
                    between = b", ";
                }
            }
            if between == b", " {
                line.add(end);
            }
        };
        list(self.0, b"", b"");
        let all = Self::NAMES.iter().fold(0, |all, (bit, _)| all | bit);
        list(all & !self.0, b" (not here: ", b")");
    }
}

/// What can be asked for beforehand.
pub fn probe(gate: Gate, sandbox: bool) -> Parts {
    let mut parts = Parts::NO_NEW_PRIVS | Parts::NO_CORE;
    if sandbox && sys::landlock_abi(gate).is_ok() {
        parts |= Parts::LANDLOCK;
    }
    if sandbox && sys::seccomp_get_action_avail(gate, Instruction::KILL_PROCESS).is_ok() {
        parts |= Parts::SECCOMP;
    }
    Parts(parts)
}

/// What all processes forbid themselves: new rights, and dumps of memory.
#[inline(never)]
pub fn everywhere(gate: Gate) -> u8 {
    let mut parts = 0;
    if sys::prctl_set_no_new_privs(gate).is_ok() {
        parts |= Parts::NO_NEW_PRIVS;
    }
    let none = Limit { soft: 0, hard: 0 };
    let limit = sys::prlimit64(gate, Resource::CORE, Some(none));
    if limit.is_ok() && sys::prctl_set_dumpable(gate, false).is_ok() {
        parts |= Parts::NO_CORE;
    }
    parts
}

/// Becomes another user for good, and gives up what root can do.
#[inline(never)]
pub fn become_user(gate: Gate, (user, group): (u32, u32)) -> Result<(), Errno> {
    let is_user = || (sys::getuid32(gate), sys::getgid32(gate)) == (user, group);
    if sys::getuid32(gate) == 0 {
        sys::setgroups32(gate, &[])?;
        sys::setresgid32(gate, group, group, group)?;
        sys::setresuid32(gate, user, user, user)?;
        sys::capset_none(gate)?;
    }
    // To stay who one is needs no right.
    let back = user != 0 && sys::setresuid32(gate, 0, 0, 0).is_ok();
    match is_user() && !back {
        true => Ok(()),
        false => Err(Errno::EPERM),
    }
}

/// What a worker forbids itself; the parts that hold.
pub fn enter(gate: Gate, root: &OwnedFd<Gate>, single: bool) -> u8 {
    let mut parts = 0;
    if landlock(gate, root, single).is_ok() {
        parts |= Parts::LANDLOCK;
    }
    if seccomp(gate).is_ok() {
        parts |= Parts::SECCOMP;
    }
    parts
}

/// Files and folders below the root can be read, and nothing else can be done
/// with any file, nor can TCP ports be opened.
#[inline(never)]
fn landlock(gate: Gate, root: &OwnedFd<Gate>, single: bool) -> Result<(), Errno> {
    let abi = sys::landlock_abi(gate)?;
    let mut fs = AccessFs::V1;
    for (since, access) in [
        (2, AccessFs::REFER),
        (3, AccessFs::TRUNCATE),
        (5, AccessFs::IOCTL_DEV),
    ] {
        if abi >= since {
            fs |= access;
        }
    }
    let net = match abi {
        4.. => AccessNet::BIND_TCP | AccessNet::CONNECT_TCP,
        _ => AccessNet::empty(),
    };
    let rules = sys::landlock_create_ruleset(gate, fs, net)?;
    let allowed = match single {
        true => AccessFs::READ_FILE,
        false => AccessFs::READ_FILE | AccessFs::READ_DIR,
    };
    sys::landlock_add_rule_path(gate, &rules, Fd::from(root), allowed)?;
    sys::landlock_restrict_self(gate, &rules)
}

/// The calls of a worker. Everything else ends the process.
const ALLOWED: [u32; 30] = [
    nr::EPOLL_PWAIT,
    nr::RECVFROM,
    nr::SENDTO,
    nr::ACCEPT4,
    nr::EPOLL_CTL,
    nr::CLOSE,
    nr::OPENAT2,
    nr::STATX,
    nr::PREAD64,
    nr::SENDFILE64,
    nr::SHUTDOWN,
    nr::READ,
    nr::WRITE,
    nr::POLL,
    nr::OPENAT,
    nr::FSTAT64,
    nr::FCNTL64,
    nr::GETDENTS64,
    nr::GETPEERNAME,
    nr::MEMFD_CREATE,
    nr::LSEEK,
    nr::_LLSEEK,
    nr::TIMERFD_SETTIME64,
    nr::CLOCK_GETTIME64,
    nr::CLOCK_GETTIME,
    nr::RT_SIGPROCMASK,
    nr::RESTART_SYSCALL,
    nr::EXIT,
    nr::EXIT_GROUP,
    nr::GETPID,
];

// `include/uapi/linux/audit.h`: AUDIT_ARCH_I386 and AUDIT_ARCH_X86_64.
const ARCHITECTURE: u32 = match size_of::<usize>() {
    4 => 0x4000_0003,
    _ => 0xc000_003e,
};

// Where `struct seccomp_data` has the number, the architecture, and the low half
// of the second argument.
const NUMBER: u32 = 0;
const ARCH: u32 = 4;
const SECOND: u32 = 24;

const FILTER: [Instruction; ALLOWED.len() + 9] = {
    let kill = Instruction::end(Instruction::KILL_PROCESS);
    let mut filter = [kill; ALLOWED.len() + 9];
    filter[0] = Instruction::load(ARCH);
    filter[1] = Instruction::equal(ARCHITECTURE, 1, 0);
    filter[3] = Instruction::load(NUMBER);
    // Each jumps to the last instruction, which allows.
    let mut at = 0;
    while at < ALLOWED.len() {
        let number = match kernel_number(ALLOWED[at]) {
            Some(number) => number,
            None => panic!("a call that this architecture does not have"),
        };
        let rest = ALLOWED.len() - at + 3;
        filter[4 + at] = Instruction::equal(number, rest as u8, 0);
        at += 1;
    }
    // ioctl asks how much of a connection is under way, and nothing else.
    let ioctl = match kernel_number(nr::IOCTL) {
        Some(number) => number,
        None => panic!("a call that this architecture does not have"),
    };
    filter[4 + ALLOWED.len()] = Instruction::equal(ioctl, 0, 2);
    filter[5 + ALLOWED.len()] = Instruction::load(SECOND);
    filter[6 + ALLOWED.len()] = Instruction::equal(sys::SIOCOUTQ, 1, 0);
    // 7 + ALLOWED.len() ends the process.
    filter[8 + ALLOWED.len()] = Instruction::end(Instruction::ALLOW);
    filter
};

fn seccomp(gate: Gate) -> Result<(), Errno> {
    sys::seccomp_get_action_avail(gate, Instruction::KILL_PROCESS)?;
    // SAFETY: a call that the filter does not allow ends the process, by the
    // action that the kernel has just been asked for.
    #[allow(unsafe_code)]
    unsafe {
        sys::seccomp_set_filter(gate, &FILTER)
    }
}
