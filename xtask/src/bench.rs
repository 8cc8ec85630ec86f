//! `cargo xtask bench`: builds what is measured, and starts `verify/bench`, which
//! measures it. The peers and the plots are no part of this program, so that the
//! first `cargo xtask` need not compile them.

use crate::{Session, build, cargo::Cargo, progress::say, setup::Need};
use anyhow::{Context, Result, ensure};
use int80_support::{
    command::{run, show},
    ways::Arch,
};
use std::fs;

#[derive(clap::Args)]
pub struct Options {
    /// What to measure: size, start, move, entry, http; without any, all of it, which takes some
    /// seven minutes and writes docs/performance.md, docs/plots/ and the README's plots
    sections: Vec<String>,
    /// Measure so many rounds, and leave docs/ as it is
    #[arg(long)]
    rounds: Option<u16>,
}

/// The `bench` command.
pub fn command(session: &Session, options: &Options) -> Result<bool> {
    let built = build::all(session)?;
    for arch in Arch::ALL {
        match entry(session, arch) {
            Ok(result) => result?,
            Err(reason) => say(
                "bench",
                &format!("skipped: entry, {}: {reason}", arch.name()),
            ),
        }
    }
    let mut command = Cargo::host(&session.paths).command("run", &[]);
    // The least server is measured itself.
    command.args(["--locked", "--release", "--package", "int80-bench", "--"]);
    command.arg("--root").arg(&session.paths.root);
    if let Some(rounds) = options.rounds {
        command.args(["--rounds", &rounds.to_string()]);
    }
    command.args(&options.sections);
    build::ways(session, &built).to_env(&mut command);
    let status = command.status().context("starting the benchmark")?;
    ensure!(status.success(), "`{}` failed ({status})", show(&command));
    Ok(true)
}

/// The program that measures calls, which is hosted: it has peers that need a C
/// library.
fn entry(session: &Session, arch: Arch) -> Need<Result<()>> {
    if arch == Arch::I386 {
        session.machine.kernel.clone()?;
        session.machine.libc32.clone()?;
    }
    let cargo = build::cargo(session, arch)?;
    let make = || -> Result<()> {
        let mut command = cargo.command("build", &[]);
        command.args(["--locked", "--release", "--package", "int80-bench-entry"]);
        run(&mut command, "building the program that measures calls")?;
        let folder = session
            .paths
            .target
            .join("bench/programs")
            .join(arch.name());
        fs::create_dir_all(&folder)?;
        fs::copy(
            cargo.products("release").join("entry"),
            folder.join("entry"),
        )?;
        Ok(())
    };
    Ok(make())
}
