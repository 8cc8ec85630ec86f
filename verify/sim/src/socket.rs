//! Calls on sockets.

use int80::{Errno, Register};
use linux_raw_sys::{
    general::{O_WRONLY, SIGPIPE},
    net,
};

use super::{
    memory,
    object::{Object, Socket},
    rope::Rope,
    setup::place,
    state::{Result, State},
};

/// `struct msghdr`.
#[derive(Clone, Copy)]
#[repr(C)]
struct Message {
    name: Register,
    name_len: i32,
    parts: Register,
    parts_len: usize,
    control: Register,
    control_len: usize,
    flags: u32,
}

impl State {
    fn socket(&mut self, fd: Register) -> Result<&mut Socket> {
        let fd = place(fd.bits() as i32);
        self.file(fd)?;
        match self.object(fd) {
            Some(Object::Socket(socket)) => Ok(socket),
            _ => Err(Errno::ENOTSOCK),
        }
    }

    pub fn sendmsg(&mut self, [fd, message, flags, ..]: [Register; 6], most: u64) -> Result {
        let connected = self.socket(fd)?.connected;
        let flags = flags.bits() as u32;
        let message = memory::load::<Message>(message)?;
        let bytes = self.gather(message.parts, message.parts_len, most)?;
        let fd = place(fd.bits() as i32);
        if let Some(errno) = self.opened(fd, O_WRONLY)?.write_error {
            return Err(errno);
        }
        if !connected {
            if flags & net::MSG_NOSIGNAL == 0 {
                self.signals.raise(SIGPIPE);
            }
            return Err(Errno::EPIPE);
        }
        if !bytes.is_empty() {
            self.tell(fd)?;
        }
        if self.is_datagram(fd) {
            let more = flags & net::MSG_MORE != 0;
            return self
                .message(fd, Rope::bytes(&bytes), more)
                .map(|n| n as usize);
        }
        let moved = self.deliver_room(fd, &bytes)?;
        if let (Some(Object::Socket(socket)), true) = (self.object(fd), moved > 0) {
            let more = flags & net::MSG_MORE != 0;
            socket.held = socket.tcp && (socket.cork || more);
        }
        Ok(moved)
    }

    pub fn getsockopt(&mut self, [fd, level, name, to, ..]: [Register; 6]) -> Result {
        let stream = self.socket(fd)?.stream;
        match (level.bits() as u32, name.bits() as u32) {
            (net::SOL_SOCKET, net::SO_TYPE) => {
                let kind = if stream {
                    net::SOCK_STREAM
                } else {
                    net::SOCK_DGRAM
                };
                memory::store(to, kind).map(|()| 0)
            }
            _ => Err(Errno::ENOPROTOOPT),
        }
    }

    pub fn setsockopt(&mut self, [fd, level, name, from, ..]: [Register; 6]) -> Result {
        let on = memory::load::<u32>(from)? != 0;
        let socket = self.socket(fd)?;
        if !socket.tcp {
            return Err(Errno::EOPNOTSUPP);
        }
        match (level.bits() as u32, name.bits() as u32) {
            (6, net::TCP_CORK) => {
                socket.cork = on;
                socket.held &= on;
                Ok(0)
            }
            _ => Err(Errno::ENOPROTOOPT),
        }
    }

    pub fn getpeername(&mut self, [fd, ..]: [Register; 6]) -> Result {
        match self.socket(fd)?.connected {
            true => Ok(0),
            false => Err(Errno::ENOTCONN),
        }
    }
}
