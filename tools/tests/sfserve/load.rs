//! Load and faults: many connections, and clients that break off anywhere.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use libtest_mimic::Failed;
use rustix::process::Signal;

use crate::{
    Row,
    client::{Client, get, same},
    server::{Place, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("load: idle connections", idle),
    ("load: slow connections beside others", slow),
    ("fault: a client that breaks off at every byte", breaks_off),
    ("fault: heads in every two pieces", pieces),
    ("fault: a killed worker under load", killed),
    ("fault: SIGTERM under load", terminated),
];

/// How many connections this process may have open, at most `wanted`.
fn room(wanted: usize) -> usize {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    let open = limit.current.map_or(wanted, |limit| limit as usize);
    if open < wanted + 200 {
        let raised = rustix::process::Rlimit {
            current: limit.maximum.map(|most| most.min(wanted as u64 + 200)),
            maximum: limit.maximum,
        };
        let _ = rustix::process::setrlimit(rustix::process::Resource::Nofile, raised);
    }
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current.map_or(wanted, |limit| {
        (limit as usize).saturating_sub(200).min(wanted)
    })
}

fn idle(place: &Place) -> Result {
    let wanted = if place.emulated() { 500 } else { 10_000 };
    let count = room(wanted);
    let server = place.serve(&["--connections", "11000", "--timeout", "600"])?;
    let mut streams = Vec::new();
    for _ in 0..count {
        streams.push(TcpStream::connect(server.address)?);
    }
    for stream in streams.iter_mut().step_by(100) {
        stream.write_all(b"GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin)?;
        same("answer", &begin, b"HTTP/1.1 200")?;
    }
    same("another", get(&server, "/a.txt")?.status, 200)?;
    let worker = server.workers()?[0].as_raw_nonzero();
    let status = std::fs::read_to_string(format!("/proc/{worker}/status"))?;
    let memory = status.lines().find(|line| line.starts_with("VmRSS:"));
    let memory = memory.unwrap_or("VmRSS: unknown");
    eprintln!(
        "{}: {count} idle connections of {wanted}; {memory}",
        place.name
    );
    Ok(())
}

fn slow(place: &Place) -> Result {
    let count = room(if place.emulated() { 200 } else { 1000 });
    let server = place.serve(&["--timeout", "600"])?;
    let mut streams = Vec::new();
    for at in 0..count {
        let mut stream = TcpStream::connect(server.address)?;
        let part: &[u8] = match at % 2 {
            0 => b"GET /a.txt HTTP/1.1\r\nHost: h\r\nX-",
            _ => b"GET /big HTTP/1.1\r\nHost: h\r\n\r\n",
        };
        stream.write_all(part)?;
        streams.push(stream);
    }
    for _ in 0..200 {
        same("others", get(&server, "/a.txt")?.status, 200)?;
    }
    eprintln!(
        "{}: 200 answers beside {count} slow connections",
        place.name
    );
    Ok(())
}

fn breaks_off(place: &Place) -> Result {
    let server = place.serve(&["--list"])?;
    let workers = server.workers()?;
    let request = b"GET /big HTTP/1.1\r\nHost: h\r\nRange: bytes=0-99999\r\n\r\n";
    let reset = |stream: &TcpStream| {
        // Unread bytes, or a linger of 0, make it a reset.
        let linger = Some(Duration::ZERO);
        rustix::net::sockopt::set_socket_linger(stream, linger)
    };
    for end in 0..request.len() {
        let mut stream = TcpStream::connect(server.address)?;
        stream.write_all(&request[..end])?;
        if end % 2 == 0 {
            reset(&stream)?;
        }
    }
    for count in (0..400).chain((400..100_000).step_by(2503)) {
        let mut stream = TcpStream::connect(server.address)?;
        stream.write_all(request)?;
        stream.read_exact(&mut vec![0; count])?;
        if count % 2 == 0 {
            reset(&stream)?;
        }
    }
    same("goes on", get(&server, "/a.txt")?.status, 200)?;
    same("the same worker", server.workers()?, workers)
}

fn pieces(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let two = b"GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\nGET /missing HTTP/1.1\r\nHost: h\r\n\r\n";
    for end in 1..two.len() {
        let mut client = Client::new(&server)?;
        client.send(&two[..end])?;
        std::thread::sleep(Duration::from_micros(500));
        client.send(&two[end..])?;
        let first = client.response(false)?;
        same(
            "first",
            (first.status, first.body),
            (200, b"0123456789".to_vec()),
        )?;
        same("second", client.response(false)?.status, 404)?;
    }
    Ok(())
}

/// Asks again and again until told to stop: how many answers were whole, and
/// how many connections were cut. A wrong answer is an error.
fn hammer(
    address: std::net::SocketAddr,
    stop: &std::sync::atomic::AtomicBool,
) -> std::result::Result<(usize, usize), String> {
    let big = crate::server::big();
    let (mut whole, mut cut) = (0, 0);
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        let Ok(mut stream) = TcpStream::connect(address) else {
            cut += 1;
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        let request = "GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        let mut answer = Vec::new();
        let sent = stream.write_all(request.as_bytes());
        let read = stream.read_to_end(&mut answer);
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let body = head.map_or(&[][..], |head| &answer[head + 4..]);
        if !big.starts_with(body) {
            return Err("other bytes".to_owned());
        }
        match sent.is_ok() && read.is_ok() && body.len() == big.len() {
            true => whole += 1,
            false => cut += 1,
        }
    }
    Ok((whole, cut))
}

/// Runs `disturb` while two clients ask.
fn under_load(
    place: &Place,
    options: &[&str],
    disturb: impl FnOnce(&mut crate::server::Server) -> Result,
) -> Result {
    let mut server = place.serve(options)?;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let address = server.address;
    let (result, counts) = std::thread::scope(|scope| {
        let clients = [(); 2].map(|()| scope.spawn(|| hammer(address, &stop)));
        std::thread::sleep(Duration::from_millis(200));
        let result = disturb(&mut server);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        (result, clients.map(std::thread::ScopedJoinHandle::join))
    });
    result?;
    let (mut whole, mut cut) = (0, 0);
    for one in counts {
        let (more, further) = one.map_err(|_| "a client panicked")??;
        whole += more;
        cut += further;
    }
    eprintln!("{}: {whole} whole, {cut} cut, 0 wrong", place.name);
    same("some", whole > 0, true)
}

fn killed(place: &Place) -> Result {
    under_load(place, &["--workers", "2"], |server| {
        for _ in 0..3 {
            let workers = server.workers()?;
            rustix::process::kill_process(workers[0], Signal::KILL)?;
            until("a new worker", || {
                server
                    .workers()
                    .is_ok_and(|now| now.len() == 2 && !now.contains(&workers[0]))
            })?;
            same("served", get(server, "/a.txt").is_ok(), true)?;
        }
        Ok(())
    })
}

fn terminated(place: &Place) -> Result {
    under_load(place, &[], |server| {
        server.signal(Signal::TERM)?;
        same("status", server.wait()?.code(), Some(0))
    })
}
