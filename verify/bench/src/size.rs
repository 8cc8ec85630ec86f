//! Bytes of each program's file, and bytes resident while it copies.

use anyhow::{Context, Result, bail};
use rustix::pipe::{PipeFlags, pipe_with};
use std::{
    fs::{self, File},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Stage,
    machine::Machine,
    programs::{COREUTILS, Program, SF_X86_64},
    results::{Row, Section, Table},
};

pub const FILE: &str = "size of the file";
pub const RESIDENT: &str = "resident while copying";

const METHOD: &str = "The file as it lies on the disk; of a program with shared libraries without \
    them. Resident is what the kernel counts as the process's (Rss of smaps_rollup) while it waits for \
    a full pipe: pages of shared libraries that other processes use as well are counted here. The \
    reference is `sf`, which is written in assembly.";

pub fn measure(stage: &Stage<'_>) -> Result<Section> {
    let programs = &stage.programs;
    let mut files = Vec::new();
    let mut resident = Vec::new();
    for program in &programs.copiers {
        let row = |sample| Row {
            name: program.name.to_owned(),
            own: program.own,
            samples: vec![sample],
        };
        files.push(row(fs::metadata(&program.path)?.len() as f64));
        resident.push(row(resident_kib(stage, program)?));
    }
    let table = |title: &str, unit: &str, rows| Table {
        title: title.to_owned(),
        unit: unit.to_owned(),
        base: COREUTILS.to_owned(),
        reference: Some(SF_X86_64.to_owned()),
        rows,
    };
    Ok(Section {
        name: "size".to_owned(),
        method: METHOD.to_owned(),
        tables: vec![
            table(FILE, "bytes", files),
            table(RESIDENT, "KiB", resident),
        ],
        skipped: programs.skipped.clone(),
        machine: Machine::this(),
    })
}

/// The most that was resident until the pipe was full.
fn resident_kib(stage: &Stage<'_>, program: &Program) -> Result<f64> {
    let path = stage.folder.join("input");
    // More than any pipe holds by itself.
    fs::write(&path, vec![0; 4 << 20])?;
    let (_reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    let mut command = program.command();
    command.stdin(File::open(&path)?).stdout(writer);
    if program.takes_names {
        command.arg(&path).stdin(Stdio::null());
    }
    let mut child = command.spawn()?;
    drop(command);
    let result = until_it_sleeps(&mut child);
    child.kill()?;
    child.wait()?;
    result.with_context(|| format!("looking at {}", program.name))
}

fn until_it_sleeps(child: &mut Child) -> Result<f64> {
    let end = Instant::now() + Duration::from_secs(10);
    let mut asleep = 0;
    while asleep < 3 && Instant::now() < end {
        thread::sleep(Duration::from_millis(10));
        if let Some(status) = child.try_wait()? {
            bail!("it has ended ({status})");
        }
        match field(child, "status", "State:")? {
            state if state.starts_with('S') => asleep += 1,
            _ => asleep = 0,
        }
    }
    if asleep < 3 {
        bail!("it does not wait for the pipe");
    }
    let resident = field(child, "smaps_rollup", "Rss:")?;
    Ok(resident.trim_end_matches(" kB").parse()?)
}

/// A value in one of the files that the kernel has about a process.
fn field(child: &Child, file: &str, name: &str) -> Result<String> {
    let path = format!("/proc/{}/{file}", child.id());
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    Ok(value
        .with_context(|| format!("{path} has no {name}"))?
        .trim()
        .to_owned())
}
