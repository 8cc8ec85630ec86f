//! Programs outside of the workspace, on the packages as they would be
//! published: the packages' own archives, the template, the commands of
//! docs/rust.md, and what the runtime does in a program.
//!
//! What this machine lacks is skipped.

mod archives;
mod guide;
mod project;
mod refused;
mod runtime;
mod template;

use int80_support::{
    place::{Verdict, trial},
    ways::Arch,
};
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    let trials = [
        archives::trials(),
        guide::trials(),
        refused::trials(),
        runtime::trials(),
        template::trials(),
    ];
    let trials = trials.into_iter().flatten().collect();
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    project::clear();
    conclusion.exit_code()
}

/// One trial for each architecture.
fn each_arch(name: &str, case: fn(Arch) -> Verdict) -> Vec<Trial> {
    let one = |arch: Arch| trial(&format!("{}::{name}", arch.name()), move || case(arch));
    Arch::ALL.map(one).into()
}
