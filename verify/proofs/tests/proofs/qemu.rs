//! The same under qemu-i386, whose guest no tracer can see: qemu's own call
//! trace, for a fixed list of calls that do nothing.

use std::process::Command;

use int80::gate::nr;
use int80_proofs::{
    list::{FILL, LIST, list_forms},
    plan::World,
};
use int80_support::qemu;
use syscalls::x86::Sysno;

use crate::{
    build::{Variant, traced},
    skip, skip_way,
    toolchain::{Arch, Toolchain},
};

#[test]
fn every_call_of_the_list_arrives() {
    let name = "qemu::every_call_of_the_list_arrives";
    let Some(toolchain) = Toolchain::hosted_or_skip(Arch::I386, name) else {
        return;
    };
    let release = match qemu::installed() {
        Ok(version) => match qemu::release(&version) {
            Ok(release) => release,
            Err(reason) => return skip(name, reason),
        },
        Err(reason) => return skip_way(qemu::NAME, name, reason),
    };
    for variant in Variant::all() {
        let mut qemu = Command::new(qemu::NAME);
        qemu.arg("-strace")
            .arg(traced(toolchain, variant))
            .arg("list");
        let output = qemu.output().expect("qemu-i386 starts");
        // The trace and what the program may say go the same way.
        let trace = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{variant}: {trace}");
        compare(&trace, release).unwrap_or_else(|error| panic!("{variant}: {error} in\n{trace}"));
    }
}

/// Whether the trace has every call of the list with its arguments, once in
/// each form and by each gate, in order and with nothing between.
fn compare(trace: &str, release: &str) -> Result<(), String> {
    let first = name(LIST[0].0) + "(";
    let calls = trace.lines().filter_map(|line| line.split_once(' '));
    let mut calls = calls
        .map(|(_pid, call)| call)
        .skip_while(|call| !call.starts_with(&first));
    for (nr, n) in LIST {
        let times = list_forms(n).len() * World::gates(32, false).len();
        for _ in 0..times {
            let call = calls.next().ok_or("the trace ends too soon")?;
            let (called, rest) = call.split_once('(').ok_or("a line without a call")?;
            let (arguments, _) = rest.split_once(')').ok_or("a call without an end")?;
            let values: Vec<u32> = arguments.split(',').filter_map(value).collect();
            // Of an offset in two registers 10.0 prints the first alone.
            let shown = match (nr, release) {
                (nr::PREAD64, "10.0") => 4,
                _ => n,
            };
            if called != name(nr) || values.get(..shown) != Some(&FILL[..shown]) {
                return Err(format!("`{call}` is not {}, {n} of {FILL:x?}", name(nr)));
            }
        }
    }
    Ok(())
}

/// The name that qemu and the kernel give the number.
fn name(nr: u32) -> String {
    Sysno::new(nr as usize).expect("a call").name().to_owned()
}

/// A register's contents, as qemu prints them: signed, or as an address.
fn value(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse::<i32>().ok().map(|value| value as u32),
    }
}
