//! Connections, and the buffers of those whose bytes come or go in pieces
//! (S.10).

use int80::OwnedFd;
use int80_rt::{FixedVec, Gate};
use int80_serve::MAX_HEAD;

use crate::memory::{self, copy};

/// What a connection is at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(u8)]
pub enum State {
    /// No connection.
    #[default]
    Free,
    /// No byte of a request has come.
    Idle,
    /// A part of a request's head has come.
    Head,
    /// A part of a response has gone.
    Sending,
    /// Everything has gone; what still comes is thrown away (H.25).
    Lingering,
}

/// One connection: at most 64 bytes.
#[derive(Debug, Default)]
pub struct Connection {
    pub socket: Option<OwnedFd<Gate>>,
    /// What of the response is in a file: from `offset` on, `left` bytes.
    pub file: Option<OwnedFd<Gate>>,
    pub offset: u64,
    pub left: u64,
    /// When it became idle, or its head began, counted in events; of a free place the next one.
    pub order: u32,
    /// When its state, or the window of its rate, began, in ticks.
    pub since: u32,
    /// The bytes that have gone in this window.
    pub moved: u32,
    /// The bytes that were under way when it began.
    pub queued: u32,
    /// Its slot, or [`NONE`].
    pub slot: u16,
    pub state: State,
    /// Whether another request may follow.
    pub keep: bool,
    /// Whether room to write is waited for, and not bytes to read.
    pub writing: bool,
    /// Whether `file` is a listing, of which there are few at a time.
    pub listing: bool,
}

const _: () = assert!(size_of::<Connection>() <= 64);

/// No slot, no connection.
pub const NONE: u16 = u16::MAX;

/// The places of all connections.
pub struct Table {
    places: FixedVec<Connection>,
    free: u32,
    pub used: u32,
}

const END: u32 = u32::MAX;

impl Table {
    pub fn new(gate: Gate, capacity: u32) -> Self {
        Self {
            places: memory::vector(gate, capacity as usize),
            free: END,
            used: 0,
        }
    }

    /// How many places have been in use.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn get(&mut self, at: usize) -> Option<&mut Connection> {
        self.places.get_mut(at)
    }

    pub fn is_full(&self) -> bool {
        self.free == END && self.places.len() == self.places.capacity()
    }

    /// Puts a connection into a free place.
    pub fn insert(&mut self, connection: Connection) -> Option<usize> {
        let at = self.free as usize;
        if let Some(place) = self.places.get_mut(at) {
            self.free = place.order;
            *place = connection;
            self.used += 1;
            return Some(at);
        }
        self.places.push(connection).ok()?;
        self.used += 1;
        Some(self.places.len() - 1)
    }

    /// Frees a place, whose connection has been taken out.
    pub fn remove(&mut self, at: usize) {
        if let Some(place) = self.places.get_mut(at) {
            *place = Connection {
                order: self.free,
                ..Connection::default()
            };
            self.free = at as u32;
            self.used -= 1;
        }
    }

    /// The connection that has been idle longest.
    pub fn idlest(&self, now: u32) -> Option<usize> {
        let idle = self.places.iter().enumerate();
        idle.filter(|(_, one)| one.state == State::Idle)
            .max_by_key(|(_, one)| now.wrapping_sub(one.order))
            .map(|(at, _)| at)
    }
}

/// The longest head of a response that can wait for room.
pub const MAX_OUT: usize = 4096;
const SIZE: usize = MAX_HEAD + MAX_OUT;

/// What a slot holds: the beginning of a request, and the rest of a response's
/// head.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// How many bytes of requests.
    input: u16,
    /// The bytes of a response that have not gone.
    start: u16,
    end: u16,
    /// Whose it is, or of a free one the next.
    owner: u32,
}

/// The slots, fewer than there are connections.
pub struct Slots {
    slots: FixedVec<Slot>,
    bytes: &'static mut [u8],
    free: u16,
}

impl Slots {
    pub fn new(gate: Gate, connections: u32) -> Self {
        let capacity = (connections / 4).clamp(16, 1024) as usize;
        Self {
            slots: memory::vector(gate, capacity),
            bytes: memory::zeros(gate, capacity * SIZE),
            free: NONE,
        }
    }

    /// A slot for a connection, unless all are in use.
    pub fn take(&mut self, owner: usize) -> Option<u16> {
        let slot = Slot {
            owner: owner as u32,
            ..Slot::default()
        };
        let at = self.free;
        if let Some(place) = self.slots.get_mut(usize::from(at)) {
            self.free = place.owner as u16;
            *place = slot;
            return Some(at);
        }
        self.slots.push(slot).ok()?;
        Some((self.slots.len() - 1) as u16)
    }

    /// Gives a slot back.
    pub fn give(&mut self, at: &mut u16) {
        if let Some(place) = self.slots.get_mut(usize::from(*at)) {
            place.owner = self.free.into();
            self.free = *at;
        }
        *at = NONE;
    }

    /// The owners of all slots that were ever in use.
    pub fn owners(&self) -> impl Iterator<Item = usize> {
        self.slots.iter().map(|slot| slot.owner as usize)
    }

    /// Keeps the beginning of a request; at most [`MAX_HEAD`] bytes.
    pub fn keep_input(&mut self, at: u16, bytes: &[u8]) -> bool {
        let start = usize::from(at) * SIZE;
        let place = self.bytes.get_mut(start..start + bytes.len());
        let (Some(place), Some(slot)) = (place, self.slots.get_mut(usize::from(at))) else {
            return false;
        };
        if bytes.len() > MAX_HEAD {
            return false;
        }
        copy(place, bytes);
        slot.input = bytes.len() as u16;
        true
    }

    /// What was kept of a request.
    pub fn input(&self, at: u16) -> &[u8] {
        let start = usize::from(at) * SIZE;
        let len = self.slots.get(usize::from(at)).map_or(0, |slot| slot.input);
        let input = self.bytes.get(start..start + usize::from(len));
        input.unwrap_or_default()
    }

    /// Takes what was kept of a request.
    pub fn take_input(&mut self, at: u16, to: &mut [u8]) -> usize {
        let input = self.input(at);
        let len = input.len();
        let Some(to) = to.get_mut(..len) else {
            return 0;
        };
        copy(to, input);
        if let Some(slot) = self.slots.get_mut(usize::from(at)) {
            slot.input = 0;
        }
        len
    }

    /// Keeps the rest of a response's head, where it fits.
    pub fn keep_output(&mut self, at: u16, bytes: &[u8]) -> bool {
        let start = usize::from(at) * SIZE + MAX_HEAD;
        let place = self.bytes.get_mut(start..start + bytes.len());
        let (Some(place), Some(slot)) = (place, self.slots.get_mut(usize::from(at))) else {
            return false;
        };
        if bytes.len() > MAX_OUT {
            return false;
        }
        copy(place, bytes);
        (slot.start, slot.end) = (0, bytes.len() as u16);
        true
    }

    /// What has not gone of a response's head.
    pub fn output(&self, at: u16) -> &[u8] {
        let start = usize::from(at) * SIZE + MAX_HEAD;
        let Some(slot) = self.slots.get(usize::from(at)) else {
            return &[];
        };
        let range = start + usize::from(slot.start)..start + usize::from(slot.end);
        self.bytes.get(range).unwrap_or_default()
    }

    /// So many bytes of it have gone.
    pub fn sent(&mut self, at: u16, count: usize) {
        if let Some(slot) = self.slots.get_mut(usize::from(at)) {
            slot.start = slot.start.saturating_add(count as u16).min(slot.end);
        }
    }
}
