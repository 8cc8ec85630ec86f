//! sfserve beside other servers of files, asked by wrk.

mod least;
mod load;
mod process;
mod server;

use anyhow::{Result, ensure};
use std::{cell::RefCell, fs, path::Path, thread};

use crate::{
    Stage,
    machine::Machine,
    results::{Row, Section, Table},
    rounds::{Rounds, Subject, interleave},
};
pub use least::serve as serve_least;
use load::Client;
use server::{Kind, Server};

/// What others are compared with, as Debian's own packages have it.
const BASE: &str = "nginx";

const METHOD: &str = "wrk with one thread asks for one second; each run is of a server that was \
    started for it, on the first core, with one process that serves and without a log. The time is \
    that from one response to the next; that of the processor is of all processes of the server. A \
    response that is no success ends the measurement. `least` answers with what was put together \
    at its start, by recvfrom, sendto and sendfile alone, and reads no more of a request than a \
    number: the kernel's part.";

/// What is asked for, and where from.
#[derive(Clone, Copy, Debug)]
struct Case {
    kib: u64,
    keep_alive: bool,
    same_core: bool,
}

const fn case(kib: u64, keep_alive: bool, same_core: bool) -> Case {
    Case {
        kib,
        keep_alive,
        same_core,
    }
}

/// The files are named by their sizes.
const CASES: [Case; 8] = [
    case(1, true, true),
    case(64, true, true),
    case(1024, true, true),
    case(16 * 1024, true, true),
    case(1, false, true),
    case(1, true, false),
    case(64, true, false),
    case(1, false, false),
];

impl Case {
    fn title(self) -> String {
        let connection = if self.keep_alive {
            "kept connections"
        } else {
            "a connection each"
        };
        let core = if self.same_core {
            "the same core"
        } else {
            "another core"
        };
        format!("{} KiB, {connection}, wrk on {core}", self.kib)
    }

    /// Those of its two tables.
    fn titles(self) -> [String; 2] {
        ["time of the processor per response", "time per response"]
            .map(|what| format!("{}: {what}", self.title()))
    }
}

/// The `http` section.
pub fn measure(stage: &Stage<'_>) -> Result<Section> {
    let mut section = Section {
        name: "http".to_owned(),
        method: METHOD.to_owned(),
        tables: Vec::new(),
        skipped: Vec::new(),
        machine: Machine::this(),
    };
    let missing = ["wrk", "taskset"]
        .into_iter()
        .find(|name| which::which(name).is_err());
    if let Some(name) = missing {
        section
            .skipped
            .push(format!("all: {name} is not installed"));
        return Ok(section);
    }
    let mut kinds = Vec::new();
    for (kind, state) in Kind::all(&stage.available) {
        match state {
            Ok(()) => kinds.push(kind),
            Err(reason) => section.skipped.push(format!("{}: {reason}", kind.name())),
        }
    }
    let site = tempfile::tempdir()?;
    for kib in CASES.map(|case| case.kib) {
        fs::write(
            site.path().join(kib.to_string()),
            vec![b'x'; kib as usize * 1024],
        )?;
    }
    let dist = &stage.available.dist;
    section.tables = once_each(&kinds, site.path(), dist)?;
    let two = thread::available_parallelism()?.get() > 1;
    let cases = CASES.into_iter().filter(|case| case.same_core || two);
    if !two {
        section
            .skipped
            .push("wrk on another core: this machine has one".to_owned());
    }
    let rounds = stage.rounds(9);
    for case in cases {
        section
            .tables
            .extend(compare(case, &kinds, rounds, site.path(), dist)?);
    }
    Ok(section)
}

/// What does not depend on the load: start, memory, size.
fn once_each(kinds: &[Kind], site: &Path, dist: &Path) -> Result<Vec<Table>> {
    let [mut start, mut memory, mut size] = [Vec::new(), Vec::new(), Vec::new()];
    for kind in kinds {
        let private = tempfile::tempdir()?;
        let server = Server::start(*kind, 0, site, private.path(), dist)?;
        let pid = server.child.id();
        let of = |sample: f64| Row {
            name: kind.name(),
            own: kind.own(),
            samples: vec![sample],
        };
        start.push(of(server.start.as_secs_f64() * 1e6));
        memory.push(of(process::memory(pid) as f64));
        size.push(of(process::size(pid) as f64));
    }
    Ok(vec![
        table("HTTP: start to first answer", "µs", start),
        table("HTTP: memory after one answer", "KiB", memory),
        table("HTTP: program and libraries", "bytes", size),
    ])
}

fn table(title: &str, unit: &str, rows: Vec<Row>) -> Table {
    Table {
        title: title.to_owned(),
        unit: unit.to_owned(),
        base: BASE.to_owned(),
        reference: None,
        rows,
    }
}

/// Two tables of the same runs: time, and time of the processor.
fn compare(
    case: Case,
    kinds: &[Kind],
    rounds: Rounds,
    site: &Path,
    dist: &Path,
) -> Result<[Table; 2]> {
    let cpu: Vec<RefCell<Vec<f64>>> = kinds.iter().map(|_| RefCell::default()).collect();
    let [of_processor_title, title] = case.titles();
    let subjects = kinds.iter().zip(&cpu).map(|(kind, cpu)| Subject {
        name: kind.name(),
        own: kind.own(),
        run: Box::new(move || {
            let (time, of_processor) = run(case, *kind, site, dist)?;
            cpu.borrow_mut().push(of_processor);
            Ok(time)
        }),
    });
    let rows = interleave(&case.title(), rounds, subjects.collect())?;
    let of_processor = rows.iter().zip(&cpu).map(|(row, cpu)| Row {
        name: row.name.clone(),
        own: row.own,
        // The first round does not count.
        samples: cpu.borrow().iter().skip(1).copied().collect(),
    });
    let of_processor = of_processor.collect();
    Ok([
        table(&of_processor_title, "µs", of_processor),
        table(&title, "µs", rows),
    ])
}

/// Microseconds of a response, and those that the server was on a processor.
fn run(case: Case, kind: Kind, site: &Path, dist: &Path) -> Result<(f64, f64)> {
    let private = tempfile::tempdir()?;
    let server = Server::start(kind, 0, site, private.path(), dist)?;
    let client = Client {
        core: usize::from(!case.same_core),
        connections: 16,
        keep_alive: case.keep_alive,
    };
    let before = process::seconds(server.child.id())?;
    let load = client.run(&format!("http://127.0.0.1:{}/{}", server.port, case.kib))?;
    let cpu = process::seconds(server.child.id())? - before;
    ensure!(
        load.requests > 0 && load.errors == 0,
        "{}: {load:?} of {case:?}",
        kind.name()
    );
    let requests = load.requests as f64;
    Ok((load.seconds * 1e6 / requests, cpu * 1e6 / requests))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::GOALS;

    #[test]
    fn goals_are_of_tables_that_there_are() {
        let goals = GOALS.iter().filter(|goal| goal.section == "http");
        for goal in goals {
            let mut titles = CASES.iter().flat_map(|case| case.titles());
            assert!(titles.any(|title| title == goal.table), "{}", goal.table);
        }
    }
}
