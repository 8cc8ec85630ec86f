//! The kit: what C and assembly programmers get, built and run as they do it.

mod archive;
mod assembly;
mod calls;
mod constants;
mod header;
mod objects;
mod place;

use libtest_mimic::{Arguments, Trial};
use place::Kit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let kit = match Kit::from_env() {
        Ok(kit) => kit,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    let trials: Vec<Trial> = [
        archive::trials(&kit),
        assembly::trials(&kit),
        calls::trials(&kit),
        constants::trials(&kit),
        header::trials(&kit),
    ]
    .into_iter()
    .flatten()
    .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
