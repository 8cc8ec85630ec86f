//! `cargo xtask soak`: the simulated kernels' schedules, for as long as a person
//! has the patience.

use crate::{Session, cargo::Cargo, command::run, progress::say};
use anyhow::Result;

/// The tests that run schedules, each of which takes its part of the number.
const TESTS: [&str; 3] = ["transfer_sim", "framed_sim", "bsd_sim"];

/// Runs `schedules` of them in all, on x86_64.
pub fn command(session: &Session, schedules: u64) -> Result<bool> {
    say("soak", &format!("{schedules} schedules"));
    let each = schedules.div_ceil(TESTS.len() as u64).min(u32::MAX.into());
    let mut tests = Cargo::host(&session.paths).command("test", &[]);
    tests.args(["--locked", "--release", "--package", "int80"]);
    for name in TESTS {
        tests.args(["--test", name]);
    }
    tests
        .args(["--", "--nocapture"])
        .env("INT80_SCHEDULES", each.to_string());
    run(&mut tests, "the schedules")?;
    Ok(true)
}
