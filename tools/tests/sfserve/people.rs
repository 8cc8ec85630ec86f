//! U.1 and U.3 to U.8: the command line, workers, readiness.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    os::unix::net::UnixDatagram,
    process::{Command, Output},
};

use libtest_mimic::Failed;
use rustix::process::Signal;

use crate::{
    Row,
    client::{ask, get, same},
    server::{Place, Server, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("U.1 --help and --version", texts),
    ("U.1 what is served is said", said),
    ("U.1 errors name the option and what was expected", wrong),
    ("U.1 a folder that is not there", missing),
    ("U.3 --spa", spa),
    ("U.3 --spa without descriptors", spa_busy),
    ("U.3 --cache and --cors", cache),
    ("U.4 --log and --quiet", log),
    ("U.5 --workers", workers),
    ("U.6 --check", check),
    ("U.6 --dry-run", dry_run),
    ("U.6 what is asked for and cannot be written", unwritten),
    ("U.7 alone in an empty root", alone),
    ("U.8 NOTIFY_SOCKET", notify),
];

pub fn run(place: &Place, arguments: &[&str]) -> std::result::Result<Output, Failed> {
    Ok(place.command().args(arguments).output()?)
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn texts(place: &Place) -> Result {
    let help = run(place, &["--help"])?;
    same("status", help.status.code(), Some(0))?;
    let help = text(&help.stdout);
    for line in help.lines() {
        same(line, line.len() <= 80, true)?;
    }
    same("fits a screen", help.lines().count() <= 24, true)?;
    let version = run(place, &["--version"])?;
    let wanted = format!("sfserve (int80) {}\n", env!("CARGO_PKG_VERSION"));
    same("--version", text(&version.stdout), wanted)
}

fn said(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let folder = server.folder.path().display();
    let wanted = format!("serving {folder} at http://{}/", server.address);
    same("line", &*server.said[0], &*wanted)?;
    same("port", server.address.port() != 0, true)
}

fn wrong(place: &Place) -> Result {
    for (arguments, parts) in [
        (&["--frob"][..], &["--frob", "--help"][..]),
        (&["--listen", "x"], &["--listen", "'x'", "ADDRESS:PORT"]),
        (&["--listen=1.2.3.4:99999"], &["--listen", "ADDRESS:PORT"]),
        (&["--listen"], &["--listen", "a value"]),
        (&["--list=1"], &["--list", "no value"]),
        (&["--header", "X"], &["--header", "NAME: VALUE"]),
        (&["--header", "Date: x"], &["--header", "computed"]),
        (&["--type", "x"], &["--type", ".EXT=TYPE"]),
        (&["--error-page", "500=x"], &["--error-page", "404=FILE"]),
        (
            &["--error-page", "404=../x"],
            &["--error-page", "below FOLDER"],
        ),
        (&["--user", "root"], &["--user", "UID:GID"]),
        (&["--workers", "0"], &["--workers", "1 to 64"]),
        (&["--connections", "x"], &["--connections", "1 to 60000"]),
        (&["--timeout", "-1"], &["--timeout", "seconds"]),
        (&["--index", "a/b"], &["--index", "slash"]),
        (&["--gate", "x"], &["--gate", "int80"]),
        (&["one", "two"], &["two", "one FOLDER"]),
    ] {
        let output = run(place, arguments)?;
        let error = text(&output.stderr);
        same(&error, output.status.code(), Some(2))?;
        same(
            &error,
            (error.lines().count(), error.starts_with("sfserve: ")),
            (1, true),
        )?;
        for part in parts {
            same(&format!("{part} in {error}"), error.contains(part), true)?;
        }
    }
    Ok(())
}

fn missing(place: &Place) -> Result {
    let output = run(place, &["--listen=127.0.0.1:0", "/nowhere/at/all"])?;
    same("status", output.status.code(), Some(1))?;
    let wanted = "sfserve: /nowhere/at/all: No such file or directory\n";
    same("message", text(&output.stderr), wanted.to_owned())?;
    let output = run(place, &["--listen=127.0.0.1:0", "/dev/null"])?;
    same("a device", output.status.code(), Some(1))
}

fn spa(place: &Place) -> Result {
    let server = place.serve(&["--spa", "sub/index.html"])?;
    for path in ["/users/7", "/users/", "/missing"] {
        let response = get(&server, path)?;
        same(
            path,
            (response.status, response.body),
            (200, b"sub".to_vec()),
        )?;
    }
    for (path, status) in [
        ("/missing.js", 404),
        ("/a.txt", 200),
        ("/.env", 404),
        ("/../x", 400),
    ] {
        same(path, get(&server, path)?.status, status)?;
    }
    Ok(())
}

/// What cannot be opened for the moment is not missing.
fn spa_busy(place: &Place) -> Result {
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    let inject = "inject=openat2:error=EMFILE:when=2";
    let strace = ["-e", "trace=openat2", "-e", inject, "-o", output];
    let spa = ["--spa", "index.html", "--fresh"];
    let server = match place.serve_traced(site()?, &strace, &spa)? {
        Ok(server) => server,
        Err(reason) => return place.skip(&reason),
    };
    same("EMFILE", get(&server, "/missing")?.status, 503)
}

fn cache(place: &Place) -> Result {
    let server = place.serve(&["--cache", "3600", "--cors"])?;
    let response = get(&server, "/a.txt")?;
    same(
        "cache",
        response.field("Cache-Control"),
        Some("max-age=3600"),
    )?;
    same(
        "cors",
        response.field("Access-Control-Allow-Origin"),
        Some("*"),
    )?;
    let preflight = ask(&server, "OPTIONS /a.txt", "Origin: http://x\r\n")?;
    same(
        "preflight",
        preflight.field("Access-Control-Allow-Methods").is_some(),
        true,
    )?;
    let plain = place.serve(&[])?;
    same("none", get(&plain, "/a.txt")?.field("Cache-Control"), None)
}

fn log(place: &Place) -> Result {
    let server = place.serve(&["--log"])?;
    ask(
        &server,
        "GET /a.txt?x",
        "User-Agent: me\r\nReferer: there\r\n",
    )?;
    get(&server, "/missing")?;
    let log = server.end()?;
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| line.starts_with("127.0.0.1 - - ["))
        .collect();
    same(&log, lines.len(), 2)?;
    let end = "\"GET /a.txt?x HTTP/1.1\" 200 10 \"there\" \"me\"";
    same(lines[0], lines[0].ends_with(end), true)?;
    same(
        lines[1],
        lines[1].contains("\"GET /missing HTTP/1.1\" 404 "),
        true,
    )?;
    // Quiet on standard output; the socket says that it serves.
    let folder = site()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    drop(listener);
    let mut command = place.command();
    command
        .args(["--quiet", &format!("--listen={address}")])
        .arg(folder.path());
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null());
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let output = child.stdout.take();
    let mut server = Server::of(child, address, folder);
    until("served", || get(&server, "/a.txt").is_ok())?;
    server.signal(Signal::TERM)?;
    server.wait()?;
    let mut said = String::new();
    output.ok_or("no output")?.read_to_string(&mut said)?;
    same("--quiet", said, String::new())
}

fn workers(place: &Place) -> Result {
    let server = place.serve(&["--workers", "3"])?;
    let before = server.workers()?;
    same("workers", before.len(), 3)?;
    for _ in 0..30 {
        same("served", get(&server, "/a.txt")?.status, 200)?;
    }
    rustix::process::kill_process(before[1], Signal::KILL)?;
    until("a new worker", || {
        server
            .workers()
            .is_ok_and(|now| now.len() == 3 && !now.contains(&before[1]))
    })?;
    for _ in 0..30 {
        same("served again", get(&server, "/a.txt")?.status, 200)?;
    }
    let errors = server.end()?;
    same(
        &errors,
        errors.contains("worker 1 was ended by signal 9; starting it again"),
        true,
    )
}

fn check(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let listen = format!("--listen={}", server.address);
    same(
        "up",
        run(place, &["--check", &listen])?.status.code(),
        Some(0),
    )?;
    server.end()?;
    let down = run(place, &["--check", &listen])?;
    same("down", down.status.code(), Some(1))?;
    let error = text(&down.stderr);
    same(&error, error.contains("--check: Connection refused"), true)?;
    // What is no HTTP server.
    let other = TcpListener::bind("127.0.0.1:0")?;
    let listen = format!("--listen={}", other.local_addr()?);
    let thread = std::thread::spawn(move || {
        if let Ok((mut stream, _)) = other.accept() {
            let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
            let _ = stream.read(&mut [0; 1000]);
        }
    });
    same(
        "other",
        run(place, &["--check", &listen])?.status.code(),
        Some(1),
    )?;
    thread.join().map_err(|_| "the other server".into())
}

fn dry_run(place: &Place) -> Result {
    let folder = site()?;
    let path = folder.path().to_str().ok_or("a path")?;
    let output = run(
        place,
        &["--dry-run", "--listen=:8080", "--listen=unix:/x", path],
    )?;
    same("status", output.status.code(), Some(0))?;
    let said = text(&output.stdout);
    for part in [
        path,
        "http://127.0.0.1:8080/",
        "unix:/x",
        "workers: 1",
        "sandbox: ",
        "no_new_privs",
    ] {
        same(&said, said.contains(part), true)?;
    }
    let wrong = run(place, &["--dry-run", "/nowhere/at/all"])?;
    same("wrong", wrong.status.code(), Some(1))?;
    // It is tried, not only read.
    let output = run(place, &["--dry-run", "--user=65534:65533", "."])?;
    let (said, errors) = (text(&output.stdout), text(&output.stderr));
    match rustix::process::getuid().is_root() {
        true => same(&errors, said.contains("user: 65534:65533\n"), true),
        false => same(
            &said,
            (errors.contains("--user"), output.status.code()),
            (true, Some(1)),
        ),
    }
}

/// A full disk is an error to who asks for a text.
fn unwritten(place: &Place) -> Result {
    for option in ["--help", "--version", "--dry-run"] {
        let full = fs::File::options().write(true).open("/dev/full")?;
        let output = place.command().arg(option).stdout(full).output()?;
        same(option, output.status.code(), Some(1))?;
        let error = text(&output.stderr);
        let wanted = "sfserve: write error: No space left on device\n";
        same(option, error.ends_with(wanted), true)?;
    }
    Ok(())
}

fn notify(place: &Place) -> Result {
    let folder = site()?;
    let path = folder.path().join("notify");
    let manager = UnixDatagram::bind(&path)?;
    manager.set_read_timeout(Some(crate::server::LIMIT))?;
    let mut command = place.command();
    command
        .env("NOTIFY_SOCKET", &path)
        .args(["--listen=127.0.0.1:0"])
        .arg(folder.path());
    let server = Server::start(command, folder)?;
    let mut buffer = [0; 100];
    let count = manager.recv(&mut buffer)?;
    same("ready", text(&buffer[..count]), "READY=1".to_owned())?;
    server.end()?;
    let count = manager.recv(&mut buffer)?;
    same("stopping", text(&buffer[..count]), "STOPPING=1".to_owned())
}

/// As in an image of one file: nothing is there but the program and its folder.
fn alone(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator is not alone there");
    }
    if !rustix::process::getuid().is_root() {
        return place.skip("chroot needs root");
    }
    let root = tempfile::tempdir()?;
    fs::create_dir(root.path().join("site"))?;
    fs::write(root.path().join("site/a.txt"), "0123456789")?;
    let sfserve = root.path().join("sfserve");
    int80_support::program::copy(place.way.tool(&place.dist, "sfserve"), sfserve);
    let mut command = Command::new("chroot");
    command
        .arg(root.path())
        .arg("/sfserve")
        .args(place.way.gate_arguments());
    command.args(["--listen=127.0.0.1:0", "--user=65534:65534", "/site"]);
    fs::set_permissions(
        root.path(),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )?;
    let server = Server::start(command, root)?;
    same(
        "served",
        get(&server, "/a.txt")?.body,
        b"0123456789".to_vec(),
    )
}
