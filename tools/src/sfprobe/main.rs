//! `sfprobe`: what the pages say of sendfile, tried on the kernel at hand.

#![no_std]
#![no_main]

mod calls;
mod options;
mod print;
mod tap;

use int80::Fd;
use int80_probe::{Profile, Real, Recorder};
use int80_rt::Process;

use options::{Options, Show};
use print::Printer;

int80_rt::main!(main);

/// How long a check may take, in milliseconds, as long as none was late.
const LIMIT: i32 = 30_000;

const SIGCHLD: u32 = 17;

/// The exit status where it could not be tried.
const TROUBLE: u8 = 2;

fn main(process: Process) -> u8 {
    let mut options = Options::new(process);
    let mut gate = process.gate(options.gate);
    if gate.is_none() {
        options.wrong = Some((b"--gate", "this process has no such gate"));
        gate = process.gate(None);
    }
    // There is always one.
    let Some(gate) = gate else { return TROUBLE };
    let gate = Recorder::new(&gate);
    int80_probe::default_action(&gate, SIGCHLD);
    let out = &mut Printer::new(&gate);
    let mut status = 0;
    match options.show {
        _ if options.wrong.is_some() => {}
        None => status = probe(out, &gate, &mut options),
        Some(Show::List) => list(out, &options),
        Some(Show::Calls) => status = calls::survey(out, &gate),
        Some(Show::Help) => drop(out.text(include_str!("help.txt"))),
        Some(Show::Version) => {
            out.text(concat!("sfprobe (int80) ", env!("CARGO_PKG_VERSION"), "\n"));
        }
    }
    out.flush();
    if out.failed {
        options.wrong = Some((b"standard output", "write error"));
    }
    if let Some((what, why)) = options.wrong {
        out.fd = Fd::STDERR;
        out.text("sfprobe: ")
            .bytes(what)
            .text(": ")
            .text(why)
            .text("\n");
        out.flush();
        status = TROUBLE;
    }
    status
}

fn list(out: &mut Printer<'_>, options: &Options) {
    for check in options.checks() {
        out.text(check.text).text("\n");
    }
}

#[inline(never)]
fn probe(out: &mut Printer<'_>, gate: &Recorder<'_>, options: &mut Options) -> u8 {
    if int80_probe::small_stack(gate) {
        options.wrong = Some((b"ulimit -s", "less than 64 KiB of stack"));
        return TROUBLE;
    }
    let mut machine = int80_probe::machine(gate);
    if options.kernel.is_some() {
        machine.version = options.kernel;
    }
    machine.hides &= options.expect.is_none();
    let profile = match options.expect {
        Some(Profile::Linux) => machine.era(),
        Some(profile) => profile,
        None => machine.profile(),
    };
    let mut world = Real::new(gate, Some(int80_rt::ignoring_handler()));
    if let Some(path) = options.directory {
        if world.enter(path).is_err() {
            options.wrong = Some((path.to_bytes(), "this directory cannot be entered"));
            return TROUBLE;
        }
    }
    tap::begin(out, options.checks().count(), &machine, profile);
    let mut counts = tap::Counts::default();
    let mut limit = LIMIT;
    for check in options.checks() {
        // What is yet to be written is written first: the check's process would
        // have it, too.
        out.flush();
        let known = int80_probe::known(check.name(), profile);
        let ended = int80_probe::confirmed(&world, machine, check, known, &mut limit);
        tap::report(out, &mut counts, check, known, &ended);
    }
    counts.end(out)
}
