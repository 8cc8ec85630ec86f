//! Running all checks in this process, and what came of each.
#![allow(dead_code)] // Each test program uses a part.

use int80_probe::{
    CHECKS, Check, Machine, Note, Outcome, Profile, SET_UP, Stop, World, judge, play,
};

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

    /// Why it is skipped.
    pub fn reason(&self) -> String {
        why(self.outcome, &self.note)
    }

    /// Whether it ran and was not what the profile expects.
    pub fn is_red(&self, profile: Profile) -> bool {
        !self.is_skipped() && !judge(self.check, profile, self.outcome, &self.note)
    }
}

/// Why a check has stopped.
pub fn why(outcome: Outcome, note: &Note) -> String {
    if outcome != Err(Stop::SetUp) {
        return note.what.get().to_owned();
    }
    let found = SET_UP
        .iter()
        .find(|(nr, _)| i64::from(*nr) == note.expected);
    let (_, call) = found.unwrap_or(&(0, "a call without a name"));
    format!("set-up: {call} gave errno {}", note.seen)
}

/// Runs every check, each in a world that `make` makes and hands on.
pub fn all(machine: Machine, make: impl Fn(&mut dyn FnMut(&dyn World))) -> Vec<Result> {
    let mut results = Vec::new();
    for check in CHECKS.into_iter().flatten() {
        make(&mut |world| {
            results.push(Result {
                check,
                outcome: play(world, machine, check.code),
                note: world.gate().note(),
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
