//! The process that opens the sockets, starts the workers, and starts them again
//! (S.9, U.5, U.8). It reads nothing that comes from the network.

use core::time::Duration;

use int80::{
    Fd, OwnedFd,
    sys::{self, EventFlags, How, Limit, PollFd, PollFlags, Resource, SignalSet},
};
use int80_rt::{FixedVec, Gate, Process};
use int80_serve::Site;

use crate::{
    cache::{self, Cache},
    check::notify,
    connection::{Slots, Table},
    files::Files,
    listen::{Listener, Listeners},
    listing::Lister,
    log::{self, Log},
    memory,
    options::{MOST, MOST_WORKERS, Options},
    reply::Replier,
    sandbox::{self, Parts},
    say::{self, Line, must},
    worker::{Buffers, SIGTERM, Worker},
};

const SIGHUP: u32 = 1;
const SIGINT: u32 = 2;
const SIGKILL: u32 = 9;
const SIGCHLD: u32 = 17;
const SIGXFSZ: u32 = 25;

const fn bit(signal: u32) -> u64 {
    1 << (signal - 1)
}

/// What the supervisor reads.
const READ: SignalSet = SignalSet(bit(SIGHUP) | bit(SIGINT) | bit(SIGTERM) | bit(SIGCHLD));
/// What no process of the server is ended by, or interrupted.
const BLOCKED: SignalSet = SignalSet(READ.0 | SignalSet::PIPE.0 | bit(SIGXFSZ));

/// A worker: its process, which of them it is, and whether it is to end.
#[derive(Clone, Copy)]
struct Child {
    process: u32,
    number: u32,
    ends: bool,
}

/// Everything that starts workers.
pub struct Supervisor<'a> {
    gate: Gate,
    process: Process,
    options: &'a Options,
    listeners: Listeners,
    files: Files,
    signals: OwnedFd<Gate>,
    terminal: Option<OwnedFd<Gate>>,
    children: FixedVec<Child>,
    everywhere: u8,
    /// The parts that were told.
    told: Option<Parts>,
    stopping: bool,
    /// A bit for each worker that could not be started.
    missing: u64,
}

impl<'a> Supervisor<'a> {
    /// Opens folder and sockets, and gives up rights; what fails ends the
    /// program.
    #[inline(never)]
    pub fn new(gate: Gate, process: Process, options: &'a Options) -> Self {
        let mut listeners = Listeners::inherited(gate, process);
        let files = Files::open_folder(gate, options);
        // Where SIGCHLD is ignored, the kernel does not tell how processes ended.
        let _ = sys::rt_sigaction_default(gate, SIGCHLD);
        let _ = sys::rt_sigprocmask(gate, How::Block, BLOCKED);
        let signals = must(b"start", sys::signalfd4(gate, READ, EventFlags::CLOEXEC));
        // A worker that reloads and one that ends may be there together.
        let children = memory::vector(gate, 4 * MOST_WORKERS as usize);
        listeners.open(gate, options);
        raise_limit(gate, options.connections);
        // It need not be the other user's.
        let terminal = log::terminal(gate);
        match options.user {
            Some(user) => {
                let changed = sandbox::become_user(gate, user);
                if changed.is_err() {
                    listeners.close(gate);
                }
                must(b"--user", changed);
            }
            None if sys::getuid32(gate) == 0 => {
                say::warn(b"warning", b"running as root; --user=UID:GID changes that");
            }
            None => {}
        }
        let everywhere = sandbox::everywhere(gate);
        Self {
            gate,
            process,
            options,
            listeners,
            files,
            signals,
            terminal,
            children,
            everywhere,
            told: None,
            stopping: false,
            missing: 0,
        }
    }

    /// Starts the workers and watches over them; the exit status.
    pub fn run(&mut self) -> u8 {
        for number in 0..self.options.workers {
            if !self.start(number) {
                self.kill(SIGKILL, true);
                self.listeners.close(self.gate);
                return 1;
            }
        }
        self.announce();
        notify(self.gate, self.process, b"READY=1");
        while !self.children.is_empty() || self.missing != 0 && !self.stopping {
            // Seconds of grace, and some for the workers to keep to it.
            let patience = match (self.stopping, self.missing) {
                (true, _) => (self.options.grace as i32 + 2).saturating_mul(1000),
                (false, 0) => -1,
                (false, _) => 1000,
            };
            match self.signal(patience) {
                Some(SIGTERM | SIGINT) if self.stopping => self.kill(SIGKILL, true),
                Some(SIGTERM | SIGINT) => {
                    self.stopping = true;
                    // Connections are refused as soon as the workers have closed
                    // theirs, and another server may take the place.
                    self.listeners.close(self.gate);
                    self.kill(SIGTERM, true);
                    notify(self.gate, self.process, b"STOPPING=1");
                }
                Some(SIGHUP) if !self.stopping => self.reload(),
                Some(SIGCHLD) => self.reap(),
                Some(_) => {}
                None if self.stopping => self.kill(SIGKILL, true),
                // The first of those that are missing.
                None => self.replace(self.missing.trailing_zeros()),
            }
        }
        self.listeners.close(self.gate);
        u8::from(!self.stopping)
    }

    /// The next signal; `None` where none has come in time.
    fn signal(&self, timeout: i32) -> Option<u32> {
        let mut fds = [PollFd::new(&self.signals, PollFlags::IN)];
        if sys::poll(self.gate, &mut fds, timeout) == Ok(0) {
            return None;
        }
        let mut info = [0; 128];
        let read = sys::read(self.gate, &self.signals, &mut info);
        let number = info.first_chunk().copied().map(u32::from_ne_bytes);
        Some(number.filter(|_| read.is_ok()).unwrap_or(0))
    }

    /// Starts a worker, and waits until it serves.
    #[inline(never)]
    fn start(&mut self, number: u32) -> bool {
        // One that is not counted would never be told to end.
        if self.children.len() == self.children.capacity() {
            return false;
        }
        let Ok([from, to]) = sys::pipe2(self.gate, EventFlags::CLOEXEC) else {
            return false;
        };
        let process = match int80_rt::fork(self.gate) {
            Ok(0) => {
                drop(from);
                let status = self.work(number, to);
                int80_rt::exit(status)
            }
            Ok(process) => process,
            Err(errno) => {
                say::failed(b"worker", errno);
                return false;
            }
        };
        drop(to);
        let child = Child {
            process,
            number,
            ends: false,
        };
        let _ = self.children.push(child);
        let mut parts = [0];
        if sys::read(self.gate, &from, &mut parts) != Ok(1) {
            say::warn(b"worker", b"it does not start");
            // It ends by itself, and is tried again as one that is missing.
            if let Some(child) = self.children.last_mut() {
                child.ends = true;
            }
            return false;
        }
        let [parts] = parts;
        self.tell(Parts(parts));
        true
    }

    /// Says what of the sandbox holds, where it is not what was said before.
    fn tell(&mut self, parts: Parts) {
        if self.told == Some(parts) {
            return;
        }
        if self.told.is_some() {
            let mut line = Line::new();
            line.add(b"sfserve: sandbox now: ");
            parts.write(&mut line);
            line.end(Fd::STDERR);
        }
        self.told = Some(parts);
    }

    /// `serving FOLDER at URL`, and the sandbox.
    #[inline(never)]
    fn announce(&self) {
        if self.options.quiet {
            return;
        }
        for place in self.listeners.places.iter() {
            let mut line = Line::new();
            line.add(b"serving ");
            line.add(self.options.folder.to_bytes()).add(b" at ");
            line.with(|out| place.write_url(out));
            line.end(Fd::STDOUT);
        }
        let mut line = Line::new();
        line.add(b"sandbox: ");
        match self.told {
            Some(parts) => parts.write(&mut line),
            None => drop(line.add(b"none")),
        }
        line.end(Fd::STDOUT);
    }

    /// Sends a signal to the workers, which are to end.
    #[inline(never)]
    fn kill(&mut self, signal: u32, all: bool) {
        for child in self.children.iter_mut() {
            if all || child.ends {
                child.ends = true;
                let _ = sys::kill(self.gate, child.process as i32, signal);
            }
        }
    }

    /// Takes the status of workers that have ended, and of children that a
    /// first process inherits.
    #[inline(never)]
    fn reap(&mut self) {
        while let Ok(Some((process, status))) = sys::wait4(self.gate, -1, true) {
            let found = self.children.iter().position(|one| one.process == process);
            let Some(child) = found.and_then(|at| self.children.swap_remove(at)) else {
                continue;
            };
            if child.ends {
                continue;
            }
            let mut line = Line::new();
            line.add(b"sfserve: worker ").number(child.number);
            match (status.signal(), status.code()) {
                (Some(signal), _) => line.add(b" was ended by signal ").number(signal.into()),
                (_, code) => line
                    .add(b" ended with status ")
                    .number(code.unwrap_or(0).into()),
            };
            line.add(b"; starting it again").end(Fd::STDERR);
            // Not as fast as the machine can.
            let _ = sys::clock_nanosleep_time64(self.gate, Duration::from_millis(100));
            self.replace(child.number);
        }
    }

    /// Starts a worker, and lets those of its number end: until then both take
    /// connections. Where none can be started now, it is tried again.
    #[inline(never)]
    fn replace(&mut self, number: u32) {
        self.missing |= 1 << number;
        if !self.start(number) {
            return;
        }
        self.missing &= !(1 << number);
        if let Some((_, former)) = self.children.split_last_mut() {
            for child in former.iter_mut().filter(|one| one.number == number) {
                child.ends = true;
            }
        }
        self.kill(SIGTERM, false);
    }

    /// Opens the folder anew, and lets new workers take over.
    #[inline(never)]
    fn reload(&mut self) {
        match Files::open_root(self.gate, self.options.folder) {
            Ok(files) => self.files = files,
            Err(errno) => {
                return say::failed(self.options.folder.to_bytes(), errno);
            }
        }
        for number in 0..self.options.workers {
            self.replace(number);
        }
        say::warn(self.options.folder.to_bytes(), b"opened anew");
    }

    /// A worker's life; its exit status.
    #[inline(never)]
    fn work(&mut self, number: u32, ready: OwnedFd<Gate>) -> u8 {
        let gate = self.gate;
        let _ = sys::prctl_set_pdeathsig(gate, SIGTERM);
        let sockets = &mut self.listeners.sockets;
        let mut worker = worker(gate, self.options, &self.files, sockets, number);
        let log = self.terminal.as_ref().map_or(Fd::STDERR, Fd::from);
        worker.log = self.options.log.then(|| Log::new(gate, log));
        let mut parts = self.everywhere;
        if self.files.beneath || self.files.single {
            parts |= Parts::BENEATH;
        }
        if self.options.sandbox {
            parts |= sandbox::enter(gate, &self.files.root, self.files.single);
        }
        let result = sys::write(gate, &ready, &[parts]).and_then(|_| {
            drop(ready);
            worker.run()
        });
        must(WORKER, result);
        0
    }
}

/// What serves, with all the memory that it will ever have.
#[inline(never)]
fn worker<'a>(
    gate: Gate,
    options: &'a Options,
    files: &'a Files,
    listeners: &'a mut FixedVec<Listener>,
    number: u32,
) -> Worker<'a> {
    let replier = Replier {
        gate,
        options,
        site: Site {
            server: b"",
            cache: options.cache,
            cors: options.cors,
            fields: &options.fields,
        },
        types: &options.types,
        files,
        cache: Cache::new(gate),
        lister: options.list.then(|| Lister::new(gate)),
        lists: true,
        now: 0,
    };
    let flags = EventFlags::NONBLOCK | EventFlags::CLOEXEC;
    Worker {
        gate,
        epoll: must(WORKER, sys::epoll_create1(gate, EventFlags::CLOEXEC)),
        signals: must(WORKER, sys::signalfd4(gate, Worker::signals(), flags)),
        timer: must(WORKER, sys::timerfd_create(gate, flags)),
        listeners,
        number,
        table: Table::new(gate, options.connections),
        slots: Slots::new(gate, options.connections),
        buffers: Buffers {
            input: memory::zeros(gate, INPUT),
            output: memory::zeros(gate, OUTPUT),
            path: memory::zeros(gate, PATH),
        },
        replier,
        log: None,
        tick: 0,
        ticking: false,
        paused: false,
        failing: false,
        stopping: None,
        order: 0,
        turn: 0,
        listings: 0,
    }
}

const WORKER: &[u8] = b"worker";
/// Requests: no more than a slot keeps.
const INPUT: usize = int80_serve::MAX_HEAD;
/// The largest head of a response, and a small file.
const OUTPUT: usize = 64 << 10;
/// The longest path of the kernel's.
const PATH: usize = 4096;

/// Room for two descriptors a connection, the files that are kept open, and some
/// more; what the hard limit allows.
#[inline(never)]
fn raise_limit(gate: Gate, connections: u32) {
    let needed = u64::from(connections) * 2
        + 64
        + cache::MOST as u64
        + MOST as u64 * u64::from(MOST_WORKERS);
    if let Ok(limit) = sys::prlimit64(gate, Resource::NOFILE, None) {
        if limit.soft < needed {
            let soft = needed.min(limit.hard);
            let hard = limit.hard;
            let _ = sys::prlimit64(gate, Resource::NOFILE, Some(Limit { soft, hard }));
        }
    }
}
