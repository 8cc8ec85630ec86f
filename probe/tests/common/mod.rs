//! Running all checks in this process, and what came of each.
#![allow(dead_code)] // Each test program uses a part.

use int80_probe::{CHECKS, Case, Check, Machine, Note, Outcome, Profile, Stop, World, judge};

/// What came of a check.
pub struct Result {
    pub check: &'static Check,
    pub outcome: Outcome,
    pub note: Note,
}

impl Result {
    pub fn is_skipped(&self) -> bool {
        matches!(self.outcome, Err(Stop::Skip | Stop::SetUp))
    }

    /// Whether it ran and was not what the profile expects.
    pub fn is_red(&self, profile: Profile) -> bool {
        !self.is_skipped() && !judge(self.check, profile, self.outcome, &self.note)
    }
}

/// Runs every check, each in a world that `make` makes and hands on.
pub fn all(machine: Machine, make: impl Fn(&mut dyn FnMut(&dyn World))) -> Vec<Result> {
    let mut results = Vec::new();
    for check in CHECKS.into_iter().flatten() {
        make(&mut |world| {
            let gate = world.gate();
            let case = Case {
                world,
                gate,
                machine,
            };
            results.push(Result {
                check,
                outcome: (check.run)(&case),
                note: world.notes().get(),
            });
        });
    }
    results
}

/// The names of those that are not as the profile expects.
pub fn red(results: &[Result], profile: Profile) -> Vec<&'static str> {
    let red = results.iter().filter(|result| result.is_red(profile));
    red.map(|result| result.check.name).collect()
}
