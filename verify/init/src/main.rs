//! `init`: runs what a plan names, with a mark before and after each run, on a
//! kernel that has nothing else.
//!
//! As the kernel's first process it mounts what the tools want, brings the
//! loopback up, runs `/plan` and ends the machine. As any other process it does
//! nothing of that: `init PLAN FOLDER`, and its files are made in FOLDER.
//!
//! A mark is a line that begins with `@`: `@ kernel RELEASE MACHINE`, `@ begin N`,
//! `@ end N exited 0`, and `whole` after it where something was to arrive.

#![no_std]
#![no_main]

mod calls;
mod http;
mod plan;
mod sample;

use core::{
    convert::Infallible,
    ffi::{CStr, c_char},
    fmt::{self, Write},
};

use int80::{
    Errno, Fd, Native,
    sys::{self, OpenFlags},
};
use int80_rt::Process;

use calls::Open;
use plan::{Plan, Run, Sink};
use sample::Arrived;

int80_rt::main!(main);

/// A descriptor that is written to at once, so that nothing is lost with the
/// machine.
struct Out(Fd<'static>);

impl Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            match sys::write(Native, self.0, rest) {
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(_) => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

/// Writes a mark, in a line of its own whatever was written before.
macro_rules! mark {
    ($($words:tt)*) => { mark_to(Fd::STDOUT, format_args!($($words)*)) };
}

fn mark_to(fd: Fd<'static>, words: fmt::Arguments<'_>) {
    // Where nothing can be written, nothing can be said.
    let _ = writeln!(Out(fd), "\n@ {words}");
}

fn main(process: Process) -> u8 {
    let first = calls::is_first();
    if first {
        set_up();
    }
    // A kernel hands on to its first process what it does not know itself.
    let mut arguments = process.arguments().skip(1).filter(|_| !first);
    let plan = arguments.next().unwrap_or(c"/plan");
    let folder = arguments.next().unwrap_or(c"/tmp");
    let result = run_all(plan, folder);
    if let Err(errno) = result {
        mark!("failed errno {}", errno.raw_os_error());
    }
    if first {
        calls::power_off();
    }
    result.is_err().into()
}

fn set_up() {
    for (kind, place) in [
        (c"proc", c"/proc"),
        (c"devtmpfs", c"/dev"),
        (c"tmpfs", c"/tmp"),
    ] {
        if let Err(errno) = calls::mount(kind, place) {
            let place = place.to_str().unwrap_or_default();
            mark!("failed mounting {place}, errno {}", errno.raw_os_error());
        }
    }
    if let Err(errno) = calls::loopback() {
        mark!("failed bringing lo up, errno {}", errno.raw_os_error());
    }
}

fn run_all(plan: &CStr, folder: &CStr) -> Result<(), Errno> {
    let names = calls::uname()?;
    mark!("kernel {} {}", Text(&names.release), Text(&names.machine));
    let room = int80_rt::zeroed!(64 << 10).ok_or(Errno::ENOMEM)?;
    let plan = Plan::read(plan, room)?;
    let folder = sys::openat(Native, Fd::CWD, folder, OpenFlags::DIRECTORY, 0)?;
    sample::make(folder.as_fd())?;
    for (number, run) in plan.enumerate() {
        mark!("begin {number}");
        match perform(&run, folder.as_fd()) {
            Ok((status, None)) => mark!("end {number} {}", Status(status)),
            Ok((status, Some(arrived))) => mark!("end {number} {} {arrived}", Status(status)),
            Err(errno) => mark!("end {number} failed errno {}", errno.raw_os_error()),
        }
    }
    mark!("done");
    Ok(())
}

/// One of uname's texts.
struct Text<'a>(&'a [c_char]);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.iter().take_while(|byte| **byte != 0);
        text.map(|byte| char::from(*byte as u8))
            .try_for_each(|letter| f.write_char(letter))
    }
}

/// How a process ended, as wait4(2) has it.
struct Status(i32);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 & 0x7f {
            0 => write!(f, "exited {}", (self.0 >> 8) & 0xff),
            signal => write!(f, "killed {signal}"),
        }
    }
}

/// One run: how it ended, and what arrived where something was to.
fn perform(run: &Run, folder: Fd<'_>) -> Result<(i32, Option<Arrived>), Errno> {
    let (from, to) = match run.sink {
        Sink::Here => (None, None),
        Sink::File => {
            let flags = OpenFlags::RDWR | OpenFlags::CREAT | OpenFlags::TRUNC;
            let written = sys::openat(Native, folder, c"copy", flags, 0o600)?;
            let read = sys::openat(Native, folder, c"copy", OpenFlags::empty(), 0)?;
            (Some(read), Some(written))
        }
        Sink::Pipe | Sink::Serve => calls::pipe().map(both)?,
        Sink::Tcp => calls::connection().map(both)?,
    };
    let pid = calls::fork()?;
    if pid == 0 {
        let Err(errno) = become_tool(run, folder, to.as_ref());
        mark_to(
            Fd::STDERR,
            format_args!("refused errno {}", errno.raw_os_error()),
        );
        int80_rt::exit(127);
    }
    // The tool has the last descriptor that is written to.
    drop(to);
    // What is not a file ends with the tool.
    let mut status = 0;
    if run.sink == Sink::File {
        status = calls::wait(pid)?;
    }
    let arrived = match (&from, run.sink) {
        (Some(said), Sink::Serve) => {
            let arrived = http::ask(said);
            // It may have ended by itself.
            let _ = calls::end(pid);
            arrived?
        }
        (from, _) => from.as_ref().map(sample::compare),
    };
    if run.sink != Sink::File {
        status = calls::wait(pid)?;
    }
    Ok((status, arrived))
}

fn both((from, to): (Open, Open)) -> (Option<Open>, Option<Open>) {
    (Some(from), Some(to))
}

/// Standard input is the sample, standard error what was standard output.
fn become_tool(run: &Run, folder: Fd<'_>, to: Option<&Open>) -> Result<Infallible, Errno> {
    let input = sys::openat(Native, folder, c"sample", OpenFlags::empty(), 0)?;
    calls::replace(input.as_fd(), Fd::STDIN)?;
    calls::replace(Fd::STDOUT, Fd::STDERR)?;
    if let Some(to) = to {
        calls::replace(to.as_fd(), Fd::STDOUT)?;
    }
    calls::execute(run)
}
