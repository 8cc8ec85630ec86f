//! K: what the server keeps of files for a second, as if it did not.

use std::{fs, io::Write, path::Path, time::Duration};

use libtest_mimic::Failed;
use rustix::process::{Pid, Signal, kill_process};

use crate::{
    Row,
    client::{Client, Response, ask, get, once, same},
    server::{Place, Server, age, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("K two calls for a kept-alive request", calls),
    ("K at most a second old", second),
    ("K what is kept answers as what is read", alike),
    ("K more files than are kept", many),
    ("K a socket without any room", no_room),
    ("K a larger file is opened once a second", opened),
    ("K a larger file that is replaced", replaced),
    ("K a larger file that changes in place", in_place),
    ("K a larger file that is elsewhere", elsewhere),
    ("K nothing is open where no one asks", idle),
    ("K at most a second old, of many", many_waited),
    ("K no descriptor is missed for what is kept", descriptors),
];

/// Too large to be kept in memory.
const LARGE: usize = 50_000;

/// The requests whose calls are counted.
const REQUESTS: usize = 50;

/// The names of the worker's calls while a file of so many bytes is asked for, up to
/// as many responses; or the reason why nothing can be traced.
fn names_of_calls(
    place: &Place,
    length: usize,
    requests: usize,
) -> std::result::Result<std::result::Result<Vec<String>, String>, Failed> {
    let folder = site()?;
    fs::write(folder.path().join("file"), vec![b'x'; length])?;
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = ["-o", trace.to_str().ok_or("a path")?];
    let server = match place.serve_traced(folder, &output, &[])? {
        Ok(server) => server,
        Err(reason) => return Ok(Err(reason)),
    };
    let mut client = Client::new(&server)?;
    for _ in 0..requests {
        same("length", ask_on(&mut client, "/file")?.body.len(), length)?;
    }
    let mut names = Vec::new();
    // A larger file goes by sendfile, after its head.
    let last = if length < LARGE { "sendto" } else { "sendfile" };
    until("the trace", || {
        names = traced(&trace).unwrap_or_default();
        count(&names, last) + count(&names, &format!("{last}64")) >= requests
    })?;
    Ok(Ok(names))
}

fn calls(place: &Place) -> Result {
    let names = match names_of_calls(place, 1024, REQUESTS + 2)? {
        Ok(names) => names,
        Err(reason) => return place.skip(&reason),
    };
    // Before the second response the first file is closed.
    let mut sent = names
        .iter()
        .enumerate()
        .filter(|(_, name)| *name == "sendto");
    let second = sent.nth(1).map_or(0, |(at, _)| at);
    let last = sent.next_back().map_or(0, |(at, _)| at);
    let names = names.get(second + 1..=last).unwrap_or_default();
    same("received", count(names, "recvfrom"), REQUESTS)?;
    same("sent", count(names, "sendto"), REQUESTS)?;
    // Each second the timer and the clock are read, and then the file once more:
    // also where only a part of that is among these calls.
    let seconds = count(names, "read");
    let waits = count(names, "epoll_pwait");
    same(&format!("{waits} waits"), waits <= REQUESTS + seconds, true)?;
    let others = names.len() - 2 * REQUESTS - waits;
    if place.fresh {
        // openat2 or openat, statx, pread64, close.
        return same("of the file", others, 4 * REQUESTS + 2 * seconds);
    }
    same(&format!("{names:?}"), others <= 6 * (seconds + 1), true)
}

/// The names of the worker's calls in a file of strace's: `123 sendto(7, …) = 1024`.
fn traced(trace: &Path) -> std::io::Result<Vec<String>> {
    let text = fs::read_to_string(trace)?;
    let calls = text.lines().filter_map(|line| {
        let (process, call) = line.split_once(char::is_whitespace)?;
        let (name, _) = call.trim_start().split_once('(')?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        name.bytes().all(is_name).then_some((process, name))
    });
    let sends = calls.clone().find(|(_, name)| *name == "sendto");
    let calls = calls.filter(|(process, _)| sends.is_some_and(|(worker, _)| worker == *process));
    Ok(calls.map(|(_, name)| name.to_owned()).collect())
}

fn count(names: &[String], name: &str) -> usize {
    names.iter().filter(|found| *found == name).count()
}

fn second(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let file = server.path("changing");
    let mut kept = false;
    // The second may end between the two requests, but not each time.
    for at in 0..10 {
        let [old, new] = ["old", "new"].map(|word| format!("{word} {at}"));
        fs::write(&file, &old)?;
        place.outwait();
        same("read", get(&server, "/changing")?.body, old.clone().into())?;
        fs::write(&file, &new)?;
        let body = get(&server, "/changing")?.body;
        if body != new.as_bytes() {
            same("kept", body, old.into())?;
            kept = true;
        }
        place.outwait();
        same("read again", get(&server, "/changing")?.body, new.into())?;
        if kept || place.fresh {
            break;
        }
    }
    same("kept", kept, !place.fresh)
}

fn alike(place: &Place) -> Result {
    let options = ["--spa", "sub/index.html", "--header", "X-A: b"];
    let server = place.serve(&options)?;
    fs::write(server.path("x.js"), "plain")?;
    for (name, length) in [("large", LARGE), ("medium", 6_000)] {
        fs::write(server.path(name), "0123456789".repeat(length / 10))?;
        age(&server.path(name), 100)?;
    }
    age(&server.path("x.js"), 100)?;
    for (ending, seconds) in [("br", 50), ("gz", 60)] {
        let name = server.path(&format!("x.js.{ending}"));
        fs::write(&name, ending)?;
        age(&name, seconds)?;
    }
    let mut command = place.command();
    command.args(["--fresh", "--listen", "127.0.0.1:0"]);
    command.args(options).arg(server.folder.path());
    let fresh = Server::start(command, tempfile::tempdir()?)?;
    let tag = get(&fresh, "/a.txt")?;
    let tag = tag.field("ETag").ok_or("no ETag")?;
    let fields = [
        String::new(),
        "Range: bytes=2-5\r\n".to_owned(),
        "Range: bytes=-3\r\n".to_owned(),
        "Range: bytes=99-\r\n".to_owned(),
        format!("If-None-Match: {tag}\r\n"),
        format!("If-Match: {tag}\r\n"),
        format!("Range: bytes=1-2\r\nIf-Range: {tag}\r\n"),
        "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n".to_owned(),
        "Accept-Encoding: gzip\r\n".to_owned(),
        "Accept-Encoding: br;q=0.5, gzip\r\n".to_owned(),
        "Accept-Encoding: br, gzip;q=0.5\r\n".to_owned(),
    ];
    for path in [
        "/",
        "/a.txt",
        "/a%2Etxt",
        "/a.txt/",
        "/a.txt?x",
        "/sub",
        "/sub/",
        "/sub/.",
        "/empty",
        "/large",
        "/medium",
        "/x.js",
        "/x.js.gz",
        "/missing",
        "/missing.css",
    ] {
        for method in ["GET", "HEAD", "POST"] {
            for fields in &fields {
                let line = format!("{method} {path}");
                let what = format!("{line} {fields}");
                let read = ask(&fresh, &line, fields)?;
                // The first fills what the second is made of.
                for _ in 0..2 {
                    let seen = ask(&server, &line, fields)?;
                    same(&what, seen.status, read.status)?;
                    same(&what, seen.lasting(), read.lasting())?;
                    same(&what, &seen.body, &read.body)?;
                }
            }
        }
        let old = format!("GET {path} HTTP/1.0\r\n\r\n");
        let [seen, read] = [once(&server, &old)?, once(&fresh, &old)?];
        same(&old, (seen.status, seen.body), (read.status, read.body))?;
    }
    Ok(())
}

/// Each has its own content, also where there is no room for it.
fn many(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for at in 0..100 {
        fs::write(server.path(&format!("file-{at}")), format!("content {at}"))?;
    }
    // Some begin as others are called.
    for at in (0..100).rev().chain(0..100) {
        let body = get(&server, &format!("/file-{at}"))?.body;
        same("content", body, format!("content {at}").into())?;
    }
    Ok(())
}

/// Not at each request: the path is looked up once a second.
fn opened(place: &Place) -> Result {
    let names = match names_of_calls(place, LARGE, REQUESTS)? {
        Ok(names) => names,
        Err(reason) => return place.skip(&reason),
    };
    let from = names.iter().position(|name| *name == "recvfrom");
    let names = names.get(from.unwrap_or(0)..).unwrap_or_default();
    let opened = count(names, "openat2") + count(names, "openat");
    if place.fresh {
        return same("opened", opened, REQUESTS);
    }
    let seconds = count(names, "read");
    same(
        &format!("{opened} in {seconds} s"),
        opened <= seconds + 1,
        true,
    )
}

/// By the old file whole, with its tag, or by the new one; after a second by the
/// new one.
fn replaced(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let (file, next) = (server.path("large"), server.path("next"));
    let [old, new] = [b'o', b'n'].map(|byte| vec![byte; LARGE]);
    fs::write(&file, &old)?;
    age(&file, 100)?;
    let first = get(&server, "/large")?;
    same("old", first.body == old, true)?;
    fs::write(&next, &new)?;
    age(&next, 50)?;
    fs::rename(&next, &file)?;
    let second = get(&server, "/large")?;
    let is_old = second.body == old;
    same(
        "old or new",
        !place.fresh && is_old || second.body == new,
        true,
    )?;
    let same_tag = second.field("ETag") == first.field("ETag");
    same("the tag of its bytes", same_tag, is_old)?;
    place.outwait();
    same("new", get(&server, "/large")?.body == new, true)
}

/// The new bytes never have the old tag: a client would join them to old ones.
fn in_place(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let file = server.path("large");
    let [old, new] = [b'o', b'n'].map(|byte| vec![byte; LARGE]);
    fs::write(&file, &old)?;
    age(&file, 100)?;
    let first = get(&server, "/large")?;
    let tag = first.field("ETag").ok_or("no ETag")?;
    fs::write(&file, &new)?;
    age(&file, 50)?;
    let fields = format!("Range: bytes=10-19\r\nIf-Range: {tag}\r\n");
    let second = ask(&server, "GET /large", &fields)?;
    same("whole, with another tag", second.status, 200)?;
    same("another tag", second.field("ETag") != Some(tag), true)?;
    same("new", second.body == new, true)?;
    // Shorter and longer likewise.
    for length in [LARGE / 2, LARGE, 3 * LARGE] {
        fs::write(&file, vec![b'x'; length])?;
        same("length", get(&server, "/large")?.body.len(), length)?;
    }
    Ok(())
}

/// What a file that was kept has become need not be served: it has another name,
/// outside of the folder or with a dot.
fn elsewhere(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let outside = tempfile::tempdir()?;
    for (at, place) in [server.path(".next"), outside.path().join("private")]
        .iter()
        .enumerate()
    {
        let name = format!("large-{at}");
        fs::write(server.path(&name), "o".repeat(LARGE))?;
        // Two writes within one tick of the clock have the same time.
        age(&server.path(&name), 100)?;
        same("open", get(&server, &format!("/{name}"))?.status, 200)?;
        let mut file = fs::File::options().write(true).open(server.path(&name))?;
        // Moved, as far as both are on one file system.
        let _ = fs::rename(server.path(&name), place);
        let _ = fs::remove_file(server.path(&name));
        file.write_all("n".repeat(LARGE).as_bytes())?;
        same("gone", get(&server, &format!("/{name}"))?.status, 404)?;
    }
    Ok(())
}

/// Stops a process, and waits until it no longer runs.
fn stop(pid: Pid) -> Result {
    kill_process(pid, Signal::STOP)?;
    let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
    until("a stopped process", || {
        fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") T "))
    })
}

/// The files that a process has open below a folder.
fn open_below(pid: Pid, folder: &Path) -> usize {
    let open = fs::read_dir(format!("/proc/{}/fd", pid.as_raw_nonzero()));
    let links = open.into_iter().flatten().flatten();
    let links = links.filter_map(|entry| fs::read_link(entry.path()).ok());
    links
        .filter(|link| link.starts_with(folder) && link != folder)
        .count()
}

/// Also not if the last request and the end of the second come together.
fn idle(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator has descriptors of its own");
    }
    let server = place.serve(&[])?;
    fs::write(server.path("large"), "o".repeat(LARGE))?;
    let worker = server.workers()?[0];
    let mut client = Client::new(&server)?;
    client.send("G")?;
    // The timer goes, and goes off behind the rest of the request.
    std::thread::sleep(Duration::from_millis(300));
    stop(worker)?;
    client.send("ET /large HTTP/1.0\r\n\r\n")?;
    client.end()?;
    std::thread::sleep(Duration::from_millis(1100));
    kill_process(worker, Signal::CONT)?;
    same("length", client.response(false)?.body.len(), LARGE)?;
    drop(client);
    until("nothing open", || {
        open_below(worker, server.folder.path()) == 0
    })
}

/// Also where the timer goes off behind more requests than are taken at once.
fn many_waited(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator is stopped between its own calls");
    }
    let server = place.serve(&[])?;
    let (small, next) = (server.path("small"), server.path("next"));
    fs::write(&small, "old")?;
    let worker = server.workers()?[0];
    let mut clients = Vec::new();
    for _ in 0..100 {
        let mut client = Client::new(&server)?;
        client.send("GET /small HTTP/1.1\r\nHost: h\r\n\r\n")?;
        same("old", client.response(false)?.body, b"old".to_vec())?;
        clients.push(client);
    }
    stop(worker)?;
    for client in &mut clients {
        client.send("GET /small HTTP/1.1\r\nHost: h\r\n\r\n")?;
    }
    fs::write(&next, "new")?;
    fs::rename(&next, &small)?;
    std::thread::sleep(Duration::from_millis(1100));
    kill_process(worker, Signal::CONT)?;
    for client in &mut clients {
        same("new", client.response(false)?.body, b"new".to_vec())?;
    }
    Ok(())
}

/// Where there is no other, one of a file that is kept is given up.
fn descriptors(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator has descriptors of its own");
    }
    let folder = site()?;
    for at in 0..100 {
        let name = folder.path().join(format!("file-{at}"));
        fs::write(name, format!("content {at:03}").repeat(LARGE / 10))?;
    }
    for (name, seconds) in [("x.js", 100), ("x.js.gz", 50)] {
        let ending = name.rsplit('.').next().unwrap_or_default();
        fs::write(folder.path().join(name), ending)?;
        age(&folder.path().join(name), seconds)?;
    }
    let server = place.serve_limited(folder, 30)?;
    let mut clients = vec![Client::new(&server)?];
    for at in 0..100 {
        // One more comes when all are in use.
        if at == 30 || at == 60 {
            clients.push(Client::new(&server)?);
        }
        for client in &mut clients {
            let response = ask_on(client, &format!("/file-{at}"))?;
            same("status", response.status, 200)?;
            let content = format!("content {at:03}");
            let good = response.body.starts_with(content.as_bytes());
            same("content", good, true)?;
        }
    }
    // Two are needed at once: of the folder, and of its index.
    let response = ask_on(&mut clients[0], "/sub/")?;
    same("index", response.body, b"sub".to_vec())?;
    for at in 0..40 {
        ask_on(&mut clients[0], &format!("/file-{at}"))?;
    }
    // Of the file, and of the one that is coded.
    let fields = "Host: h\r\nAccept-Encoding: gzip";
    clients[0].send(format!("GET /x.js HTTP/1.1\r\n{fields}\r\n\r\n"))?;
    same("coded", clients[0].response(false)?.body, b"gz".to_vec())?;
    Ok(())
}

fn ask_on(client: &mut Client, path: &str) -> std::result::Result<Response, Failed> {
    client.send(format!("GET {path} HTTP/1.1\r\nHost: h\r\n\r\n"))?;
    client.response(false)
}

/// What is to be sent of a kept file waits in full, and so has to fit.
fn no_room(place: &Place) -> Result {
    let folder = site()?;
    let lengths = [100, 3_000, 4_000];
    for length in lengths {
        fs::write(folder.path().join(length.to_string()), vec![b'x'; length])?;
    }
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    let strace = ["-o", output, "-e", "inject=sendto:error=EAGAIN:when=2+3"];
    let server = match place.serve_traced(folder, &strace, &[])? {
        Ok(server) => server,
        Err(reason) => return place.skip(&reason),
    };
    let mut client = Client::new(&server)?;
    for length in lengths.repeat(10) {
        client.send(format!("GET /{length} HTTP/1.1\r\nHost: h\r\n\r\n"))?;
        same("length", client.response(false)?.body.len(), length)?;
    }
    Ok(())
}
