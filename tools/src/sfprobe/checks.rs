//! The table of checks in bytes, as the build writes it (`build/sfprobe.rs`).

use int80_rt::after;

use crate::{print::Printer, text};

/// One check.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its number in the table.
    pub number: usize,
    /// The numbers of the statements that it shows.
    pub shows: &'static [u8],
    /// Its steps.
    pub code: &'static [u8],
}

/// What a profile sees in another way, and the number of the text that says why.
#[derive(Clone, Copy)]
pub struct Known {
    pub seen: i64,
    pub why: usize,
}

impl Check {
    /// The number of its name's text.
    pub fn name(&self) -> usize {
        self.number * 2
    }

    /// The number of the text that says what today's kernel does.
    pub fn what(&self) -> usize {
        self.number * 2 + 1
    }

    /// What this profile sees in another way.
    pub fn known(&self, profile: u8) -> Option<Known> {
        let mine = |one: &&[u8; 4]| usize::from(one[0]) == self.number && one[1] == profile;
        let [.., seen, why] = text::DIFFERENCES.iter().find(mine)?;
        Some(Known {
            seen: i64::from(*seen as i8),
            why: text::REASON + usize::from(*why),
        })
    }
}

/// The table, from some check on.
pub struct Checks<'a> {
    rest: &'static [u8],
    number: usize,
    /// What `--only` names; empty for all.
    only: &'a [u8],
}

impl<'a> Checks<'a> {
    /// Those that `only` names, or all.
    pub fn new(only: &'a [u8]) -> Self {
        Self {
            rest: &text::CHECKS,
            number: 0,
            only,
        }
    }

    /// The next in the table.
    fn take(&mut self) -> Option<Check> {
        let check = Check {
            number: self.number,
            shows: self.list()?,
            code: self.list()?,
        };
        self.number += 1;
        Some(check)
    }

    /// A list with its length before it.
    #[inline(never)]
    fn list(&mut self) -> Option<&'static [u8]> {
        let (length, rest) = self.rest.split_first()?;
        let (list, rest) = rest.split_at_checked(usize::from(*length))?;
        self.rest = rest;
        Some(list)
    }

    /// The next that is named. Names and identifiers are put together in `out`,
    /// which is empty before and afterwards.
    #[inline(never)]
    pub fn next(&mut self, out: &mut Printer<'_>) -> Option<Check> {
        out.flush();
        loop {
            let check = self.take()?;
            let named = is_named(&check, self.only, out);
            out.clear();
            if named {
                return Some(check);
            }
        }
    }
}

/// Whether the pattern is in the check's name, or is the identifier of a
/// statement that it shows, or a page's (`P0.`).
fn is_named(check: &Check, pattern: &[u8], out: &mut Printer<'_>) -> bool {
    out.text(check.name());
    let mut rest = out.get();
    while let [_, tail @ ..] = rest {
        if after(rest, pattern).is_some() {
            return true;
        }
        rest = tail;
    }
    let page = matches!(pattern, [.., b'.']);
    check.shows.iter().any(|id| {
        out.clear();
        out.id(*id);
        after(out.get(), pattern).is_some_and(|rest| rest.is_empty() || page)
    })
}
