//! The state of a kernel, and the part that is common to every call.

use int80::{Errno, Register, errno, gate::nr};
use linux_raw_sys::general::{O_ACCMODE, O_NONBLOCK, O_PATH, O_RDWR};

use super::{
    era::Era,
    fault::{Fault, Schedule},
    object::{FileKind, Object, Open},
    signal::Signals,
};

/// Numbers of calls.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// All.
    pub calls: u64,
    /// Those that moved bytes.
    pub moving: u64,
    /// Those that were to move bytes and moved none: 0.
    pub zeros: u64,
    /// Those that returned EINTR.
    pub interrupted: u64,
    /// Moving calls that returned EAGAIN.
    pub again: u64,
    /// Calls of the clock.
    pub clock: u64,
    /// Calls for signals.
    pub signals: u64,
}

/// The result of a call that was to move bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The number of the call.
    pub nr: u32,
    /// The bytes moved, or the error.
    pub result: Result<u64>,
    /// Whether the kernel tells this error once: bytes of an earlier call are
    /// lost, and no later call says so.
    pub once: bool,
}

pub struct State {
    pub era: Era,
    /// Calls that a sandbox refuses, and how.
    pub denied: Vec<u32>,
    pub denial: Errno,
    /// Calls that the file systems do not make, and their errors.
    pub refused: Vec<(u32, Errno)>,
    /// Whether the call in hand has told an error that is told once.
    pub told: bool,
    pub objects: Vec<Object>,
    pub open: Vec<Option<Open>>,
    pub signals: Signals,
    /// Nanoseconds.
    pub clock: u64,
    pub schedule: Schedule,
    pub counts: Counts,
    pub returned: Vec<Returned>,
    /// The descriptors that faults of the input and the output mean.
    pub input: usize,
    pub output: usize,
}

/// A program that makes more calls than this spins.
const MOST_CALLS: u64 = 40_000;

/// The result of a call, or its errno.
pub type Result<T = usize> = std::result::Result<T, Errno>;

impl State {
    pub fn new(era: Era) -> Self {
        Self {
            era,
            denied: Vec::new(),
            denial: Errno::EPERM,
            refused: Vec::new(),
            told: false,
            objects: Vec::new(),
            open: Vec::new(),
            signals: Signals::default(),
            clock: 1_000_000_000,
            schedule: Schedule::default(),
            counts: Counts::default(),
            returned: Vec::new(),
            input: usize::MAX,
            output: usize::MAX,
        }
    }

    /// The call that the registers hold.
    pub fn call(&mut self, number: u32, registers: [Register; 6]) -> isize {
        self.counts.calls += 1;
        assert!(self.counts.calls < MOST_CALLS, "it spins");
        self.clock += 1000;
        let asks_clock = matches!(number, nr::CLOCK_GETTIME64 | nr::CLOCK_GETTIME);
        self.counts.clock += u64::from(asks_clock);
        let moves = matches!(
            number,
            nr::READ
                | nr::PREAD64
                | nr::WRITE
                | nr::WRITEV
                | nr::SENDMSG
                | nr::SENDFILE
                | nr::SENDFILE64
                | nr::SPLICE
                | nr::COPY_FILE_RANGE
        );
        let look = self.is_look(number, registers);
        let refusal = self.refused.iter().find(|(nr, _)| *nr == number);
        let result = if !self.era.has(number) {
            Err(Errno::ENOSYS)
        } else if self.denied.contains(&number) {
            Err(self.denial)
        } else if let Some((_, errno)) = refusal {
            Err(*errno)
        } else if moves && !look {
            self.moving(number, registers)
        } else {
            self.dispatch(number, registers, u64::MAX)
        };
        if result == Err(Errno::EINTR) {
            self.counts.interrupted += 1;
        }
        if moves && (!look || result.is_err()) {
            self.counts.moving += u64::from(matches!(result, Ok(1..)));
            self.counts.zeros += u64::from(result == Ok(0));
            self.counts.again += u64::from(result == Err(Errno::EAGAIN));
            let result = result.map(|count| count as u64);
            // The schedule may say the same again.
            if let Some(last) = self.returned.last_mut() {
                last.once &= (last.nr, last.result) != (number, result);
            }
            self.returned.push(Returned {
                nr: number,
                result,
                once: std::mem::take(&mut self.told),
            });
        }
        match result {
            Ok(value) => value as isize,
            Err(errno) => errno::encode(errno),
        }
    }

    /// A pread of one byte after an error asks which side it was, and after 0
    /// whether that is the end, and a call without bytes whether a sandbox refuses
    /// it: no fault is meant for it.
    fn is_look(&self, number: u32, registers: [Register; 6]) -> bool {
        let count = match number {
            nr::SENDFILE | nr::SENDFILE64 => 3,
            nr::SPLICE => 4,
            _ => 2,
        };
        if count > 2 && registers[count].bits() == 0 {
            return true;
        }
        let last = self.returned.last();
        number == nr::PREAD64
            && registers[2].bits() == 1
            && last
                .is_some_and(|last| last.nr > nr::PREAD64 && matches!(last.result, Ok(0) | Err(_)))
    }

    /// A moving call, with what the schedule has for it.
    fn moving(&mut self, number: u32, registers: [Register; 6]) -> Result {
        let mut most = u64::MAX;
        match self.schedule.next() {
            Fault::Short(count) => most = u64::from(count.max(1)),
            Fault::Interrupt => return Err(Errno::EINTR),
            Fault::Again if self.may_return_eagain(number) => return Err(Errno::EAGAIN),
            Fault::TimeLimit if self.has_time_limit() => return Err(Errno::EAGAIN),
            Fault::Zero if self.may_return_0(number, registers) => return Ok(0),
            Fault::Fail(errno) => return Err(errno),
            // A read loses nothing: the next write does.
            fault @ Fault::Lose(_) if matches!(number, nr::READ | nr::PREAD64) => {
                self.schedule.put_back(fault);
            }
            Fault::Lose(errno) => {
                let result = self.dispatch(number, registers, most);
                let output = self.output;
                // What becomes of a message ICMP tells, and by neither of these.
                let messages =
                    matches!(self.object(output), Some(Object::Socket(socket)) if !socket.stream);
                let told = !messages || ![Errno::EPERM, Errno::EACCES].contains(&errno);
                if let (Ok(1..), true, Ok(open)) = (result, told, self.file(output)) {
                    open.once = Some(errno);
                }
                return result;
            }
            fault => self.happen(fault),
        }
        self.dispatch(number, registers, most)
    }

    /// Whether a side that the call uses is non-blocking.
    fn may_return_eagain(&mut self, number: u32) -> bool {
        let [input, output] = [self.input, self.output].map(|fd| self.non_blocking(fd));
        match number {
            nr::READ | nr::PREAD64 => input,
            nr::WRITE | nr::WRITEV | nr::SENDMSG => output,
            _ => input || output,
        }
    }

    /// Whether one side is a socket and both block.
    fn has_time_limit(&mut self) -> bool {
        let sides = [self.input, self.output];
        let socket = sides.map(|fd| matches!(self.object(fd), Some(Object::Socket(_))));
        let blocks = sides.map(|fd| !self.non_blocking(fd));
        blocks == [true; 2] && socket != [false; 2]
    }

    /// Whether the call moves bytes of a file within the kernel, or of a pipe to an
    /// output that takes nothing and gives no reason, and would move any.
    fn may_return_0(&mut self, number: u32, registers: [Register; 6]) -> bool {
        let within = [
            nr::SENDFILE,
            nr::SENDFILE64,
            nr::SPLICE,
            nr::COPY_FILE_RANGE,
        ];
        let input = self.input;
        let pipes = [input, self.output].map(|fd| matches!(self.object(fd), Some(Object::Pipe(_))));
        let given = pipes == [true, false] && matches!(self.movable(input, None), Ok(1..));
        within.contains(&number)
            && (self.seeks(input) || given)
            && self.dispatch(number, registers, 0) == Ok(0)
    }

    /// The error of an earlier call's lost bytes, where there is one. It is told
    /// once.
    pub fn tell(&mut self, fd: usize) -> Result<()> {
        match self.file(fd)?.once.take() {
            Some(errno) => {
                self.told = true;
                Err(errno)
            }
            None => Ok(()),
        }
    }

    /// Whether a blocking call on the descriptor ends when nothing happens any
    /// more, with EAGAIN.
    pub fn is_time_limited(&mut self, fd: usize) -> bool {
        matches!(self.object(fd), Some(Object::Socket(socket)) if socket.time_limit)
    }

    /// What happens around a call.
    pub fn happen(&mut self, fault: Fault) {
        match fault {
            // A pipe has nothing that could fail.
            Fault::BreakInput(_) if matches!(self.object(self.input), Some(Object::Pipe(_))) => {}
            Fault::BreakInput(errno) => {
                if let Ok(open) = self.file(self.input) {
                    open.read_error = Some(errno);
                }
            }
            Fault::BreakOutput(errno) => {
                if let Ok(open) = self.file(self.output) {
                    open.write_error = Some(errno);
                }
            }
            Fault::Grow(count) => self.resize(|len| len + u64::from(count)),
            Fault::Shrink(most) => self.resize(|len| len.min(u64::from(most))),
            Fault::ReaderGone => {
                if let Some(sink) = self.object(self.output).and_then(Object::sink) {
                    sink.reader = false;
                }
            }
            Fault::Peers => drop(self.advance()),
            _ => {}
        }
    }

    /// The peers get on; whether any could.
    pub fn advance(&mut self) -> bool {
        self.clock += 10_000;
        let mut moved = false;
        for object in &mut self.objects {
            moved |= object.source().is_some_and(|channel| channel.write());
        }
        let output = self.output;
        if let Some(sink) = self.object(output).and_then(Object::sink) {
            moved |= sink.read();
        }
        moved
    }

    /// The open descriptor, or EBADF.
    pub fn file(&mut self, fd: usize) -> Result<&mut Open> {
        self.open
            .get_mut(fd)
            .and_then(Option::as_mut)
            .ok_or(Errno::EBADF)
    }

    /// The open descriptor that may be read (`access` O_RDONLY) or written.
    pub fn opened(&mut self, fd: usize, access: u32) -> Result<&mut Open> {
        let open = self.file(fd)?;
        let given = open.flags & (O_ACCMODE | O_PATH);
        if given != access && given != O_RDWR {
            return Err(Errno::EBADF);
        }
        Ok(open)
    }

    /// What the descriptor stands for.
    pub fn object(&mut self, fd: usize) -> Option<&mut Object> {
        let object = self.file(fd).ok()?.object;
        self.objects.get_mut(object)
    }

    /// Whether the descriptor is O_NONBLOCK, which means nothing of a regular file.
    pub fn non_blocking(&mut self, fd: usize) -> bool {
        let flag = self.file(fd).is_ok_and(|open| open.flags & O_NONBLOCK != 0);
        flag && !self.kind(fd).is_some_and(FileKind::is_regular)
    }
}
