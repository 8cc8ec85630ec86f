//! The checks on the simulated kernels of the library's tests: what the pages
//! say of other versions.
#![allow(unsafe_code)] // A gate.

mod common;

use int80::{Fd, Gate, Register, errno, gate::nr, sys};
use int80_probe::{Input, Machine, Out, Output, Profile, Recorder, Stop, Version, World};
use int80_sim::{Era, FileKind, INPUT_SEED, Kernel};
use libtest_mimic::{Arguments, Failed, Trial};

/// A simulated kernel, with the one call more that the checks make of it.
struct Simulated(Kernel);

// SAFETY: the kernel keeps the contract; F_SETFL touches no memory.
unsafe impl Gate for Simulated {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let [a, b, c, ..] = int80::gate::six(args);
        const F_SETFL: usize = 4;
        // A pipe with O_APPEND is not simulated.
        let append = c.bits() & 0o2000 != 0;
        if nr == nr::FCNTL64 && b.bits() == F_SETFL && !append {
            // SAFETY: open in this kernel.
            self.0
                .nonblocking(unsafe { Fd::borrow_raw(a.bits() as i32) });
            return 0;
        }
        // What stands at the other end of a connection is not simulated.
        if nr == nr::CLOSE {
            return -38;
        }
        // SAFETY: the caller's promise.
        unsafe { self.0.call(nr, args) }
    }
}

/// What the simulated kernel can make.
struct Model<'a> {
    gate: &'a Simulated,
    recorder: Recorder<'a>,
}

const PACE: u64 = 1 << 20;
const CAPACITY: u64 = 1 << 16;

impl Model<'_> {
    fn kernel(&self) -> &Kernel {
        &self.gate.0
    }

    fn none<T>(&self) -> Result<T, Stop> {
        Err(self
            .recorder
            .skip("the simulated kernels have no such thing"))
    }
}

impl World for Model<'_> {
    fn gate(&self) -> &Recorder<'_> {
        &self.recorder
    }

    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        let kind = match kind {
            Input::File => int80_sim::Input::File(FileKind::Regular),
            Input::WriteOnly => int80_sim::Input::WriteOnly,
            Input::Directory => int80_sim::Input::File(FileKind::Directory),
            Input::Pipe => int80_sim::Input::Pipe,
            Input::Socket => int80_sim::Input::Socket,
            Input::Null => int80_sim::Input::File(FileKind::Null),
            _ => return self.none(),
        };
        Ok(self.kernel().input(kind, len, PACE).as_raw_fd())
    }

    fn output(&self, kind: Output) -> Result<Out, Stop> {
        let model = match kind {
            Output::Stream => int80_sim::Output::Unix,
            Output::Tcp => int80_sim::Output::Tcp,
            Output::Unconnected => int80_sim::Output::Unconnected,
            Output::Pipe => int80_sim::Output::Pipe,
            Output::File => int80_sim::Output::File(FileKind::Regular),
            Output::Append => int80_sim::Output::Append,
            Output::ReadOnly => int80_sim::Output::ReadOnly,
            Output::Sealed => int80_sim::Output::Sealed,
            Output::Null => int80_sim::Output::File(FileKind::Null),
            _ => return self.none(),
        };
        let fd = self.kernel().output(model, CAPACITY, PACE).as_raw_fd();
        Ok(Out { fd, back: fd, kind })
    }

    fn read_back(
        &self,
        out: &Out,
        skip: u64,
        buffer: &mut [u8],
        _more: bool,
    ) -> Result<usize, Stop> {
        self.kernel().advance();
        if out.back != out.fd {
            // SAFETY: open in this kernel.
            let back = unsafe { Fd::borrow_raw(out.back) };
            let got = sys::read(&self.recorder, back, buffer);
            let eax = got.map_or_else(errno::encode, |got| got as isize);
            return Ok(self.recorder.made(nr::READ, eax)? as usize);
        }
        // SAFETY: open in this kernel.
        let written = self.kernel().written(unsafe { Fd::borrow_raw(out.fd) });
        let count = written.len().saturating_sub(skip).min(buffer.len() as u64);
        let bytes = written.slice(skip, count).to_vec();
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }

    fn nowhere(&self) -> Result<usize, Stop> {
        Ok(16)
    }

    fn byte(&self, at: u64) -> u8 {
        int80_sim::pattern(INPUT_SEED, at)
    }
}

/// The eras, each with its version and profile, and how many checks it must be
/// able to run.
const ERAS: [(Era, Version, Profile, usize); 6] = [
    (Era::V2_2, [2, 2, 0], Profile::Linux2_2, 45),
    (Era::V2_4, [2, 4, 0], Profile::Linux2_4, 45),
    (Era::V2_6_9, [2, 6, 9], Profile::Linux2_6_9, 45),
    (Era::V2_6_33, [2, 6, 33], Profile::Linux, 45),
    (Era::V5_10, [5, 10, 0], Profile::Linux, 45),
    (Era::V6_8, [6, 8, 0], Profile::Linux, 45),
];

/// Every check on a kernel of that era.
fn run(era: Era, release: Version) -> Vec<common::Result> {
    // These kernels take every count, as a 64-bit kernel's 32-bit entry does.
    let machine = Machine {
        version: Some(release),
        compat: Some(true),
        emulator: None,
        hides: false,
    };
    common::all(machine, |check| {
        let gate = Simulated(Kernel::new(era));
        check(&Model {
            gate: &gate,
            recorder: Recorder::new(&gate),
        });
    })
}

/// What the kernels do not have: the check, the first era that has it all the
/// same, and why.
const NOT_MODELLED: [(&str, Option<Era>, &str); 5] = [
    ("far-negative", None, "2^63 is not modelled"),
    (
        "pipe-short",
        None,
        "a simulated pipe is read during the call",
    ),
    (
        "same-descriptor",
        None,
        "a simulated file is read or written",
    ),
    (
        "bsd-descriptors",
        Some(Era::V5_10),
        "the direct calls of sockets are newer",
    ),
    (
        "bsd-not-connected",
        Some(Era::V5_10),
        "the direct calls of sockets are newer",
    ),
];

/// Why a check cannot be tried on an era.
fn not_modelled(check: &str, era: Era) -> Option<&'static str> {
    let lacks =
        |row: &&(&str, Option<Era>, &str)| row.0 == check && row.1.is_none_or(|first| era < first);
    NOT_MODELLED.iter().find(lacks).map(|row| row.2)
}

fn main() -> std::process::ExitCode {
    let mut trials = vec![Trial::test("an era is not taken for another", mixed)];
    for (era, release, profile, least) in ERAS {
        let mut ran = 0;
        for result in run(era, release) {
            let name = format!("{era:?} {}", result.check.name());
            let not_modelled = not_modelled(result.check.name(), era);
            ran += usize::from(not_modelled.is_none() && !result.is_skipped());
            let right = !result.is_red(profile);
            let (note, reason) = (result.told.note, result.reason());
            let skipped = result.is_skipped() || not_modelled.is_some();
            let line = name.clone();
            trials.push(Trial::test(name, move || {
                if skipped {
                    let why = not_modelled.unwrap_or(&reason);
                    eprintln!("skipped: {line}: {why}");
                    return Ok(());
                }
                right
                    .then_some(())
                    .ok_or_else(|| format!("{note:?}").into())
            }));
        }
        let name = format!("{era:?} runs at least {least} checks");
        trials.push(Trial::test(name, move || {
            let enough = ran >= least;
            enough.then_some(()).ok_or_else(|| format!("{ran}").into())
        }));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The profiles are told apart: each era is red where another is expected.
fn mixed() -> Result<(), Failed> {
    for (era, release, profile, name) in [
        (Era::V2_2, [2, 2, 0], Profile::Linux2_4, "far-239"),
        (Era::V2_4, [2, 4, 0], Profile::Linux2_6_9, "output-file"),
        (Era::V2_6_9, [2, 6, 9], Profile::Linux, "output-pipe"),
        (Era::V2_6_33, [2, 6, 33], Profile::Linux2_4, "output-append"),
    ] {
        let red = common::red(&run(era, release), profile);
        if !red.contains(&name) {
            return Err(format!("{era:?}: red are {red:?}").into());
        }
    }
    Ok(())
}
