//! The time to start a program that copies 1 KiB, and to wait for its end.

use anyhow::{Result, ensure};
use rustix::pipe::{PipeFlags, pipe_with};
use std::{
    fs::{self, File},
    io::Read,
    process::Stdio,
    time::Instant,
};

use crate::{
    Stage,
    machine::Machine,
    programs::{COREUTILS, EMPTY, Program},
    results::{Section, Table},
    rounds::{Subject, interleave},
};

pub const TITLE: &str = "1 KiB file to a pipe, start and end included";

const BYTES: usize = 1 << 10;

const METHOD: &str = "From before posix_spawn to after waitpid. The bytes go to a pipe and are \
    compared after each run. The reference is a process that ends at once.";

pub fn measure(stage: &Stage<'_>) -> Result<Section> {
    let path = stage.folder.join("kilobyte");
    let bytes: Vec<u8> = (0..BYTES).map(|at| at as u8 ^ (at >> 8) as u8).collect();
    fs::write(&path, &bytes)?;
    let one = |program: &Program, expected: Vec<u8>| {
        let (program, path) = (program.clone(), path.clone());
        Subject {
            name: program.name.to_owned(),
            own: program.own,
            run: Box::new(move || run(&program, &path, &expected)),
        }
    };
    let programs = &stage.programs;
    let empty = programs.empty.iter().map(|empty| one(empty, Vec::new()));
    let copiers = programs.copiers.iter();
    let subjects = empty.chain(copiers.map(|program| one(program, bytes.clone())));
    let rows = interleave("start", stage.rounds(300), subjects.collect())?;
    Ok(Section {
        name: "start".to_owned(),
        method: METHOD.to_owned(),
        tables: vec![Table {
            title: TITLE.to_owned(),
            unit: "µs".to_owned(),
            base: COREUTILS.to_owned(),
            reference: Some(EMPTY.to_owned()),
            rows,
        }],
        skipped: programs.skipped.clone(),
        machine: Machine::this(),
    })
}

/// Microseconds of one run.
fn run(program: &Program, path: &std::path::Path, expected: &[u8]) -> Result<f64> {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    let mut command = program.command();
    match program.takes_names {
        true => command.arg(path).stdin(Stdio::null()),
        false => command.stdin(File::open(path)?),
    };
    command.stdout(writer);
    let start = Instant::now();
    let status = command.spawn()?.wait()?;
    let time = start.elapsed();
    // With it goes the last writer.
    drop(command);
    let mut arrived = Vec::new();
    File::from(reader).read_to_end(&mut arrived)?;
    ensure!(
        status.success() && arrived == expected,
        "{} ended with {status} and sent {} bytes of {}",
        program.name,
        arrived.len(),
        expected.len()
    );
    Ok(time.as_secs_f64() * 1e6)
}
