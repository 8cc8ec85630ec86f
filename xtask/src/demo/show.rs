//! The demo's table and what stands below it.

use super::{
    row::{Outcome, Ran, Row},
    source::Source,
    trace::Call,
};
use crate::table::table;
use std::fmt::Write;

const COLUMNS: [&str; 8] = [
    "tool",
    "architecture",
    "runner",
    "gate",
    "sink",
    "bytes",
    "calls",
    "digest",
];

const NOTES: &str = "\
Tools: with their size in bytes. Calls: those that moved bytes, counted in a second run under
strace or qemu-i386 -strace; the one that answers 0 at the end is left out. strace shows where a
call came from: from the kernel's page in the AT_SYSINFO rows, from the tool's own code in the
others, and each moved byte is in one call's answer, or the row has failed.
";

pub fn text(rows: &[(Row, Outcome)], source: &Source, advice: &[String]) -> String {
    let mut table = table(&COLUMNS, &[5, 6]);
    for (row, outcome) in rows {
        table.add_row(cells(row, outcome, source));
    }
    let mut text = format!("{}\n", table.trim_fmt());
    let _ = writeln!(
        text,
        "The file: {}, {} bytes, SHA-256 {}.",
        source.path.display(),
        source.digest.bytes,
        source.digest.sha256
    );
    text += NOTES;
    traced_lines(&mut text, rows);
    reasons(&mut text, rows);
    for line in advice {
        let _ = writeln!(text, "{line}");
    }
    failures(&mut text, rows);
    text
}

fn cells(row: &Row, outcome: &Outcome, source: &Source) -> Vec<String> {
    let size = row
        .tool_bytes
        .map_or("–".to_owned(), |bytes| bytes.to_string());
    let mut cells = vec![
        format!("{} ({size})", row.tool),
        row.way.arch.name().to_owned(),
        row.way.runner().to_owned(),
        row.way.gate.to_string(),
        row.sink.to_string(),
    ];
    let dash = || "–".to_owned();
    match outcome {
        Outcome::Skipped(reason) => cells.extend([dash(), dash(), format!("skipped: {reason}")]),
        Outcome::Ran(ran) => cells.extend([
            ran.received
                .as_ref()
                .map_or_else(dash, |digest| digest.bytes.to_string()),
            ran.calls
                .as_ref()
                .map_or_else(|_| dash(), |calls| moving(calls).count().to_string()),
            verdict(ran, source),
        ]),
    }
    cells
}

fn verdict(ran: &Ran, source: &Source) -> String {
    match &ran.received {
        None => "FAILED".to_owned(),
        Some(digest) if *digest != source.digest => format!("{}… DIFFERS", digest.short()),
        Some(digest) if !ran.failures.is_empty() => format!("{}… FAILED", digest.short()),
        Some(digest) => format!("{}… ok", digest.short()),
    }
}

fn moving(calls: &[Call]) -> impl Iterator<Item = &Call> {
    calls.iter().filter(|call| call.result > 0)
}

/// One line as strace and one as qemu has seen the call.
fn traced_lines(text: &mut String, rows: &[(Row, Outcome)]) {
    for emulated in [false, true] {
        let line = rows
            .iter()
            .filter(|(row, _)| row.way.emulator.is_some() == emulated)
            .find_map(|(row, outcome)| match outcome {
                Outcome::Ran(Ran {
                    calls: Ok(calls), ..
                }) => {
                    // An empty file has no call that moves anything.
                    Some((row, moving(calls).next().or(calls.first())?))
                }
                _ => None,
            });
        if let Some((row, call)) = line {
            let by = if emulated { "qemu-i386" } else { "The kernel" };
            let _ = writeln!(text, "{by} saw ({row}):\n  {}", call.line);
        }
    }
}

/// Why calls were not counted, each reason once.
fn reasons(text: &mut String, rows: &[(Row, Outcome)]) {
    let mut told: Vec<&String> = Vec::new();
    for (_, outcome) in rows {
        let Outcome::Ran(Ran {
            calls: Err(reason),
            failures,
            ..
        }) = outcome
        else {
            continue;
        };
        if failures.is_empty() && !told.contains(&reason) {
            let _ = writeln!(text, "Calls that were not counted: {reason}");
            told.push(reason);
        }
    }
}

fn failures(text: &mut String, rows: &[(Row, Outcome)]) {
    for (row, outcome) in rows {
        let Outcome::Ran(ran) = outcome else { continue };
        for failure in &ran.failures {
            let _ = writeln!(text, "FAILED: {row}: {failure}");
        }
    }
    let count = |wanted: fn(&Outcome) -> bool| rows.iter().filter(|(_, one)| wanted(one)).count();
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let failed = count(Outcome::has_failed);
    let arrived = rows.len() - skipped - failed;
    let _ = writeln!(
        text,
        "{arrived} rows arrived whole, {failed} failed, {skipped} skipped."
    );
}
