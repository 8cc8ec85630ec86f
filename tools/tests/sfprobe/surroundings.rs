//! Sandboxes that refuse calls, a first page that is mapped, plain files as devices
//! and the like: none of them is a difference of the kernel's sendfile.
#![allow(unsafe_code)] // What a parent hands on to its children.

use int80::gate::{self, nr};
use int80_support::{
    command::capture,
    sandbox, skip,
    ways::{Arch, Gate, Way},
};
use libtest_mimic::{Failed, Trial};
use std::{ffi::CString, fs, io, os::unix::process::CommandExt, path::Path, process::Command};

use crate::probe::{Case, Probe, Report, of_cases, personality};

const ALWAYS: [(&str, Case); 4] = [
    ("the first page is mapped", first_page),
    ("qemu-user without /proc is told apart", without_proc),
    ("the ends of children are ignored", ends_ignored),
    ("plain files in place of devices", no_devices),
];
/// Cases with a filter that holds for sfprobe.
const OF_THE_KERNEL: [(&str, Case); 4] = [
    ("a refused call is no difference", each_call),
    ("sendfile itself is refused", under_test),
    ("--calls: less than half tried is 2", half_of_calls),
    ("a stack that is too small", small_stack),
];
/// Cases with a filter that holds for the emulator.
const OF_AN_EMULATOR: [(&str, Case); 1] = [("qemu-user in a sandbox", emulator)];

pub fn trials(dist: &Path, way: Way) -> impl Iterator<Item = Trial> {
    let more: &[_] = match (way.emulator, way.gate) {
        (Some(_), _) => &OF_AN_EMULATOR,
        // The same calls as through the other gate of i386.
        (None, Gate::Sysinfo) => &[],
        (None, _) => &OF_THE_KERNEL,
    };
    of_cases(&ALWAYS, dist, way).chain(of_cases(more, dist, way))
}

/// Every call of a report but those that start programs, by its number on i386.
#[rustfmt::skip]
const CALLS: [u32; 49] = [
    nr::ACCEPT4, nr::BIND, nr::CLOSE, nr::CONNECT, nr::EVENTFD2, nr::EXIT_GROUP,
    nr::FCNTL64, nr::FORK, nr::FSTAT64, nr::FSTATFS, nr::FTRUNCATE64, nr::GETPEERNAME, nr::GETPID,
    nr::GETSOCKNAME, nr::GETSOCKOPT, nr::KILL, nr::LISTEN, nr::_LLSEEK,
    nr::MEMFD_CREATE, nr::MMAP2, nr::MPROTECT, nr::MUNMAP, nr::OPENAT, nr::PERSONALITY,
    nr::PIPE2, nr::POLL, nr::PRCTL, nr::PREAD64, nr::PWRITE64, nr::READ, nr::READLINK,
    nr::RT_SIGACTION, nr::RT_SIGPENDING, nr::RT_SIGPROCMASK, nr::RT_SIGRETURN,
    nr::SENDFILE, nr::SENDFILE64, nr::SENDMSG, nr::SETITIMER, nr::SETSOCKOPT,
    nr::SIGRETURN, nr::SOCKET, nr::SOCKETPAIR, nr::SPLICE, nr::STATX, nr::UGETRLIMIT, nr::UNAME,
    nr::WAIT4, nr::WRITE,
];

/// The number of the call on the way's architecture.
fn number(way: Way, nr: u32) -> Option<libc::c_long> {
    match way.arch {
        Arch::I386 => Some(nr.into()),
        Arch::X86_64 => gate::kernel_number(nr).map(Into::into),
    }
}

/// The report where this call is refused with this errno; `None` where the
/// architecture has no such call.
fn refused(
    probe: &Probe<'_>,
    nr: u32,
    errno: i32,
    arguments: &[&str],
) -> Result<Option<Report>, Failed> {
    let Some(call) = number(probe.way, nr) else {
        return Ok(None);
    };
    let mut command = probe.command(arguments);
    sandbox::refuse(&mut command, &[call], errno);
    Report::of(&mut command).map(Some)
}

fn each_call(probe: &Probe<'_>) -> Result<(), Failed> {
    for nr in CALLS {
        // Without these the process that reads cannot, and three checks wait for
        // it until their time is up.
        let few = ["--only", "cell-", "--only", "bsd-h", "--only", "splice-"];
        let arguments = match nr {
            nr::CLOSE | nr::READ => &few[..],
            _ => &[],
        };
        let errnos: &[i32] = match nr {
            nr::SENDFILE | nr::SENDFILE64 | nr::SPLICE | nr::PREAD64 => {
                &[libc::EPERM, libc::EACCES, libc::ENOSYS]
            }
            _ => &[libc::EPERM],
        };
        for &errno in errnos {
            let Some(report) = refused(probe, nr, errno, arguments)? else {
                continue;
            };
            let name = nr::name(nr).unwrap_or_default();
            report
                .shows_nothing()
                .map_err(|failed| format!("{name}, errno {errno}: {:?}", failed.message()))?;
        }
    }
    Ok(())
}

/// Nothing is found out, and the reason says why.
fn under_test(probe: &Probe<'_>) -> Result<(), Failed> {
    for (nr, check, said) in [
        (nr::SENDFILE, "output-socket", "a sandbox refuses sendfile"),
        (nr::SENDFILE, "output-sealed", "a sandbox refuses sendfile"),
        (nr::SENDFILE64, "far-239", "a sandbox refuses sendfile64"),
        (nr::SPLICE, "splice-pipe", "a sandbox refuses splice"),
    ] {
        let report = refused(probe, nr, libc::EPERM, &["--only", check])?;
        let report = report.ok_or("there is such a call")?;
        report.expect(report.reason(check) == Some(said), 2)?;
    }
    // An errno that is expected is no refusal.
    let sealed = probe.run(&["--only", "output-sealed"])?;
    sealed.expect(sealed.right() == 1, 0)
}

/// A filter that holds for qemu-user itself, and of which it does not tell.
fn emulator(probe: &Probe<'_>) -> Result<(), Failed> {
    for call in [
        libc::SYS_sendfile,
        libc::SYS_readlink,
        libc::SYS_getpeername,
    ] {
        for errno in [libc::EPERM, libc::ENOSYS] {
            let mut command = probe.command(&["--only", "wall-", "--only", "bsd-not"]);
            sandbox::refuse(&mut command, &[call], errno);
            let report = Report::of(&mut command)?;
            report.shows_nothing()?;
        }
    }
    Ok(())
}

fn first_page(probe: &Probe<'_>) -> Result<(), Failed> {
    const MMAP_PAGE_ZERO: libc::c_ulong = 0x0010_0000;
    let least = fs::read_to_string("/proc/sys/vm/mmap_min_addr")?;
    // SAFETY: it asks, and changes nothing.
    if least.trim() != "0" && unsafe { libc::geteuid() } != 0 {
        skip::here("root alone may map the first page");
    }
    let mut command = probe.command(&["--only", "cell-unmapped", "--only", "bsd-bad-address"]);
    personality(&mut command, MMAP_PAGE_ZERO);
    let report = Report::of(&mut command)?;
    report.expect(report.right() == 2, 0)
}

/// Gives the command's program mounts of its own: `mounts` makes them, and says
/// whether it could.
fn with_mounts(command: &mut Command, mounts: impl Fn() -> bool + Send + Sync + 'static) {
    // SAFETY: between fork and exec the closure makes calls alone.
    unsafe {
        command.pre_exec(move || {
            let entered = libc::unshare(libc::CLONE_NEWNS) == 0
                || libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNS) == 0;
            let own = libc::MS_REC | libc::MS_PRIVATE;
            let null = std::ptr::null();
            match entered
                && libc::mount(null, c"/".as_ptr(), null, own, null.cast()) == 0
                && mounts()
            {
                true => Ok(()),
                false => Err(io::Error::last_os_error()),
            }
        });
    }
}

/// Hides /proc from the command's program by an empty file system.
fn hide_proc(command: &mut Command) {
    with_mounts(command, || {
        let (proc, kind, null) = (c"/proc", c"tmpfs", std::ptr::null());
        // SAFETY: the kernel reads two texts.
        unsafe { libc::mount(null, proc.as_ptr(), kind.as_ptr(), 0, null.cast()) == 0 }
    });
}

fn without_proc(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut hidden = Command::new("true");
    hide_proc(&mut hidden);
    if let Err(error) = hidden.status() {
        skip::here(format!("/proc cannot be hidden here: {error}"));
    }
    // A kernel is not taken for it.
    let expected = match probe.way.emulator {
        Some(_) => "; expected: qemu-i386-",
        None => "; expected: linux\n",
    };
    for arguments in [
        &["--only", "wall-"][..],
        &["--kernel", "5.10", "--only", "wall-"],
    ] {
        let mut command = probe.command(arguments);
        hide_proc(&mut command);
        let report = Report::of(&mut command)?;
        let told = report.text.contains(expected);
        report.expect(told && report.right() == report.lines.len(), 0)?;
    }
    Ok(())
}

/// Puts a plain file in the place of each device and of /proc/version.
fn hide_devices(command: &mut Command, file: &Path) -> Result<(), Failed> {
    let file = CString::new(file.as_os_str().as_encoded_bytes())?;
    with_mounts(command, move || {
        [c"/dev/null", c"/dev/zero", c"/dev/full", c"/proc/version"]
            .iter()
            .all(|place| {
                let null = std::ptr::null();
                let (from, to) = (file.as_ptr(), place.as_ptr());
                // SAFETY: the kernel reads two texts.
                unsafe { libc::mount(from, to, null, libc::MS_BIND, null.cast()) == 0 }
            })
    });
    Ok(())
}

/// `count-limit` left 2 GiB in a plain file of the name /dev/null.
fn no_devices(probe: &Probe<'_>) -> Result<(), Failed> {
    let plain = tempfile::NamedTempFile::new()?;
    let mut hidden = Command::new("true");
    hide_devices(&mut hidden, plain.path())?;
    if let Err(error) = hidden.status() {
        skip::here(format!("nothing can be mounted here: {error}"));
    }
    let mut command = probe.command(&[]);
    hide_devices(&mut command, plain.path())?;
    let report = Report::of(&mut command)?;
    report.shows_nothing()?;
    let no_device = "/dev/null, zero or full is no device here";
    for (check, said) in [
        ("input-null", no_device),
        ("count-limit", no_device),
        ("input-zero", no_device),
        ("output-full", no_device),
        ("input-proc", "/proc/version is not of procfs here"),
    ] {
        let told = report.reason(check) == Some(said);
        report.expect(told, 0)?;
    }
    let length = plain.as_file().metadata()?.len();
    (length == 0)
        .then_some(())
        .ok_or_else(|| format!("{length} bytes were written").into())
}

/// SIGCHLD ignored by the parent: the kernel then forgets how children ended.
fn ends_ignored(probe: &Probe<'_>) -> Result<(), Failed> {
    let ignoring = |arguments: &[&str]| {
        let mut command = probe.command(arguments);
        // SAFETY: between fork and exec the closure makes one call.
        unsafe {
            command.pre_exec(|| {
                libc::signal(libc::SIGCHLD, libc::SIG_IGN);
                Ok(())
            });
        }
        command
    };
    let known = probe.run(&[])?;
    let report = Report::of(&mut ignoring(&[]))?;
    report.expect(report.right() == known.right(), 0)?;
    let output = capture(&mut ignoring(&["--calls"]), "sfprobe")?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.contains("the child's end is not told") {
        false => Ok(()),
        true => Err(format!("{}\n{text}", output.status).into()),
    }
}

fn half_of_calls(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut command = probe.command(&["--calls"]);
    let wait = number(probe.way, nr::WAIT4).ok_or("there is such a call")?;
    sandbox::refuse(&mut command, &[wait], libc::EPERM);
    let output = capture(&mut command, "sfprobe")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let counted = text.contains("\n# 1 there, 0 missing, ");
    match (counted, output.status.code()) {
        (true, Some(2)) => Ok(()),
        _ => Err(format!("{}\n{text}", output.status).into()),
    }
}

/// 22 checks ended by SIGSEGV.
fn small_stack(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut command = probe.command(&[]);
    // SAFETY: between fork and exec the closure makes one call.
    unsafe {
        command.pre_exec(|| {
            let limit = libc::rlimit {
                rlim_cur: 12 << 10,
                rlim_max: 12 << 10,
            };
            match libc::setrlimit(libc::RLIMIT_STACK, &limit) {
                0 => Ok(()),
                _ => Err(io::Error::last_os_error()),
            }
        });
    }
    // What is in the environment would be on the stack, too.
    let report = Report::of(command.env_clear())?;
    let said = report.output.stderr == b"sfprobe: ulimit -s: less than 64 KiB of stack\n";
    report.expect(said && report.text.is_empty(), 2)
}
