//! Faults in real runs of the C interface: `interface.c`, freestanding, which
//! goes on after each failure.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
};

use int80::{Errno, transfer::Side};
use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use crate::{
    expected::{Expected, of_bsd, of_transfer},
    moving::{LONGEST, Moving, input},
    told::*,
    unable,
};
use int80_support::{
    freestanding::freestanding,
    outcome::{Outcome, Place},
    place::{Kit, Skip, root},
};

/// What the program stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Run,
    /// Within a time that is long enough.
    For,
    Step,
    Bsd,
}

impl How {
    pub const ALL: [Self; 4] = [Self::Run, Self::For, Self::Step, Self::Bsd];

    fn moves(self) -> &'static [Moving] {
        match self {
            Self::Run | Self::Step => &Moving::RUNGS,
            // The rest is as it is without a deadline.
            Self::For => &[Moving::CopyFileRange, Moving::Splice],
            Self::Bsd => &Moving::BSD,
        }
    }
}

/// The program for one way, compiled when the first case wants it.
pub struct Program {
    kit: Kit,
    pub place: Place,
    made: OnceLock<Result<(TempDir, PathBuf), String>>,
}

impl Program {
    pub fn new(kit: &Kit, place: &Place) -> Arc<Program> {
        Arc::new(Program {
            kit: kit.clone(),
            place: place.clone(),
            made: OnceLock::new(),
        })
    }

    /// A command without arguments, or why there is none.
    pub fn command(&self) -> Result<Command, String> {
        let made = self.made.get_or_init(|| {
            let arch = self.place.way.arch;
            self.kit.has(arch).map_err(|Skip(reason)| reason)?;
            let sources = root().join("capi/tests/faults");
            let c = ["interface.c", "interface_signal.c", "interface_text.c"];
            let files: Vec<PathBuf> = c.iter().map(|name| sources.join(name)).collect();
            let folder = int80_support::run::scratch();
            let program = freestanding(&self.kit, arch, folder.path(), &["-O2"], &files);
            Ok((folder, program))
        });
        let (_, program) = made.as_ref().map_err(Clone::clone)?;
        Ok(self.place.way.program(program))
    }
}

/// A run of the program for one call.
pub struct Run<'a> {
    pub program: &'a Program,
    pub folder: &'a Path,
    pub how: How,
    pub moving: Moving,
}

/// What can be moved how.
pub fn pairs(program: &Program) -> Vec<(How, Moving)> {
    let all = How::ALL.into_iter();
    let all = all.flat_map(|how| how.moves().iter().map(move |&moving| (how, moving)));
    all.filter(|(_, moving)| moving.is_of(program.place.way.arch))
        .collect()
}

pub fn trial(
    program: &Arc<Program>,
    how: How,
    moving: Moving,
    name: &str,
    test: impl FnOnce(&Run) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let program = program.clone();
    let way = program.place.way.name;
    let name = format!("{way}: the C interface: {how:?}: {name}");
    Trial::test(name.clone(), move || {
        if let Some(reason) = unable(&program.place).or(program.command().err()) {
            eprintln!("skipped: {name}: {reason}");
            return Ok(());
        }
        let folder = tempfile::tempdir()?;
        let run = Run {
            program: &program,
            folder: folder.path(),
            how,
            moving,
        };
        fs::write(run.folder.join("input"), run.bytes())?;
        test(&run)
    })
}

impl Run<'_> {
    /// As many as need three moving calls.
    fn bytes(&self) -> &'static [u8] {
        input(match (self.how, self.moving) {
            // Its budget is 2 MiB, its buffer a page.
            (How::Bsd, Moving::Sendfile | Moving::Sendfile32) => LONGEST,
            (How::Bsd, _) => 10_000,
            _ => 160_000,
        })
    }

    /// What arrives where nothing fails: `length` bytes, with what frames them.
    pub fn framed(&self, length: usize) -> Vec<u8> {
        let bytes = &self.bytes()[..length];
        match self.how {
            How::Bsd => [b"the header|", bytes, b"|the trailer"].concat(),
            _ => bytes.to_vec(),
        }
    }

    /// Under `strace` with these injections, and a count where one is promised.
    pub fn play(&self, inject: &[String], promised: bool) -> Result<(Outcome, String), Failed> {
        let tracer = self.moving.strace(self.program.place.way.arch, inject);
        self.under(tracer, promised)
    }

    pub fn under(&self, tracer: Command, promised: bool) -> Result<(Outcome, String), Failed> {
        let length = self.bytes().len();
        let mut program = self.program.command()?;
        let count = if promised || self.how == How::Bsd {
            length
        } else {
            0
        };
        let how = format!("{:?}", self.how).to_lowercase();
        program.args([how, "50000".to_owned(), count.to_string()]);
        Ok(self
            .moving
            .play(self.folder, tracer, &program, self.bytes()))
    }

    /// Looks whether everything has arrived, whatever failed on the way, and
    /// nothing is told that is not so. Gives what is told before the end.
    pub fn whole(&self, outcome: &Outcome) -> Result<Vec<Told>, Failed> {
        let (mut told, _) = parse(&outcome.messages)?;
        let whole = self.framed(self.bytes().len());
        if outcome.written != with_marks(&whole, &told)? {
            return Err("what is written is not what is told".into());
        }
        let last = told.pop().ok_or("nothing is told")?;
        let pending = last.transfer.map_or(0, |state| state.pending);
        let end = (&*last.result, last.moved, pending, outcome.status);
        match end == (COMPLETE, whole.len() as u64, 0, 0) {
            true => Ok(told),
            false => Err(format!("not the whole input at the end: {last:?}").into()),
        }
    }

    fn expected(&self, errno: Errno, moved: bool) -> Expected {
        match self.how {
            How::Bsd => of_bsd(self.moving, errno, moved),
            _ => of_transfer(self.moving, errno, moved),
        }
    }

    /// Whether `told`, of which all but the last was injected, is this errno's;
    /// `moved`: bytes had moved before the first of them.
    pub fn check(
        &self,
        told: &[Told],
        errno: Errno,
        injected: usize,
        moved: bool,
    ) -> Result<(), Failed> {
        let expected = self.expected(errno, moved);
        let right = |told: &Told| match (expected, self.how, &*told.result) {
            (Expected::Fails(side), ..) => told.is(errno) && self.names(told, Some(side)),
            (Expected::TimeLimit, ..) => told.is(errno) && self.names(told, None),
            (_, How::Step, INTERRUPTED) => errno == Errno::EINTR,
            _ => false,
        };
        let is_told = self.how == How::Step && errno == Errno::EINTR;
        let lines = match expected {
            Expected::GoesOn if !is_told => 0,
            _ => injected,
        };
        match told.len() == lines && told.iter().all(right) {
            true => Ok(()),
            false => Err("not what is to be told of this errno".into()),
        }
    }

    /// Whether the side, the rung and what is pending are told as they are;
    /// `None`: of a side that is not ready.
    pub fn names(&self, told: &Told, side: Option<Side>) -> bool {
        let Some(state) = told.transfer else {
            return self.how == How::Bsd;
        };
        let ready = match self.moving {
            Moving::Read => &[Side::Input][..],
            Moving::Write => &[Side::Output],
            // Both are ready; but the socket's reader may not be so quick.
            _ => &[Side::Unknown, Side::Output],
        };
        let sides = side.as_ref().map_or(ready, std::slice::from_ref);
        sides.iter().any(|&side| side_number(side) == state.side)
            && state.rung == self.moving.rung() as u64
            && (state.pending > 0) == (self.moving == Moving::Write)
    }
}

pub fn in_words(why: &Failed, what: &str, outcome: &Outcome, trace: &str) -> Failed {
    let why = why.message().unwrap_or("");
    // Of a long trace, the beginning.
    let trace: Vec<&str> = trace.lines().take(30).collect();
    format!("{what}: {why}: {outcome:?}\n{}", trace.join("\n")).into()
}
