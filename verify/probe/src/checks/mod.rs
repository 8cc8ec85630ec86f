//! The checks: each a list of steps, and its row in one table.

mod bsd;
mod bsd_refused;
mod cell;
mod far;
mod flow;
mod layer;
mod pairs;
mod refused;
mod signals;

use crate::{Difference, Profile};

/// One check.
pub struct Check {
    /// Its name, as `--only` takes it.
    pub name: &'static str,
    /// The statements that it shows, separated by spaces.
    pub shows: &'static str,
    /// What today's kernel does.
    pub what: &'static str,
    /// Its steps, as [`play`](crate::play) takes them.
    pub code: &'static [u8],
    /// Who does something else.
    pub differs: &'static [Difference],
}

impl Check {
    /// The same with what others do in its place.
    const fn but(self, differs: &'static [Difference]) -> Self {
        Self { differs, ..self }
    }
}

/// A check: its name, what it shows, what today's kernel does, and its steps.
macro_rules! check {
    ($name:literal, $shows:literal, $what:literal, $steps:expr $(,)?) => {{
        const STEPS: &[crate::step::Step] = &$steps;
        const CODE: [u8; crate::step::length(STEPS)] = crate::step::encode(STEPS);
        crate::checks::Check {
            name: $name,
            shows: $shows,
            what: $what,
            code: &CODE,
            differs: &[],
        }
    }};
}
use check;

const fn differs(profile: Profile, seen: i64, why: &'static str) -> Difference {
    Difference { profile, seen, why }
}

/// Sockets are the only output of Linux 2.6.0 to 2.6.32.
const ONLY_SOCKETS: Difference = differs(
    Profile::Linux2_6_9,
    -22,
    "Linux 2.6.0 to 2.6.32 send to sockets only",
);
/// Linux 2.2 has no call 239.
const NO_239: Difference = differs(Profile::Linux2_2, -38, "call 239 came with Linux 2.4");

/// The checks, part by part.
pub const CHECKS: [&[Check]; 9] = [
    &cell::CHECKS,
    &far::CHECKS,
    &pairs::CHECKS,
    &refused::CHECKS,
    &flow::CHECKS,
    &signals::CHECKS,
    &layer::CHECKS,
    &bsd::CHECKS,
    &bsd_refused::CHECKS,
];

/// The checks that show a statement.
pub fn by_statement(id: &str) -> impl Iterator<Item = &'static Check> {
    CHECKS
        .into_iter()
        .flatten()
        .filter(move |check| check.shows.split(' ').any(|shown| shown == id))
}
