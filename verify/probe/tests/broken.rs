//! Gates that are broken on purpose: each must turn checks red, and which ones
//! is asserted.
#![allow(unsafe_code)] // Gates.

mod common;

use int80::{Errno, Fd, Gate, Native, Register, gate::nr, sys};
use int80_probe::{CHECKS, Check, Ended, Real, Recorder, machine, run};

/// What is wrong with a gate.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Nothing,
    /// Input and output change places.
    Swapped,
    /// The cell is not written back.
    Forgets,
    /// An errno comes back positive.
    Positive,
    /// 187 writes 8 bytes.
    Wide,
    /// O_APPEND is not set.
    NoAppend,
    /// 239 issues 187.
    Narrow,
    /// Sendfile to a pipe is EPERM.
    NoPipe,
    /// Every sendfile is EPERM, as in a sandbox.
    Refused,
    /// There is no 239.
    Lacks,
}

struct Broken(Fault);

fn is_sendfile(nr: u32) -> bool {
    nr == nr::SENDFILE || nr == nr::SENDFILE64
}

// SAFETY: a call goes on as it came, with arguments that are as good; a cell of
// 187's has 8 bytes behind it in every check.
unsafe impl Gate for Broken {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let [a, b, c, d, e, f] = int80::gate::six(args);
        const O_APPEND: usize = 0o2000;
        const F_SETFL: usize = 4;
        const EPERM: isize = -1;
        const ENOSYS: isize = -38;
        // SAFETY: the caller's promise.
        let go = |nr, [a, b, c, d]: [Register; 4]| unsafe { Native.call(nr, [a, b, c, d, e, f]) };
        // An address that can be read and written.
        let cell = c.bits() > 4096;
        match self.0 {
            Fault::Swapped if is_sendfile(nr) => go(nr, [b, a, c, d]),
            Fault::Forgets if is_sendfile(nr) && cell => {
                // SAFETY: as above; a 64-bit cell is read as its low half.
                let mut copy = [unsafe { c.as_ptr().cast::<i32>().read() }, 0];
                go(nr, [a, b, Register::from(copy.as_mut_ptr()), d])
            }
            Fault::Positive if is_sendfile(nr) => match go(nr, [a, b, c, d]) {
                errno @ -4095..=-1 => -errno,
                count => count,
            },
            Fault::Wide if nr == nr::SENDFILE && cell => {
                // SAFETY: as above.
                let mut copy = i64::from(unsafe { c.as_ptr().cast::<i32>().read() });
                let eax = go(nr::SENDFILE64, [a, b, Register::from(&raw mut copy), d]);
                // SAFETY: as above; this is the fault.
                unsafe { c.as_ptr().cast::<i64>().write_unaligned(copy) };
                eax
            }
            Fault::NoAppend if nr == nr::FCNTL64 && b.bits() == F_SETFL => {
                go(nr, [a, b, Register::from(c.bits() & !O_APPEND), d])
            }
            Fault::Narrow if nr == nr::SENDFILE64 => go(nr::SENDFILE, [a, b, c, d]),
            Fault::NoPipe if is_sendfile(nr) && is_pipe(a) => EPERM,
            Fault::Refused if is_sendfile(nr) => EPERM,
            Fault::Lacks if nr == nr::SENDFILE64 => ENOSYS,
            // No filter of calls, wherever the tests run.
            Fault::Lacks if nr == nr::PRCTL => 0,
            _ => go(nr, [a, b, c, d]),
        }
    }
}

/// Whether a descriptor is a pipe: it has no position, and is no socket.
fn is_pipe(fd: Register) -> bool {
    // SAFETY: the check has it open.
    let fd = unsafe { Fd::borrow_raw(fd.bits() as i32) };
    sys::lseek(Native, fd, 0, sys::Whence::Current) == Err(Errno::ESPIPE)
        && sys::getsockopt_type(Native, fd) == Err(Errno::ENOTSOCK)
}

/// How long a check may take, in milliseconds: a fault makes some hang, which are
/// skipped then.
const LIMIT: i32 = 4000;

/// The names of the checks that this fault turns red. A check that hangs is
/// skipped, as on a slow machine.
fn red(fault: Fault) -> Vec<&'static str> {
    let kernel = machine(&Recorder::new(&Native));
    let profile = kernel.era();
    let mut red = Vec::new();
    // These two need a signal handler, which sfprobe has.
    let of_signals = |check: &&Check| check.name().starts_with("signal-");
    for check in &CHECKS {
        if of_signals(&check) {
            continue;
        }
        let broken = Broken(fault);
        let gate = Recorder::new(&broken);
        match run(&Real::new(&gate, None), kernel, check, LIMIT) {
            Ended::Told(told) if told.is_skipped() => {
                eprintln!("skipped: {}: {}", check.name(), common::why(&told));
            }
            ended if common::is_right(check, profile, &ended) => {}
            _ => red.push(check.name()),
        }
    }
    red
}

/// Asserts that the fault turns these red; nearly everything fails with it.
fn among(fault: Fault, expected: &[&str]) {
    let red = red(fault);
    for name in expected {
        assert!(red.contains(name), "{name} is green, red are {red:?}");
    }
}

#[test]
fn a_whole_gate_turns_none_red() {
    assert_eq!(red(Fault::Nothing), [""; 0]);
}

#[test]
fn swapped_descriptors() {
    among(
        Fault::Swapped,
        &[
            "registers",
            "cell-moves",
            "null-moves-position",
            "position-output",
            "end-short",
            "count-limit",
            "output-socket",
            "output-tcp",
            "output-file",
            "output-pipe",
            "no-descriptor",
            "flags-kept",
            "short-write",
            "resume-stream",
            "bsd-all",
        ],
    );
}

#[test]
fn a_cell_that_is_not_written_back() {
    assert_eq!(
        red(Fault::Forgets),
        [
            "cell-moves",
            "cell-of-32-bits",
            "cell-of-64-bits",
            "end-short",
            "cell-unmapped",
            "cell-no-access",
            "cell-read-only",
            "wall-cut",
            "far-239",
            "far-negative",
            "peer-resets",
            "pipe-short",
            "short-write",
            "resume-stream",
            "resume-tcp",
        ]
    );
}

#[test]
fn an_errno_that_comes_back_positive() {
    among(
        Fault::Positive,
        &[
            "cell-kept-on-error",
            "cell-unmapped",
            "wall-overflow",
            "negative-offset",
            "output-append",
            "input-directory",
            "input-socket",
            "no-descriptor",
            "output-not-writable",
            "input-not-readable",
            "unseekable-offset",
            "peer-closed",
            "nothing-moved",
            "resume-stream",
            "bsd-closed",
        ],
    );
}

#[test]
fn eight_bytes_written_by_187() {
    assert_eq!(
        red(Fault::Wide),
        ["cell-of-32-bits", "wall-overflow", "wall-cut"]
    );
}

#[test]
fn o_append_that_is_ignored() {
    assert_eq!(red(Fault::NoAppend), ["output-append", "splice-append"]);
}

#[test]
fn call_239_that_issues_187() {
    assert_eq!(
        red(Fault::Narrow),
        // On x86_64 a bad cell of 187 ends the process.
        [
            "cell-unmapped",
            "cell-no-access",
            "cell-read-only",
            "far-239",
        ]
    );
}

#[test]
fn an_errno_of_sandboxes_in_one_case() {
    let red = red(Fault::NoPipe);
    assert!(red.contains(&"output-pipe"), "red are {red:?}");
    assert!(red.contains(&"full-pipe"), "red are {red:?}");
}

#[test]
fn a_sendfile_that_is_refused_shows_nothing() {
    assert_eq!(red(Fault::Refused), [""; 0]);
}

#[test]
fn a_call_that_is_missing() {
    among(
        Fault::Lacks,
        &["cell-of-64-bits", "far-239", "position-239"],
    );
}
