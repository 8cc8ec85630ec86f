//! S.8 to S.12: files that change, signals, memory, the log.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::{fs::symlink, process::CommandExt},
    process::Stdio,
};

use libtest_mimic::Failed;
use rustix::process::Signal;

use crate::{
    Row,
    client::{Client, ask, get, same},
    server::{Place, Server, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("S.8 a file that shrinks", shrinks),
    ("S.8 files that grow, are replaced or deleted", changes),
    ("S.8 a file system that moves bytes by read alone", reads),
    ("S.9 SIGTERM", terminate),
    ("S.9 SIGHUP", reload),
    ("S.9 a client that is gone", gone),
    ("S.10 memory", memory),
    ("S.11 forged lines", forged),
    ("S.11 a full log", full_log),
    ("S.12 what is mapped", mapped),
];

fn shrinks(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let mut client = Client::new(&server)?;
    client.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")?;
    let mut some = vec![0; 10_000];
    client.stream.read_exact(&mut some)?;
    fs::File::options()
        .write(true)
        .open(server.path("big"))?
        .set_len(100)?;
    let mut rest = Vec::new();
    let _ = client.stream.read_to_end(&mut rest);
    let head = some
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or("a head")?
        + 4;
    some.extend(rest);
    let body = &some[head..];
    same("cut", body.len() < 9_000_000, true)?;
    // The pages that were sent may be zeros beyond the new end, but are no
    // other file's.
    let big = crate::server::big();
    let good = body
        .iter()
        .zip(big)
        .all(|(seen, wanted)| seen == wanted || *seen == 0);
    same("its own bytes", good, true)?;
    same("goes on", get(&server, "/a.txt")?.status, 200)
}

fn changes(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let big = crate::server::big();
    for change in ["grow", "replace", "delete"] {
        let mut client = Client::new(&server)?;
        client.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")?;
        client.stream.peek(&mut [0])?;
        let path = server.path("big");
        match change {
            "grow" => fs::File::options()
                .append(true)
                .open(&path)?
                .write_all(b"more")?,
            "replace" => {
                fs::write(server.path("new"), vec![b'n'; 9_000_000])?;
                fs::rename(server.path("new"), &path)?;
            }
            _ => fs::remove_file(&path)?,
        }
        let body = client.response(false)?.body;
        same(change, body == big, true)?;
        fs::write(&path, big)?;
    }
    Ok(())
}

fn reads(place: &Place) -> Result {
    for told in ["error=EINVAL", "retval=0"] {
        let inject = format!("inject=/^sendfile:{told}");
        let traces = tempfile::tempdir()?;
        let trace = traces.path().join("trace");
        let output = trace.to_str().ok_or("a path")?;
        let strace = ["-e", "trace=/^sendfile", "-e", &inject, "-o", output];
        let server = match place.serve_traced(site()?, &strace, &[])? {
            Ok(server) => server,
            Err(reason) => return place.skip(&reason),
        };
        let big = crate::server::big();
        same(told, get(&server, "/big")?.body == big, true)?;
        let part = ask(&server, "GET /big", "Range: bytes=1000001-8000000\r\n")?;
        same(told, part.body == big[1_000_001..=8_000_000], true)?;
        let calls = fs::read_to_string(&trace)?;
        same(told, calls.contains("(INJECTED)"), true)?;
    }
    Ok(())
}

fn terminate(place: &Place) -> Result {
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = place.serve(&[])?;
        let mut idle = Client::new(&server)?;
        let mut begun = Client::new(&server)?;
        begun.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n")?;
        let mut busy = Client::new(&server)?;
        busy.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n")?;
        // What came before it has been read when this is answered.
        busy.stream.peek(&mut [0])?;
        server.signal(signal)?;
        idle.closed()?;
        begun.send("\r\n")?;
        let response = begun.response(false)?;
        same("begun", response.field("Connection"), Some("close"))?;
        same("busy", busy.response(false)?.body.len(), 9_000_000)?;
        same("status", server.wait()?.code(), Some(0))?;
    }
    // Within its grace, and at once at a second signal.
    for second in [false, true] {
        let grace = if second { "1000" } else { "1" };
        let mut server = place.serve(&["--grace", grace])?;
        let mut busy = Client::new(&server)?;
        busy.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n")?;
        busy.stream.peek(&mut [0])?;
        server.signal(Signal::TERM)?;
        if second {
            // The place is free for another server while a response is under way.
            until("connections are refused", || {
                TcpStream::connect(server.address).is_err()
            })?;
            same("under way", server.workers()?.len(), 1)?;
            server.signal(Signal::TERM)?;
        }
        same("status", server.wait()?.code(), Some(0))?;
    }
    Ok(())
}

fn reload(place: &Place) -> Result {
    let releases = tempfile::tempdir()?;
    for name in ["one", "two"] {
        fs::create_dir(releases.path().join(name))?;
        fs::write(releases.path().join(name).join("index.html"), name)?;
    }
    let current = releases.path().join("current");
    symlink("one", &current)?;
    let mut command = place.command();
    command.args(["--listen", "127.0.0.1:0"]).arg(&current);
    let server = Server::start(command, releases)?;
    same("one", get(&server, "/")?.body, b"one".to_vec())?;
    symlink("two", server.path("next"))?;
    fs::rename(server.path("next"), &current)?;
    same("still", get(&server, "/")?.body, b"one".to_vec())?;
    let old = server.workers()?;
    server.signal(Signal::HUP)?;
    // While both are there, either answers.
    until("the new worker alone", || {
        server
            .workers()
            .is_ok_and(|workers| workers.len() == 1 && workers != old)
    })?;
    for _ in 0..20 {
        same("two", get(&server, "/")?.body, b"two".to_vec())?;
    }
    Ok(())
}

fn gone(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let workers = server.workers()?;
    for _ in 0..20 {
        let mut client = Client::new(&server)?;
        client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n")?;
        client.stream.read_exact(&mut [0; 100])?;
    }
    same("goes on", get(&server, "/a.txt")?.status, 200)?;
    same("the same workers", server.workers()?, workers)
}

fn memory(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the memory is the emulator's");
    }
    let server = place.serve(&[])?;
    let mut kilobytes = 0;
    let mut pids = server.workers()?;
    pids.push(server.pid());
    for pid in &pids {
        let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let own: u64 = line
            .unwrap_or_default()
            .trim()
            .trim_end_matches(" kB")
            .parse()?;
        kilobytes = kilobytes.max(own);
    }
    same(&format!("{kilobytes} KiB, idle"), kilobytes <= 160, true)?;
    let size = |pid: rustix::process::Pid| -> std::result::Result<String, Failed> {
        let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
        Ok(line.unwrap_or_default().to_owned())
    };
    let before = size(pids[0])?;
    for path in ["/", "/big", "/missing", "/a.txt"] {
        get(&server, path)?;
    }
    same("mapped", size(pids[0])?, before)
}

fn forged(place: &Place) -> Result {
    let server = place.serve(&["--log"])?;
    ask(
        &server,
        "GET /a.txt",
        "User-Agent: x\" 200 \\ \u{e9}\r\nReferer: \t\"\r\n",
    )?;
    ask(&server, "GET /%0a%0dforged", "")?;
    let log = server.end()?;
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("HTTP/1.1"))
        .collect();
    same(&log, lines.len(), 2)?;
    same(
        &log,
        log.bytes()
            .all(|byte| byte == b'\n' || (b' '..0x7f).contains(&byte)),
        true,
    )?;
    same(&log, lines[0].contains("x\\x22 200 \\x5C"), true)
}

fn full_log(place: &Place) -> Result {
    let folder = site()?;
    let (reader, writer) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
    let mut reader = fs::File::from(reader);
    let mut command = place.command();
    command
        .args(["--listen", "127.0.0.1:0", "--log"])
        .arg(folder.path());
    command
        .stdout(Stdio::piped())
        .stderr(writer)
        .process_group(0);
    let mut child = command.spawn()?;
    drop(command);
    let output = child.stdout.take().ok_or("no output")?;
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(output));
    let line = lines.next().ok_or("nothing said")??;
    let address = line
        .split_once("http://")
        .ok_or("no address")?
        .1
        .trim_end_matches('/');
    let server = Server::of(child, address.parse()?, folder);
    let path = format!("/{}", "x".repeat(300));
    let mut client = Client::new(&server)?;
    for _ in 0..600 {
        client.send(format!("GET {path} HTTP/1.1\r\nHost: h\r\n\r\n"))?;
        same("served", client.response(false)?.status, 404)?;
    }
    // Once someone reads, the next line says how many are missing.
    let mut buffer = vec![0; 1 << 20];
    let mut text = String::new();
    text += &String::from_utf8_lossy(&buffer.clone()[..reader.read(&mut buffer)?]);
    text.clear();
    client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
    client.response(false)?;
    while !text.contains("lines left out") {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            return Err("nothing of lines left out".into());
        }
        text += &String::from_utf8_lossy(&buffer[..count]);
    }
    Ok(())
}

fn mapped(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the mappings are the emulator's");
    }
    if !rustix::process::getuid().is_root() {
        return place.skip("what does not dump shows its mappings to root alone");
    }
    let server = place.serve(&["--no-sandbox"])?;
    for pid in server.workers()? {
        let maps = fs::read_to_string(format!("/proc/{}/maps", pid.as_raw_nonzero()))?;
        for line in maps.lines() {
            let rights = line.split_whitespace().nth(1).unwrap_or_default();
            same(line, rights.contains('w') && rights.contains('x'), false)?;
            if line.contains("[stack]") {
                same(line, rights.contains('x'), false)?;
            }
        }
    }
    Ok(())
}
