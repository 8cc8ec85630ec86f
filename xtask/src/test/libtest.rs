//! Counts what test programs say: the result lines of Rust's test runner, and
//! the lines `skipped: NAME: reason` of tests that could not run.

use super::report::{Report, Skip};
use std::process::ExitStatus;

/// What was heard from one run of `cargo test`, which may be many programs.
#[derive(Default)]
pub struct Counter {
    passed: usize,
    failed: usize,
    ignored: usize,
    names: Vec<String>,
    skipped: Vec<Skip>,
}

impl Counter {
    pub fn line(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("skipped: ") {
            // A path in a name has colons without a space.
            let (name, reason) = rest.split_once(": ").unwrap_or((rest, "no reason given"));
            self.skipped.push(Skip {
                name: name.trim().to_owned(),
                reason: reason.trim().to_owned(),
            });
        } else if let Some(name) = failed_name(line) {
            self.names.push(name.to_owned());
        } else if let Some([passed, failed, ignored]) = result_line(line) {
            self.passed += passed;
            self.failed += failed;
            self.ignored += ignored;
        }
    }

    /// A test that says `skipped:` returns without a panic, so the runner has
    /// counted it among those that passed.
    pub fn report(self, status: ExitStatus, command: &str) -> Report {
        let mut failures = self.names;
        for unnamed in failures.len()..self.failed {
            failures.push(format!("test {} of `{command}`", unnamed + 1));
        }
        if self.passed + self.failed == 0 {
            failures.push(format!("no test was run ({status}): `{command}`"));
        } else if !status.success() && self.failed == 0 {
            failures.push(format!(
                "`{command}` failed ({status}) outside of its tests"
            ));
        }
        let mut skipped = self.skipped;
        let passed = match self.passed.checked_sub(skipped.len()) {
            Some(passed) => passed,
            None => {
                failures.push("more tests say `skipped:` than have passed".to_owned());
                0
            }
        };
        skipped.extend((0..self.ignored).map(|_| Skip {
            name: "a test".to_owned(),
            reason: "marked as ignored in the source".to_owned(),
        }));
        Report {
            passed,
            failures,
            skipped,
            ..Report::default()
        }
    }
}

/// `test NAME ... FAILED`
fn failed_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    // Some runners pad the names to one width.
    Some(name.trim_end())
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …`: the three numbers.
fn result_line(line: &str) -> Option<[usize; 3]> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut numbers = [0; 3];
    for (number, word) in numbers.iter_mut().zip(["passed", "failed", "ignored"]) {
        let count = counts
            .split(';')
            .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok());
        *number = count?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn count(lines: &str, code: i32) -> Report {
        let mut counter = Counter::default();
        lines.lines().for_each(|line| counter.line(line));
        counter.report(ExitStatus::from_raw(code << 8), "cargo test")
    }

    const GOOD: &str = "\
running 4 tests
test a ... ok
skipped: m::b: no 32-bit entry: ENOEXEC
test b ... ok
test c ... ignored
test d ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
running 1 test
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
";

    #[test]
    fn the_result_lines_of_all_programs_are_added() {
        let report = count(GOOD, 0);
        assert_eq!((report.passed, report.failures.len()), (3, 0));
        assert_eq!(report.skipped.len(), 2);
        assert_eq!(report.skipped[0].name, "m::b");
        assert_eq!(report.skipped[0].reason, "no 32-bit entry: ENOEXEC");
    }

    #[test]
    fn a_failed_test_is_counted_once_and_named() {
        let text = "test a ... FAILED\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; \
                    0 measured; 0 filtered out; finished in 0.01s";
        let report = count(text, 101);
        assert_eq!(report.passed, 2);
        assert_eq!(report.failures, ["a"]);
    }

    #[test]
    fn a_failed_test_whose_line_was_torn_still_counts() {
        let text = "test a ... noise\nFAILED\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; \
                    0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(count(text, 101).failures.len(), 1);
    }

    #[test]
    fn nothing_run_is_a_failure_and_so_is_a_bad_end() {
        assert_eq!(count("", 0).failures.len(), 1);
        assert_eq!(count("error: could not compile", 101).failures.len(), 1);
        let none = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; \
                    finished in 0.01s";
        assert_eq!(count(none, 0).failures.len(), 1);
        // The second test program was killed: it leaves no result line.
        assert_eq!(count(GOOD, 101).failures.len(), 1);
    }

    #[test]
    fn more_skipped_than_passed_is_a_failure() {
        let text = "skipped: a: x\nskipped: a: x\ntest result: ok. 1 passed; 0 failed; 0 ignored; \
                    0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(count(text, 0).failures.len(), 1);
    }
}
