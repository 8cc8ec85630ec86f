//! The time that a program takes to move many bytes, by what they come from and
//! go to.

use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    hint::black_box,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

use crate::{
    Stage,
    ends::{Cores, Input, Output},
    machine::Machine,
    programs::{COREUTILS, Program, SF_I386, SF_X86_64},
    results::{Section, Table},
    rounds::{Subject, interleave},
};

/// The row of the memory's limit.
pub const MEMORY: &str = "one copy in memory";

pub const FILE_TO_PIPE: &str = "64 MiB, file to pipe, two cores";
pub const PIPE_TO_PIPE: &str = "64 MiB, pipe to pipe, two cores";

const METHOD: &str = "From before posix_spawn to the end of both the program and the reader. The \
    program runs on one core; who writes its input pipe and reads its output runs on another, or on \
    the same one. The reader of a pipe discards by splice, that of a socket reads. Files are in the \
    page cache; the output file is on the same file system and is empty before each run. The \
    reference is a copy of as many bytes from memory to memory on one core.";

/// What is moved from where to where.
struct Pair {
    title: &'static str,
    bytes: usize,
    cores: Cores,
    input: Input,
    output: Output,
}

const fn pair(title: &'static str, mib: usize, cores: Cores, input: Input, output: Output) -> Pair {
    Pair {
        title,
        bytes: mib << 20,
        cores,
        input,
        output,
    }
}

const PAIRS: [Pair; 6] = [
    pair(FILE_TO_PIPE, 64, Cores::Two, Input::File, Output::Pipe),
    pair(
        "64 MiB, file to pipe, one core",
        64,
        Cores::One,
        Input::File,
        Output::Pipe,
    ),
    pair(PIPE_TO_PIPE, 64, Cores::Two, Input::Pipe, Output::Pipe),
    pair(
        "16 MiB, file to file",
        16,
        Cores::One,
        Input::File,
        Output::File,
    ),
    pair(
        "64 MiB, file to TCP socket, two cores",
        64,
        Cores::Two,
        Input::File,
        Output::Tcp,
    ),
    pair(
        "64 MiB, file to Unix socket, two cores",
        64,
        Cores::Two,
        Input::File,
        Output::Unix,
    ),
];

pub fn measure(stage: &Stage<'_>) -> Result<Section> {
    let mut section = Section {
        name: "move".to_owned(),
        method: METHOD.to_owned(),
        tables: Vec::new(),
        skipped: stage.programs.skipped.clone(),
        machine: Machine::this(),
    };
    let rounds = stage.rounds(25).divided(PAIRS.len());
    for pair in &PAIRS {
        if let Err(reason) = pair.cores.exist().and_then(|()| pair.output.exists()) {
            section.skipped.push(format!("{}: {reason}", pair.title));
            continue;
        }
        let input = source(stage.folder, pair.bytes)?;
        let mut subjects = vec![memory(pair.bytes)];
        for program in stage.programs.copiers.iter().filter(|one| pair.suits(one)) {
            let (program, input) = (program.clone(), input.clone());
            subjects.push(Subject {
                name: program.name.to_owned(),
                own: program.own,
                run: Box::new(move || pair.run(&program, &input, stage.folder)),
            });
        }
        section.tables.push(Table {
            title: pair.title.to_owned(),
            unit: "ms".to_owned(),
            base: COREUTILS.to_owned(),
            reference: Some(MEMORY.to_owned()),
            rows: interleave(pair.title, rounds, subjects)?,
        });
    }
    Ok(section)
}

impl Pair {
    /// `sf` has sendfile alone, which takes no pipe.
    fn suits(&self, program: &Program) -> bool {
        let is_sf = [SF_I386, SF_X86_64].contains(&program.name);
        !(is_sf && matches!(self.input, Input::Pipe))
    }

    /// Milliseconds of one run.
    fn run(&self, program: &Program, input: &Path, folder: &Path) -> Result<f64> {
        let mut command = program.command();
        let cpu = self.cores.cpus()?;
        let pinned = cpu.pin_this()?;
        let reader = self.output.open(&mut command, folder, cpu)?;
        let writer = match self.input {
            Input::File if program.takes_names => {
                command.arg(input).stdin(Stdio::null());
                None
            }
            Input::File => {
                command.stdin(File::open(input)?);
                None
            }
            Input::Pipe => Some(Input::feed(&mut command, self.bytes, cpu)?),
        };
        let start = Instant::now();
        let mut child = command.spawn().context("starting a program")?;
        // With it goes our copy of its output: the reader must see the end.
        drop(command);
        if let Some(writer) = writer {
            writer.start();
        }
        let status = child.wait()?;
        let arrived = reader.finish()?;
        let time = start.elapsed();
        drop(pinned);
        ensure!(
            status.success() && arrived == self.bytes as u64,
            "{} ended with {status} and moved {arrived} bytes of {}: {}",
            program.name,
            self.bytes,
            self.title
        );
        Ok(time.as_secs_f64() * 1e3)
    }
}

/// A file of this size, in the page cache.
fn source(folder: &Path, bytes: usize) -> Result<PathBuf> {
    let path = folder.join(format!("input-{bytes}"));
    let is_there = fs::metadata(&path).is_ok_and(|data| data.len() == bytes as u64);
    if !is_there {
        let block: Vec<u8> = (0..bytes).map(|at| (at >> 12) as u8 ^ at as u8).collect();
        fs::write(&path, block).with_context(|| format!("cannot write {}", path.display()))?;
    }
    std::io::copy(&mut File::open(&path)?, &mut std::io::sink())?;
    Ok(path)
}

/// What no program that copies can be quicker than.
fn memory(bytes: usize) -> Subject<'static> {
    let (from, mut to) = (vec![1_u8; bytes], vec![0_u8; bytes]);
    Subject {
        name: MEMORY.to_owned(),
        own: false,
        run: Box::new(move || {
            let start = Instant::now();
            to.copy_from_slice(black_box(&from));
            black_box(&to);
            Ok(start.elapsed().as_secs_f64() * 1e3)
        }),
    }
}
