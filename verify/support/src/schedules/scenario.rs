//! Random transfers: the pair, the way to drive it, and its faults.

use int80::{Errno, gate::nr, transfer::Rung};

use super::{
    Case, Random,
    faults::{fault, refusal},
};
use int80_sim::{Era, Fault, FileKind, Input, Output};

/// How the transfer is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// `run`, and again where it failed and may go on.
    Run,
    /// `step`, as an event loop does.
    Step,
    /// `step`, with a new transfer in place of the old one after so many.
    Renew(u32),
    /// `run_until`, with so many milliseconds, and peers that may do nothing.
    Until(u32, bool),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub era: Era,
    pub denied: Vec<u32>,
    pub denial: Errno,
    /// Calls that the file systems refuse, and how.
    pub refused: Vec<(u32, Errno)>,
    pub input: Input,
    pub output: Output,
    pub len: u64,
    /// The position that is given, or none.
    pub offset: Option<u64>,
    /// The input's own position.
    pub own: u64,
    pub count: Option<u64>,
    pub buffer: usize,
    pub budget: Option<usize>,
    pub grow: bool,
    pub first: Rung,
    pub nonblocking: [bool; 2],
    pub pace: u64,
    pub capacity: u64,
    pub faults: Vec<Fault>,
    pub drive: Drive,
}

impl Case for Scenario {
    fn random(random: &mut Random) -> Self {
        let input = input(random);
        let large = random.once_in(500);
        let mut len = match random.below(8) {
            0 => 0,
            1 => 1,
            _ if large && random.once_in(8) => u64::from(random.below(40 << 20)),
            _ if large => u64::from(random.below(1 << 20)),
            _ => u64::from(random.below(400)),
        };
        let seeks = !matches!(
            input,
            Input::Pipe | Input::Socket | Input::File(FileKind::Terminal | FileKind::Stream)
        );
        let base = match random.below(30) {
            _ if !seeks => 0,
            0 => (1 << 31) - 2 - u64::from(random.below(200)),
            1 => (1 << 32) - u64::from(random.below(200)),
            2 => 1 << 40,
            _ => 0,
        };
        let within = u64::from(random.below(len.min(1 << 20) as u32 + 1));
        len += base;
        let offset = (seeks || random.once_in(8))
            .then_some(base + within)
            .filter(|_| random.once_in(2));
        let own = if seeks && offset.is_none() {
            base + within
        } else {
            0
        };
        let most = len - base;
        let count = match random.below(4) {
            0 => Some(u64::from(random.below(most.min(1 << 24) as u32 + 3))),
            1 => Some(most.saturating_sub(within)),
            _ => None,
        };
        let (pace, capacity) = if large {
            (1 << 20, 65536)
        } else {
            (
                u64::from(random.below(100)) + 1,
                u64::from(random.below(200)) + 1,
            )
        };
        let sandbox = random.once_in(6);
        let faults = random.below(9).min(random.below(9));
        Self {
            era: random.pick(&Era::ALL),
            denied: if sandbox { denied(random) } else { Vec::new() },
            denial: random.pick(&[Errno::EPERM, Errno::ENOSYS, Errno::EACCES, Errno::EINVAL]),
            refused: if random.once_in(4) {
                refused(random)
            } else {
                Vec::new()
            },
            input,
            output: output(random),
            len,
            offset,
            own,
            count,
            buffer: match random.below(8) {
                0 => 0,
                _ if large => 131_072,
                1 => 4096,
                _ => random.below(64) as usize + 1,
            },
            budget: random
                .once_in(4)
                .then(|| random.below(if large { 1 << 23 } else { 90 }) as usize + 1)
                .filter(|budget| !large || *budget > 1 << 17),
            grow: random.once_in(2),
            first: random.pick(&[
                Rung::CopyFileRange,
                Rung::CopyFileRange,
                Rung::Sendfile64,
                Rung::ReadWrite,
            ]),
            nonblocking: [random.once_in(2), random.once_in(2)],
            pace,
            capacity,
            faults: (0..faults).map(|_| fault(random, most)).collect(),
            drive: match random.below(8) {
                0..=2 => Drive::Run,
                3 | 4 => Drive::Step,
                5 | 6 => Drive::Renew(random.below(4) + 1),
                _ => Drive::Until(random.below(20), random.once_in(2)),
            },
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
        with(&|s| s.pace = 1 << 30);
        with(&|s| s.capacity = 65536);
        with(&|s| s.buffer = if s.buffer == 0 { 0 } else { 4096 });
        with(&|s| s.len /= 2);
        with(&|s| s.len = s.len.saturating_sub(1));
        with(&|s| s.own = 0);
        with(&|s| s.offset = s.offset.map(|offset| offset / 2));
        with(&|s| s.nonblocking = [false; 2]);
        with(&|s| s.grow = false);
        with(&|s| s.budget = None);
        with(&|s| s.count = s.count.map(|count| count / 2));
        with(&|s| s.count = None);
        with(&|s| s.offset = None);
        with(&|s| s.first = Rung::CopyFileRange);
        with(&|s| s.drive = Drive::Run);
        with(&|s| s.denied.clear());
        with(&|s| s.refused.clear());
        with(&|s| s.era = Era::V6_8);
        for at in 0..self.faults.len() {
            with(&|s| s.faults[at] = Fault::None);
            with(&|s| {
                s.faults.remove(at);
            });
        }
        with(&|s| s.faults.clear());
        simpler
    }
}

fn input(random: &mut Random) -> Input {
    match random.below(16) {
        0 | 1 => Input::Pipe,
        2 | 3 => Input::Socket,
        4 => Input::File(FileKind::Proc),
        5 => Input::File(FileKind::Terminal),
        6 => Input::Elsewhere,
        9 | 10 => Input::Lying(match random.below(3) {
            0 => 0,
            1 => random.below(400),
            _ => 1 << 30,
        }),
        11 if random.once_in(2) => Input::File(FileKind::Stream),
        7 if random.once_in(3) => Input::WriteOnly,
        8 if random.once_in(3) => Input::File(FileKind::Directory),
        _ => Input::File(FileKind::Regular),
    }
}

pub fn output(random: &mut Random) -> Output {
    match random.below(18) {
        0..=3 => Output::Pipe,
        4..=6 => Output::Tcp,
        7 if random.once_in(2) => Output::Datagram,
        7 => Output::Unix,
        8 => Output::Append,
        9 => Output::Quota(random.below(300)),
        10 => Output::File(FileKind::Terminal),
        11 => Output::File(FileKind::Null),
        12 => random.pick(&[
            Output::ReadOnly,
            Output::Sealed,
            Output::Unconnected,
            Output::File(FileKind::Full),
        ]),
        _ => Output::File(FileKind::Regular),
    }
}

/// Moving calls that are refused, each in its own way.
fn refused(random: &mut Random) -> Vec<(u32, Errno)> {
    let calls = [
        nr::SENDFILE,
        nr::SENDFILE64,
        nr::SPLICE,
        nr::COPY_FILE_RANGE,
    ];
    let mut refused: Vec<_> = calls.map(|nr| (nr, refusal(random))).into();
    refused.retain(|_| random.once_in(2));
    refused
}

fn denied(random: &mut Random) -> Vec<u32> {
    let mut denied = vec![
        nr::SENDFILE,
        nr::SENDFILE64,
        nr::SPLICE,
        nr::COPY_FILE_RANGE,
        nr::FCNTL64,
        nr::GETSOCKOPT,
        nr::STATX,
        nr::FSTAT64,
        nr::LSEEK,
        nr::_LLSEEK,
        nr::PREAD64,
    ];
    denied.retain(|_| random.once_in(2));
    denied
}
