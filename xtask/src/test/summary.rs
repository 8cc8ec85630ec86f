//! The summary: a table, the reasons, and one plain line at the very end.

use super::Done;
use crate::table::table;
use comfy_table::Table;
use std::fmt::Write;

pub fn text(done: &[Done], advice: &[String]) -> String {
    let mut text = format!("\n{}\n", counts(done).trim_fmt());
    told(&mut text, done);
    skipped(&mut text, done);
    for line in advice {
        let _ = writeln!(text, "  {line}");
    }
    failed(&mut text, done);
    let passed: usize = done.iter().map(|done| done.report.passed).sum();
    let failed: usize = done.iter().map(|done| done.report.failures.len()).sum();
    let skipped: usize = done.iter().map(|done| done.report.skipped.len()).sum();
    let _ = write!(
        text,
        "\n{passed} passed, {failed} failed, {skipped} skipped"
    );
    text
}

fn counts(done: &[Done]) -> Table {
    let header = ["step", "where", "passed", "failed", "skipped", "seconds"];
    let mut table = table(&header, &[2, 3, 4, 5]);
    for Done {
        step,
        report,
        seconds,
    } in done
    {
        table.add_row([
            step.name.to_owned(),
            step.place.to_owned(),
            report.passed.to_string(),
            report.failures.len().to_string(),
            report.skipped.len().to_string(),
            format!("{seconds:.1}"),
        ]);
    }
    table
}

/// How many names are given for a reason that many tests share.
const NAMES: usize = 3;

/// The reasons of the skipped, each once for each step.
fn skipped(text: &mut String, done: &[Done]) {
    if done.iter().all(|done| done.report.skipped.is_empty()) {
        return;
    }
    let _ = writeln!(text, "\nSkipped:");
    for one in done {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for skip in &one.report.skipped {
            let known = reasons
                .iter_mut()
                .find(|(reason, _)| *reason == skip.reason);
            match known {
                Some((_, names)) => names.push(&skip.name),
                None => reasons.push((&skip.reason, vec![&skip.name])),
            }
        }
        for (reason, names) in reasons {
            let named = names[..names.len().min(NAMES)].join(", ");
            let more = match names.len().saturating_sub(NAMES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let _ = writeln!(text, "  {}: {reason}: {named}{more}", one.step.name);
        }
    }
}

fn told(text: &mut String, done: &[Done]) {
    for one in done {
        for told in &one.report.told {
            let _ = writeln!(text, "Told: {}: {told}", one.step.name);
        }
    }
}

fn failed(text: &mut String, done: &[Done]) {
    if done.iter().all(|done| done.report.failures.is_empty()) {
        return;
    }
    let _ = writeln!(text, "\nFailed:");
    for one in done {
        for failure in &one.report.failures {
            let _ = writeln!(text, "  {}: {failure}", one.step.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::{
        report::{Report, Skip},
        steps::STEPS,
    };

    #[test]
    fn the_last_line_is_plain_and_adds_up() {
        let skip = |name: &str| Skip {
            name: name.to_owned(),
            reason: "no qemu".to_owned(),
        };
        let reports = [
            Report {
                passed: 3,
                failures: Vec::new(),
                skipped: ["a", "b", "c", "d", "e"].map(skip).to_vec(),
                told: vec!["7 warnings".to_owned()],
            },
            Report {
                passed: 1,
                failures: vec!["f".to_owned()],
                skipped: vec![skip("a")],
                ..Report::default()
            },
        ];
        let done: Vec<Done> = reports
            .into_iter()
            .zip(STEPS)
            .map(|(report, step)| Done {
                step,
                report,
                seconds: 0.5,
            })
            .collect();
        let text = text(&done, &["run this".to_owned()]);
        assert_eq!(text.lines().last(), Some("4 passed, 1 failed, 6 skipped"));
        assert!(text.contains("no qemu: a, b, c and 2 more\n"), "{text}");
        assert!(text.contains("no qemu: a\n"), "{text}");
        for part in ["Failed:", "7 warnings", "run this"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
