//! What passes over one connection: requests in, responses out.

use int80::{
    Errno,
    sys::{self, MessageFlags, Shutdown},
};
use int80_serve::{
    Connection as Persistence, Fields, Method, Name, Parsed, Status, empty_lines, log::Line,
};

use crate::{
    connection::{Connection, NONE, State},
    log::peer,
    reply::parse,
    response::Reply,
    worker::Worker,
};

/// The most listings that are being sent at a time.
const LISTINGS: u32 = 8;

/// How far the sending of a response has come.
#[derive(Clone, Copy, PartialEq)]
enum Sent {
    All,
    /// There is no room, or others have their turn.
    Part,
    Failed,
}

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
    fn serve(&mut self, connection: &mut Connection, at: usize, mut bytes: &[u8]) {
        loop {
            if bytes.len() == empty_lines(bytes) {
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
    fn has_slot(&mut self, connection: &mut Connection, at: usize) -> bool {
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
        let out = &mut *self.buffers.output;
        let reply = self
            .replier
            .refusal(Status::RequestTimeout, Method::Get, out);
        self.record(connection, &reply, &Asked::default());
        match self.send(connection, at, reply) {
            Sent::All => self.linger(connection, at),
            _ => connection.state = State::Free,
        }
    }

    /// Sends the head and what follows it in the buffer, then the file.
    #[inline(never)]
    fn send(&mut self, connection: &mut Connection, at: usize, reply: Reply) -> Sent {
        let (head, end) = (reply.head, reply.end);
        connection.keep = reply.keep;
        (connection.offset, connection.left) = (reply.offset, reply.left);
        connection.file = reply.file;
        if reply.listing && connection.file.is_some() {
            connection.listing = true;
            self.listings += 1;
        }
        let bytes = self.buffers.output.get(..end).unwrap_or_default();
        let mut flags = MessageFlags::NOSIGNAL;
        if reply.left > 0 {
            flags |= MessageFlags::MORE;
        }
        let sent = match &connection.socket {
            Some(socket) => sys::sendto(self.gate, socket, bytes, flags),
            None => Err(Errno::EBADF),
        };
        let sent = match sent {
            Ok(sent) => sent,
            Err(Errno::EAGAIN | Errno::EINTR) => 0,
            Err(_) => return Sent::Failed,
        };
        self.turn = self.turn.saturating_sub(sent);
        if sent < end {
            return self.keep_rest(connection, at, (head, end), sent);
        }
        self.send_file(connection)
    }

    /// Keeps what has not gone of a head; of a file it is read again.
    #[inline(never)]
    fn keep_rest(
        &mut self,
        connection: &mut Connection,
        at: usize,
        (head, end): (usize, usize),
        sent: usize,
    ) -> Sent {
        let kept = if connection.file.is_some() { head } else { end };
        let unread = end.saturating_sub(sent.max(kept)) as u64;
        connection.offset -= unread.min(connection.offset);
        connection.left += unread;
        if sent < kept {
            // One that is taken from another would overwrite the buffer.
            if connection.slot == NONE {
                connection.slot = self.slots.take(at).unwrap_or(NONE);
            }
            let rest = self.buffers.output.get(sent..kept).unwrap_or_default();
            if !self.slots.keep_output(connection.slot, rest) {
                return Sent::Failed;
            }
        }
        Sent::Part
    }

    /// Sends what there is of the file, up to the end of the turn.
    #[inline(never)]
    fn send_file(&mut self, connection: &mut Connection) -> Sent {
        while connection.left > 0 {
            if self.turn == 0 {
                return Sent::Part;
            }
            match self.send_some(connection) {
                Ok(count) => {
                    self.turn = self.turn.saturating_sub(count);
                    connection.offset += count as u64;
                    connection.left -= count as u64;
                    connection.moved = connection.moved.saturating_add(count as u32);
                }
                Err(Errno::EINTR) => {}
                Err(Errno::EAGAIN) => return Sent::Part,
                // The file has become shorter, or the client is gone.
                Err(_) => return Sent::Failed,
            }
        }
        self.drop_file(connection);
        Sent::All
    }

    /// Sends once: by sendfile, or, where the file system moves bytes by read alone,
    /// through the buffer.
    #[inline(never)]
    fn send_some(&mut self, connection: &Connection) -> Result<usize, Errno> {
        let (Some(socket), Some(file)) = (&connection.socket, &connection.file) else {
            return Err(Errno::EBADF);
        };
        let mut offset = connection.offset;
        let count = connection.left.min(self.turn as u64) as usize;
        match int80::sendfile64(self.gate, socket, file, Some(&mut offset), count) {
            // What fails for good fails below, too.
            Ok(0) => {}
            Err(errno) if !matches!(errno, Errno::EAGAIN | Errno::EINTR) => {}
            result => return result,
        }
        let most = count.min(self.buffers.output.len());
        let buffer = self.buffers.output.get_mut(..most).unwrap_or_default();
        match sys::pread64(self.gate, file, buffer, connection.offset)? {
            0 => Err(Errno::ENODATA),
            count => {
                let bytes = buffer.get(..count).unwrap_or_default();
                sys::sendto(self.gate, socket, bytes, MessageFlags::NOSIGNAL)
            }
        }
    }

    /// Goes on with a response when there is room.
    #[inline(never)]
    fn send_on(&mut self, connection: &mut Connection, at: usize) {
        let rest = self.slots.output(connection.slot);
        if !rest.is_empty() {
            let sent = match &connection.socket {
                Some(socket) => sys::sendto(self.gate, socket, rest, MessageFlags::NOSIGNAL),
                None => Err(Errno::EBADF),
            };
            match sent {
                Ok(sent) => {
                    let all = sent == rest.len();
                    self.slots.sent(connection.slot, sent);
                    connection.moved = connection.moved.saturating_add(sent as u32);
                    if !all {
                        return;
                    }
                }
                Err(Errno::EAGAIN | Errno::EINTR) => return,
                Err(_) => return connection.state = State::Free,
            }
        }
        match self.send_file(connection) {
            Sent::Part => {}
            Sent::Failed => connection.state = State::Free,
            Sent::All if !connection.keep => self.linger(connection, at),
            Sent::All => {
                let input = core::mem::take(&mut self.buffers.input);
                let kept = self.slots.take_input(connection.slot, input);
                let bytes = input.get(..kept).unwrap_or_default();
                self.serve(connection, at, bytes);
                self.buffers.input = input;
            }
        }
    }

    /// Waits for room; `bytes` are the requests that follow.
    #[inline(never)]
    fn wait_to_send(&mut self, connection: &mut Connection, at: usize, bytes: &[u8]) {
        if !bytes.is_empty() && connection.keep {
            // Without a slot the client asks again on another connection.
            connection.keep =
                self.has_slot(connection, at) && self.slots.keep_input(connection.slot, bytes);
        }
        connection.state = State::Sending;
        (connection.since, connection.moved, connection.queued) = (self.tick, 0, 0);
        if let Some(socket) = &connection.socket {
            connection.queued = sys::ioctl_outq(self.gate, socket).unwrap_or(0);
        }
        self.wait_for(connection, at, true);
    }

    /// Ends a connection so that the client sees the whole response (H.25).
    #[inline(never)]
    fn linger(&mut self, connection: &mut Connection, at: usize) {
        self.slots.give(&mut connection.slot);
        self.drop_file(connection);
        let ended = match &connection.socket {
            Some(socket) => sys::shutdown(self.gate, socket, Shutdown::Write),
            None => Err(Errno::EBADF),
        };
        if ended.is_err() {
            connection.state = State::Free;
            return;
        }
        connection.state = State::Lingering;
        (connection.since, connection.left) = (self.tick, LINGER);
        self.wait_for(connection, at, false);
        self.drain(connection);
    }

    /// Throws away what comes after the last response, up to its end.
    #[inline(never)]
    fn drain(&mut self, connection: &mut Connection) {
        let buffer = &mut *self.buffers.output;
        loop {
            let received = match &connection.socket {
                Some(socket) => sys::recvfrom(self.gate, socket, buffer, MessageFlags::empty()),
                None => Err(Errno::EBADF),
            };
            match received {
                Err(Errno::EAGAIN) => return,
                Ok(count) if count > 0 && connection.left > count as u64 => {
                    connection.left -= count as u64;
                }
                _ => return connection.state = State::Free,
            }
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

/// The most bytes that are thrown away.
const LINGER: u64 = 16 << 20;
