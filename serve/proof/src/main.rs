//! Calls every function of `int80-serve` on what standard input has, and writes
//! what came of it to standard output.
//!
//! That the program links with feature `no-panic` proves that no byte makes any
//! of them panic. Its output is the same on every architecture.
#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use int80::{Errno, Fd, Native, sys};
use int80_rt::Process;
use int80_serve::{
    Coding, Connection, File, Head, Out, Parsed, Request, Response, Sent, Site, Status, candidates,
    content_type, date, decide, empty_lines, host,
    listing::{self, Entry},
    log::{Line, Peer},
    options::{Field, Listen, TypeRule, error_page, number, user},
    resolve, status_of,
};

int80_rt::main!(main);

fn main(_process: Process) -> u8 {
    let mut input = [0; 32 * 1024];
    match read(&mut input).and_then(all) {
        Ok(()) => 0,
        Err(errno) => errno.raw_os_error() as u8,
    }
}

fn read(buffer: &mut [u8]) -> Result<&[u8], Errno> {
    let mut len = 0;
    loop {
        let rest = buffer.get_mut(len..).unwrap_or_default();
        match sys::read(Native, Fd::STDIN, rest)? {
            0 => return Ok(buffer.get(..len).unwrap_or_default()),
            count => len += count,
        }
    }
}

fn write(mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        let count = sys::write(Native, Fd::STDOUT, bytes)?;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}

/// Writes what `make` writes into a buffer.
fn made(make: impl FnOnce(&mut [u8]) -> Option<usize>) -> Result<(), Errno> {
    let mut buffer = [0; 8192];
    match make(&mut buffer) {
        Some(len) => write(buffer.get(..len).unwrap_or_default()),
        None => write(b"(too long)\n"),
    }
}

fn all(input: &[u8]) -> Result<(), Errno> {
    let site = Site {
        server: b"proof",
        cache: Some(60),
        cors: true,
        fields: &[Field {
            name: b"Vary",
            value: b"Origin",
        }],
    };
    let mut rest = input;
    loop {
        rest = rest.get(empty_lines(rest)..).unwrap_or_default();
        match Head::parse(rest) {
            Parsed::Partial => break,
            Parsed::Refused(refusal) => {
                let response = Response::status(refusal.status);
                made(|buffer| response.write_head(&site, 1 << 40, Connection::Close, buffer))?;
                made(|buffer| refusal.status.write_body(buffer))?;
                break;
            }
            Parsed::Request(request, used) => {
                answer(&request, &site)?;
                rest = rest.get(used..).unwrap_or_default();
            }
        }
    }
    input.split(|&byte| byte == b'\n').try_for_each(texts)
}

fn answer(request: &Request<'_>, site: &Site<'_>) -> Result<(), Errno> {
    let now = 1 << 31;
    let connection = request.connection();
    if let Some(status) = request.method.refusal() {
        let response = Response::status(status);
        made(|buffer| response.write_head(site, now, connection, buffer))?;
    }
    let mut path = [0; 4096];
    let mut path = match resolve(request.path, false, &mut path) {
        Ok(path) => path,
        Err(status) => return made(|buffer| status.write_body(buffer)),
    };
    write(path.as_c_str().to_bytes())?;
    let redirect = Response::redirect(path.as_bytes(), request);
    made(|buffer| redirect.write_head(site, now, connection, buffer))?;
    made(|buffer| listing::begin(path.as_bytes(), buffer))?;
    for coding in candidates(&request.fields) {
        let before = path.len();
        let _ = path.add_ending(coding.ending());
        let _ = path.join(b"index.html");
        path.truncate(before);
        for (size, mtime) in [(0, 0), (1000, 1 << 30), (u64::MAX, now), (5, i64::MAX)] {
            let file = File {
                size,
                mtime,
                mtime_nsec: 999_999_999,
            };
            let sent = Sent {
                decision: decide(request, &file, coding, now),
                file,
                coding,
                varies: coding != Coding::Identity,
            };
            let response = Response::file(sent, content_type(path.name(), &[]));
            made(|buffer| response.write_head(site, now, connection, buffer))?;
        }
    }
    let line = Line {
        peer: Peer::V4([127, 0, 0, 1]),
        now,
        request: request.line,
        status: Status::Ok.code(),
        sent: u64::MAX,
        referer: request.referer(),
        user_agent: request.user_agent(),
    };
    made(|buffer| line.write(buffer))
}

/// What takes any text.
fn texts(text: &[u8]) -> Result<(), Errno> {
    let say = |name: &str, value: Option<u64>| {
        made(|buffer| {
            let mut out = Out::new(buffer);
            out.text(name).byte(b' ');
            match value {
                Some(value) => out.number(value),
                None => out.byte(b'-'),
            };
            out.byte(b'\n').finish()
        })
    };
    say("host", host::is_host(text).then_some(1))?;
    say("date", date::parse(text, 1 << 31).map(|date| date as u64))?;
    let number = number(text, 1, u32::MAX).map(u64::from);
    say("number", number)?;
    let (status, weekday) = (status_of(number.unwrap_or(0) as i32), number.unwrap_or(0));
    say("status", Some(status.code().into()))?;
    say(
        "field",
        Field::parse(text)
            .ok()
            .map(|field| field.value.len() as u64),
    )?;
    say(
        "user",
        user(text).ok().map(|(user, group)| u64::from(user ^ group)),
    )?;
    say("page", error_page(text).ok().map(|page| page.len() as u64))?;
    if let Ok(rule) = TypeRule::parse(text) {
        write(content_type(b"name.tar.gz", &[rule]))?;
    }
    if let Ok(listen) = Listen::parse(text) {
        made(|buffer| {
            let mut out = Out::new(buffer);
            listen.with_port(80).write_url(&mut out);
            out.finish()
        })?;
    }
    let entry = Entry {
        name: text,
        size: number,
        mtime: weekday as i64,
    };
    made(|buffer| listing::entry(&entry, buffer))?;
    made(|buffer| listing::end(number.is_some(), buffer))
}
