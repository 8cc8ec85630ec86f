//! `cargo xtask soak`: the simulated kernels' schedules, for as long as a person
//! has the patience.

use crate::{Session, cargo::Cargo, progress::say};
use anyhow::{Context, Result, ensure};
use int80_support::{command::show, limited::stream};
use std::time::Duration;

/// The tests that run schedules, each of which takes its share of the number.
const TESTS: [&str; 3] = ["transfer_sim", "headers_sim", "bsd_sim"];

/// No one has more patience.
const LIMIT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Runs `schedules` of them in all, on x86_64.
pub fn command(session: &Session, schedules: u64) -> Result<bool> {
    let given = u32::try_from(schedules).context("more schedules than 32 bits count")?;
    say("soak", &format!("{schedules} schedules"));
    let mut tests = Cargo::host(&session.paths).command("test", &[]);
    tests.args(["--locked", "--release", "--package", "int80"]);
    for name in TESTS {
        tests.args(["--test", name]);
    }
    tests
        .args(["--", "--nocapture"])
        .env("INT80_SCHEDULES", given.to_string());
    let mut run = 0;
    let status = stream(&mut tests, "the schedules", LIMIT, |line| {
        run += count(line).unwrap_or(0);
    })?;
    ensure!(
        status.success(),
        "the schedules failed ({status}): `{}`",
        show(&tests)
    );
    say("soak", &format!("{run} schedules were run"));
    ensure!(run >= schedules, "fewer schedules were run than was asked");
    Ok(true)
}

/// The number of `transfer: 50 schedules, seed 7`, behind which nothing matters,
/// nor before.
fn count(line: &str) -> Option<u64> {
    let (before, _) = line.split_once(" schedules, seed ")?;
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tests_say_of_their_schedules_is_counted() {
        assert_eq!(count("transfer: 50000 schedules, seed 7"), Some(50_000));
        let torn = "test schedules ... bsd: 20 schedules, seed 1";
        assert_eq!(count(torn), Some(20));
        assert_eq!(count("test schedules ... ok"), None);
        assert_eq!(count("7 schedules"), None);
    }
}
