//! `sfcat` against `cat`: the same arguments and inputs give the same bytes,
//! the same exit status and the same kind of message.

mod inputs;
mod outputs;

use std::process::Command;

use libtest_mimic::{Failed, Trial};

use int80_support::{
    outcome::Place,
    skip,
    stage::{Input, Output},
};

struct Case {
    name: &'static str,
    arguments: &'static [&'static str],
    input: Input,
    output: Output,
    /// Where `sfcat`'s message is another one than `cat`'s, and why it may be.
    message: Option<&'static str>,
}

const fn case(
    name: &'static str,
    arguments: &'static [&'static str],
    input: Input,
    output: Output,
) -> Case {
    Case {
        name,
        arguments,
        input,
        output,
        message: None,
    }
}

impl Case {
    const fn but(self, message: &'static str) -> Self {
        Self {
            message: Some(message),
            ..self
        }
    }
}

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    let all = inputs::CASES.iter().chain(outputs::CASES);
    all.map(|case| {
        let place = place.clone();
        let name = format!("{}: as cat: {}", place.way.name, case.name);
        skip::trial(name, move || {
            if !is_coreutils() {
                skip::here("cat is not that of GNU coreutils");
            }
            compare(case, &place)
        })
    })
}

/// Whether `cat` is the one whose behaviour and messages are sfcat's, too.
fn is_coreutils() -> bool {
    let said = Command::new("cat").arg("--version").output();
    said.is_ok_and(|said| said.stdout.starts_with(b"cat (GNU coreutils)"))
}

fn compare(case: &Case, place: &Place) -> Result<(), Failed> {
    let play = |mut command: Command| {
        let folder = tempfile::tempdir()?;
        int80_support::stage::set(folder.path());
        command.args(case.arguments);
        Ok::<_, Failed>(int80_support::stage::play(
            command,
            folder.path(),
            case.input,
            case.output,
        ))
    };
    let mut ours = play(place.sfcat())?;
    // Where a shell starts the program it is called by its path.
    let path = place.way.tool(&place.dist, "sfcat");
    ours.messages = ours.messages.replace(&*path.to_string_lossy(), "sfcat");
    let mut theirs = play(Command::new("cat"))?;
    theirs.messages = match case.message {
        Some(message) => message.to_owned(),
        None => theirs.messages.replace("cat: ", "sfcat: "),
    };
    match ours == theirs {
        true => Ok(()),
        false => Err(format!("sfcat: {ours:?}\ncat:   {theirs:?}").into()),
    }
}
