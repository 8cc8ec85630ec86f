//! What one system call costs, by the program `entry` of each architecture.

use anyhow::{Context, Result};
use int80_support::command::output;
use std::process::Command;

use crate::{
    Stage,
    machine::Machine,
    results::{Row, Section, Table},
};

const METHOD: &str = "getpid in a loop of some milliseconds, by each way in turn. The reference is \
    the instruction with the number, by inline assembly. How many instructions a call of sendfile \
    has by each of them is in [instructions.md](instructions.md).";

/// The row of the instruction itself.
const BASE: &str = "by hand";

pub fn title(arch: &str) -> String {
    format!("getpid, {arch}")
}

pub fn measure(stage: &Stage<'_>) -> Result<Section> {
    let mut section = Section {
        name: "entry".to_owned(),
        method: METHOD.to_owned(),
        tables: Vec::new(),
        skipped: Vec::new(),
        machine: Machine::this(),
    };
    for arch in ["x86_64", "i386"] {
        let program = stage.folder.join("programs").join(arch).join("entry");
        if !program.exists() {
            let reason = format!("{arch}: no hosted program is compiled for it here");
            section.skipped.push(reason);
            continue;
        }
        eprintln!("bench: entry, {arch}");
        let mut command = Command::new(program);
        command.arg(stage.rounds(40).count.to_string());
        section.tables.push(Table {
            title: title(arch),
            unit: "ns".to_owned(),
            base: BASE.to_owned(),
            reference: Some(BASE.to_owned()),
            rows: rows(&output(&mut command, "measuring calls")?)?,
        });
    }
    Ok(section)
}

/// From lines `ROUND<tab>WAY<tab>NANOSECONDS`, of which each round has every way.
fn rows(text: &str) -> Result<Vec<Row>> {
    let mut samples: Vec<(usize, &str, f64)> = Vec::new();
    for line in text.lines() {
        let mut parts = line.split('\t');
        let mut next = || parts.next().context("a line of three parts");
        samples.push((next()?.parse()?, next()?, next()?.parse()?));
    }
    // Each round begins with another way.
    samples.sort_by_key(|sample| sample.0);
    let mut rows: Vec<Row> = Vec::new();
    for (_, name, sample) in samples {
        match rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.samples.push(sample),
            None => rows.push(Row {
                name: name.to_owned(),
                own: name.starts_with("int80"),
                samples: vec![sample],
            }),
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_one_round_have_one_place() {
        let rows = rows("0\tby hand\t1\n0\tint80: a\t2\n1\tint80: a\t4\n1\tby hand\t3\n").unwrap();
        assert_eq!(rows[0].samples, [1.0, 3.0]);
        assert_eq!(rows[1].samples, [2.0, 4.0]);
        assert!(rows[1].own && !rows[0].own);
        assert!(super::rows("0\tby hand\n").is_err());
    }
}
