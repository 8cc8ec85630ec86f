//! S.1, S.7 and S.9, U.2: calls that fail for a moment, processes that cannot be had,
//! what waits at SIGTERM, and names and sockets that are another's.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, UdpSocket},
    os::{
        fd::OwnedFd,
        unix::{
            fs::symlink,
            net::{UnixListener, UnixStream},
            process::CommandExt,
        },
    },
    path::Path,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use libtest_mimic::Failed;
use rustix::process::{Resource, Signal, getrlimit, kill_process};

use crate::{
    Row,
    client::{Client, get, same},
    server::{Place, Server, activated, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("S.7 a moment without descriptors", no_descriptor_once),
    ("S.1 names that are moved meanwhile", moved),
    ("S.7 a socket whose connections fail", failing),
    ("H.23 a folder that cannot be read", unreadable),
    ("S.7 a worker that cannot be started", no_process),
    ("S.9 what waits at SIGTERM is answered", waiting),
    ("U.2 a Unix socket's name that another has", successor),
    ("U.2 a start that fails leaves no name", failed_start),
    (
        "U.2 a Unix socket's name that is another file's",
        other_file,
    ),
    ("U.2 LISTEN_FDS of another's name", foreign_name),
    ("U.2 LISTEN_FDS to which no connections come", no_listener),
    (
        "U.2 LISTEN_FDS, more than there is room for",
        many_listeners,
    ),
];

fn no_descriptor_once(place: &Place) -> Result {
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    let inject = "inject=accept4:error=ENFILE:when=1";
    let strace = ["-e", "trace=accept4", "-e", inject, "-o", output];
    let server = match place.serve_traced(site()?, &strace, &[])? {
        Ok(server) => server,
        Err(reason) => return place.skip(&reason),
    };
    same("served", get(&server, "/a.txt")?.status, 200)?;
    let calls = fs::read_to_string(&trace)?;
    same("refused once", calls.contains("(INJECTED)"), true)
}

/// openat2 returns EAGAIN to who follows `..` while any name is moved.
fn moved(place: &Place) -> Result {
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    // The first process asks once, at the start.
    let inject = "inject=openat2:error=EAGAIN:when=2..5";
    let strace = ["-e", "trace=openat2", "-e", inject, "-o", output];
    let server = match place.serve_traced(site()?, &strace, &[])? {
        Ok(server) => server,
        Err(reason) => return place.skip(&reason),
    };
    same("served", get(&server, "/sub/")?.status, 200)?;
    let calls = fs::read_to_string(&trace)?;
    same("refused", calls.contains("(INJECTED)"), true)
}

/// As at a socket of LISTEN_FDS that another process shuts down.
fn failing(place: &Place) -> Result {
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    let inject = "inject=accept4:error=EINVAL:when=1..40";
    let strace = ["-e", "trace=accept4", "-e", inject, "-o", output];
    let server = match place.serve_traced(site()?, &strace, &[])? {
        Ok(server) => server,
        Err(reason) => return place.skip(&reason),
    };
    let mut client = Client::new(&server)?;
    client.send("GET /a.txt HTTP/1.0\r\n\r\n")?;
    let mut count = 0;
    until("refused", || {
        let calls = fs::read_to_string(&trace).unwrap_or_default();
        count = calls.matches("(INJECTED)").count();
        count >= 16
    })?;
    // As often as at once, or again after a second.
    same(&format!("{count} calls"), count <= 32, true)?;
    // And each second it is tried again.
    same("served", client.response(false)?.status, 200)
}

/// A part of it would look as if it were all.
fn unreadable(place: &Place) -> Result {
    let traces = tempfile::tempdir()?;
    let trace = traces.path().join("trace");
    let output = trace.to_str().ok_or("a path")?;
    // The first call returns the names, the second one none.
    for when in ["1", "2"] {
        let inject = format!("inject=getdents64:error=EIO:when={when}");
        let strace = ["-e", "trace=getdents64", "-e", &inject, "-o", output];
        let folder = site()?;
        fs::remove_file(folder.path().join("index.html"))?;
        let server = match place.serve_traced(folder, &strace, &["--list"])? {
            Ok(server) => server,
            Err(reason) => return place.skip(&reason),
        };
        same(when, get(&server, "/")?.status, 500)?;
        same("served", get(&server, "/")?.status, 200)?;
    }
    Ok(())
}

fn no_process(place: &Place) -> Result {
    if !rustix::process::getuid().is_root() {
        return place.skip("a user of its own takes root");
    }
    if which::which("prlimit").is_err() {
        return place.skip("prlimit is not installed");
    }
    // One that nothing else is counted for.
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let user = 100_000 + std::process::id() % 10_000 * 16 + next;
    let server = place.serve(&["--workers=2", &format!("--user={user}:{user}")])?;
    let limit = |most: &str| -> Result {
        let mut command = Command::new("prlimit");
        command.arg(format!("--pid={}", server.pid().as_raw_nonzero()));
        command.arg(format!("--nproc={most}:")).uid(user).gid(user);
        same("prlimit", command.status()?.success(), true)
    };
    let hard = getrlimit(Resource::Nproc).maximum;
    let former = hard.map_or("unlimited".to_owned(), |most| most.to_string());
    let before = server.workers()?;
    limit("1")?;
    // None can take over: those that there are go on.
    server.signal(Signal::HUP)?;
    let mut served = 0;
    until("still served", || {
        served += usize::from(get(&server, "/a.txt").is_ok_and(|one| one.status == 200));
        served >= 20
    })?;
    same("the same workers", server.workers()?, before.clone())?;
    limit(&former)?;
    until("new workers", || {
        server
            .workers()
            .is_ok_and(|now| now.len() == 2 && now.iter().all(|one| !before.contains(one)))
    })?;
    // One that ends while none can be started comes back later.
    let now = server.workers()?;
    limit("1")?;
    kill_process(now[0], Signal::KILL)?;
    until("one worker", || {
        server.workers().is_ok_and(|left| left == now[1..])
    })?;
    limit(&former)?;
    until("two again", || {
        server.workers().is_ok_and(|workers| workers.len() == 2)
    })?;
    for _ in 0..20 {
        same("served", get(&server, "/a.txt")?.status, 200)?;
    }
    Ok(())
}

fn waiting(place: &Place) -> Result {
    let mut server = place.serve(&[])?;
    let worker = server.workers()?[0];
    kill_process(worker, Signal::STOP)?;
    let mut clients = Vec::new();
    for _ in 0..100 {
        let mut client = Client::new(&server)?;
        client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
        clients.push(client);
    }
    server.signal(Signal::TERM)?;
    kill_process(worker, Signal::CONT)?;
    for mut client in clients {
        same("answered", client.response(false)?.status, 200)?;
    }
    same("status", server.wait()?.code(), Some(0))
}

/// What a server of this folder's `a.txt` answers at a Unix socket.
fn answer(path: &Path) -> std::result::Result<String, Failed> {
    let mut stream = UnixStream::connect(path)?;
    stream.write_all(b"GET /a.txt HTTP/1.0\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn successor(place: &Place) -> Result {
    let sockets = tempfile::tempdir()?;
    let path = sockets.path().join("socket");
    let start = || -> std::result::Result<Server, Failed> {
        let folder = site()?;
        let mut command = place.command();
        command
            .arg(format!("--listen=unix:{}", path.display()))
            .arg(folder.path());
        Server::start(command, folder)
    };
    let first = start()?;
    fs::remove_file(&path)?;
    let second = start()?;
    first.end()?;
    same("served", answer(&path)?.ends_with("0123456789"), true)?;
    second.end()?;
    same("removed", path.exists(), false)
}

fn failed_start(place: &Place) -> Result {
    let busy = TcpListener::bind("127.0.0.1:0")?;
    let folder = site()?;
    let path = folder.path().join("socket");
    let output = place
        .command()
        .arg(format!("--listen=unix:{}", path.display()))
        .arg(format!("--listen={}", busy.local_addr()?))
        .arg(folder.path())
        .output()?;
    same("status", output.status.code(), Some(1))?;
    same("left", path.exists(), false)?;
    // A user that cannot be had.
    let inner = place.command();
    let mut command = Command::new(inner.get_program());
    if rustix::process::getuid().is_root() {
        if which::which("setpriv").is_err() {
            return place.skip("setpriv is not installed");
        }
        command = Command::new("setpriv");
        command
            .arg("--bounding-set=-setgid")
            .arg(inner.get_program());
    }
    let output = command
        .args(inner.get_args())
        .arg(format!("--listen=unix:{}", path.display()))
        .arg("--user=0:1")
        .arg(folder.path())
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    same(&error, output.status.code(), Some(1))?;
    same(&error, error.contains("--user"), true)?;
    same("left by --user", path.exists(), false)
}

/// To connect to what is no socket is refused as at a socket that was left behind.
fn other_file(place: &Place) -> Result {
    let folder = site()?;
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), "precious")?;
    fs::create_dir(at("folder"))?;
    drop(UnixListener::bind(at("stale"))?);
    symlink("stale", at("link"))?;
    for name in ["file", "folder", "link"] {
        let mut command = place.command();
        command.arg(format!("--listen=unix:{}", at(name).display()));
        let refused = Server::start(command, tempfile::tempdir()?).err();
        let said = format!("{name}: {refused:?}");
        same(&said, said.contains("Address already in use"), true)?;
    }
    same("file", fs::read(at("file"))?, b"precious".to_vec())?;
    same(
        "link",
        at("link").is_symlink() && at("stale").exists(),
        true,
    )
}

fn foreign_name(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator opens descriptors of its own from 3 on");
    }
    let folder = site()?;
    let path = folder.path().join("socket");
    let listener = UnixListener::bind(&path)?;
    // What is printed in place of its name is a file's.
    fs::write(folder.path().join("LISTEN_FDS"), "here")?;
    let mut command = activated(&place.command(), listener);
    command.arg(".").current_dir(folder.path());
    let server = Server::start(command, folder)?;
    same("served", answer(&path)?.ends_with("0123456789"), true)?;
    let names = [path, server.path("LISTEN_FDS")];
    server.signal(Signal::TERM)?;
    until("connections are refused", || {
        UnixStream::connect(&names[0]).is_err()
    })?;
    same("there", names.map(|name| name.exists()), [true; 2])
}

fn no_listener(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator opens descriptors of its own from 3 on");
    }
    let (stream, _far) = UnixStream::pair()?;
    let sockets: [OwnedFd; 2] = [UdpSocket::bind("127.0.0.1:0")?.into(), stream.into()];
    for socket in sockets {
        let mut command = activated(&place.command(), socket);
        let output = command.arg(".").output()?;
        same("status", output.status.code(), Some(1))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        same(&said, said.contains("LISTEN_FDS"), true)?;
    }
    Ok(())
}

fn many_listeners(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator opens descriptors of its own from 3 on");
    }
    // As many more on the command line as an option takes.
    let folder = site()?;
    let activated = |count: u32| -> std::result::Result<Command, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut command = Command::new("bash");
        let script = "for ((fd = 3; fd < 3 + $0; fd++)); do eval \"exec $fd<&0\"; done
            exec </dev/null; LISTEN_PID=$$ LISTEN_FDS=$0 exec \"$@\"";
        command.args(["-c", script, &count.to_string()]);
        let inner = place.command();
        command.arg(inner.get_program()).args(inner.get_args());
        command
            .args(["--listen=127.0.0.1:0"; 16])
            .arg("--workers=2");
        command.arg(folder.path()).stdin(OwnedFd::from(listener));
        Ok(command)
    };
    if which::which("bash").is_err() {
        return place.skip("bash is not installed");
    }
    let server = Server::start(activated(16)?, tempfile::tempdir()?)?;
    let said = server.said.iter();
    let places = said.filter(|line| line.starts_with("serving ")).count();
    same("served", places, 32)?;
    let refused = Server::start(activated(17)?, tempfile::tempdir()?).err();
    let said = format!("{refused:?}");
    same(
        &said,
        said.contains("LISTEN_FDS: expected at most 16"),
        true,
    )
}
