//! What came of one step.

use std::fmt::Display;

/// Counts of one step. A check without tests of its own counts as one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub passed: usize,
    /// One entry for each failure: the test, or what went wrong.
    pub failures: Vec<String>,
    /// One entry for each test or check that did not run.
    pub skipped: Vec<Skip>,
    /// What is no failure, and is shown: warnings of another compiler's lints.
    pub told: Vec<String>,
}

/// A test or a check that did not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    pub name: String,
    pub reason: String,
}

impl Report {
    /// The whole step did not run.
    pub fn skipped(reason: impl Display) -> Report {
        Report::skipped_one("the whole step", reason)
    }

    /// One check did not run.
    pub fn skipped_one(name: &str, reason: impl Display) -> Report {
        Report {
            skipped: vec![Skip {
                name: name.to_owned(),
                reason: reason.to_string(),
            }],
            ..Report::default()
        }
    }

    pub fn failed(reason: impl Display) -> Report {
        Report {
            failures: vec![format!("{reason:#}")],
            ..Report::default()
        }
    }

    /// One check that has run.
    pub fn of<T, E: Display>(result: Result<T, E>) -> Report {
        match result {
            Ok(_) => Report {
                passed: 1,
                ..Report::default()
            },
            Err(error) => Report::failed(error),
        }
    }

    /// One check that has run, with something to tell.
    pub fn told(count: usize, what: &str) -> Report {
        Report {
            passed: 1,
            told: vec![format!("{count} {what}")],
            ..Report::default()
        }
    }

    pub fn and(mut self, other: Report) -> Report {
        self.passed += other.passed;
        self.failures.extend(other.failures);
        self.skipped.extend(other.skipped);
        self.told.extend(other.told);
        self
    }
}
