//! Faults in real runs, of `sfcat` and of a C program by the C interface: an
//! errno in the place of a moving call, a signal at it, fewer bytes than were
//! asked for. Nothing is lost or repeated, and what is told is right.

mod expected;
mod injected;
mod interface;
mod moving;
mod sfcat;
mod shorten;
mod signals;
mod told;

use std::process::{Command, ExitCode};

use int80_support::{
    outcome::Place,
    place::Kit,
    skip,
    ways::{Available, Gate},
};
use libtest_mimic::Trial;

fn main() -> ExitCode {
    if let Some(order) = shorten::Order::from_args() {
        return shorten::main(order);
    }
    let told = || Ok((Available::from_env()?, Kit::from_env()?));
    skip::main_with("faults", 1, told, trials)
}

fn trials((available, kit): (Available, Kit)) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (way, state) in &available.ways {
        if let Err(reason) = state {
            trials.push(skipped(format!("faults on {}", way.name), reason));
            continue;
        }
        let place = Place {
            way: *way,
            dist: available.dist.clone(),
        };
        // The program in C takes one gate only.
        let program = (way.gate != Gate::Sysinfo).then(|| interface::Program::new(&kit, &place));
        if let Some(program) = &program {
            trials.extend(signals::trials(program));
        }
        if place.is_emulated() {
            let name = format!("{}: faults by a tracer", way.name);
            trials.push(skipped(name, "it would see the emulator's calls"));
            continue;
        }
        trials.extend(sfcat::trials(&place));
        trials.extend(shorten::trials_of_sfcat(&place));
        if let Some(program) = &program {
            trials.extend(injected::trials(program));
            trials.extend(shorten::trials_of_the_interface(program));
        }
    }
    trials
}

/// A trial like any other, so that it is counted.
fn skipped(name: String, reason: &str) -> Trial {
    let reason = reason.to_owned();
    Trial::test(name.clone(), move || {
        eprintln!("skipped: {name}: {reason}");
        Ok(())
    })
}

/// Why nothing can be injected.
pub fn unable(place: &Place) -> Option<String> {
    let mut command = Command::new("strace");
    command
        .args(["-o", "log"])
        .arg(place.way.tool(&place.dist, "sfcat"))
        .arg("--version");
    let folder = tempfile::tempdir().expect("a folder");
    match command.current_dir(folder.path()).output() {
        Err(error) => Some(format!("strace: {error}")),
        Ok(output) if !output.status.success() => {
            Some(String::from_utf8_lossy(&output.stderr).into_owned())
        }
        Ok(_) => None,
    }
}
