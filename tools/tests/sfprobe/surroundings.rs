//! A first page that is mapped, and a qemu-user without /proc: neither is a
//! difference of the kernel's sendfile.
#![allow(unsafe_code)] // What a parent hands on to its children.

use int80_support::ways::Way;
use libtest_mimic::{Failed, Trial};
use std::{fs, io, os::unix::process::CommandExt, path::Path, process::Command};

use crate::findings::{Case, Probe, Report, of_cases, personality};

const CASES: [(&str, Case); 2] = [
    ("the first page is mapped", first_page),
    ("qemu-user without /proc is told apart", without_proc),
];

pub fn trials(dist: &Path, way: Way) -> impl Iterator<Item = Trial> {
    of_cases(&CASES, dist, way)
}

fn first_page(probe: &Probe<'_>) -> Result<(), Failed> {
    const MMAP_PAGE_ZERO: libc::c_ulong = 0x0010_0000;
    let least = fs::read_to_string("/proc/sys/vm/mmap_min_addr")?;
    // SAFETY: it asks, and changes nothing.
    if least.trim() != "0" && unsafe { libc::geteuid() } != 0 {
        eprintln!("skipped: the first page is mapped: root alone may map it");
        return Ok(());
    }
    let mut command = probe.command(&["--only", "cell-unmapped", "--only", "bsd-bad-address"]);
    personality(&mut command, MMAP_PAGE_ZERO);
    let report = Report::of(&mut command)?;
    report.expect(report.right() == 2, 0)
}

/// Hides /proc from the command's program by an empty file system.
fn hide_proc(command: &mut Command) {
    // SAFETY: between fork and exec the closure makes three calls.
    unsafe {
        command.pre_exec(|| {
            let entered = libc::unshare(libc::CLONE_NEWNS) == 0
                || libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNS) == 0;
            let (root, proc, kind) = (c"/".as_ptr(), c"/proc".as_ptr(), c"tmpfs".as_ptr());
            let own = libc::MS_REC | libc::MS_PRIVATE;
            let null = std::ptr::null();
            match entered
                && libc::mount(null, root, null, own, null.cast()) == 0
                && libc::mount(null, proc, kind, 0, null.cast()) == 0
            {
                true => Ok(()),
                false => Err(io::Error::last_os_error()),
            }
        });
    }
}

fn without_proc(probe: &Probe<'_>) -> Result<(), Failed> {
    let mut hidden = Command::new("true");
    hide_proc(&mut hidden);
    if let Err(error) = hidden.status() {
        eprintln!("skipped: qemu-user without /proc is told apart: {error}");
        return Ok(());
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
