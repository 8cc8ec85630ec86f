//! What comes in over one connection: requests, and what answers them.

use int80::{
    Errno,
    sys::{self, MessageFlags},
};
use int80_serve::{
    Connection as Persistence, Fields, Head, Name, Parsed, Status, empty_lines, log::Line,
};

use crate::{
    connection::{Connection, NONE, State},
    log::peer,
    reply::parse,
    response::Reply,
    transmit::Sent,
    worker::Worker,
};

/// The most listings that are being sent at a time.
const LISTINGS: u32 = 8;

/// A request as the log has it.
#[derive(Default)]
struct Asked<'a> {
    line: &'a [u8],
    fields: Fields<'a>,
}

impl Worker<'_> {
    /// Reads or writes what there is; a connection that is to be closed is
    /// [`State::Free`] afterwards.
    pub fn advance(&mut self, connection: &mut Connection, at: usize) {
        match connection.state {
            State::Free => {}
            State::Idle | State::Head => self.receive(connection, at),
            State::Sending => self.send_on(connection, at),
            State::Lingering => self.drain(connection),
        }
    }

    /// Reads once, and serves the requests that are whole.
    #[inline(never)]
    fn receive(&mut self, connection: &mut Connection, at: usize) {
        let input = core::mem::take(&mut self.buffers.input);
        let kept = self.slots.take_input(connection.slot, input);
        let room = input.get_mut(kept..).unwrap_or_default();
        let received = match &connection.socket {
            Some(socket) => sys::recvfrom(self.gate, socket, room, MessageFlags::empty()),
            None => Err(Errno::EBADF),
        };
        match received {
            Err(Errno::EAGAIN | Errno::EINTR) => {
                let bytes = input.get(..kept).unwrap_or_default();
                self.slots.keep_input(connection.slot, bytes);
            }
            // The end within a head, or without a request.
            Ok(0) | Err(_) => connection.state = State::Free,
            Ok(count) => {
                let bytes = input.get(..kept + count).unwrap_or_default();
                self.serve(connection, at, bytes);
            }
        }
        self.buffers.input = input;
    }

    /// Serves the requests of `bytes`, in order, and keeps the rest.
    #[inline(never)]
    pub fn serve(&mut self, connection: &mut Connection, at: usize, mut bytes: &[u8]) {
        loop {
            // They are no part of a head, whose length has a limit.
            bytes = bytes.get(empty_lines(bytes)..).unwrap_or_default();
            if bytes.is_empty() {
                return self.idle(connection, at);
            }
            let (reply, asked, rest) = match parse(bytes) {
                Parsed::Partial => return self.keep_head(connection, at, bytes),
                Parsed::Request(request, length) => {
                    let persistence = match self.stopping {
                        None => request.connection(),
                        Some(_) => Persistence::Close,
                    };
                    if self.replier.lister.is_some() && self.listings >= LISTINGS {
                        self.replier.lists = false;
                    }
                    let buffers = &mut self.buffers;
                    let (path, out) = (&mut *buffers.path, &mut *buffers.output);
                    let reply = self.replier.reply(&request, path, persistence, out);
                    self.replier.lists = true;
                    let asked = Asked {
                        line: request.line,
                        fields: request.fields,
                    };
                    (reply, asked, bytes.get(length..).unwrap_or_default())
                }
                Parsed::Refused(refusal) => {
                    let out = &mut *self.buffers.output;
                    let reply = self.replier.refusal(refusal.status, refusal.method, out);
                    let asked = Asked {
                        line: refusal.line,
                        ..Asked::default()
                    };
                    (reply, asked, &[][..])
                }
            };
            self.record(connection, &reply, &asked);
            bytes = rest;
            match self.send(connection, at, reply) {
                Sent::Failed => return connection.state = State::Free,
                Sent::All if !connection.keep => return self.linger(connection, at),
                Sent::All => {}
                Sent::Part => return self.wait_to_send(connection, at, bytes),
            }
        }
    }

    /// Waits for the next request.
    #[inline(never)]
    fn idle(&mut self, connection: &mut Connection, at: usize) {
        self.slots.give(&mut connection.slot);
        connection.state = State::Idle;
        (connection.since, connection.order) = (self.tick, self.order);
        if self.stopping.is_some() {
            connection.state = State::Free;
            return;
        }
        self.wait_for(connection, at, false);
    }

    /// Keeps the beginning of a head. Where all slots are in use, the one that
    /// has been at it longest gives up its own.
    #[inline(never)]
    fn keep_head(&mut self, connection: &mut Connection, at: usize, bytes: &[u8]) {
        if connection.state != State::Head {
            connection.state = State::Head;
            (connection.since, connection.order) = (self.tick, self.order);
        }
        if !self.has_slot(connection, at) || !self.slots.keep_input(connection.slot, bytes) {
            connection.state = State::Free;
            return;
        }
        self.wait_for(connection, at, false);
    }

    /// Whether the connection has a slot, or gets one.
    #[inline(never)]
    pub fn has_slot(&mut self, connection: &mut Connection, at: usize) -> bool {
        if connection.slot != NONE {
            return true;
        }
        for _ in 0..2 {
            if let Some(slot) = self.slots.take(at) {
                connection.slot = slot;
                return true;
            }
            let Some(slowest) = self.slowest() else {
                return false;
            };
            self.with(slowest, Self::give_up);
        }
        false
    }

    /// The connection that has been sending its head longest.
    #[inline(never)]
    fn slowest(&mut self) -> Option<usize> {
        let mut slowest = None;
        for owner in self.slots.owners() {
            if let Some(one) = self.table.get(owner) {
                let age = self.order.wrapping_sub(one.order);
                if one.state == State::Head && slowest.is_none_or(|(oldest, _)| age > oldest) {
                    slowest = Some((age, owner));
                }
            }
        }
        slowest.map(|(_, owner)| owner)
    }

    /// 408 to a connection whose head does not come.
    pub fn give_up(&mut self, connection: &mut Connection, at: usize) {
        let method = Head::method(self.slots.input(connection.slot));
        let out = &mut *self.buffers.output;
        let reply = self.replier.refusal(Status::RequestTimeout, method, out);
        self.record(connection, &reply, &Asked::default());
        match self.send(connection, at, reply) {
            Sent::All => self.linger(connection, at),
            _ => connection.state = State::Free,
        }
    }

    #[inline(never)]
    fn record(&mut self, connection: &Connection, reply: &Reply, asked: &Asked<'_>) {
        let (Some(log), Some(socket)) = (&mut self.log, &connection.socket) else {
            return;
        };
        log.add(&Line {
            peer: peer(self.gate, socket),
            now: self.replier.now,
            request: asked.line,
            status: reply.status.code(),
            sent: reply.content,
            referer: asked.fields.first(Name::Referer),
            user_agent: asked.fields.first(Name::UserAgent),
        });
    }
}
