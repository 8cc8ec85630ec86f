//! Random transfers with headers and trailers.

use int80_sim::{Era, Fault, FileKind, Input, Output};
use int80_support::schedules::{self, Random, faults::fault, scenario::output};

/// How it is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    Run,
    Step,
    /// Dropped after so many steps.
    Drop(u32),
    /// Dropped, and another one goes on, after so many steps each.
    Resume(u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub era: Era,
    pub input: Input,
    pub output: Output,
    pub headers: Vec<u16>,
    pub trailers: Vec<u16>,
    pub len: u64,
    pub offset: Option<u64>,
    pub count: Option<u64>,
    /// Whether the count is a promise.
    pub promised: bool,
    pub buffer: usize,
    pub nonblocking: [bool; 2],
    pub pace: u64,
    pub capacity: u64,
    pub faults: Vec<Fault>,
    pub drive: Drive,
    pub quiet: bool,
    /// Whether SIGPIPE was blocked, and pending, before.
    pub blocked: [bool; 2],
}

fn parts(random: &mut Random) -> Vec<u16> {
    let count = match random.below(12) {
        0..=3 => 0,
        4..=8 => 1,
        9 | 10 => random.below(5),
        _ => random.below(40),
    };
    (0..count)
        .map(|_| match random.below(5) {
            0 => 0,
            _ => random.below(30) as u16,
        })
        .collect()
}

impl schedules::Case for Case {
    fn random(random: &mut Random) -> Self {
        let len = match random.below(6) {
            0 => 0,
            _ => u64::from(random.below(300)),
        };
        let input = match random.below(8) {
            0 => Input::Pipe,
            1 => Input::File(FileKind::Proc),
            2 => Input::File(FileKind::Directory),
            3 => Input::Lying(random.below(300)),
            _ => Input::File(FileKind::Regular),
        };
        let seeks = input != Input::Pipe;
        let faults = random.below(9).min(random.below(9));
        let blocked = random.once_in(4);
        Self {
            era: random.pick(&Era::ALL),
            input,
            output: if random.once_in(3) {
                output(random)
            } else {
                Output::Tcp
            },
            headers: parts(random),
            trailers: parts(random),
            len,
            offset: (seeks && random.once_in(2)).then(|| u64::from(random.below(len as u32 + 2))),
            count: random
                .once_in(2)
                .then(|| u64::from(random.below(len as u32 + 3))),
            promised: random.once_in(2),
            buffer: random.below(60) as usize,
            nonblocking: [random.once_in(2), random.once_in(2)],
            pace: u64::from(random.below(100)) + 1,
            capacity: u64::from(random.below(200)) + 1,
            faults: (0..faults).map(|_| fault(random, len)).collect(),
            drive: match random.below(4) {
                0 => Drive::Run,
                1 => Drive::Step,
                2 => Drive::Drop(random.below(8)),
                _ => Drive::Resume(random.below(4) + 1),
            },
            quiet: random.once_in(2),
            blocked: [blocked, blocked && random.once_in(2)],
        }
    }

    fn simpler(&self) -> Vec<Self> {
        let mut simpler = Vec::new();
        let mut with = |change: &dyn Fn(&mut Self)| {
            let mut other = self.clone();
            change(&mut other);
            if other != *self {
                simpler.push(other);
            }
        };
        with(&|f| f.pace = 1 << 30);
        with(&|f| f.capacity = 65536);
        with(&|f| f.buffer = f.buffer.min(1) * 4096);
        with(&|f| f.len /= 2);
        with(&|f| f.nonblocking = [false; 2]);
        with(&|f| f.blocked = [false; 2]);
        with(&|f| f.quiet = false);
        with(&|f| f.count = None);
        with(&|f| f.offset = None);
        with(&|f| f.drive = Drive::Run);
        with(&|f| f.era = Era::V6_8);
        for at in 0..self.faults.len() {
            with(&|f| f.faults[at] = Fault::None);
            with(&|f| {
                f.faults.remove(at);
            });
        }
        for at in 0..self.headers.len() {
            with(&|f| {
                f.headers.remove(at);
            });
        }
        for at in 0..self.trailers.len() {
            with(&|f| {
                f.trailers.remove(at);
            });
        }
        simpler
    }
}
