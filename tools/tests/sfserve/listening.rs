//! U.2: where it listens, and what it serves there.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::net::UnixStream,
};

use libtest_mimic::Failed;
use rustix::process::Signal;

use crate::{
    Row,
    client::{ask, get, same},
    people::{run, text},
    server::{Place, Server, activated, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("U.2 the address is in use", in_use),
    ("U.2 IPv6, and all addresses", addresses),
    ("U.2 Unix sockets", unix),
    ("U.2 LISTEN_FDS", listen_fds),
    ("U.2 a file instead of a folder", file),
];

fn in_use(place: &Place) -> Result {
    for workers in ["1", "2"] {
        let server = place.serve(&["--workers", workers])?;
        let listen = format!("--listen={}", server.address);
        for second in ["1", "2"] {
            let output = run(place, &[&listen, "--workers", second, "."])?;
            let error = text(&output.stderr);
            same(&error, output.status.code(), Some(1))?;
            same(
                &error,
                error.contains(&format!("--listen http://{}", server.address)),
                true,
            )?;
            same(&error, error.contains("Address already in use"), true)?;
        }
    }
    Ok(())
}

fn addresses(place: &Place) -> Result {
    let serve = |listen: &str| -> std::result::Result<Server, Failed> {
        let folder = site()?;
        let mut command = place.command();
        command.args(["--listen", listen]).arg(folder.path());
        Server::start(command, folder)
    };
    let all = serve(":0")?;
    same("all", get(&all, "/a.txt")?.status, 200)?;
    if TcpListener::bind("[::1]:0").is_err() {
        return place.skip("no IPv6 on this machine");
    }
    let six = std::net::SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1], all.address.port()));
    same("all, by IPv6", TcpStream::connect(six).is_ok(), true)?;
    let server = serve("[::1]:0")?;
    same("address", server.address.is_ipv6(), true)?;
    same("IPv6", get(&server, "/a.txt")?.status, 200)
}

fn unix(place: &Place) -> Result {
    let folder = site()?;
    let path = folder.path().join("socket.sock");
    let listen = format!("--listen=unix:{}", path.display());
    let start = |folder: tempfile::TempDir| {
        let mut command = place.command();
        command.arg(&listen).arg(folder.path());
        Server::start(command, folder)
    };
    let ask = || -> std::result::Result<String, Failed> {
        let mut stream = UnixStream::connect(&path)?;
        stream.write_all(b"GET /a.txt HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let mut server = start(folder)?;
    same("answer", ask()?.ends_with("\r\n\r\n0123456789"), true)?;
    // A second server must not take it away.
    let second = run(place, &[&listen, "."])?;
    same("second", second.status.code(), Some(1))?;
    same("still there", ask()?.is_empty(), false)?;
    // One that is killed leaves it behind; the next one replaces it.
    rustix::process::kill_process_group(server.pid(), Signal::KILL)?;
    server.child.wait()?;
    same("left behind", path.exists(), true)?;
    until("its worker has ended", || {
        UnixStream::connect(&path).is_err()
    })?;
    let again = start(tempfile::tempdir()?)?;
    fs::write(again.path("a.txt"), "again")?;
    until("again", || {
        ask().is_ok_and(|answer| answer.ends_with("again"))
    })?;
    again.end()?;
    same("removed", path.exists(), false)
}

fn listen_fds(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator opens descriptors of its own from 3 on");
    }
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let own = listener.try_clone()?;
    let folder = site()?;
    let mut command = activated(&place.command(), listener);
    command.arg(folder.path());
    let server = Server::start(command, folder)?;
    same("address", server.address, address)?;
    // As those that the server opens: a response waits for no other's receipt.
    let option = rustix::net::sockopt::tcp_nodelay(&own)?;
    same("TCP_NODELAY", option, true)?;
    same("served", get(&server, "/a.txt")?.status, 200)
}

fn file(place: &Place) -> Result {
    let folder = site()?;
    let mut command = place.command();
    command
        .args(["--listen=127.0.0.1:0"])
        .arg(folder.path().join("a.txt"));
    let server = Server::start(command, folder)?;
    for _ in 0..3 {
        let response = get(&server, "/")?;
        same(
            "type",
            response.field("Content-Type"),
            Some("text/plain; charset=utf-8"),
        )?;
        same("body", response.body, b"0123456789".to_vec())?;
    }
    let part = ask(&server, "GET /", "Range: bytes=2-3\r\n")?;
    same("part", part.body, b"23".to_vec())?;
    for path in ["/a.txt", "/index.html", "/sub/"] {
        same(path, get(&server, path)?.status, 404)?;
    }
    Ok(())
}
