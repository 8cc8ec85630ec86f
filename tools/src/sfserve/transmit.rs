//! What goes out over one connection, and its end.

use int80::{
    Errno,
    sys::{self, MessageFlags, Shutdown},
};

use crate::{
    connection::{Connection, NONE, State},
    response::Reply,
    worker::Worker,
};

/// The most bytes that are thrown away.
const LINGER: u64 = 16 << 20;

/// How far the sending of a response has come.
#[derive(Clone, Copy, PartialEq)]
pub enum Sent {
    All,
    /// There is no room, or others have their turn.
    Part,
    Failed,
}

impl Worker<'_> {
    /// Sends the head and what follows it in the buffer, then the file.
    #[inline(never)]
    pub fn send(&mut self, connection: &mut Connection, at: usize, reply: Reply) -> Sent {
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
    pub fn send_on(&mut self, connection: &mut Connection, at: usize) {
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
    pub fn wait_to_send(&mut self, connection: &mut Connection, at: usize, bytes: &[u8]) {
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
    pub fn linger(&mut self, connection: &mut Connection, at: usize) {
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
    pub fn drain(&mut self, connection: &mut Connection) {
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
}
