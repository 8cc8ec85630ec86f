//! `sfprobe`: what the pages say of sendfile, tried on the kernel at hand.

#![no_std]
#![no_main]

mod options;
mod print;
mod tap;

use int80::{
    Fd, Gate,
    call::{self, OpenFlags},
};
use int80_probe::{CHECKS, Check, Notes, Profile, Real, run};
use int80_rt::Process;

use options::{Options, fail};
use print::Printer;

int80_rt::main!(main);

/// How long a check may take, in milliseconds; the report says so.
const LIMIT: i32 = 10_000;

fn main(process: Process) -> u8 {
    let options = options::parse(process);
    let Some(gate) = process.gate(options.gate) else {
        fail(b"--gate", b"this process has no such gate");
    };
    let mut out = Printer::new(&gate);
    if options.help {
        out.text(include_str!("help.txt"));
    } else if options.version {
        out.text(concat!("sfprobe (int80) ", env!("CARGO_PKG_VERSION"), "\n"));
    } else if options.list {
        list(&mut out, &options);
    } else {
        return probe(&mut out, &gate, &options);
    }
    out.flush();
    u8::from(out.failed) * 2
}

/// The checks that were asked for.
fn named(options: &Options) -> impl Iterator<Item = &'static Check> + use<> {
    let only = options.only;
    CHECKS.into_iter().flatten().filter(move |check| {
        only.is_none_or(|pattern| options::is_named(pattern, check.name, check.shows))
    })
}

fn list(out: &mut Printer<'_>, options: &Options) {
    for check in named(options) {
        for part in [check.name, "\t", check.shows, "\t", check.what, "\n"] {
            out.text(part);
        }
    }
}

fn probe(out: &mut Printer<'_>, gate: &dyn Gate, options: &Options) -> u8 {
    let (machine, era) = int80_probe::machine(gate);
    let profile: Profile = match options.expect {
        None | Some(Profile::Linux) => era,
        Some(profile) => profile,
    };
    let directory = options.directory.map(|path| {
        match call::openat(gate, Fd::CWD, path, OpenFlags::DIRECTORY, 0) {
            Ok(directory) => directory.into_raw(),
            Err(_) => fail(path.to_bytes(), b"this directory cannot be opened"),
        }
    });
    let world = Real {
        gate,
        directory,
        handler: Some(int80_rt::ignoring_handler()),
        notes: Notes::default(),
    };
    let all = named(options).count();
    if all == 0 {
        fail(
            options.only.unwrap_or_default(),
            b"no check has this name or shows this",
        );
    }
    out.text("TAP version 14\n1..")
        .number(all as i64)
        .text("\n");
    let mut counts = tap::Counts::default();
    for (number, check) in (1..).zip(named(options)) {
        out.flush();
        let ended = run(&world, machine, check, LIMIT);
        tap::report(out, &mut counts, number, check, profile, &ended);
    }
    out.text("# ")
        .number(counts.right.into())
        .text(" as expected, ");
    out.number(counts.wrong.into()).text(" not, ");
    out.number(counts.skipped.into()).text(" skipped\n").flush();
    match counts {
        _ if out.failed => 2,
        tap::Counts { wrong: 1.., .. } => 1,
        tap::Counts { right: 0, .. } => 2,
        _ => 0,
    }
}
