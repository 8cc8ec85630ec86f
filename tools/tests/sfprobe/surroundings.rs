//! A first page that is mapped: it is no difference of the kernel's sendfile.
#![allow(unsafe_code)] // A call that asks.

use int80_support::ways::Way;
use libtest_mimic::{Failed, Trial};
use std::{fs, path::Path};

use crate::findings::{Case, Probe, Report, of_cases, personality};

const CASES: [(&str, Case); 1] = [("the first page is mapped", first_page)];

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
