//! Running what was linked, and looking at its segments.

use crate::{
    elf::segment_faults,
    place::{Skip, Verdict},
    run::{any, said},
    ways::{Arch, Available},
};
use std::{fs, path::Path, process::Command};

/// The command that runs a program of this architecture here. Without xtask's
/// word on it, the kernel is believed to run both.
pub fn command(arch: Arch, program: &Path) -> Result<Command, Skip> {
    let Ok(available) = Available::from_env() else {
        return Ok(Command::new(program));
    };
    let ways = available.ways.iter().filter(|(way, _)| way.arch == arch);
    let mut reason = None;
    for (way, state) in ways {
        match state {
            Ok(()) => return Ok(way.program(program)),
            Err(why) => reason = reason.or_else(|| Some(why.clone())),
        }
    }
    Err(Skip(reason.expect("each architecture has ways")))
}

/// Panics unless the program's segments are right, and it prints `expected` and
/// ends with 0 when it is run with this argument.
#[track_caller]
pub fn check(
    what: &str,
    arch: Arch,
    program: &Path,
    argument: Option<&Path>,
    expected: &[u8],
) -> Verdict {
    let bytes = fs::read(program).expect("the program");
    let wrong = segment_faults(&bytes);
    assert!(wrong.is_empty(), "{what}: {}", wrong.join("; "));
    let mut command = command(arch, program)?;
    command.args(argument);
    let output = any(&mut command);
    assert!(
        output.status.success() && output.stdout == expected,
        "{what}: {}",
        said(&output)
    );
    Ok(())
}
