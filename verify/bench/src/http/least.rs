//! The least that a server of files can do: responses are put together at the start,
//! nothing of a request is read but the number in it. What it takes is the kernel's
//! part, which no server on epoll is quicker than.

use anyhow::{Context, Result};
use rustix::{
    buffer::spare_capacity,
    event::epoll::{self, EventData, EventFlags},
    fs::sendfile,
    io::{Errno, retry_on_intr},
    net::{RecvFlags, SendFlags, recv, send},
};
use std::{
    collections::HashMap,
    fs::{self, File},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::fd::AsFd,
    path::Path,
};

/// What is sent in one piece with its head, as sfserve does.
const SMALL: usize = 16 << 10;

/// A file, open, and the head of its response, with its content where it is small.
struct Ready {
    head: Vec<u8>,
    file: File,
    left: u64,
}

/// A connection, and what is left to send of which file.
struct Connection<'a> {
    stream: TcpStream,
    ready: Option<&'a Ready>,
    left: u64,
    closing: bool,
}

/// Serves the files of a folder, whose names are numbers, until it is killed.
pub fn serve(port: u16, site: &Path) -> Result<()> {
    let mut all = HashMap::new();
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        let name = path.file_name().context("no name")?;
        let number: u32 = name.to_str().context("no number")?.parse()?;
        all.insert(number, ready(&path)?);
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    epoll::add(&epoll, &listener, EventData::new_u64(0), EventFlags::IN)?;
    let mut connections: HashMap<u64, Connection<'_>> = HashMap::new();
    let (mut next, mut events) = (1, Vec::with_capacity(64));
    loop {
        // A signal of a tracer's, or of a stop.
        retry_on_intr(|| epoll::wait(&epoll, spare_capacity(&mut events), None))?;
        for event in events.drain(..) {
            let key = event.data.u64();
            if key == 0 {
                while let Ok((stream, _)) = listener.accept() {
                    stream.set_nonblocking(true)?;
                    stream.set_nodelay(true)?;
                    epoll::add(&epoll, &stream, EventData::new_u64(next), EventFlags::IN)?;
                    let (ready, left, closing) = (None, 0, false);
                    let connection = Connection {
                        stream,
                        ready,
                        left,
                        closing,
                    };
                    connections.insert(next, connection);
                    next += 1;
                }
                continue;
            }
            let Some(connection) = connections.get_mut(&key) else {
                continue;
            };
            let waited = connection.left > 0;
            let good = connection.advance(&all).is_ok();
            let waits = connection.left > 0;
            if !good || connection.closing && !waits {
                connections.remove(&key);
            } else if waits != waited {
                let flags = if waits {
                    EventFlags::OUT
                } else {
                    EventFlags::IN
                };
                epoll::modify(&epoll, &connection.stream, EventData::new_u64(key), flags)?;
            }
        }
    }
}

/// Opens a file and puts its response together.
fn ready(path: &Path) -> Result<Ready> {
    let file = File::open(path)?;
    let mut left = file.metadata()?.len();
    // As long as sfserve's.
    let mut head = format!(
        "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
        X-Content-Type-Options: nosniff\r\nContent-Length: {left}\r\n\
        Content-Type: application/octet-stream\r\nVary: Accept-Encoding\r\n\
        ETag: \"0123456789abcdef-400\"\r\nLast-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
        Accept-Ranges: bytes\r\n\r\n"
    )
    .into_bytes();
    if left <= SMALL as u64 {
        head.extend(fs::read(path)?);
        left = 0;
    }
    Ok(Ready { head, file, left })
}

impl<'a> Connection<'a> {
    /// Reads a request and answers it, or goes on with an answer.
    fn advance(&mut self, all: &'a HashMap<u32, Ready>) -> Result<()> {
        if self.left == 0 {
            let mut request = [0; 4096];
            let (count, _) = recv(&self.stream, &mut request, RecvFlags::empty())?;
            let text = std::str::from_utf8(&request[..count])?;
            let number = text.strip_prefix("GET /").context("no request")?;
            let number = number.split(' ').next().unwrap_or_default();
            let ready = all.get(&number.parse()?).context("no file")?;
            self.closing = !text.contains("HTTP/1.1") || text.contains("Connection: close");
            let more = if ready.left > 0 {
                SendFlags::MORE
            } else {
                SendFlags::empty()
            };
            let sent = send(&self.stream, &ready.head, SendFlags::NOSIGNAL | more)?;
            anyhow::ensure!(sent == ready.head.len(), "no room for a head");
            (self.ready, self.left) = (Some(ready), ready.left);
        }
        while let Some(ready) = self.ready.filter(|_| self.left > 0) {
            let mut offset = ready.left - self.left;
            let count = self.left as usize;
            match sendfile(self.stream.as_fd(), &ready.file, Some(&mut offset), count) {
                Ok(0) => anyhow::bail!("the file has become shorter"),
                Ok(count) => self.left -= count as u64,
                Err(Errno::AGAIN) => break,
                Err(errno) => return Err(errno.into()),
            }
        }
        Ok(())
    }
}
