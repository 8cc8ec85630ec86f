//! What users met with on other machines, each row by its name.
#![allow(unsafe_code)] // What a parent hands on to its children, and a gate.

use int80::{Gate, Native, Register, gate::nr};
use int80_probe::{CHECKS, Check, Ended, Real, Recorder, Stop, confirmed, known, machine, run};
use int80_support::{
    sandbox, skip,
    ways::{Arch, Way},
};
use libtest_mimic::{Failed, Trial};
use std::{cell::Cell, os::unix::process::CommandExt, path::Path};
use xtask::pages::profile;

use crate::probe::{Case, Probe, Report, of_cases, personality};

const CASES: [(&str, Case); 11] = [
    ("d2: SIGALRM blocked by the parent", alarm),
    ("d2: a limit of file sizes", file_limit),
    ("d2: a sandbox that refuses lseek", no_lseek),
    ("d4: a pipe before 5.12 is given a copy", pages_shared),
    ("d5: less than half tried is 2", half),
    ("d5: --only more than once", only),
    ("d5: --kernel says which", kernel),
    ("d5: a version that is unknown is told", unknown),
    ("d5: a 64-bit kernel that says i686", linux32),
    ("d6: older calls", older),
    ("d7: user-mode Linux is told apart", user_mode),
];

pub fn trials(dist: &Path, way: Way) -> impl Iterator<Item = Trial> {
    of_cases(&CASES, dist, way)
}

/// Blocked in the parent, the signal never came: "not ok" after ten seconds.
fn alarm(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut command = probe.command(&["--only", "signal-"]);
    // SAFETY: between fork and exec the closure makes one call.
    unsafe {
        command.pre_exec(|| {
            let mut set = std::mem::zeroed();
            libc::sigaddset(&mut set, libc::SIGALRM);
            libc::sigprocmask(libc::SIG_BLOCK, &set, std::ptr::null_mut());
            Ok(())
        });
    }
    let report = Report::of(&mut command)?;
    report.expect(report.right() == 2, 0)
}

/// SIGXFSZ is the parent's limit, and not the kernel's sendfile.
fn file_limit(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut command = probe.command(&["--only", "far-239"]);
    // SAFETY: between fork and exec the closure makes one call.
    unsafe {
        command.pre_exec(|| {
            let limit = libc::rlimit {
                rlim_cur: 1 << 20,
                rlim_max: 1 << 20,
            };
            libc::setrlimit(libc::RLIMIT_FSIZE, &limit);
            Ok(())
        });
    }
    let report = Report::of(&mut command)?;
    report.expect(report.reason("far-239").is_some(), 2)
}

fn pages_shared(probe: &Probe<'_>) -> Result<(), Failed> {
    let report = probe.run(&["--kernel", "5.10", "--only", "pages-shared"])?;
    let reason = report.reason("pages-shared").unwrap_or_default();
    report.expect(reason.contains("before 5.12 copies"), 2)?;
    let report = probe.run(&["--kernel", "5.12", "--only", "pages-shared"])?;
    report.expect(report.right() == 1, 0)
}

fn half(probe: &Probe<'_>) -> Result<(), Failed> {
    // No file can be made there.
    let report = probe.run(&["--dir", "/proc"])?;
    report.expect(report.right() * 2 < CHECKS.len(), 2)?;
    let reason = report.reason("registers").unwrap_or_default();
    report.expect(reason.starts_with("openat of the set-up gave errno "), 2)?;
    let old = ["--kernel", "5.9", "--only", "output-full"];
    let more = ["--only", "output-eventfd", "--only", "registers"];
    let report = probe.run(&[old, [more[0], more[1], more[2], more[3]]].concat())?;
    report.expect(report.right() == 1 && report.lines.len() == 3, 2)?;
    let report = probe.run(&["--kernel", "5.9", "--only", "output-full", "--only", "P0.3"])?;
    report.expect(report.right() == 1 && report.lines.len() == 2, 0)
}

fn only(probe: &Probe<'_>) -> Result<(), Failed> {
    let report = probe.run(&["--only", "end-short", "--only", "registers"])?;
    let names: Vec<&str> = report.lines.iter().map(|line| &*line.name).collect();
    report.expect(names == ["registers", "end-short"], 0)?;
    let report = probe.run(&["--only", "end-short", "--only", "no such check"])?;
    report.expect(report.text.is_empty(), 2)
}

fn kernel(probe: &Probe<'_>) -> Result<(), Failed> {
    let report = probe.run(&[
        "--kernel",
        "2.6.9",
        "--expect",
        "linux",
        "--only",
        "output-file",
    ])?;
    let told = "\n# Linux 2.6.9; expected: linux-2.6.9\n";
    report.expect(report.text.contains(told), 1)
}

/// A kernel that says 2.6.78 is no kernel before 5.12.
fn unknown(probe: &Probe<'_>) -> Result<(), Failed> {
    const UNAME26: libc::c_ulong = 0x0002_0000;
    let mut command = probe.command(&["--only", "output-append-pipe"]);
    personality(&mut command, UNAME26);
    let report = Report::of(&mut command)?;
    let told = report.text.contains("\n# Linux of unknown version, ");
    report.expect(told && report.right() == 1, 0)
}

fn linux32(probe: &Probe<'_>) -> Result<(), Failed> {
    const PER_LINUX32: libc::c_ulong = 8;
    let mut command = probe.command(&["--only", "count-negative"]);
    personality(&mut command, PER_LINUX32);
    let report = Report::of(&mut command)?;
    report.expect(report.right() == 1, 0)
}

/// The calls that are newer than Linux 2.6.20, by the numbers of each
/// architecture; x86_64 never had socketcall.
const NEWER: [&[libc::c_long]; 2] = [
    &[
        295, 328, 330, 331, 356, 359, 360, 361, 362, 363, 364, 365, 366, 367, 368, 369, 370, 371,
        372, 373, 383,
    ],
    &[257, 290, 292, 293, 319, 332],
];

fn older(probe: &Probe<'_>) -> Result<(), Failed> {
    if let Some(emulator) = probe.way.emulator {
        skip::here(format!("a filter would hold for {emulator} itself"));
    }
    let calls = match probe.way.arch {
        Arch::I386 => NEWER[0],
        Arch::X86_64 => NEWER[1],
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().ok_or("a plain name")?;
    let newer = probe.run(&["--dir", path])?;
    let mut command = probe.command(&["--dir", path]);
    sandbox::refuse(&mut command, calls, libc::ENOSYS);
    let report = Report::of(&mut command)?;
    // Seals are for files in memory alone.
    let skipped = report.reason("output-sealed").is_some();
    report.expect(skipped && report.right() == newer.right() - 1, 0)?;
    // Without a directory the reason says which way out there is.
    let mut command = probe.command(&["--only", "registers"]);
    sandbox::refuse(&mut command, calls, libc::ENOSYS);
    let report = Report::of(&mut command)?;
    let reason = report.reason("registers").unwrap_or_default();
    report.expect(reason.contains("--dir"), 2)
}

fn no_lseek(probe: &Probe<'_>) -> Result<(), Failed> {
    if let Some(emulator) = probe.way.emulator {
        skip::here(format!("a filter would hold for {emulator} itself"));
    }
    let call = match probe.way.arch {
        Arch::I386 => 140, // _llseek
        Arch::X86_64 => 8, // lseek
    };
    let mut command = probe.command(&["--only", "position-output"]);
    sandbox::refuse(&mut command, &[call], libc::EPERM);
    let report = Report::of(&mut command)?;
    report.expect(report.reason("position-output").is_some(), 2)
}

fn user_mode(probe: &Probe<'_>) -> Result<(), Failed> {
    let arguments = ["--expect", "user-mode-linux", "--only", "cell-no-access"];
    let report = probe.run(&arguments)?;
    let known = report
        .text
        .contains("reads a program's memory past PROT_NONE");
    report.expect(known, 1)?;
    let mut arguments = arguments;
    let profile = profile(&probe.way).unwrap_or_else(|reason| skip::here(reason));
    arguments[1] = profile.name();
    let report = probe.run(&arguments)?;
    report.expect(report.right() == 1, 0)
}

/// The rows that need a broken kernel, tried with gates in place of one.
pub fn of_the_library() -> [Trial; 4] {
    [
        Trial::test("d2: a check that is late is skipped", late),
        Trial::test("d3: holes that are filled are not sent", holes),
        Trial::test("a difference that was seen once is skipped", once),
        Trial::test("after a late check the others have less time", less_time),
    ]
}

fn check(name: &str) -> &'static Check {
    let found = CHECKS.iter().find(|check| check.name() == name);
    found.expect("a check of this name")
}

fn late() -> Result<(), Failed> {
    let gate = Recorder::new(&Native);
    let machine = machine(&gate);
    let world = Real::new(&gate, None);
    match run(&world, machine, check("pipe-waits"), 0) {
        Ended::Told(told) if told.outcome == Err(Stop::Skip) => {
            let why = told.note.what;
            let said = why.starts_with("no end in time");
            said.then_some(()).ok_or_else(|| why.into())
        }
        _ => Err("it is no skip".into()),
    }
}

/// A kernel whose sendfile fails or hangs in the first processes alone.
struct First {
    processes: u32,
    hangs: bool,
    forks: Cell<u32>,
}

// SAFETY: the kernel's own; where sendfile fails or hangs, nothing is done.
unsafe impl Gate for First {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        match nr {
            // The new process has the number of its own.
            nr::FORK => self.forks.set(self.forks.get() + 1),
            nr::SENDFILE | nr::SENDFILE64 if self.forks.get() <= self.processes => {
                if self.hangs {
                    std::thread::sleep(std::time::Duration::from_secs(60));
                }
                return -22;
            }
            _ => {}
        }
        // SAFETY: the caller's promise.
        unsafe { Native.call(nr, args) }
    }
}

fn first(processes: u32, hangs: bool, limit: &mut i32) -> Ended {
    let forks = Cell::new(0);
    let first = First {
        processes,
        hangs,
        forks,
    };
    let gate = Recorder::new(&first);
    let machine = machine(&gate);
    let known = known("end-short", machine.profile());
    let world = Real::new(&gate, None);
    confirmed(&world, machine, check("end-short"), known, limit)
}

/// A stop of the whole process group cuts a sendfile short, as any signal does.
fn once() -> Result<(), Failed> {
    let mut limit = 30_000;
    for (processes, expected) in [
        (0, Ok(())),
        (1, Err(Stop::Skip)),
        (2, Err(Stop::Differs)),
        (9, Err(Stop::Differs)),
    ] {
        match first(processes, false, &mut limit) {
            Ended::Told(told) if told.outcome == expected => {}
            Ended::Told(told) => return Err(format!("{processes}: {:?}", told.outcome).into()),
            Ended::Signal(signal) => return Err(format!("{processes}: {signal}").into()),
        }
    }
    (limit == 30_000)
        .then_some(())
        .ok_or_else(|| "no check was late".into())
}

fn less_time() -> Result<(), Failed> {
    const LESS: i32 = 5000;
    let mut limit = LESS + 1;
    first(1, true, &mut limit);
    (limit == LESS)
        .then_some(())
        .ok_or_else(|| format!("{limit} ms").into())
}

/// Linux before 5.18, as far as a file in memory shows it: what was sent of a
/// hole takes blocks.
struct Fills {
    blocks: Cell<u64>,
    most: Cell<usize>,
}

// SAFETY: the kernel's own, but that one field of a structure is larger.
unsafe impl Gate for Fills {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        let eax = unsafe { Native.call(nr, args) };
        let args = int80::gate::six(args);
        match nr {
            nr::SENDFILE | nr::SENDFILE64 => {
                self.most.set(self.most.get().max(args[3].bits()));
                self.blocks.set(self.blocks.get() + eax.max(0) as u64 / 512);
            }
            nr::FSTAT64 if eax == 0 => {
                let status = args[1].as_ptr().cast::<int80::sys::Stat64>();
                // SAFETY: the kernel has just written it.
                unsafe { (*status).st_blocks += self.blocks.get() };
            }
            _ => {}
        }
        eax
    }
}

fn holes() -> Result<(), Failed> {
    let fills = Fills {
        blocks: Cell::new(0),
        most: Cell::new(0),
    };
    let gate = Recorder::new(&fills);
    let machine = machine(&gate);
    let world = Real::new(&gate, None);
    let outcome = int80_probe::play(&world, machine, check("count-limit").steps);
    let skipped = outcome == Err(Stop::Skip) && fills.most.get() <= 1 << 16;
    skipped
        .then_some(())
        .ok_or_else(|| format!("{outcome:?}, {} bytes were asked for", fills.most.get()).into())
}
