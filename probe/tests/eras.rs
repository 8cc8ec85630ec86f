//! The checks on the simulated kernels of the library's tests: what the pages
//! say of other versions.
#![allow(unsafe_code)] // A gate.

mod common;
#[path = "../../tests/sim/mod.rs"]
mod sim;

use int80::{Fd, Gate, Register, gate::nr};
use int80_probe::{Input, Machine, Notes, Out, Output, Profile, Stop, World};
use sim::{Era, FileKind, INPUT_SEED, Kernel};

/// A simulated kernel, with the one call more that the checks make of it.
struct Simulated(Kernel);

// SAFETY: the kernel keeps the contract; F_SETFL touches no memory.
unsafe impl Gate for Simulated {
    unsafe fn call6(
        &self,
        nr: u32,
        a: Register,
        b: Register,
        c: Register,
        d: Register,
        e: Register,
        f: Register,
    ) -> isize {
        const F_SETFL: usize = 4;
        if nr == nr::FCNTL64 && b.bits() == F_SETFL {
            // SAFETY: open in this kernel.
            self.0
                .nonblocking(unsafe { Fd::borrow_raw(a.bits() as i32) });
            return 0;
        }
        // SAFETY: the caller's promise.
        unsafe { self.0.call6(nr, a, b, c, d, e, f) }
    }
}

/// What the simulated kernel can make.
struct Model {
    gate: Simulated,
    notes: Notes,
}

const PACE: u64 = 1 << 20;
const CAPACITY: u64 = 1 << 16;

impl Model {
    fn kernel(&self) -> &Kernel {
        &self.gate.0
    }

    fn none<T>(&self) -> Result<T, Stop> {
        Err(self.notes.skip("the simulated kernels have no such thing"))
    }
}

impl World for Model {
    fn gate(&self) -> &dyn Gate {
        &self.gate
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        let kind = match kind {
            Input::File => sim::Input::File(FileKind::Regular),
            Input::WriteOnly => sim::Input::WriteOnly,
            Input::Directory => sim::Input::File(FileKind::Directory),
            Input::Pipe => sim::Input::Pipe,
            Input::Socket => sim::Input::Socket,
            Input::Null => sim::Input::File(FileKind::Null),
            _ => return self.none(),
        };
        Ok(self.kernel().input(kind, len, PACE).as_raw())
    }

    fn output(&self, kind: Output) -> Result<Out, Stop> {
        let model = match kind {
            Output::Stream => sim::Output::Unix,
            Output::Tcp => sim::Output::Tcp,
            Output::Unconnected => sim::Output::Unconnected,
            Output::Pipe => sim::Output::Pipe,
            Output::File => sim::Output::File(FileKind::Regular),
            Output::Append => sim::Output::Append,
            Output::ReadOnly => sim::Output::ReadOnly,
            Output::Sealed => sim::Output::Sealed,
            Output::Null => sim::Output::File(FileKind::Null),
            _ => return self.none(),
        };
        let fd = self.kernel().output(model, CAPACITY, PACE).as_raw();
        Ok(Out { fd, back: fd, kind })
    }

    fn read_back(&self, out: &Out, skip: u64, buffer: &mut [u8]) -> Result<usize, Stop> {
        self.kernel().advance();
        // SAFETY: open in this kernel.
        let written = self.kernel().written(unsafe { Fd::borrow_raw(out.fd) });
        let count = written.len().saturating_sub(skip).min(buffer.len() as u64);
        let bytes = written.slice(skip, count).to_vec();
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }

    fn byte(&self, at: u64) -> u8 {
        sim::pattern(INPUT_SEED, at)
    }
}

/// Every check on a kernel of that era: the red ones, and how many ran.
fn run(era: Era, release: [u32; 3], profile: Profile) -> (Vec<String>, usize) {
    // These kernels take every count, as a 64-bit kernel's 32-bit entry does.
    let machine = Machine {
        release,
        compat: true,
    };
    // The model has no offsets near 2^63.
    eprintln!("skipped: far-negative: the simulated kernels do not look for 2^63");
    let wanted = |name: &str| name != "far-negative";
    let results = common::all(machine, wanted, |check| {
        check(&Model {
            gate: Simulated(Kernel::new(era)),
            notes: Notes::default(),
        });
    });
    let ran = results.iter().filter(|result| !result.is_skipped()).count();
    for result in results.iter().filter(|result| result.is_skipped()) {
        eprintln!("skipped: {}: {}", result.check.name, result.note.what);
    }
    let red = results.iter().filter(|result| result.is_red(profile));
    let red = red.map(|result| format!("{} {:?}", result.check.name, result.note));
    (red.collect(), ran)
}

/// Nothing red, and not only because little ran.
fn expect(era: Era, release: [u32; 3], profile: Profile) {
    let (red, ran) = run(era, release, profile);
    assert_eq!(red, [""; 0]);
    assert!(ran >= 35, "only {ran} checks ran");
}

#[test]
fn linux_2_2() {
    expect(Era::V2_2, [2, 2, 0], Profile::Linux2_2);
}

#[test]
fn linux_2_4() {
    expect(Era::V2_4, [2, 4, 0], Profile::Linux2_4);
}

#[test]
fn linux_2_6_9() {
    expect(Era::V2_6_9, [2, 6, 9], Profile::Linux2_6_9);
}

#[test]
fn linux_2_6_33() {
    expect(Era::V2_6_33, [2, 6, 33], Profile::Linux);
}

#[test]
fn linux_5_10() {
    expect(Era::V5_10, [5, 10, 0], Profile::Linux);
}

#[test]
fn linux_6_8() {
    expect(Era::V6_8, [6, 8, 0], Profile::Linux);
}

/// The profiles are told apart: each era is red where another is expected.
#[test]
fn an_era_is_not_taken_for_another() {
    for (era, release, profile, name) in [
        (Era::V2_2, [2, 2, 0], Profile::Linux2_4, "far-239"),
        (Era::V2_4, [2, 4, 0], Profile::Linux2_6_9, "output-file"),
        (Era::V2_6_9, [2, 6, 9], Profile::Linux, "output-pipe"),
        (Era::V2_6_33, [2, 6, 33], Profile::Linux2_4, "output-append"),
    ] {
        let (red, _) = run(era, release, profile);
        let found = red.iter().any(|one| one.starts_with(name));
        assert!(found, "{era:?}: {red:?}");
    }
}
