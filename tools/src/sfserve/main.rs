//! `sfserve`: a static file server, with no libc.

#![no_std]
#![no_main]

mod cache;
mod check;
mod connection;
mod exchange;
mod files;
mod listen;
mod listing;
mod log;
mod memory;
mod options;
mod reply;
mod response;
mod sandbox;
mod say;
mod supervise;
mod transmit;
mod worker;

use int80::{
    Errno, Fd,
    sys::{self, OpenFlags},
};
use int80_rt::{Gate, Process};

use files::Files;
use options::{Instead, Options};
use say::{Line, must};
use supervise::Supervisor;

int80_rt::main!(main);

fn main(process: Process) -> u8 {
    let Some(gate) = process.gate(None) else {
        return 1;
    };
    fill_standard(gate);
    let options = Options::parse(gate, process.arguments());
    let Some(gate) = process.gate(options.gate) else {
        say::fail(b"--gate", b"not on this machine");
    };
    match options.instead {
        Instead::Show(text) => {
            must(b"write error", say::write_all(Fd::STDOUT, text.as_bytes()));
            0
        }
        Instead::Check => check::check(gate, &options),
        Instead::DryRun => dry_run(gate, &options),
        Instead::Nothing => Supervisor::new(gate, process, &options).run(),
    }
}

/// Opens what is closed of the three standard files: a connection would take
/// the number, and be sent the log. Where there is no /dev/null, what is opened can
/// be neither read nor written.
#[inline(never)]
fn fill_standard(gate: Gate) {
    while let Err(Errno::EBADF) = [Fd::STDIN, Fd::STDOUT, Fd::STDERR]
        .into_iter()
        .try_for_each(|fd| sys::fcntl_getfl(gate, fd).map(drop))
    {
        let open = |path, flags| sys::openat(gate, Fd::CWD, path, flags, 0);
        let file = open(c"/dev/null", OpenFlags::RDWR);
        match file.or_else(|_| open(c"/", OpenFlags::PATH)) {
            Ok(file) => drop(file.into_raw_fd()),
            Err(_) => return,
        }
    }
}

/// Says what would be served, how, and in which sandbox.
#[inline(never)]
fn dry_run(gate: Gate, options: &Options) -> u8 {
    let files = Files::open_folder(gate, options);
    let mut line = Line::new();
    line.add(b"folder: ").add(options.folder.to_bytes());
    if files.single {
        line.add(b" (a file)");
    }
    line.show();
    let places = match &*options.listen {
        [] => &[listen::DEFAULT] as &[_],
        places => places,
    };
    for place in places {
        line.add(b"listen: ").with(|out| place.write_url(out));
        line.show();
    }
    if let Some((user, group)) = options.user {
        must(b"--user", sandbox::become_user(gate, (user, group)));
        line.add(b"user: ").number(user).add(b":").number(group);
        line.show();
    }
    line.add(b"workers: ").number(options.workers);
    line.add(b", connections of each: ");
    line.number(options.connections).show();
    line.add(b"sandbox: ");
    let mut parts = sandbox::probe(gate, options.sandbox);
    if files.beneath || files.single {
        parts.0 |= sandbox::Parts::BENEATH;
    }
    parts.write(&mut line);
    line.show();
    0
}
