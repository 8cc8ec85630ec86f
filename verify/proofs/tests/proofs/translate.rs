//! What the kernel is to see of an i386 call on x86_64, by names and numbers
//! that are not this library's.

use std::str::FromStr;

use int80::gate::nr;
use syscalls::{x86, x86_64};

/// Calls that have another name in the x86_64 table.
const RENAMED: [(&str, &str); 12] = [
    ("_llseek", "lseek"),
    ("sendfile64", "sendfile"),
    ("mmap2", "mmap"),
    ("truncate64", "truncate"),
    ("ftruncate64", "ftruncate"),
    ("fcntl64", "fcntl"),
    ("fadvise64_64", "fadvise64"),
    ("clock_gettime64", "clock_gettime"),
    ("clock_nanosleep_time64", "clock_nanosleep"),
    ("ppoll_time64", "ppoll"),
    ("rt_sigtimedwait_time64", "rt_sigtimedwait"),
    ("utimensat_time64", "utimensat"),
];

/// The x86_64 number of an i386 one, by its name.
pub fn number(i386: u32) -> u64 {
    let call = x86::Sysno::new(i386 as usize).unwrap_or_else(|| panic!("call {i386} on i386"));
    let renamed = RENAMED.iter().find(|(name, _)| *name == call.name());
    let name = renamed.map_or(call.name(), |(_, name)| *name);
    let call = x86_64::Sysno::from_str(name).unwrap_or_else(|()| panic!("{name} on x86_64"));
    u64::from(call as u32)
}

/// The arguments of an i386 call with `n` registers, as the x86_64 call has
/// them: those that it has.
pub fn arguments(i386: u32, n: usize, registers: [u64; 6]) -> Vec<u64> {
    let mut r = registers;
    r[n..].fill(0);
    let both = |low: u64, high: u64| low & 0xffff_ffff | high << 32;
    match i386 {
        nr::_LLSEEK => vec![r[0], both(r[2], r[1]), r[4]],
        nr::MMAP2 => vec![r[0], r[1], r[2], r[3], r[4], r[5] << 12],
        nr::PREAD64 | nr::PWRITE64 => vec![r[0], r[1], r[2], both(r[3], r[4])],
        // The fifth is the high half of an offset that the kernel ignores.
        nr::PREADV | nr::PWRITEV => vec![r[0], r[1], r[2], both(r[3], r[4])],
        nr::PREADV2 | nr::PWRITEV2 => vec![r[0], r[1], r[2], both(r[3], r[4]), 0, r[5]],
        nr::TRUNCATE64 | nr::FTRUNCATE64 => vec![r[0], both(r[1], r[2])],
        nr::FADVISE64_64 => vec![r[0], both(r[1], r[2]), both(r[3], r[4]), r[5]],
        nr::FALLOCATE => vec![r[0], r[1], both(r[2], r[3]), both(r[4], r[5])],
        _ => r[..n].to_owned(),
    }
}
