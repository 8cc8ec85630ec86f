//! A worker: the loop over events, and the connections that come and go.

use core::{mem::MaybeUninit, time::Duration};

use int80::{
    Errno, OwnedFd,
    sys::{self, EpollEvent, EpollFlags, EpollOp, PollFd, PollFlags, SignalSet, SocketFlags},
};
use int80_rt::{FixedVec, Gate};

use crate::{
    connection::{Connection, NONE, Slots, State, Table},
    listen::{BACKLOG, Listener},
    log::Log,
    reply::Replier,
};

/// The most events that are taken at once.
const EVENTS: usize = 64;
/// The most connections that are taken at once from one socket.
const ACCEPTS: usize = 16;
/// How many bytes a connection may move before others have their turn.
pub const TURN: usize = 1 << 20;

// What an event is of, beside the number of a connection.
const LISTENER: u64 = 1 << 32;
const SIGNALS: u64 = 2 << 32;
const TIMER: u64 = 3 << 32;

/// The buffers that all connections share.
pub struct Buffers {
    pub input: &'static mut [u8],
    pub output: &'static mut [u8],
    pub path: &'static mut [u8],
}

/// Everything that serves. The large parts are last: an instruction reaches the first
/// 128 bytes with one byte of offset.
#[repr(C)]
pub struct Worker<'a> {
    pub gate: Gate,
    /// Seconds since the start, as far as they are counted.
    pub tick: u32,
    /// Counts events, for the order of idleness.
    pub order: u32,
    /// What the connection whose turn it is may still move.
    pub turn: usize,
    pub buffers: Buffers,
    pub table: Table,
    pub slots: Slots,
    /// The tick at which the grace ends, once the worker is to stop.
    pub stopping: Option<u32>,
    /// The listings that are being sent.
    pub listings: u32,
    /// Whether the timer goes.
    pub ticking: bool,
    /// Whether connections are left to wait, for want of room.
    pub paused: bool,
    /// Whether a socket is left alone up to the next second, since it fails.
    pub failing: bool,
    pub epoll: OwnedFd<Gate>,
    pub signals: OwnedFd<Gate>,
    pub timer: OwnedFd<Gate>,
    pub listeners: &'a mut FixedVec<Listener>,
    /// Which of them are this worker's.
    pub number: u32,
    pub log: Option<Log<'a>>,
    pub replier: Replier<'a>,
}

impl Worker<'_> {
    /// Serves until it is told to stop and nothing is under way.
    #[inline(never)]
    pub fn run(&mut self) -> Result<(), Errno> {
        let add = |fd, data| {
            let event = EpollEvent::new(EpollFlags::IN, data);
            sys::epoll_ctl(self.gate, &self.epoll, EpollOp::Add, fd, event)
        };
        add(&self.signals, SIGNALS)?;
        add(&self.timer, TIMER)?;
        self.listen(EpollOp::Add)?;
        loop {
            let mut events = [MaybeUninit::uninit(); EVENTS];
            let epoll = &self.epoll;
            let events = match sys::epoll_pwait(self.gate, epoll, &mut events, -1, None) {
                Ok(events) => events,
                Err(Errno::EINTR) => continue,
                Err(errno) => return Err(errno),
            };
            // What is older than a second must not be sent, whatever comes first. Of
            // more events than these the timer's may be one.
            let mut timer = [PollFd::new(&self.timer, PollFlags::IN)];
            if events.iter().any(|event| event.data == TIMER)
                || events.len() == EVENTS && sys::poll(self.gate, &mut timer, 0) == Ok(1)
            {
                let _ = self.replier.cache.clear();
            }
            for event in events {
                self.order = self.order.wrapping_add(1);
                let data = event.data;
                match data {
                    SIGNALS => self.signal(),
                    TIMER => self.second(),
                    _ if data >= LISTENER => drop(self.accept((data & 0xffff) as usize)),
                    _ => self.with(data as usize, Self::advance),
                }
            }
            if let Some(log) = &mut self.log {
                log.flush();
            }
            match self.stopping {
                Some(_) if self.table.used == 0 => return Ok(()),
                Some(end) if self.tick >= end => return Ok(()),
                _ => {}
            }
        }
    }

    /// Adds or removes the sockets that connections come to.
    #[inline(never)]
    fn listen(&self, op: EpollOp) -> Result<(), Errno> {
        for (at, listener) in self.listeners.iter().enumerate() {
            let shared = match listener.worker {
                Some(number) if number != self.number => continue,
                Some(_) => EpollFlags::empty(),
                None => EpollFlags::EXCLUSIVE,
            };
            let event = EpollEvent::new(EpollFlags::IN | shared, LISTENER | at as u64);
            match sys::epoll_ctl(self.gate, &self.epoll, op, &listener.socket, event) {
                // One that is left alone.
                Ok(()) | Err(Errno::EEXIST | Errno::ENOENT) => {}
                Err(errno) => return Err(errno),
            }
        }
        Ok(())
    }

    fn pause(&mut self) {
        if !self.paused && self.stopping.is_none() {
            self.paused = self.listen(EpollOp::Del).is_ok();
            // The next second tries again.
            self.start_ticking();
        }
    }

    fn go_on(&mut self) {
        if self.paused && self.stopping.is_none() {
            self.paused = self.listen(EpollOp::Add).is_err();
        }
    }

    /// Takes connections that wait; whether there may be more of them.
    #[inline(never)]
    fn accept(&mut self, listener: usize) -> bool {
        let mut any = false;
        for turn in 0..ACCEPTS {
            if self.paused {
                return false;
            }
            if self.table.is_full() {
                // One waits for certain; of another the next event tells.
                if turn > 0 {
                    return true;
                }
                if !self.make_room() {
                    self.pause();
                    return false;
                }
            }
            let Some(listener) = self.listeners.get(listener) else {
                return false;
            };
            let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
            match sys::accept4(self.gate, &listener.socket, flags) {
                Ok(socket) => {
                    any = true;
                    self.enter(socket);
                }
                Err(Errno::EAGAIN) => return false,
                Err(Errno::EMFILE | Errno::ENFILE | Errno::ENOBUFS | Errno::ENOMEM) => {
                    if !self.replier.cache.clear() && !self.make_room() {
                        self.pause();
                        return false;
                    }
                }
                // That connection is gone; the next one may be good.
                Err(_) => {}
            }
        }
        if let (false, Some(listener)) = (any, self.listeners.get(listener)) {
            // As one that another process has shut down.
            let (none, socket) = (EpollEvent::new(EpollFlags::IN, 0), &listener.socket);
            let _ = sys::epoll_ctl(self.gate, &self.epoll, EpollOp::Del, socket, none);
            self.failing = true;
            self.start_ticking();
        }
        any
    }

    #[inline(never)]
    fn enter(&mut self, socket: OwnedFd<Gate>) {
        self.start_ticking();
        let connection = Connection {
            socket: Some(socket),
            state: State::Idle,
            slot: NONE,
            since: self.tick,
            order: self.order,
            ..Connection::default()
        };
        let Some(at) = self.table.insert(connection) else {
            return;
        };
        let event = EpollEvent::new(EpollFlags::IN, at as u64);
        let added = match self.table.get(at).and_then(|one| one.socket.as_ref()) {
            Some(socket) => sys::epoll_ctl(self.gate, &self.epoll, EpollOp::Add, socket, event),
            None => Ok(()),
        };
        if added.is_err() {
            self.remove(at);
        }
    }

    /// Closes the connection that has been idle longest (H.24).
    fn make_room(&mut self) -> bool {
        let Some(at) = self.table.idlest(self.order) else {
            return false;
        };
        self.remove(at);
        true
    }

    /// Closes a connection.
    pub fn remove(&mut self, at: usize) {
        self.with(at, |_, connection, _| connection.state = State::Free);
    }

    /// Closes what a connection has open.
    fn close(&mut self, connection: &mut Connection) {
        self.drop_file(connection);
        self.slots.give(&mut connection.slot);
        connection.socket = None;
    }

    pub fn drop_file(&mut self, connection: &mut Connection) {
        connection.file = None;
        if connection.listing {
            connection.listing = false;
            self.listings -= 1;
        }
    }

    /// A connection's turn: what `act` leaves [`State::Free`] is closed.
    #[inline(never)]
    pub fn with(&mut self, at: usize, act: fn(&mut Self, &mut Connection, usize)) {
        let Some(place) = self.table.get(at) else {
            return;
        };
        if place.state == State::Free {
            return;
        }
        let mut connection = core::mem::take(place);
        // The place must not be taken for a free one.
        place.state = State::Sending;
        self.turn = TURN;
        act(self, &mut connection, at);
        if connection.state == State::Free {
            self.close(&mut connection);
            self.table.remove(at);
            return self.go_on();
        }
        if let Some(place) = self.table.get(at) {
            *place = connection;
        }
    }

    /// Waits for bytes to read, or for room to write.
    #[inline(never)]
    pub fn wait_for(&mut self, connection: &mut Connection, at: usize, writing: bool) {
        if connection.writing == writing {
            return;
        }
        connection.writing = writing;
        let events = if writing {
            EpollFlags::OUT
        } else {
            EpollFlags::IN
        };
        let event = EpollEvent::new(events, at as u64);
        let changed = match &connection.socket {
            Some(socket) => sys::epoll_ctl(self.gate, &self.epoll, EpollOp::Mod, socket, event),
            None => Ok(()),
        };
        if changed.is_err() {
            connection.state = State::Free;
        }
    }

    /// A signal: the worker is to stop.
    #[inline(never)]
    fn signal(&mut self) {
        let mut buffer = [0; 128];
        if sys::read(self.gate, &self.signals, &mut buffer).is_err() || self.stopping.is_some() {
            return;
        }
        // What waits has been promised a server.
        for at in 0..self.listeners.len() {
            // No more than wait at a time: others keep coming.
            let turns = BACKLOG as usize / ACCEPTS + 1;
            let _ = (0..turns).all(|_| self.accept(at));
        }
        if !self.paused {
            let _ = self.listen(EpollOp::Del);
        }
        self.listeners.clear();
        self.start_ticking();
        self.stopping = Some(self.tick.saturating_add(self.replier.options.grace));
        // Bytes of a request may have come that have not been read.
        for at in 0..self.table.len() {
            if self
                .table
                .get(at)
                .is_some_and(|one| one.state == State::Idle)
            {
                self.with(at, Self::advance);
            }
            if self
                .table
                .get(at)
                .is_some_and(|one| one.state == State::Idle)
            {
                self.remove(at);
            }
        }
    }

    /// The clock is read, and the timer set, when the first connection comes.
    #[inline(never)]
    fn start_ticking(&mut self) {
        if self.ticking {
            return;
        }
        self.read_clock();
        let second = Duration::from_secs(1);
        self.ticking = sys::timerfd_settime64(self.gate, &self.timer, second, second).is_ok();
        let cache = &mut self.replier.cache;
        let _ = cache.clear();
        cache.open = self.ticking && !self.replier.options.fresh;
    }

    fn read_clock(&mut self) {
        if let Ok(now) = sys::clock_gettime64_realtime(self.gate) {
            self.replier.now = now.as_secs() as i64;
        }
    }

    /// The timer has gone off.
    #[inline(never)]
    fn second(&mut self) {
        let mut often = [0; 8];
        if sys::read(self.gate, &self.timer, &mut often).is_err() {
            return;
        }
        self.tick = self.tick.saturating_add(u64::from_ne_bytes(often) as u32);
        self.read_clock();
        self.go_on();
        if core::mem::take(&mut self.failing) && !self.paused && self.stopping.is_none() {
            let _ = self.listen(EpollOp::Add);
        }
        if self.table.used == 0 && !self.paused && self.stopping.is_none() {
            let none = Duration::ZERO;
            self.ticking = sys::timerfd_settime64(self.gate, &self.timer, none, none).is_err();
            // The events before this one may have kept something.
            let _ = self.replier.cache.clear();
            return;
        }
        for at in 0..self.table.len() {
            self.is_late(at);
        }
    }

    /// Ends a connection whose time is over (S.6).
    #[inline(never)]
    fn is_late(&mut self, at: usize) {
        let (tick, gate) = (self.tick, self.gate);
        let timeout = self.replier.options.timeout;
        let Some(one) = self.table.get(at) else {
            return;
        };
        let age = tick.wrapping_sub(one.since);
        match one.state {
            State::Free => {}
            State::Idle if age >= timeout => self.remove(at),
            State::Head if age >= timeout => self.with(at, Self::give_up),
            State::Lingering if age >= timeout.min(LINGER) => self.remove(at),
            State::Sending if age >= timeout => {
                let queued = one
                    .socket
                    .as_ref()
                    .and_then(|s| sys::ioctl_outq(gate, s).ok());
                let queued = queued.unwrap_or(0);
                let gone = one.moved.saturating_add(one.queued).saturating_sub(queued);
                if gone < timeout.saturating_mul(RATE) {
                    return self.remove(at);
                }
                (one.since, one.moved, one.queued) = (tick, 0, queued);
            }
            _ => {}
        }
    }

    /// The set of signals that a worker reads.
    pub const fn signals() -> SignalSet {
        SignalSet(1 << (SIGTERM - 1))
    }
}

pub const SIGTERM: u32 = 15;
/// The bytes a second that a client has to take.
const RATE: u32 = 256;
/// How many seconds a connection lingers.
const LINGER: u32 = 5;
