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

use crate::step::{Step, join};

/// One check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name, the statements that it shows, and what today's kernel does, as a
    /// report has them: `name (P0.1 P0.2): what`.
    pub text: &'static str,
    /// Its steps.
    pub steps: &'static [Step],
}

impl Check {
    /// Its name, as `--only` takes it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.parts().0
    }

    /// What today's kernel does.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.parts().2
    }

    /// Whether it shows a statement.
    #[must_use]
    pub fn shows(&self, id: &str) -> bool {
        self.parts().1.split(' ').any(|shown| shown == id)
    }

    /// Its name, its statements with spaces between them, and what today's
    /// kernel does.
    #[must_use]
    #[inline(never)]
    pub fn parts(&self) -> (&'static str, &'static str, &'static str) {
        let (name, rest) = cut(self.text, b' ', 2);
        let (shows, what) = cut(rest, b')', 3);
        (name, shows, what)
    }
}

/// A text up to the first `end`, and what comes so many bytes after it.
fn cut(text: &str, end: u8, gap: usize) -> (&str, &str) {
    let found = text.bytes().position(|byte| byte == end);
    let at = found.unwrap_or(text.len());
    let rest = text.get(at + gap..).unwrap_or_default();
    (text.get(..at).unwrap_or_default(), rest)
}

/// A check: its text and its steps.
macro_rules! check {
    ($text:literal, $steps:expr $(,)?) => {
        crate::checks::Check {
            text: $text,
            steps: &$steps,
        }
    };
}
use check;

/// All checks.
pub static CHECKS: [Check; 88] = join!(
    cell::CHECKS,
    far::CHECKS,
    pairs::CHECKS,
    refused::CHECKS,
    flow::CHECKS,
    signals::CHECKS,
    layer::CHECKS,
    bsd::CHECKS,
    bsd_refused::CHECKS,
);

/// The checks that show a statement.
pub fn by_statement(id: &str) -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().filter(move |check| check.shows(id))
}
