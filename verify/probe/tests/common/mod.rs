//! Running all checks in this process, and what came of each.
#![allow(dead_code)] // Each test program uses a part.

use int80_probe::{
    CHECKS, Check, Ended, Machine, Profile, Stop, Told, World, as_expected, known, play,
};

/// What came of a check.
pub struct Result {
    pub check: &'static Check,
    pub told: Told,
}

impl Result {
    pub fn is_skipped(&self) -> bool {
        self.told.is_skipped()
    }

    /// Why it is skipped.
    pub fn reason(&self) -> String {
        why(&self.told)
    }

    /// Whether it ran and was not what the profile expects.
    pub fn is_red(&self, profile: Profile) -> bool {
        !self.is_skipped() && !is_right(self.check, profile, &Ended::Told(self.told))
    }
}

/// Whether it is what the profile expects.
pub fn is_right(check: &Check, profile: Profile, ended: &Ended) -> bool {
    as_expected(known(check.name(), profile), ended)
}

/// Why a check has stopped.
pub fn why(told: &Told) -> String {
    let note = &told.note;
    match told.outcome {
        Err(Stop::Refused) => format!("call {} is refused", note.expected),
        Err(Stop::SetUp) => format!("call {} gave errno {}", note.expected, note.seen),
        _ => note.what.to_owned(),
    }
}

/// Runs every check, each in a world that `make` makes and hands on.
pub fn all(machine: Machine, make: impl Fn(&mut dyn FnMut(&dyn World))) -> Vec<Result> {
    let mut results = Vec::new();
    for check in &CHECKS {
        make(&mut |world| {
            let outcome = play(world, machine, check.steps);
            let told = Told::of(world.gate(), outcome);
            results.push(Result { check, told });
        });
    }
    results
}

/// The names of those that are not as the profile expects.
pub fn red(results: &[Result], profile: Profile) -> Vec<&'static str> {
    let red = results.iter().filter(|result| result.is_red(profile));
    red.map(|result| result.check.name()).collect()
}
