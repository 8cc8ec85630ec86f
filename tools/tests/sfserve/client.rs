//! A client that sends any bytes, and reads what comes strictly.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use libtest_mimic::Failed;

use crate::server::{LIMIT, Server};

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a field that is there once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut all = self
            .fields
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = all.next().map(|(_, value)| &**value);
        assert!(all.next().is_none(), "{name} twice: {:?}", self.fields);
        value
    }

    /// The fields but Date, to be compared.
    pub fn lasting(&self) -> Vec<&(String, String)> {
        self.fields
            .iter()
            .filter(|(name, _)| name != "Date")
            .collect()
    }
}

/// A connection to a server.
pub struct Client {
    pub stream: TcpStream,
    /// What was received and not yet taken.
    rest: Vec<u8>,
}

impl Client {
    pub fn new(server: &Server) -> Result<Self, Failed> {
        let stream = TcpStream::connect(server.address)?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_write_timeout(Some(LIMIT))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            rest: Vec::new(),
        })
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Failed> {
        Ok(self.stream.write_all(bytes.as_ref())?)
    }

    /// Reads, also where the tests are stopped (Ctrl-Z) and go on: with a time limit
    /// the kernel does not begin anew by itself.
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    fn more(&mut self) -> Result<bool, Failed> {
        let mut buffer = [0; 65536];
        let count = self.read(&mut buffer)?;
        self.rest.extend_from_slice(&buffer[..count]);
        Ok(count > 0)
    }

    /// The next response; of one to HEAD there is no content.
    pub fn response(&mut self, to_head: bool) -> Result<Response, Failed> {
        let end = loop {
            if let Some(end) = self.rest.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            if !self.more()? {
                let rest = String::from_utf8_lossy(&self.rest).into_owned();
                return Err(format!("the connection ends after {rest:?}").into());
            }
        };
        let head = String::from_utf8(self.rest[..end].to_vec()).map_err(|_| "no text")?;
        self.rest.drain(..end + 4);
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 "));
        let status = status.and_then(|rest| rest.get(..3)?.parse().ok());
        let fields = lines.map(|line| {
            let (name, value) = line.split_once(": ").ok_or(format!("a field {line:?}"))?;
            Ok((name.to_owned(), value.to_owned()))
        });
        let mut response = Response {
            status: status.ok_or(format!("a status line in {head:?}"))?,
            fields: fields.collect::<Result<_, String>>()?,
            body: Vec::new(),
        };
        let length = response.field("Content-Length").map(str::parse::<usize>);
        let length = match (response.status, length) {
            (204 | 304, None) => 0,
            (204 | 304, Some(_)) => return Err("204 or 304 with a length".into()),
            (_, None) => return Err("no Content-Length".into()),
            (_, Some(length)) => length?,
        };
        if !to_head {
            while self.rest.len() < length {
                if !self.more()? {
                    return Err(format!("{} bytes of {length}", self.rest.len()).into());
                }
            }
            response.body = self.rest.drain(..length).collect();
        }
        Ok(response)
    }

    /// Expects that the server closes, and that nothing more comes.
    pub fn closed(&mut self) -> Result<(), Failed> {
        match self.read(&mut [0; 100]) {
            _ if !self.rest.is_empty() => {
                Err(format!("more: {:?}", String::from_utf8_lossy(&self.rest)).into())
            }
            Ok(0) => Ok(()),
            Ok(count) => Err(format!("{count} bytes more").into()),
            Err(error) => Err(format!("instead of the end: {error}").into()),
        }
    }

    /// Expects that nothing comes for a moment.
    pub fn silent(&mut self, moment: Duration) -> Result<(), Failed> {
        self.stream.set_read_timeout(Some(moment))?;
        let result = self.read(&mut [0; 100]);
        self.stream.set_read_timeout(Some(LIMIT))?;
        match result {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                Ok(())
            }
            other => Err(format!("instead of silence: {other:?}").into()),
        }
    }

    pub fn end(&self) -> Result<(), Failed> {
        Ok(self.stream.shutdown(Shutdown::Write)?)
    }
}

/// Sends these bytes; the one response to them, after which the server closes.
pub fn once(server: &Server, bytes: impl AsRef<[u8]>) -> Result<Response, Failed> {
    let bytes = bytes.as_ref();
    let mut client = Client::new(server)?;
    // A refused request may be answered before its end.
    let _ = client.send(bytes);
    let response = client.response(bytes.starts_with(b"HEAD "))?;
    client.closed()?;
    Ok(response)
}

/// A request with further fields, each ending in CRLF; the connection is closed
/// after it.
pub fn ask(server: &Server, line: &str, fields: &str) -> Result<Response, Failed> {
    let request = format!("{line} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{fields}\r\n");
    once(server, request).map_err(|error| told(line, fields, &error))
}

pub fn get(server: &Server, path: &str) -> Result<Response, Failed> {
    ask(server, &format!("GET {path}"), "")
}

fn told(line: &str, fields: &str, error: &Failed) -> Failed {
    format!("{line} {fields:?}: {error:?}").into()
}

/// Fails where two are not the same.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, seen: T, wanted: T) -> Result<(), Failed> {
    if seen == wanted {
        return Ok(());
    }
    Err(format!("{what}: {seen:?} instead of {wanted:?}").into())
}

/// Expects the status of each request, given whole.
pub fn statuses(server: &Server, cases: &[(&str, u16)]) -> Result<(), Failed> {
    for (request, status) in cases {
        let response = once(server, request).map_err(|error| told(request, "", &error))?;
        same(request, response.status, *status)?;
    }
    Ok(())
}
