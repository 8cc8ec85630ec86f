//! An errno, a signal or a 0 in the place of the C interface's calls, by
//! `strace`.

use std::sync::Arc;

use int80::{Errno, transfer::Side};
use libtest_mimic::{Failed, Trial};

use crate::{
    expected::every_errno,
    interface::{How, Program, Run, in_words, pairs, trial},
    moving::{Moving, calls},
    told::{COMPLETE, INTERRUPTED, Told, UNEXPECTED_EOF, parse},
};
use int80_support::outcome::Outcome;

type Test = fn(&Run) -> Result<(), Failed>;

pub fn trials(program: &Arc<Program>) -> Vec<Trial> {
    let tests = [
        ("errnos", errors as Test),
        ("signals", signals),
        ("an early end", early_end),
    ];
    let all = pairs(program).into_iter().flat_map(|(how, moving)| {
        tests.map(|(name, test)| {
            let name = format!("{name} at {moving:?}");
            trial(program, how, moving, &name, test)
        })
    });
    let clock = trial(
        program,
        How::For,
        Moving::Clock,
        "errnos of the clock",
        clock,
    );
    all.chain([clock]).collect()
}

/// Each errno in the place of the first, the second and the last call, and of
/// every second one.
fn errors(run: &Run) -> Result<(), Failed> {
    let (outcome, trace) = run.play(&[], false)?;
    run.whole(&outcome)?;
    let name = run.moving.name(run.program.place.way.arch);
    let count = calls(&trace, name).count();
    let enough = if run.moving == Moving::Sendmsg { 2 } else { 3 };
    if count < enough {
        return Err(format!("{name} is not the call that is used:\n{trace}").into());
    }
    each_errno(run, &["1", "2", &count.to_string(), "1+2"])
}

/// Of the clock, which is asked once for the deadline and before each call.
fn clock(run: &Run) -> Result<(), Failed> {
    each_errno(run, &["1", "2", "4"])
}

fn each_errno(run: &Run, when: &[&str]) -> Result<(), Failed> {
    let name = run.moving.name(run.program.place.way.arch);
    for errno in every_errno() {
        for when in when {
            // A call that is missing or forbidden is so each time, without bytes, too.
            let each_time = [Errno::ENOSYS, Errno::EPERM, Errno::EACCES];
            if each_time.contains(&errno) && when.contains('+') {
                continue;
            }
            let inject = format!("error={}:when={when}", errno.raw_os_error());
            let (outcome, trace) = run.play(&[inject], false)?;
            let result = match injections(&trace, name) {
                0 => Err("nothing was injected".into()),
                injected => run
                    .whole(&outcome)
                    .and_then(|told| run.check(&told, errno, injected, !when.starts_with('1'))),
            };
            result
                .map_err(|why| in_words(&why, &format!("{errno} at {when}"), &outcome, &trace))?;
        }
    }
    Ok(())
}

/// How many calls were tampered with.
fn injections(trace: &str, name: &str) -> usize {
    let injected = calls(trace, name).filter(|line| line.contains("(INJECTED)"));
    injected.count()
}

/// At every second call: one that is ignored, one with a handler, and such a
/// one together with EINTR.
fn signals(run: &Run) -> Result<(), Failed> {
    let name = run.moving.name(run.program.place.way.arch);
    for (inject, handled) in [
        ("signal=SIGWINCH:when=1+2", false),
        ("signal=SIGUSR1:when=1+2", true),
        ("error=EINTR:signal=SIGUSR1:when=1+2", true),
    ] {
        let (outcome, trace) = run.play(&[inject.to_owned()], false)?;
        let result = run.whole(&outcome).and_then(|told| {
            let (_, signalled) = parse(&outcome.messages)?;
            let interrupted = |told: &Told| {
                told.result == INTERRUPTED || (run.how == How::Bsd && told.is(Errno::EINTR))
            };
            let injected = injections(&trace, name);
            match inject.starts_with("error") {
                true => run.check(&told, Errno::EINTR, injected, false)?,
                false if told.iter().all(interrupted) => {}
                false => return Err("a failure that is not EINTR".into()),
            }
            match trace.contains("--- SIG") && signalled == handled {
                true => Ok(()),
                false => Err("no signal came".into()),
            }
        });
        result.map_err(|why| in_words(&why, inject, &outcome, &trace))?;
    }
    Ok(())
}

/// A call that says 0: a write that takes nothing is a full device; of a file
/// or a pipe the rest is read; and an input that has no more before the promised count is
/// no success.
fn early_end(run: &Run) -> Result<(), Failed> {
    let (_, undisturbed) = run.play(&[], true)?;
    let name = run.moving.name(run.program.place.way.arch);
    let first = calls(&undisturbed, name).next().and_then(|line| {
        let count = line.rsplit("= ").next()?;
        count.trim().parse::<usize>().ok()
    });
    let (outcome, trace) = run.play(&["retval=0:when=2".to_owned()], true)?;
    let result = match run.moving {
        Moving::Write | Moving::Send | Moving::Sendmsg => took_nothing(run, &outcome),
        // The file or the pipe has more, which is read.
        Moving::CopyFileRange | Moving::Sendfile | Moving::Sendfile32 | Moving::Splice => {
            match &run.whole(&outcome)?[..] {
                [] => Ok(()),
                _ => Err("more than the end is told".into()),
            }
        }
        _ => ended(run, &outcome, first.ok_or("no first call")?),
    };
    result.map_err(|why| in_words(&why, "0 at 2", &outcome, &trace))
}

fn took_nothing(run: &Run, outcome: &Outcome) -> Result<(), Failed> {
    match &run.whole(outcome)?[..] {
        [told] if told.is(Errno::ENOSPC) && run.names(told, Some(Side::Output)) => Ok(()),
        _ => Err("not a full device".into()),
    }
}

/// After the `first` bytes.
fn ended(run: &Run, outcome: &Outcome, first: usize) -> Result<(), Failed> {
    let (told, _) = parse(&outcome.messages)?;
    let [Told { result, moved, .. }] = &told[..] else {
        return Err("more than one end".into());
    };
    let expected = run.framed(first);
    // FreeBSD's promises nothing.
    let end = if run.how == How::Bsd {
        COMPLETE
    } else {
        UNEXPECTED_EOF
    };
    let told = (&**result, *moved, &*outcome.status.to_string());
    match told == (end, expected.len() as u64, end) && outcome.written == expected {
        true => Ok(()),
        false => Err("not the end that is to be told".into()),
    }
}
