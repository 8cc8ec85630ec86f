//! What was asked for, as ratios of two rows of a table.

use crate::{
    moves, programs,
    results::{Section, Spread, Table},
    start,
};

/// A ratio that is to be reached.
pub struct Goal {
    pub section: &'static str,
    pub table: &'static str,
    pub of: &'static str,
    pub to: &'static str,
    pub at_most: f64,
    /// The row that does the least that there is to do.
    pub least: Option<&'static str>,
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
        least: None,
    }
}

// Titles of tables of the http section, and names of rows.
const SMALL: &str = "1 KiB, kept connections, wrk on the same core: time per response";
const MIDDLE: &str =
    "64 KiB, kept connections, wrk on the same core: time of the processor per response";
const LARGE: &str =
    "1024 KiB, kept connections, wrk on the same core: time of the processor per response";
const SFSERVE: &str = "sfserve x86_64";
const SFSERVE_I386: &str = "sfserve i386-sysinfo";
const NGINX: &str = "nginx";
const LEAST: &str = "least";
const LIGHTTPD: &str = "lighttpd";

#[rustfmt::skip]
pub const GOALS: [Goal; 11] = [
    goal("start", start::TITLE, programs::SFCAT_X86_64, programs::EMPTY, 1.10),
    goal("start", start::TITLE, programs::SFCAT_X86_64, programs::COREUTILS, 0.13).with(programs::EMPTY),
    goal("move", moves::FILE_TO_PIPE, programs::SFCAT_X86_64, programs::COREUTILS, 0.15),
    goal("move", moves::PIPE_TO_PIPE, programs::SFCAT_X86_64, programs::COREUTILS, 0.65),
    // 2.5 and 1.25 times as many.
    goal("http", SMALL, SFSERVE, NGINX, 0.40).with(LEAST),
    goal("http", SMALL, SFSERVE, LIGHTTPD, 0.80).with(LEAST),
    goal("http", SMALL, SFSERVE_I386, SFSERVE, 1.15),
    goal("http", MIDDLE, SFSERVE, NGINX, 0.65).with(LEAST),
    goal("http", MIDDLE, SFSERVE, LIGHTTPD, 0.75).with(LEAST),
    goal("http", LARGE, SFSERVE, NGINX, 0.65).with(LEAST),
    goal("http", LARGE, SFSERVE, LIGHTTPD, 0.75).with(LEAST),
];

impl Goal {
    const fn with(self, least: &'static str) -> Self {
        Self {
            least: Some(least),
            ..self
        }
    }

    /// What this machine allows: the ratio of the row that does the least.
    pub fn allowed(&self, table: &Table) -> Option<Spread> {
        table.ratio(self.least?, self.to)
    }

    /// What was measured for it.
    pub fn measured<'a>(&self, sections: &'a [Section]) -> Option<(&'a Table, Spread)> {
        let section = sections.iter().find(|one| one.name == self.section)?;
        let table = section.table(self.table)?;
        Some((table, table.ratio(self.of, self.to)?))
    }
}
