//! `cargo xtask kernels`: the tools on kernels and emulators that this machine
//! does not run, and `docs/kernels.md`, which is written from it.
//!
//! Everything is in `target/kernels/`. A kernel starts `verify/init` as its
//! first process, which runs what `plan` says.

mod boot;
mod document;
mod fetch;
mod heard;
mod judge;
mod list;
mod plan;

use crate::{
    Session, build,
    progress::{Progress, say},
    scratch,
    setup::{self, Machine, Need},
    test::report::{Report, Skip},
};
use anyhow::{Result, ensure};
use boot::Boot;
use document::DOCUMENT;
use fetch::{Fetched, Store};
use int80_support::ways::Arch;
use judge::Came;
use list::{How, Origin, SUBJECTS, Subject};
use plan::Task;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The longest that all of them may take together.
const LIMIT: Duration = Duration::from_secs(10 * 60);
/// What the slowest takes: with less time left, none is begun.
const SLOWEST: Duration = Duration::from_secs(60);

#[derive(clap::Args)]
pub struct Options {
    /// Run only those whose name has this in it; may be given several times
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// List them and run nothing
    #[arg(long)]
    pub list: bool,
}

/// What came of one kernel, or why it was not run.
struct Row {
    subject: &'static Subject,
    state: Need<Done>,
}

struct Done {
    /// Its release and machine.
    kernel: String,
    package: String,
    tasks: Vec<(Task, Came)>,
    /// What was not run, and why.
    missing: Vec<(String, String)>,
    troubles: Vec<String>,
}

impl Done {
    fn failures(&self) -> Vec<String> {
        let of_tasks = self.tasks.iter().flat_map(|(task, came)| {
            let name = task.name();
            came.failures
                .iter()
                .map(move |why| format!("{name}: {why}"))
        });
        self.troubles.iter().cloned().chain(of_tasks).collect()
    }
}

/// The names, and where each comes from.
pub fn list() -> String {
    SUBJECTS
        .iter()
        .map(|one| format!("{}\n", one.name))
        .collect()
}

/// The `kernels` command. `false`: something came out otherwise than is known.
pub fn command(session: &Session, setup: setup::Options, options: &Options) -> Result<bool> {
    let subjects = choose(&options.only)?;
    let rows = run(session, setup, &subjects)?;
    println!("\n{}", document::table(&rows));
    println!("{}", document::reasons(&rows));
    let failed = rows.iter().any(|row| match &row.state {
        Ok(done) => !done.failures().is_empty(),
        Err(_) => false,
    });
    let is_whole = subjects.len() == SUBJECTS.len() && rows.iter().all(|row| row.state.is_ok());
    match (failed, is_whole) {
        (true, _) => {}
        (false, false) => println!("{DOCUMENT} is left as it was: not all were run"),
        (false, true) => {
            fs::write(session.paths.root.join(DOCUMENT), document::document(&rows))?;
            println!("{DOCUMENT} is written");
        }
    }
    Ok(!failed)
}

/// Those with one of these texts in their names, or all where there is none.
fn choose(only: &[String]) -> Result<Vec<&'static Subject>> {
    let has = |subject: &Subject, text: &String| subject.name.contains(text);
    for text in only {
        ensure!(
            SUBJECTS.iter().any(|one| has(one, text)),
            "no kernel has `{text}` in its name; the names are:\n{}",
            list()
        );
    }
    let is_chosen = |one: &&Subject| only.is_empty() || only.iter().any(|text| has(one, text));
    Ok(SUBJECTS.iter().filter(is_chosen).collect())
}

/// The quickest ones, for `cargo xtask test`.
pub fn quick(session: &Session) -> Result<Report> {
    let subjects: Vec<_> = SUBJECTS.iter().filter(|one| one.quick).collect();
    let rows = run(session, setup::Options::default(), &subjects)?;
    println!("{}", document::table(&rows));
    let mut report = Report::default();
    for row in &rows {
        let name = row.subject.name;
        let done = match &row.state {
            Ok(done) => done,
            Err(why) => {
                say("kernels", &format!("skipped: {name}: {why}"));
                report = report.and(Report::skipped_one(name, why));
                continue;
            }
        };
        let ran = done
            .tasks
            .iter()
            .filter(|(_, came)| came.failures.is_empty());
        report.passed += ran.count();
        let failures = done.failures().into_iter();
        report
            .failures
            .extend(failures.map(|why| format!("{name}: {why}")));
        report
            .skipped
            .extend(done.missing.iter().map(|(tool, why)| Skip {
                name: format!("{name}: {tool}"),
                reason: why.clone(),
            }));
    }
    Ok(report)
}

fn run(
    session: &Session,
    setup: setup::Options,
    subjects: &[&'static Subject],
) -> Result<Vec<Row>> {
    let folder = session.paths.target.join("kernels");
    fs::create_dir_all(&folder)?;
    let _lock = setup::lock::take(&folder, "kernels")?;
    build::all(session)?;
    let inits = Arch::ALL.map(|arch| build::init(session, arch));
    let mut store = Store::new(&session.paths, setup, &folder);
    let mut progress = Progress::new("kernels", subjects.len());
    let mut rows = Vec::new();
    let end = Instant::now() + LIMIT;
    for &subject in subjects {
        progress.next(subject.name);
        let start = Instant::now();
        let mut ready = || -> Need<Ready> {
            can_run(&session.machine, subject)?;
            Ok(Ready {
                init: init(&inits, subject.first)?,
                fetched: store.fetch(subject)?,
                limit: left(end, Instant::now(), subject.name)?,
            })
        };
        let state = match ready() {
            Ok(ready) => one(session, &folder, subject, &ready, &progress)?,
            Err(why) => Err(why),
        };
        let row = Row { subject, state };
        let seconds = start.elapsed().as_secs();
        progress.say(&format!("{}, {seconds} s", document::line(&row)));
        for failure in row.state.as_ref().map(Done::failures).unwrap_or_default() {
            progress.say(&format!("  {failure}"));
        }
        rows.push(row);
    }
    progress.finish();
    Ok(rows)
}

/// What a kernel needs to be run.
struct Ready {
    init: PathBuf,
    fetched: Fetched,
    limit: Duration,
}

/// How long a kernel may take at `now`, where all have to come to their end at
/// `end`.
fn left(end: Instant, now: Instant, name: &str) -> Need<Duration> {
    let left = end.saturating_duration_since(now);
    match left < SLOWEST {
        true => Err(format!(
            "{} minutes are over: `--only '{name}'` runs it",
            LIMIT.as_secs() / 60
        )),
        false => Ok(left),
    }
}

fn init(inits: &[Need<PathBuf>; 2], arch: Arch) -> Need<PathBuf> {
    inits[Arch::ALL.iter().position(|one| *one == arch).unwrap_or(0)].clone()
}

/// Whether this machine's own kernel does what it takes.
fn can_run(machine: &Machine, subject: &Subject) -> Need<()> {
    match (subject.how, subject.first, subject.origin) {
        (How::Program, Arch::I386, _) => {
            machine.kernel.clone()?;
            machine.libc32.clone()
        }
        // It runs i386 programs on this kernel.
        (How::InFront(_), _, Origin::Installed(..)) => machine.kernel.clone().map(drop),
        _ => Ok(()),
    }
}

fn one(
    session: &Session,
    folder: &Path,
    subject: &'static Subject,
    ready: &Ready,
    progress: &Progress,
) -> Result<Need<Done>> {
    let scratch = scratch::folder(folder, "run")?;
    let (tasks, missing) = plan::tasks(subject, &session.paths.dist);
    let boot = Boot {
        subject,
        fetched: &ready.fetched,
        tasks: &tasks,
        dist: &session.paths.dist,
        init: &ready.init,
        scratch: scratch.path(),
        limit: ready.limit,
    };
    let heard = boot.run(progress)?;
    // A sandbox may not let it begin; a kernel that begins and fails says so.
    let has_begun = heard.kernel.is_some() || heard.last.contains("Kernel panic");
    if subject.how == How::Program && !has_begun {
        return Ok(Err(format!("it cannot start here: {}", heard.last)));
    }
    let came = judge::all(subject, &tasks, &heard);
    Ok(Ok(Done {
        kernel: heard.kernel.unwrap_or_default(),
        package: ready.fetched.package.clone(),
        tasks: tasks.into_iter().zip(came).collect(),
        missing,
        troubles: heard.troubles,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_to_be_in_a_name() {
        let names = |only: &[&str]| -> Result<Vec<&str>> {
            let only: Vec<String> = only.iter().map(|text| (*text).to_owned()).collect();
            Ok(choose(&only)?.iter().map(|one| one.name).collect())
        };
        assert_eq!(names(&[]).unwrap().len(), SUBJECTS.len());
        assert_eq!(names(&[SUBJECTS[1].name]).unwrap(), [SUBJECTS[1].name]);
        let error = names(&[SUBJECTS[1].name, "typo"]).unwrap_err().to_string();
        assert!(error.contains("typo"), "{error}");
        assert!(error.contains(SUBJECTS[0].name), "{error}");
    }

    #[test]
    fn no_kernel_is_begun_that_could_not_end_in_time() {
        let now = Instant::now();
        assert_eq!(left(now + LIMIT, now, "one"), Ok(LIMIT));
        let reason = left(now + SLOWEST / 2, now, "one").unwrap_err();
        assert!(reason.contains("--only 'one'"), "{reason}");
        // The end has passed.
        assert!(left(now, now + SLOWEST, "one").is_err());
    }
}
