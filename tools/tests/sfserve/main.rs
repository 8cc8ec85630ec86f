//! `sfserve` in every way that this machine has, over raw sockets. Each test
//! bears the identifier of the row of docs/sfserve.md that it tries.

mod browser;
mod client;
mod clients;
mod examples;
mod http;
mod http_fields;
mod http_files;
mod kept;
mod lasting;
mod listening;
mod load;
mod people;
mod security;
mod server;
mod siblings;
mod surroundings;

use int80_support::{net, skip, ways::Available};
use libtest_mimic::{Failed, Trial};

use server::Place;

/// A row: its identifier and what it says, and what tries it.
pub type Row = (&'static str, fn(&Place) -> Result<(), Failed>);

/// The rows that are also tried with `--fresh`: what is kept of files for a second
/// could be seen in them.
const KEPT: [&str; 7] = ["H.", "K ", "S.1 ", "S.2 ", "S.3 ", "S.8 ", "S.9 "];

fn main() -> std::process::ExitCode {
    skip::main_with("sfserve", 4, Available::from_env, trials)
}

fn trials(available: Available) -> Vec<Trial> {
    let mut trials = Vec::new();
    let no_tcp = net::no_tcp();
    for (way, state) in &available.ways {
        if let Err(reason) = state {
            let line = format!("skipped: sfserve on {}: {reason}", way.name);
            let name = format!("{} sfserve", way.name);
            trials.push(Trial::test(name, move || {
                eprintln!("{line}");
                Ok(())
            }));
            continue;
        }
        let rows = http::ROWS
            .iter()
            .chain(http_fields::ROWS)
            .chain(http_files::ROWS)
            .chain(kept::ROWS)
            .chain(security::ROWS)
            .chain(lasting::ROWS)
            .chain(siblings::ROWS)
            .chain(surroundings::ROWS)
            .chain(listening::ROWS)
            .chain(people::ROWS)
            .chain(load::ROWS)
            .chain(clients::ROWS)
            .chain(examples::ROWS)
            .chain(browser::ROWS);
        for &(name, row) in rows {
            for fresh in [false, true] {
                if fresh && !KEPT.iter().any(|row| name.starts_with(row)) {
                    continue;
                }
                let place = Place {
                    way: *way,
                    dist: available.dist.clone(),
                    name: format!(
                        "{} {name}{}",
                        way.name,
                        if fresh { ", --fresh" } else { "" }
                    ),
                    fresh,
                };
                let name = place.name.clone();
                let no_tcp = no_tcp.clone();
                trials.push(Trial::test(name, move || match no_tcp {
                    Some(reason) => place.skip(&reason),
                    None => row(&place),
                }));
            }
        }
    }
    trials
}
