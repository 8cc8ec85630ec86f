//! What was asked for, as ratios of two rows of a table.

use crate::{
    moves, programs,
    results::{Section, Spread, Table},
    start,
};

/// A ratio that is to be reached.
pub struct Goal {
    section: &'static str,
    table: &'static str,
    pub of: &'static str,
    pub to: &'static str,
    pub at_most: f64,
}

const fn goal(
    section: &'static str,
    table: &'static str,
    of: &'static str,
    to: &'static str,
    at_most: f64,
) -> Goal {
    Goal {
        section,
        table,
        of,
        to,
        at_most,
    }
}

pub const GOALS: [Goal; 4] = [
    goal(
        "start",
        start::TITLE,
        programs::SFCAT_X86_64,
        programs::EMPTY,
        1.10,
    ),
    goal(
        "start",
        start::TITLE,
        programs::SFCAT_X86_64,
        programs::COREUTILS,
        0.13,
    ),
    goal(
        "move",
        moves::FILE_TO_PIPE,
        programs::SFCAT_X86_64,
        programs::COREUTILS,
        0.15,
    ),
    goal(
        "move",
        moves::PIPE_TO_PIPE,
        programs::SFCAT_X86_64,
        programs::COREUTILS,
        0.65,
    ),
];

impl Goal {
    /// What was measured for it.
    pub fn measured<'a>(&self, sections: &'a [Section]) -> Option<(&'a Table, Spread)> {
        let section = sections.iter().find(|one| one.name == self.section)?;
        let table = section.table(self.table)?;
        Some((table, table.ratio(self.of, self.to)?))
    }
}
