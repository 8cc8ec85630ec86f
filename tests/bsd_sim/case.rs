//! Random calls of FreeBSD's sendfile.

use int80_sim::{Era, Fault, FileKind, Input, Output};
use int80_support::schedules::{Case, Random, faults::fault};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub era: Era,
    pub file: Input,
    /// Whether the file's descriptor is open at all.
    pub open: [bool; 2],
    pub socket: Output,
    pub stream: bool,
    pub len: u64,
    pub own: u64,
    pub offset: i64,
    pub nbytes: usize,
    pub headers: Vec<u16>,
    pub trailers: Vec<u16>,
    pub flags: i32,
    pub nonblocking: bool,
    pub pace: u64,
    pub capacity: u64,
    pub faults: Vec<Fault>,
}

impl Case for Call {
    fn random(random: &mut Random) -> Self {
        let len = u64::from(random.below(300));
        let base = if random.once_in(10) { 1 << 32 } else { 0 };
        let parts = |random: &mut Random| {
            let count = random.below(6).min(random.below(6));
            let count = if random.once_in(20) { 40 } else { count };
            (0..count)
                .map(|_| random.below(40).saturating_sub(5) as u16)
                .collect()
        };
        let faults = random.below(7).min(random.below(7));
        Self {
            era: random.pick(&Era::ALL),
            file: match random.below(14) {
                0 => Input::Pipe,
                1 => Input::File(FileKind::Directory),
                2 => Input::WriteOnly,
                3 => Input::File(FileKind::Proc),
                _ => Input::File(FileKind::Regular),
            },
            open: [!random.once_in(30), !random.once_in(30)],
            socket: match random.below(14) {
                0 => Output::Unconnected,
                1 => Output::Pipe,
                2 | 3 => Output::Unix,
                _ => Output::Tcp,
            },
            stream: !random.once_in(14),
            len: len + base,
            own: u64::from(random.below(50)),
            offset: match random.below(20) {
                0 => -1,
                1 => i64::MIN,
                _ => base as i64 + i64::from(random.below(len as u32 + 3)),
            },
            nbytes: match random.below(3) {
                0 => 0,
                _ => random.below(len as u32 + 3) as usize,
            },
            headers: parts(random),
            trailers: parts(random),
            flags: match random.below(20) {
                0 => 32,
                1 => 0x8000,
                2..=5 => random.pick(&[1, 2, 4, 8, 16, 31, 7 << 16]),
                _ => 0,
            },
            nonblocking: random.once_in(2),
            pace: u64::from(random.below(100)) + 1,
            capacity: u64::from(random.below(200)) + 1,
            faults: (0..faults).map(|_| fault(random, len)).collect(),
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
        with(&|c| c.pace = 1 << 30);
        with(&|c| c.capacity = 65536);
        with(&|c| c.len /= 2);
        with(&|c| c.offset = 0);
        with(&|c| c.nbytes = 0);
        with(&|c| c.flags = 0);
        with(&|c| c.nonblocking = false);
        with(&|c| c.stream = true);
        with(&|c| c.open = [true; 2]);
        with(&|c| c.socket = Output::Tcp);
        with(&|c| c.file = Input::File(FileKind::Regular));
        with(&|c| c.era = Era::V6_8);
        for at in 0..self.faults.len() {
            with(&|c| {
                c.faults.remove(at);
            });
        }
        with(&|c| c.headers.truncate(c.headers.len().saturating_sub(1)));
        with(&|c| c.trailers.truncate(c.trailers.len().saturating_sub(1)));
        simpler
    }
}
