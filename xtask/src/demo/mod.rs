//! `cargo xtask demo`: sends one file in every way that this machine has, serves
//! it over HTTP, and compares what arrives.

mod digest;
mod elf;
mod row;
mod served;
mod show;
mod sinks;
mod source;
mod trace;

use crate::{
    Session,
    build::{self, Built, COPIERS},
    progress::Progress,
    scratch,
    setup::Need,
};
use anyhow::{Result, bail};
use int80_support::{
    net,
    ways::{Arch, Available, Gate},
};
use row::{Outcome, Row};
use sinks::Sink;
use source::Source;
use std::path::PathBuf;

/// The `demo` command. `false`: a row failed.
pub fn command(file: Option<PathBuf>, session: impl FnOnce() -> Result<Session>) -> Result<bool> {
    // What is wrong with the file is said before anything is set up.
    if let Some(file) = &file {
        Source::check(file)?;
    }
    let session = session()?;
    let built = build::all(&session)?;
    let folder = session.paths.target.join("demo");
    let scratch = scratch::folder(&folder, "run")?;
    let source = match file {
        Some(file) => Source::given(&file)?,
        None => Source::made(&folder)?,
    };
    let ways = build::ways(&session, &built);
    let no_tcp = net::no_tcp();
    let rows = plan(&ways, &built, no_tcp.as_deref());
    let stage = row::Stage {
        session: &session,
        source: &source,
        dist: &ways.dist,
        scratch: scratch.path(),
    };
    let mut progress = Progress::new("demo", rows.len());
    let mut outcomes = Vec::new();
    for (row, state) in &rows {
        progress.next(&row.to_string());
        outcomes.push(match state {
            Ok(()) => row.run(&stage),
            Err(reason) => Outcome::Skipped(reason.clone()),
        });
    }
    progress.finish();
    let no_tcp = no_tcp.as_deref();
    let (served, all) = served::text(&ways, &built, &source, &folder, no_tcp)?;
    if source.has_changed() {
        bail!(
            "{} changed while it was being sent; nothing can be said",
            source.path.display()
        );
    }
    let rows: Vec<(Row, Outcome)> = rows.into_iter().map(|(row, _)| row).zip(outcomes).collect();
    print!("{}", show::text(&rows, &source, &session.machine.advice()));
    print!("{served}");
    Ok(all && rows.iter().all(|(_, outcome)| !outcome.has_failed()))
}

/// Every row, also those that cannot run here.
fn plan(ways: &Available, built: &Built, no_tcp: Option<&str>) -> Vec<(Row, Need<()>)> {
    let mut rows = Vec::new();
    for tool in COPIERS {
        for (way, state) in &ways.ways {
            // sf knows one gate only: on i386 it is `int 0x80`.
            if tool == "sf" && way.gate == Gate::Sysinfo {
                continue;
            }
            for sink in Sink::ALL {
                let row = Row {
                    tool,
                    tool_bytes: size(built, way.arch, tool),
                    way: *way,
                    sink,
                };
                let sink = match (sink, no_tcp) {
                    (Sink::Tcp, Some(reason)) => Err(reason.to_owned()),
                    _ => Ok(()),
                };
                rows.push((row, state.clone().and(sink)));
            }
        }
    }
    rows
}

fn size(built: &Built, arch: Arch, tool: &str) -> Option<u64> {
    let mut products = built.products.iter();
    let product = products.find(|product| product.arch == arch && product.tool == tool)?;
    Some(product.bytes)
}
