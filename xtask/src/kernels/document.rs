//! The table of every kernel and tool, for a terminal and as `docs/kernels.md`.

use super::{
    Done, Row,
    list::{How, Subject},
    plan::{COPIERS, GATES},
};
use int80_support::ways::{Arch, Gate};
use std::fmt::Write;

/// The document, from the top folder.
pub const DOCUMENT: &str = "docs/kernels.md";

/// What the columns of the table are.
const HEADER: [&str; 6] = [
    "kernel",
    "programs, gate",
    "tried",
    "right",
    "known",
    "skipped",
];

/// One row of the table: a kernel and a gate.
struct Line(Vec<String>);

fn lines(row: &Row) -> Vec<Line> {
    let done = match &row.state {
        Ok(done) => done,
        Err(_) => return Vec::new(),
    };
    let gates = GATES
        .iter()
        .filter(|(arch, ..)| row.subject.programs.contains(arch));
    gates
        .map(|(arch, gate, _)| line_of(row.subject, done, *arch, *gate))
        .collect()
}

fn line_of(subject: &Subject, done: &Done, arch: Arch, gate: Gate) -> Line {
    let of = |tool: &'static str| {
        let tasks = done.tasks.iter();
        tasks.filter(move |(task, _)| task.tool == tool && (task.arch, task.gate) == (arch, gate))
    };
    let mut cells = vec![subject.name.to_owned(), format!("{} {gate}", arch.name())];
    match of("sfprobe").next() {
        Some((_, came)) if came.lacks.is_none() => {
            let [right, known, failed] = [came.passed, came.known.len(), came.failures.len()];
            let counts = [right + known + failed, right, known, came.skipped.len()];
            cells.extend(counts.map(|count| count.to_string()));
        }
        _ => cells.extend(["–"; 4].map(str::to_owned)),
    }
    for tool in COPIERS {
        let ran = of(tool).filter(|(_, came)| came.lacks.is_none());
        let (whole, all) = ran.fold((0, 0), |(whole, all), (_, came)| {
            (whole + came.passed, all + 1)
        });
        cells.push(match all {
            0 => "–".to_owned(),
            _ => format!("{whole} of {all}"),
        });
    }
    Line(cells)
}

/// The table for a terminal.
pub fn table(rows: &[Row]) -> String {
    let header: Vec<&str> = HEADER.into_iter().chain(COPIERS).collect();
    let mut table = crate::table::table(&header, &[2, 3, 4, 5]);
    for Line(cells) in rows.iter().flat_map(lines) {
        table.add_row(cells);
    }
    table.trim_fmt()
}

/// What came of one kernel, in a line.
pub fn line(row: &Row) -> String {
    let name = row.subject.name;
    match &row.state {
        Err(why) => format!("skipped: {name}: {why}"),
        Ok(done) => match done.failures().len() {
            0 => format!("{name}: {} runs as expected", done.tasks.len()),
            failed => format!("FAILED: {name}: {failed} of {} runs", done.tasks.len()),
        },
    }
}

/// Below the table: what is known, skipped, missing and wrong.
pub fn reasons(rows: &[Row]) -> String {
    let mut text = String::new();
    for (title, items) in [
        ("Known differences", known(rows)),
        ("Not there", lacks(rows)),
        ("Skipped", skipped(rows)),
        ("FAILED", failures(rows)),
    ] {
        if !items.is_empty() {
            let _ = writeln!(text, "{title}:");
            items.iter().for_each(|item| text += &format!("  {item}\n"));
        }
    }
    text
}

/// Each line once, with what it says of which kernels.
fn collect(rows: &[Row], of: impl Fn(&Done) -> Vec<String>) -> Vec<String> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        for text in row.state.as_ref().map(&of).unwrap_or_default() {
            let name = row.subject.name;
            match found.iter_mut().find(|(known, _)| *known == text) {
                Some((_, names)) if names.last() == Some(&name) => {}
                Some((_, names)) => names.push(name),
                None => found.push((text, vec![name])),
            }
        }
    }
    let items = found.into_iter();
    items
        .map(|(text, names)| format!("{}: {text}", names.join("; ")))
        .collect()
}

fn known(rows: &[Row]) -> Vec<String> {
    collect(rows, |done| {
        let all = done.tasks.iter().flat_map(|(_, came)| &came.known);
        all.map(|(check, why)| format!("`{check}`: {why}"))
            .collect()
    })
}

fn lacks(rows: &[Row]) -> Vec<String> {
    collect(rows, |done| {
        let all = done.tasks.iter().filter_map(|(_, came)| came.lacks);
        all.map(str::to_owned).collect()
    })
}

/// What was not tried, a kernel that was not run first.
fn skipped(rows: &[Row]) -> Vec<String> {
    let whole = rows.iter().filter_map(|row| {
        let why = row.state.as_ref().err()?;
        Some(format!("{}: {why}", row.subject.name))
    });
    let parts = collect(rows, |done| {
        let missing = done.missing.iter();
        let missing = missing.map(|(tool, why)| format!("{tool}: {why}"));
        let checks = done.tasks.iter().flat_map(|(_, came)| &came.skipped);
        let checks = checks.map(|(check, why)| format!("`{check}`: {why}"));
        missing.chain(checks).collect()
    });
    whole.chain(parts).collect()
}

fn failures(rows: &[Row]) -> Vec<String> {
    collect(rows, Done::failures)
}

/// The whole of docs/kernels.md.
pub fn document(rows: &[Row]) -> String {
    let mut text = String::from(HEAD);
    for row in rows {
        let Ok(done) = &row.state else { continue };
        let how = match row.subject.how {
            How::Machine(program, "") => program.to_owned(),
            How::Machine(program, parameters) => format!("{program}, `{parameters}`"),
            How::Program => "itself".to_owned(),
            How::InFront(_) => "itself, in front of each tool".to_owned(),
        };
        let kernel = match row.subject.how {
            How::InFront(_) => "this machine's",
            _ => &done.kernel,
        };
        let _ = writeln!(
            text,
            "| {} | {kernel} | {} | {how} |",
            row.subject.name, done.package
        );
    }
    text += MATRIX;
    for Line(cells) in rows.iter().flat_map(lines) {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    for (title, items) in [
        ("Known differences", known(rows)),
        ("Not there", lacks(rows)),
        ("Skipped checks", skipped(rows)),
    ] {
        let _ = writeln!(text, "\n## {title}\n");
        if items.is_empty() {
            text += "None.\n";
        }
        items.iter().for_each(|item| text += &format!("- {item}\n"));
    }
    text
}

const HEAD: &str = "\
# The tools on other kernels

`cargo xtask kernels` writes this file. It fetches kernels and emulators from
Debian's packages into `target/kernels/`, without installing them, boots each kernel
with `verify/init` as its first process, and runs the tools there: `sfprobe` through
every gate; `sf` and `sfcat`, which move a file of a little more than 1 MiB into a file,
a pipe and a TCP connection; and `sfserve`, which is asked for the file over HTTP. Every
byte is compared.

`--only NAME` runs some of them. `cargo xtask test` runs the two of user-mode Linux.
What differs and is not in `verify/probe/src/differs.rs` is a failure, and so is what is
there and does not differ.

## Kernels and emulators

| name | kernel | package | run by |
|---|---|---|---|
";

const MATRIX: &str = "
## What came of each

Checks of `sfprobe`: tried, as on today's kernel, known to differ, skipped. Copies that
arrived whole.

| kernel | programs, gate | tried | right | known | skipped | `sf` | `sfcat` | `sfserve` |
|---|---|---:|---:|---:|---:|---|---|---|
";
