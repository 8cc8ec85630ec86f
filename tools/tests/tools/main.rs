//! The tools, run as a person runs them, in every way that this machine has.

mod alone;
mod cases;
mod elf;
mod ending;
mod flow;
mod line;
mod lying;
mod own;
mod processor;
mod sf;
mod sizes;
mod stopped;

use int80_support::{skip, ways::Available};
use libtest_mimic::Trial;

fn main() -> std::process::ExitCode {
    skip::main_with("tools", 1, Available::from_env, trials)
}

fn trials(available: Available) -> Vec<Trial> {
    let mut trials: Vec<Trial> = elf::trials(&available)
        .chain(sizes::trials(&available))
        .chain(processor::trials(&available))
        .collect();
    for (way, state) in &available.ways {
        if let Err(reason) = state {
            // A trial like any other, so that it is counted.
            let (name, reason) = (format!("the tools on {}", way.name), reason.clone());
            trials.push(Trial::test(name.clone(), move || {
                eprintln!("skipped: {name}: {reason}");
                Ok(())
            }));
            continue;
        }
        let place = int80_support::outcome::Place {
            way: *way,
            dist: available.dist.clone(),
        };
        trials.extend(alone::trials(&place));
        trials.extend(cases::trials(&place));
        trials.extend(ending::trials(&place));
        trials.extend(lying::trials(&place));
        trials.extend(own::trials(&place));
        trials.extend(sf::trials(&place));
        trials.extend(stopped::trials(&place));
    }
    trials
}
