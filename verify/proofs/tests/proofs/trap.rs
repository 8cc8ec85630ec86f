//! The proof at the trap: thousands of pseudo-random calls in every form, by
//! every gate and compiled in every way, compared register by register.

use std::collections::HashSet;

use int80::gate::nr::{self, Class};
use int80_proofs::plan::{Plan, World};

use crate::{
    build::{Variant, traced},
    skip_way,
    toolchain::{Arch, Toolchain},
    trace::{Failure, Order, trace},
};

/// Calls for each variant: some 30 of each form and gate.
const CALLS: usize = 1500;

/// All variants of the program, each through a plan of its own.
fn every_call_arrives(arch: Arch, by_kernel: bool, name: &str) {
    let Some(toolchain) = Toolchain::hosted_or_skip(arch, name) else {
        return;
    };
    every_number_is_planned(arch, by_kernel);
    let mut calls = 0;
    for (at, variant) in Variant::all().enumerate() {
        let order = Order {
            arch,
            seed: seed(at),
            count: CALLS,
            // Without optimisation the functions do more than load and save.
            flags: variant.level != "0",
            by_kernel,
        };
        match trace(&traced(toolchain, variant), order) {
            Ok(compared) => calls += compared,
            Err(Failure::Wrong(error)) => panic!("{variant}: {error}"),
            Err(Failure::Refused(reason)) => {
                return skip_way(way(arch, by_kernel), name, reason);
            }
        }
    }
    println!("{name}: {calls} calls");
    // All of them, but for the numbers that `Syscall` refuses: an eighth.
    assert!(calls > 24 * CALLS * 4 / 5, "{calls}");
}

/// The seed of a variant's plan.
fn seed(variant: usize) -> u64 {
    0x80 + variant as u64
}

/// Every call of the table that reaches the kernel is in the plan of a variant.
fn every_number_is_planned(arch: Arch, by_kernel: bool) {
    let world = World {
        gates: World::gates(arch.bits(), by_kernel),
        bits: arch.bits(),
        offset: 0,
    };
    let seeds = (0..Variant::all().count()).map(seed);
    let steps = seeds.flat_map(|seed| Plan::new(seed, world).take(CALLS));
    let planned: HashSet<u32> = steps
        .filter(|step| step.reaches_kernel)
        .map(|step| step.nr)
        .collect();
    for call in nr::CALLS {
        let refused = arch == Arch::X86_64 && matches!(call.class(), Class::Refused(_));
        assert!(
            refused || planned.contains(&call.nr),
            "{} is not tried",
            call.name
        );
    }
}

#[test]
fn every_call_i386() {
    every_call_arrives(Arch::I386, false, "trap::every_call_i386");
}

#[test]
fn every_call_x86_64() {
    every_call_arrives(Arch::X86_64, false, "trap::every_call_x86_64");
}

/// By the kernel's entry point; the programs are those of `every_call_i386`.
#[test]
fn sysinfo_i386() {
    every_call_arrives(Arch::I386, true, "trap::sysinfo_i386");
}

/// The way of running that xtask's tests name so.
fn way(arch: Arch, by_kernel: bool) -> &'static str {
    match (arch, by_kernel) {
        (Arch::I386, false) => "i386-int80",
        (Arch::I386, true) => "i386-sysinfo",
        (Arch::X86_64, _) => "x86_64",
    }
}
