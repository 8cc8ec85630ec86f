//! `docs/pages.md`: first the tables, then the results of one machine.

use super::{
    said,
    tap::{Line, State},
};
use int80_probe::{
    CHECKS, Check, DIFFERENCES, by_statement,
    ledger::{CONTRADICTIONS, PAGES, Statement, Verdict, statements},
};
use int80_support::ways::{WAYS, Way};
use std::fmt::Write;

/// The results of one way, or why it was not tried.
pub struct Run {
    pub way: Way,
    pub lines: Result<Vec<Line>, String>,
}

/// The start of the line that the README repeats.
pub const SUMMARY: &str = "Statements and checks: ";

const VERDICTS: [Verdict; 5] = [
    Verdict::Holds,
    Verdict::InPart,
    Verdict::False,
    Verdict::Bound,
    Verdict::NotBehaviour,
];

/// The part that is the same on every machine.
pub fn from_source() -> String {
    let mut text = String::from(
        "# The five pages, statement by statement\n\n\
         `cargo xtask pages` writes this file from the tables in `verify/probe/`, which `sfprobe` is built\n\
         from. The statements are paraphrased; the verdicts are for current kernels. Checks that differ on\n\
         an older kernel or an emulator are in the table of known differences.\n\n",
    );
    counts(&mut text);
    contradictions(&mut text);
    for (page, title, statements) in PAGES {
        let _ = write!(
            text,
            "## {page}: {title}\n\n\
             | | statement | verdict | why | source | checks |\n|---|---|---|---|---|---|\n"
        );
        for statement in statements {
            text += &statement_row(statement);
        }
        text.push('\n');
    }
    checks(&mut text);
    text
}

fn counts(text: &mut String) {
    *text += "| page | statements |";
    for verdict in VERDICTS {
        let _ = write!(text, " {} |", verdict.name());
    }
    *text += " checked |\n|---|---|---|---|---|---|---|---|\n";
    for (page, _, statements) in PAGES {
        let of = |verdict| {
            statements
                .iter()
                .filter(|one| one.verdict == verdict)
                .count()
        };
        let _ = write!(text, "| {page} | {} |", statements.len());
        for verdict in VERDICTS {
            let _ = write!(text, " {} |", of(verdict));
        }
        let checked = statements.iter().filter(|one| one.unchecked.is_none());
        let _ = writeln!(text, " {} |", checked.count());
    }
    text.push('\n');
}

fn contradictions(text: &mut String) {
    *text += "## Where the pages contradict each other\n\n\
              | about | the pages | the fact | what int80 does |\n|---|---|---|---|\n";
    for one in CONTRADICTIONS {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            one.about, one.says, one.so, one.int80
        );
    }
    text.push('\n');
}

/// A statement's row in the table of its page.
pub fn statement_row(statement: &Statement) -> String {
    let checks = match statement.unchecked {
        Some(why) => format!("none: {why}"),
        None => {
            let names = by_statement(statement.id).map(|check| format!("`{}`", check.name()));
            names.collect::<Vec<_>>().join(", ")
        }
    };
    format!(
        "| {} | {} | {} | {} | {} | {checks} |\n",
        statement.id,
        statement.says,
        statement.verdict.name(),
        statement.because,
        statement.source
    )
}

fn checks(text: &mut String) {
    *text += "## The checks\n\n\
              | check | what a current kernel does | shows |\n|---|---|---|\n";
    for check in &CHECKS {
        let (name, shows, what) = check.parts();
        let _ = writeln!(text, "| `{name}` | {what} | {shows} |");
    }
    *text += "\n## Known differences\n\n\
              | check | on | result there | reason |\n|---|---|---|---|\n";
    for row in &DIFFERENCES {
        let names: Vec<&str> = row.cause.profiles.iter().map(|one| one.name()).collect();
        let seen = said(row.seen);
        let _ = writeln!(
            text,
            "| `{}` | {} | {seen} | {} |",
            row.check,
            names.join(", "),
            row.cause.why
        );
    }
    text.push('\n');
}

/// The whole document.
pub fn document(runs: &[Run], versions: &str) -> String {
    format!(
        "{}## Results on one machine\n\n{versions}\n\n{}\n\n\
         `yes`: all checks of the statement have the result of a current kernel. `differs`: one has\n\
         not, for the reason in the table of known differences. `skipped`: a check could not run.\n\n{}",
        from_source(),
        summary(runs),
        matrix(runs)
    )
}

/// One line: the numbers.
pub fn summary(runs: &[Run]) -> String {
    let all = statements().count();
    let checked = statements().filter(|one| one.unchecked.is_none()).count();
    let checks = CHECKS.len();
    let mut text =
        format!("{SUMMARY}{all} statements, {checked} of them checked by {checks} checks");
    for run in runs {
        let _ = match &run.lines {
            Err(_) => write!(text, "; {}: not tried", run.way.name),
            Ok(lines) => {
                let count = |wanted: fn(&State) -> bool| {
                    lines.iter().filter(|line| wanted(&line.state)).count()
                };
                let ok = count(|state| *state == State::Ok);
                let differs = count(|state| matches!(state, State::NotOk { .. }));
                let skipped = count(|state| matches!(state, State::Skipped(_)));
                write!(
                    text,
                    "; {}: {ok} as on today's kernel, {differs} known differences, {skipped} skipped",
                    run.way.name
                )
            }
        };
    }
    text + "."
}

/// Statement × way.
pub fn matrix(runs: &[Run]) -> String {
    let mut text = String::from("| |");
    for way in WAYS {
        let _ = write!(text, " {} |", way.name);
    }
    text += "\n|---|---|---|---|---|\n";
    for statement in statements().filter(|one| one.unchecked.is_none()) {
        let _ = write!(text, "| {} |", statement.id);
        for run in runs {
            let _ = write!(text, " {} |", cell(run, statement));
        }
        text.push('\n');
    }
    text
}

fn cell(run: &Run, statement: &Statement) -> String {
    let Ok(lines) = &run.lines else {
        return "not tried".to_owned();
    };
    let shown: Vec<&Check> = by_statement(statement.id).collect();
    let found = |check: &&&Check| lines.iter().find(|line| line.name == check.name());
    let state = |check: &&&Check| found(check).map(|line| &line.state);
    let differing: Vec<String> = shown
        .iter()
        .filter(|check| matches!(state(check), Some(State::NotOk { .. })))
        .map(|check| format!("`{}`", check.name()))
        .collect();
    if !differing.is_empty() {
        return format!("differs: {}", differing.join(", "));
    }
    let skipped = shown
        .iter()
        .any(|check| matches!(state(&check), Some(State::Skipped(_))));
    match skipped {
        true => "skipped".to_owned(),
        false => "yes".to_owned(),
    }
}
