//! `sfprobe`: what the pages say of sendfile, tried on the kernel at hand.

#![no_std]
#![no_main]

mod calls;
mod checks;
mod options;
mod print;
mod tap;
mod text;

use int80::{
    Fd,
    sys::{self, OpenFlags},
};
use int80_probe::{Profile, Real, Recorder};
use int80_rt::Process;

use checks::Checks;
use options::{Options, Show};
use print::Printer;

int80_rt::main!(main);

/// How long a check may take, in milliseconds; the report says so.
const LIMIT: i32 = 10_000;

/// The profile that stands for the kernel's era.
const TODAY: u8 = Profile::Linux as u8;

/// The exit status where it could not be tried.
const TROUBLE: u8 = 2;

fn main(process: Process) -> u8 {
    let mut options = Options::default();
    options.parse(process);
    let mut gate = process.gate(options.gate);
    if gate.is_none() {
        options.wrong = Some((b"--gate", text::HAS_NO_GATE));
        gate = process.gate(None);
    }
    // There is always one.
    let Some(gate) = gate else { return TROUBLE };
    let gate = Recorder::new(&gate);
    act(&mut Printer::new(&gate), &gate, &mut options)
}

/// Does what was asked for. Alone, since the printer's buffer would make the
/// addresses of all that lies beside it long.
#[inline(never)]
fn act(out: &mut Printer<'_>, gate: &Recorder<'_>, options: &mut Options) -> u8 {
    let mut status = 0;
    match options.show {
        _ if options.wrong.is_some() => {}
        Some(Show::Help) => out.text(text::HELP),
        Some(Show::Version) => out.text(text::VERSION),
        Some(Show::List) => list(out, options),
        Some(Show::Calls) => status = calls::survey(out, gate),
        None => status = probe(out, gate, options),
    }
    if let Some((what, why)) = options.wrong {
        out.fd = Fd::STDERR;
        out.text(text::ERROR);
        out.bytes(what);
        out.say(text::WHY, &[why]);
        status = TROUBLE;
    }
    out.flush();
    if out.failed { TROUBLE } else { status }
}

fn list(out: &mut Printer<'_>, options: &Options) {
    let mut named = Checks::new(options.only);
    while let Some(check) = named.next(out) {
        out.text(check.name());
        out.put(b'\t');
        out.ids(check.shows);
        out.put(b'\t');
        out.text(check.what());
        out.put(b'\n');
    }
}

#[inline(never)]
fn probe(out: &mut Printer<'_>, gate: &Recorder<'_>, options: &mut Options) -> u8 {
    let machine = int80_probe::machine(gate);
    let profile = match options.expect {
        TODAY => machine.era() as u8,
        profile => profile,
    };
    let mut directory = None;
    if let Some(path) = options.directory {
        let opened = sys::openat(gate, Fd::CWD, path, OpenFlags::DIRECTORY, 0);
        match opened {
            Ok(opened) => directory = Some(opened.into_raw_fd()),
            Err(_) => {
                options.wrong = Some((path.to_bytes(), text::NO_DIRECTORY));
                return TROUBLE;
            }
        }
    }
    let world = Real {
        gate,
        directory,
        handler: Some(int80_rt::ignoring_handler()),
    };
    let (mut named, mut all) = (Checks::new(options.only), 0);
    while named.next(out).is_some() {
        all += 1;
    }
    if all == 0 {
        options.wrong = Some((options.only, text::NO_CHECK));
        return TROUBLE;
    }
    out.say(text::PLAN, &[all]);
    let mut named = Checks::new(options.only);
    let mut counts = tap::Counts::default();
    // What is yet to be written is written before each: the check's process
    // would have it, too.
    while let Some(check) = named.next(out) {
        let ended = int80_probe::run(&world, machine, check.code, LIMIT);
        tap::report(out, &mut counts, &check, profile, &ended);
    }
    let tap::Counts {
        right,
        wrong,
        skipped,
    } = counts;
    out.say(text::COUNTS, &[right, wrong, skipped]);
    match (wrong, right) {
        (1.., _) => 1,
        (_, 0) => TROUBLE,
        _ => 0,
    }
}
