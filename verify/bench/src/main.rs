//! Measures int80 and its tools beside others. `cargo xtask bench` builds what is
//! measured, and starts this.
//!
//! A section is a file with a function `measure`, and a row of [`SECTIONS`].

mod document;
mod ends;
mod entry;
mod goals;
mod http;
mod machine;
mod moves;
mod plot;
mod programs;
mod results;
mod rounds;
mod size;
mod start;

use anyhow::{Context, Result, bail};
use clap::Parser;
use int80_support::ways::Available;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use machine::Machine;
use programs::Programs;
use results::Section;
use rounds::Rounds;

type Measure = fn(&Stage<'_>) -> Result<Section>;

/// The sections, in the order of the document.
const SECTIONS: [(&str, Measure); 5] = [
    ("size", size::measure),
    ("start", start::measure),
    ("move", moves::measure),
    ("entry", entry::measure),
    ("http", http::measure),
];

#[derive(Parser)]
struct Arguments {
    /// The sections to measure; without any, all, and docs/performance.md is written
    sections: Vec<String>,
    /// Rounds of each section; docs/ stays as it is
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: Option<u16>,
    /// The checkout
    #[arg(long)]
    root: PathBuf,
    /// Serves the files of `root` at this port, as the least of servers
    #[arg(long, hide = true)]
    least: Option<u16>,
}

/// What all sections share.
pub struct Stage<'a> {
    /// `target/bench`.
    pub folder: &'a Path,
    pub programs: Programs,
    pub available: Available,
    rounds: Option<usize>,
}

impl Stage<'_> {
    /// As many rounds as were asked for, or `usual`; one minute at most.
    pub fn rounds(&self, usual: usize) -> Rounds {
        Rounds {
            count: self.rounds.unwrap_or(usual),
            limit: Duration::from_secs(60),
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    if let Some(port) = arguments.least {
        return http::serve_least(port, &arguments.root);
    }
    let chosen = choose(&arguments.sections)?;
    let folder = arguments.root.join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    if let Some(load) = Machine::load().filter(|load| *load > 0.5) {
        eprintln!("bench: the machine is not idle (load {load}): times will be too long");
    }
    let available = Available::from_env()?;
    let stage = Stage {
        folder: &folder,
        programs: Programs::find(&arguments.root, &folder.join("programs"), &available)?,
        available,
        rounds: arguments.rounds.map(usize::from),
    };
    for (name, measure) in &chosen {
        let section = measure(&stage).with_context(|| format!("measuring {name}"))?;
        section.save(&folder)?;
        print!("{}", document::section(&section, None));
    }
    let of_all = chosen.len() == SECTIONS.len() && arguments.rounds.is_none();
    let sections: Vec<Section> = SECTIONS
        .iter()
        .filter_map(|(name, _)| Section::load(&folder, name))
        .collect();
    let docs = match of_all {
        true => arguments.root.join("docs"),
        false => folder.join("docs"),
    };
    document::write(&docs, &sections)?;
    if of_all {
        document::readme(&arguments.root.join("README.md"), &docs)?;
    }
    println!("{}", docs.join(document::FILE).display());
    Ok(())
}

fn choose(names: &[String]) -> Result<Vec<(&'static str, Measure)>> {
    let known = || SECTIONS.map(|(name, _)| name).join(", ");
    if let Some(name) = names.iter().find(|name| !is_known(name)) {
        bail!(
            "there is no section `{name}`; the sections are: {}",
            known()
        );
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|one| one == name);
    Ok(SECTIONS
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .collect())
}

fn is_known(name: &str) -> bool {
    SECTIONS.iter().any(|(known, _)| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_chosen_by_name() {
        let names = |names: &[&str]| -> Result<Vec<&str>> {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Ok(choose(&names)?.into_iter().map(|(name, _)| name).collect())
        };
        assert_eq!(names(&[]).unwrap().len(), SECTIONS.len());
        assert_eq!(names(&["move", "size"]).unwrap(), ["size", "move"]);
        assert!(names(&["moves"]).is_err());
    }
}
