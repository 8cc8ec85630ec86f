//! What one system call costs, through this library, through other crates and
//! by hand: getpid, which does nothing.
//!
//!     entry ROUNDS
//!
//! A line for each way and round, `ROUND<tab>WAY<tab>NANOSECONDS`. Every round has
//! each way once, and begins with another one.
//!
//! # Safety
//!
//! Every call is getpid, which reads no argument and touches no memory.
#![allow(unsafe_code)]

use std::{
    env,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use int80::{Gate, Native, gate::nr};

/// A way into the kernel, by its name in the table.
type Way = (&'static str, Box<dyn Fn(u32) -> Duration>);

/// What one measurement takes, about.
const SLICE: Duration = Duration::from_millis(2);

fn main() -> ExitCode {
    let rounds = env::args().nth(1).and_then(|text| text.parse().ok());
    let Some(rounds) = rounds else {
        eprintln!("usage: entry ROUNDS");
        return ExitCode::from(2);
    };
    let ways: Vec<(Way, u32)> = ways().into_iter().map(calibrated).collect();
    for round in 0..rounds {
        for at in 0..ways.len() {
            let ((name, run), calls) = &ways[(round + at) % ways.len()];
            let each = run(*calls).as_nanos() as f64 / f64::from(*calls);
            println!("{round}\t{name}\t{each}");
        }
    }
    ExitCode::SUCCESS
}

/// The way, and how many calls fill a slice.
fn calibrated(way: Way) -> (Way, u32) {
    let mut calls = 100;
    while calls < 1 << 20 && (way.1)(calls) < SLICE {
        calls *= 2;
    }
    (way, calls)
}

/// `call` in a loop, which is compiled once for each way, as a program has it.
fn way(name: &'static str, call: impl Fn() -> usize + 'static) -> Way {
    let run = move |calls| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        start.elapsed()
    };
    (name, Box::new(run))
}

fn ways() -> Vec<Way> {
    let mut ways = vec![
        way("by hand", hand::getpid),
        way("int80: `Native`", || getpid(Native)),
        way("nc: `syscall0`", || {
            // SAFETY: see above.
            unsafe { nc::syscalls::syscall0(nc::SYS_GETPID) }.unwrap_or_default()
        }),
        way("syscalls: `raw::syscall0`", || {
            // SAFETY: see above.
            unsafe { syscalls::raw::syscall0(syscalls::Sysno::getpid) }
        }),
        way("rustix: `getpid`", || {
            rustix::process::getpid().as_raw_nonzero().get() as usize
        }),
        way("libc: `syscall`", || {
            // SAFETY: see above.
            unsafe { libc::syscall(libc::SYS_getpid) as usize }
        }),
    ];
    ways.extend(sysinfo());
    ways
}

fn getpid(gate: impl Gate) -> usize {
    // SAFETY: see above.
    unsafe { gate.call(nr::GETPID, []) as usize }
}

/// The entry point that the kernel gives to 32-bit programs.
#[cfg(target_arch = "x86")]
fn sysinfo() -> Option<Way> {
    use int80::gate::Sysinfo;
    // SAFETY: reads the C library's copy of the auxiliary vector.
    let entry = unsafe { libc::getauxval(32) } as usize;
    let entry = std::num::NonZero::new(entry)?;
    // SAFETY: the value of AT_SYSINFO, which is number 32.
    let gate = unsafe { Sysinfo::new(entry) };
    Some(way("int80: `Sysinfo`", move || getpid(gate)))
}

#[cfg(not(target_arch = "x86"))]
fn sysinfo() -> Option<Way> {
    None
}

mod hand {
    //! The instruction with the number, and nothing else.
    use std::arch::asm;

    #[cfg(target_arch = "x86_64")]
    pub fn getpid() -> usize {
        let pid;
        // SAFETY: see above; the kernel overwrites rcx and r11.
        unsafe {
            asm!("syscall", inlateout("rax") 39_usize => pid, out("rcx") _, out("r11") _,
                options(nostack));
        }
        pid
    }

    #[cfg(target_arch = "x86")]
    pub fn getpid() -> usize {
        let pid;
        // SAFETY: see above.
        unsafe { asm!("int 0x80", inlateout("eax") 20_usize => pid, options(nostack)) };
        pid
    }
}
