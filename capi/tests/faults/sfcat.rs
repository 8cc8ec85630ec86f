//! Faults in real runs of `sfcat`: `strace` puts an errno in the place of one
//! call, or sends a signal at it. What is written is the whole input wherever
//! `sfcat` says that all went well; otherwise it is the beginning of the input,
//! the message names the errno, and the status is 1.

use std::{fs, path::Path, process::Command};

use int80::{Errno, transfer::Side};
use libtest_mimic::{Failed, Trial};

use crate::{
    expected::{Expected, of_transfer},
    moving::{LONGEST, Moving, calls, input},
    unable,
};
use int80_support::outcome::{Outcome, Place};

const ERRNOS: [Errno; 13] = [
    Errno::EINTR,
    Errno::EAGAIN,
    Errno::EIO,
    Errno::EINVAL,
    Errno::ENOSYS,
    Errno::EPERM,
    Errno::ENOSPC,
    Errno::EPIPE,
    Errno::ENOMEM,
    Errno::EFBIG,
    Errno::EDQUOT,
    Errno::ECONNRESET,
    Errno::ETIMEDOUT,
];

/// What `sfcat` moves by.
pub fn moving(place: &Place) -> impl Iterator<Item = Moving> {
    let arch = place.way.arch;
    let all = Moving::RUNGS.into_iter();
    all.filter(move |moving| moving.is_of(arch))
}

type Test = fn(&Run) -> Result<(), Failed>;

/// A run of `sfcat` for one call.
pub struct Run<'a> {
    pub place: &'a Place,
    pub folder: &'a Path,
    pub moving: Moving,
}

pub fn trials(place: &Place) -> Vec<Trial> {
    let mut trials = Vec::new();
    for moving in moving(place) {
        for (name, test) in [("errnos", errors as Test), ("signals", signals)] {
            trials.push(trial(place, moving, name, test));
        }
    }
    trials
}

pub fn trial(place: &Place, moving: Moving, name: &str, test: Test) -> Trial {
    let place = place.clone();
    let name = format!("{}: sfcat: {name} at {moving:?}", place.way.name);
    Trial::test(name.clone(), move || match unable(&place) {
        Some(reason) => {
            eprintln!("skipped: {name}: {reason}");
            Ok(())
        }
        None => {
            let folder = tempfile::tempdir()?;
            let folder = folder.path();
            fs::write(folder.join("input"), bytes(moving))?;
            test(&Run {
                place: &place,
                folder,
                moving,
            })
        }
    })
}

/// As many bytes as need two moving calls and more, by the budget of each, and
/// one that finds the end.
pub fn bytes(moving: Moving) -> &'static [u8] {
    input(match moving {
        Moving::Splice | Moving::Read | Moving::Write => 500_000,
        _ => LONGEST,
    })
}

impl Run<'_> {
    fn bytes(&self) -> &'static [u8] {
        bytes(self.moving)
    }

    /// Under `strace`, with these injections; also gives the trace.
    fn play(&self, inject: &[String]) -> (Outcome, String) {
        let tracer = self.moving.strace(self.place.way.arch, inject);
        self.under(tracer)
    }

    pub fn under(&self, tracer: Command) -> (Outcome, String) {
        let mut program = self.place.sfcat();
        // A pipe is standard input.
        if self.moving != Moving::Splice {
            program.arg("input");
        }
        self.moving
            .play(self.folder, tracer, &program, self.bytes())
    }

    pub fn whole(&self, outcome: &Outcome) -> Result<(), Failed> {
        let fine = outcome.status == 0 && outcome.messages.is_empty();
        match fine && outcome.written == self.bytes() {
            true => Ok(()),
            false => Err(format!("not the whole input: {outcome:?}").into()),
        }
    }
}

/// Each errno in the place of the first, the second and the last call, and of
/// every second one where that is not the end.
fn errors(run: &Run) -> Result<(), Failed> {
    let (outcome, trace) = run.play(&[]);
    run.whole(&outcome)?;
    let name = run.moving.name(run.place.way.arch);
    let count = calls(&trace, name).count();
    if count < 2 {
        return Err(format!("{name} is not the call that is used:\n{trace}").into());
    }
    for errno in ERRNOS {
        for when in ["1", "2", &count.to_string(), "1+2", "2+2"] {
            let expected = of_transfer(run.moving, errno, !when.starts_with('1'));
            // A call that is missing is missing each time.
            if when.contains('+') && (expected != Expected::GoesOn || errno == Errno::ENOSYS) {
                continue;
            }
            let inject = format!("error={}:when={when}", errno.raw_os_error());
            let (outcome, trace) = run.play(&[inject]);
            let injected = calls(&trace, name).any(|line| line.contains("(INJECTED)"));
            let result = match (injected, expected) {
                (false, _) => Err("nothing was injected".into()),
                (true, Expected::GoesOn) => run.whole(&outcome),
                (true, Expected::Fails(side)) => failed(run, &outcome, errno, &[side]),
                (true, Expected::TimeLimit) => failed(run, &outcome, errno, unready(run)),
            };
            result.map_err(|why| {
                let why = why.message().unwrap_or("");
                format!("{errno} at {when}: {why}: {outcome:?}\n{trace}")
            })?;
        }
    }
    Ok(())
}

/// What EAGAIN may be told of: the reader of a socket may not be so quick.
fn unready(run: &Run) -> &'static [Side] {
    match run.moving {
        Moving::Read => &[Side::Input],
        Moving::Write => &[Side::Output],
        _ => &[Side::Unknown, Side::Output],
    }
}

/// An end with this errno, and nothing lost, repeated or reordered before it.
fn failed(run: &Run, outcome: &Outcome, errno: Errno, sides: &[Side]) -> Result<(), Failed> {
    let program = run.place.sfcat();
    let program = program.get_program().to_string_lossy();
    let text = errno.message().unwrap_or("?");
    let is_told = |&side: &Side| {
        let what = match side {
            Side::Output => "write error",
            // Standard input, where it is a pipe.
            _ if run.moving == Moving::Splice => "-",
            _ => "input",
        };
        outcome.messages == format!("{program}: {what}: {text}\n")
    };
    if outcome.status != 1 || !sides.iter().any(is_told) {
        return Err("not the message and status of this errno".into());
    }
    match run.bytes().starts_with(&outcome.written) {
        true => Ok(()),
        false => Err("what is written is not the beginning of the input".into()),
    }
}

/// A signal that is ignored, at every second call, since the kernel makes the
/// call again; and together with EINTR.
fn signals(run: &Run) -> Result<(), Failed> {
    for inject in [
        "signal=SIGWINCH:when=1+2",
        "error=EINTR:signal=SIGWINCH:when=1+2",
    ] {
        let (outcome, trace) = run.play(&[inject.to_owned()]);
        run.whole(&outcome)?;
        if !trace.contains("--- SIGWINCH") {
            return Err(format!("no signal came:\n{trace}").into());
        }
    }
    Ok(())
}
