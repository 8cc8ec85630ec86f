//! What came of each run: right, a known difference, skipped, or wrong.

use super::{
    heard::{End, Heard},
    list::{Lack, Subject},
    plan::Task,
};
use crate::pages::{
    said,
    tap::{self, State},
};
use int80_probe::Profile;
use int80_support::ways::{Arch, Gate};

/// execve's errno where the kernel does not take the program's format.
const ENOEXEC: i32 = 8;

/// What came of one run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// Checks that were as expected; a copy that arrived whole counts as one.
    pub passed: usize,
    /// Checks that differ, and the reason that is known.
    pub known: Vec<(String, &'static str)>,
    /// Checks that were not tried, and why.
    pub skipped: Vec<(String, String)>,
    pub failures: Vec<String>,
    /// The kernel does not have what this run needs, and the reason.
    pub lacks: Option<&'static str>,
}

/// One for each task.
pub fn all(subject: &Subject, tasks: &[Task], heard: &Heard) -> Vec<Came> {
    let mut ends = heard.ends.iter();
    let mut over = false;
    let judged = tasks.iter().map(|task| match ends.next() {
        Some(end) => one(subject, task, end),
        // The first one without an end is the one that hung or was cut off.
        None if over => failed("it was not begun".to_owned()),
        None => {
            over = true;
            failed("it did not end".to_owned())
        }
    });
    judged.collect()
}

fn failed(why: String) -> Came {
    Came {
        failures: vec![why],
        ..Came::default()
    }
}

fn one(subject: &Subject, task: &Task, end: &End) -> Came {
    let needs = |lack: &Lack| match lack {
        Lack::I386 => task.arch == Arch::I386,
        Lack::Sysinfo => task.gate == Gate::Sysinfo,
    };
    if let Some((lack, why)) = subject.lacks.iter().find(|(lack, _)| needs(lack)) {
        let is_absent = match lack {
            Lack::I386 => end.refused == Some(ENOEXEC),
            // The tools say themselves which option cannot be done.
            Lack::Sysinfo => end.output.contains(": --gate: ") && !end.how.starts_with("exited 0"),
        };
        return match is_absent {
            true => Came {
                lacks: Some(why),
                ..Came::default()
            },
            false => failed(format!(
                "{why}, but it {}: {}",
                end.how,
                first_line(&end.output)
            )),
        };
    }
    if let Some(errno) = end.refused {
        return failed(format!("it could not be started, errno {errno}"));
    }
    match task.is_probe() {
        true => probe(subject.profile, end),
        false if end.how == "exited 0 whole" => Came {
            passed: 1,
            ..Came::default()
        },
        false => failed(format!("it {}: {}", end.how, first_line(&end.output))),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("without a word")
}

fn probe(profile: Profile, end: &End) -> Came {
    // An emulator tells on its own account that a check's process has faulted.
    let told = end
        .output
        .lines()
        .filter(|line| !line.starts_with("qemu: "));
    let told: String = told.map(|line| format!("{line}\n")).collect();
    let lines = match tap::parse(&told) {
        Ok(lines) => lines,
        Err(error) => return failed(format!("it {}: {error:#}", end.how)),
    };
    let mut came = Came::default();
    let all_ok = !lines
        .iter()
        .any(|line| matches!(line.state, State::NotOk { .. }));
    for line in lines {
        let known = int80_probe::known(&line.name, profile);
        match (line.state, known) {
            (State::Skipped(reason), _) => came.skipped.push((line.name, reason)),
            (State::Ok, None) => came.passed += 1,
            (State::NotOk { seen }, Some(known)) if seen == said(known.seen) => {
                came.known.push((line.name, known.cause.why));
            }
            (State::NotOk { seen }, _) => came.failures.push(format!("{}: {seen}", line.name)),
            (State::Ok, Some(_)) => {
                let text = format!("{}: the known difference is not seen", line.name);
                came.failures.push(text);
            }
        }
    }
    let status = if all_ok { "exited 0" } else { "exited 1" };
    if end.how != status {
        came.failures.push(format!("it {}, not {status}", end.how));
    }
    came
}

#[cfg(test)]
mod tests {
    use super::{
        super::{list::SUBJECTS, plan},
        *,
    };

    const TAP: &str = "TAP version 13\n1..3\nok 1 - a (P0.1): x\nnot ok 2 - cell-no-access (P0.2): x\n  \
                       ---\n  seen: 0\n  ...\nok 3 - c (P0.3): x # SKIP why\n";

    fn subject(name: &str) -> &'static Subject {
        SUBJECTS.iter().find(|one| one.name == name).unwrap()
    }

    fn end(output: &str, how: &str, refused: Option<i32>) -> End {
        End {
            output: output.to_owned(),
            how: how.to_owned(),
            refused,
        }
    }

    #[test]
    fn a_difference_is_known_on_its_kernel_and_a_failure_elsewhere() {
        let told = end(TAP, "exited 1", None);
        let there = probe(Profile::UserMode, &told);
        assert_eq!((there.passed, there.known.len()), (1, 1));
        assert_eq!(there.skipped, [("c".to_owned(), "why".to_owned())]);
        assert_eq!(there.failures, Vec::<String>::new());
        let elsewhere = probe(Profile::Linux, &told);
        assert_eq!(elsewhere.failures, ["cell-no-access: 0"]);
    }

    #[test]
    fn a_known_difference_with_another_value_is_a_failure() {
        let other = TAP.replace("seen: 0", "seen: -14");
        let came = probe(Profile::UserMode, &end(&other, "exited 1", None));
        assert_eq!(came.failures, ["cell-no-access: -14"]);
    }

    #[test]
    fn what_an_emulator_says_itself_is_no_part_of_the_report() {
        let with = TAP.replace("not ok", "qemu: uncaught target signal 11\nnot ok");
        let came = probe(Profile::UserMode, &end(&with, "exited 1", None));
        assert_eq!(came.failures, Vec::<String>::new());
    }

    #[test]
    fn a_known_difference_that_is_gone_is_a_failure() {
        let good = TAP
            .replace("not ok", "ok")
            .replace("  ---\n  seen: 0\n  ...\n", "");
        let came = probe(Profile::UserMode, &end(&good, "exited 0", None));
        assert_eq!(
            came.failures,
            ["cell-no-access: the known difference is not seen"]
        );
        assert_eq!(
            probe(Profile::Linux, &end(&good, "exited 0", None)).failures,
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_report_that_is_cut_and_a_status_that_does_not_go_with_it_are_failures() {
        let cut = TAP.replace("ok 3 - c (P0.3): x # SKIP why\n", "");
        assert_eq!(
            probe(Profile::UserMode, &end(&cut, "exited 1", None))
                .failures
                .len(),
            1
        );
        assert_eq!(
            probe(Profile::UserMode, &end(TAP, "killed 11", None))
                .failures
                .len(),
            1
        );
    }

    /// Every tool of a kernel, as files without contents.
    fn tasks(subject: &Subject) -> Vec<Task> {
        let dist = tempfile::tempdir().unwrap();
        for arch in Arch::ALL {
            let folder = dist.path().join(arch.name());
            std::fs::create_dir(&folder).unwrap();
            std::fs::write(folder.join("sfcat"), "").unwrap();
        }
        plan::tasks(subject, dist.path()).0
    }

    #[test]
    fn what_a_kernel_lacks_must_be_refused_and_nothing_else() {
        let off = subject("amd64 6.12, ia32_emulation=off");
        let tasks = tasks(off);
        let refused = one(off, &tasks[0], &end("", "exited 127", Some(8)));
        assert_eq!(
            refused.lacks,
            Some("the kernel was told ia32_emulation=off")
        );
        let runs = one(off, &tasks[0], &end("", "exited 0 whole", None));
        assert_eq!(runs.failures.len(), 1);
        let last = tasks.last().unwrap();
        assert_eq!(one(off, last, &end("", "exited 0 whole", None)).passed, 1);
        assert_eq!(
            one(off, last, &end("", "exited 127", Some(8)))
                .failures
                .len(),
            1
        );
        let short = one(
            off,
            last,
            &end("no room\n", "exited 0 ends at byte 7", None),
        );
        assert_eq!(short.failures, ["it exited 0 ends at byte 7: no room"]);
    }

    #[test]
    fn a_kernel_that_stops_fails_in_the_run_that_did_not_end() {
        let kernel = subject("i386 6.1");
        let tasks = tasks(kernel);
        let mut heard = Heard::default();
        heard.ends.push(end("", "exited 0 whole", None));
        let came = all(kernel, &tasks, &heard);
        assert_eq!(came.len(), tasks.len());
        assert_eq!(came[0].passed, 1);
        assert_eq!(came[1].failures, ["it did not end"]);
        assert_eq!(came[2].failures, ["it was not begun"]);
    }
}
