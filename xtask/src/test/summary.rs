//! The summary: a table, the reasons, and one plain line at the very end.

use super::Done;
use crate::table::table;
use comfy_table::Table;
use std::fmt::Write;

pub fn text(done: &[Done]) -> String {
    let mut text = format!("\n{}\n", counts(done).trim_fmt());
    list(&mut text, done, "Skipped", |done| &done.report.skipped);
    list(&mut text, done, "Failed", |done| &done.report.failures);
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

/// Each reason once for each step, with how often it was given.
fn list(text: &mut String, done: &[Done], title: &str, of: impl Fn(&Done) -> &Vec<String>) {
    if done.iter().all(|done| of(done).is_empty()) {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for one in done {
        let all = of(one);
        for (place, reason) in all.iter().enumerate() {
            if all[..place].contains(reason) {
                continue;
            }
            let times = match all.iter().filter(|other| *other == reason).count() {
                1 => String::new(),
                count => format!(" ({count} times)"),
            };
            let _ = writeln!(text, "  {}: {reason}{times}", one.step.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::{report::Report, steps::STEPS};

    #[test]
    fn the_last_line_is_plain_and_adds_up() {
        let report = |passed, failures: &[&str], skipped: &[&str]| Report {
            passed,
            failures: failures.iter().map(|text| (*text).to_owned()).collect(),
            skipped: skipped.iter().map(|text| (*text).to_owned()).collect(),
        };
        let reports = [
            report(3, &[], &["no qemu", "no qemu"]),
            report(1, &["a"], &["no qemu"]),
        ];
        let done: Vec<Done> = reports
            .into_iter()
            .zip(&STEPS)
            .map(|(report, step)| Done {
                step,
                report,
                seconds: 0.5,
            })
            .collect();
        let text = text(&done);
        assert_eq!(text.lines().last(), Some("4 passed, 1 failed, 3 skipped"));
        assert!(text.contains("no qemu (2 times)"), "{text}");
        assert!(text.contains("Failed:"), "{text}");
    }
}
