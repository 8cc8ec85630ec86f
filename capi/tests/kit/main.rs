//! The kit: what C and assembly programmers get, built and run as they do it.
//!
//! `cargo xtask test --only tools` builds it and tells these tests where it is.
//! A case that wants a compiler, an assembler or a server that this machine has
//! not says `skipped: name: reason`.

mod archive;
mod assembly;
mod calls;
mod constants;
mod copy;
mod deb;
mod dist;
mod dropin;
mod dropin_libc;
mod examples;
mod header;
mod kinds;
mod memcheck;
mod objects;
mod processor;
mod programs;
mod protection;
mod quickstart;
mod server;
mod unwinding;

use int80_support::{place::Kit, skip};
use libtest_mimic::Trial;
use std::process::ExitCode;

fn main() -> ExitCode {
    let code = skip::main_with("kit", 1, Kit::from_env, trials);
    copy::clean();
    code
}

fn trials(kit: Kit) -> Vec<Trial> {
    [
        archive::trials(&kit),
        assembly::trials(&kit),
        calls::trials(&kit),
        constants::trials(&kit),
        deb::trials(&kit),
        dist::trials(&kit),
        dropin::trials(&kit),
        dropin_libc::trials(&kit),
        examples::trials(&kit),
        header::trials(&kit),
        kinds::trials(&kit),
        memcheck::trials(&kit),
        processor::trials(&kit),
        programs::trials(&kit),
        protection::trials(&kit),
        quickstart::trials(&kit),
        unwinding::trials(&kit),
    ]
    .into_iter()
    .flatten()
    .collect()
}
