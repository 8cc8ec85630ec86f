//! The linker scripts and the assembly sources: programs in Rust, C, C++ and
//! both assemblers, by GNU ld and by LLD, and what the scripts refuse.
//!
//! `cargo xtask test --only tools` tells these tests where the kit is, which the
//! programs in C, C++ and assembly want. What this machine lacks is skipped.

mod assembled;
mod assembly;
mod c;
mod checkout;
mod flat;
mod refused;
mod rust;

use int80_support::{
    linker,
    place::{Verdict, trial},
    runner,
    ways::Arch,
};
use libtest_mimic::{Arguments, Trial};
use linker::Linker;
use std::process::ExitCode;

fn main() -> ExitCode {
    let trials = [
        assembly::trials(),
        assembled::trials(),
        c::trials(),
        checkout::trials(),
        flat::trials(),
        refused::trials(),
        rust::trials(),
    ];
    libtest_mimic::run(
        &Arguments::from_args(),
        trials.into_iter().flatten().collect(),
    )
    .exit_code()
}

/// The levels of optimisation at which every kind of program is compiled.
const LEVELS: [&str; 4] = ["0", "2", "s", "z"];

/// How many `settings` there are.
const SETTINGS: usize = 2 * LEVELS.len();

/// Each level without LTO and with it.
fn settings() -> impl Iterator<Item = (&'static str, bool)> {
    LEVELS
        .into_iter()
        .flat_map(|level| [(level, false), (level, true)])
}

/// One trial for each linker and architecture: those that run side by side are of
/// different ones, and do not wait for the same build.
fn each(name: &str, case: fn(Arch, Linker) -> Verdict) -> Vec<Trial> {
    let pairs = Linker::ALL
        .into_iter()
        .flat_map(|linker| Arch::ALL.map(|arch| (arch, linker)));
    pairs
        .map(|(arch, linker)| {
            let name = format!("{}::{}::{name}", arch.name(), linker.name());
            trial(&name, move || case(arch, linker))
        })
        .collect()
}
