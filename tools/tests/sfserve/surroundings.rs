//! What surrounds a server: signals and limits that it inherits, standard files that
//! no one reads, managers that do not listen, values that are too long.

use std::{
    fs,
    io::Read,
    net::{SocketAddr, TcpListener},
    os::unix::{fs::OpenOptionsExt, net::UnixDatagram, process::CommandExt},
    process::{Command, Stdio},
};

use libtest_mimic::Failed;
use rustix::{
    fs::OFlags,
    net::{
        AddressFamily, SocketAddrAny, SocketAddrUnix, SocketFlags, SocketType, bind, connect,
        getsockname, listen, socket, socket_with,
    },
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use crate::{
    Row,
    client::{Client, get, same},
    server::{LIMIT, Place, Server, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("S.9 SIGCHLD is ignored by who starts it", ignored),
    ("S.9 no file may grow", no_file_grows),
    ("S.9 more reloads than workers can end", many_reloads),
    ("S.11 a standard error that no one reads", unread),
    ("S.11 a line is cut no more beside others", whole_lines),
    ("S.11 a terminal that no one reads", terminal),
    ("U.1 what was expected of a long value", long_value),
    ("U.3 as much as --header takes", many_fields),
    ("U.6 --check of a server that takes no connection", stuck),
    ("U.8 NOTIFY_SOCKET that no one reads", not_notified),
    ("U.7 alone, with no standard files", closed),
];

/// A signal that is ignored stays ignored in the program that is started.
fn ignored(place: &Place) -> Result {
    let inner = place.command();
    let ignore = "--ignore-signal=CHLD";
    let tried = Command::new("env").args([ignore, "true"]).output()?;
    if !tried.status.success() {
        return place.skip("env does not ignore signals");
    }
    let mut command = Command::new("env");
    command
        .arg(ignore)
        .arg(inner.get_program())
        .args(inner.get_args());
    let folder = site()?;
    command.arg("--listen=127.0.0.1:0").arg(folder.path());
    let mut server = Server::start(command, folder)?;
    let before = server.workers()?;
    kill_process(before[0], Signal::KILL)?;
    another_serves(&server, &before)?;
    server.signal(Signal::TERM)?;
    same("status", server.wait()?.code(), Some(0))
}

/// A worker that was not there before answers, alone.
fn another_serves(server: &Server, before: &[Pid]) -> Result {
    let is_new = |now: Vec<_>| now.len() == 1 && now != before;
    until("another worker", || server.workers().is_ok_and(is_new))?;
    same("served", get(server, "/a.txt")?.status, 200)
}

/// A listing is a file in memory, and SIGXFSZ ends a process by default.
fn no_file_grows(place: &Place) -> Result {
    let inner = place.command();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -f 0; exec \"$@\"", "sh"]);
    command.arg(inner.get_program()).args(inner.get_args());
    let folder = site()?;
    command.args(["--listen=127.0.0.1:0", "--list"]);
    command.arg(folder.path());
    let server = Server::start(command, folder)?;
    let before = server.workers()?;
    same("listing", get(&server, "/none/")?.status, 503)?;
    same("served", get(&server, "/a.txt")?.status, 200)?;
    same("the same worker", server.workers()?, before)
}

/// Workers that do not end are counted, up to 256.
fn many_reloads(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("256 emulators");
    }
    let mut server = place.serve(&[])?;
    for count in 1..=256 {
        let mut workers = Vec::new();
        until("one more", || {
            workers = server.workers().unwrap_or_default();
            workers.len() == count
        })?;
        same("the new one serves", get(&server, "/a.txt")?.status, 200)?;
        for worker in workers {
            kill_process(worker, Signal::STOP)?;
        }
        server.signal(Signal::HUP)?;
    }
    for worker in server.workers()? {
        kill_process(worker, Signal::CONT)?;
    }
    until("the last alone", || {
        server.workers().is_ok_and(|workers| workers.len() == 1)
    })?;
    same("served", get(&server, "/a.txt")?.status, 200)?;
    server.signal(Signal::TERM)?;
    same("status", server.wait()?.code(), Some(0))
}

/// What the first process has to say must not keep it from its work.
fn unread(place: &Place) -> Result {
    let (_reader, writer) = rustix::pipe::pipe()?;
    let folder = site()?;
    let mut command = place.command();
    command.arg("--listen=127.0.0.1:0").arg(folder.path());
    command.stdout(Stdio::piped()).process_group(0);
    command.stderr(writer.try_clone()?);
    let mut server = Server::of_said(command.spawn()?, folder)?;
    rustix::io::ioctl_fionbio(&writer, true)?;
    while rustix::io::write(&writer, b"x").is_ok() {}
    rustix::io::ioctl_fionbio(&writer, false)?;
    for signal in [Signal::KILL, Signal::HUP] {
        let before = server.workers()?;
        match signal {
            Signal::KILL => kill_process(before[0], signal)?,
            _ => server.signal(signal)?,
        }
        another_serves(&server, &before)?;
    }
    server.signal(Signal::TERM)?;
    same("status", server.wait()?.code(), Some(0))
}

fn whole_lines(place: &Place) -> Result {
    let server = place.serve(&["--log"])?;
    let agent = "u".repeat(200);
    let request = format!("GET /a.txt HTTP/1.1\r\nHost: h\r\nUser-Agent: {agent}\r\n\r\n");
    let mut client = Client::new(&server)?;
    // They come together, and so do their lines.
    client.send(request.repeat(40))?;
    for _ in 0..40 {
        client.response(false)?;
    }
    let log = server.end()?;
    same(&log, log.matches(&format!("\"{agent}\"\n")).count(), 40)
}

/// A terminal is ready, and has room for less than a line.
fn terminal(place: &Place) -> Result {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let name = ptsname(&master, Vec::new())?;
    let slave = fs::File::options()
        .read(true)
        .write(true)
        .custom_flags(OFlags::NOCTTY.bits() as i32)
        .open(name.to_str()?)?;
    let folder = site()?;
    let mut command = place.command();
    command
        .args(["--listen=127.0.0.1:0", "--log"])
        .arg(folder.path());
    command.stdout(Stdio::piped()).process_group(0);
    command.stderr(slave.try_clone()?);
    let server = Server::of_said(command.spawn()?, folder)?;
    let mut client = Client::new(&server)?;
    for count in 0..1000 {
        let agent = "u".repeat(count % 200);
        let fields = format!("Host: h\r\nUser-Agent: {agent}");
        client.send(format!("GET /a.txt HTTP/1.1\r\n{fields}\r\n\r\n"))?;
        same("served", client.response(false)?.status, 200)?;
    }
    let flags = rustix::fs::fcntl_getfl(&slave)?;
    same("others wait", flags.contains(OFlags::NONBLOCK), false)?;
    // Once someone reads, the next line says how many are missing.
    let mut master = fs::File::from(master);
    let mut text = String::new();
    while !text.contains("lines left out") {
        client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
        client.response(false)?;
        let mut buffer = [0; 65536];
        let count = master.read(&mut buffer)?;
        text += &String::from_utf8_lossy(&buffer[..count]);
    }
    Ok(())
}

fn long_value(place: &Place) -> Result {
    let long = "x".repeat(5000);
    for (option, expected) in [
        (
            format!("--header=X: {long}"),
            "': expected at most 3800 bytes",
        ),
        (
            format!("--type=.x=a/b;a={long}"),
            "': expected at most 3800 bytes",
        ),
        (format!("--listen=unix:{long}"), "at most 107 bytes of PATH"),
        (
            format!("--{long}"),
            ": expected an option that --help lists",
        ),
    ] {
        let output = place.command().args([&*option, "--dry-run"]).output()?;
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        same(&error, output.status.code(), Some(2))?;
        same(&error, error.trim_end().ends_with(expected), true)?;
    }
    let output = place
        .command()
        .arg(format!("./{}", "x/".repeat(2000)))
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    same(
        &error,
        error.trim_end().ends_with(": No such file or directory"),
        true,
    )
}

/// Every response still has room.
fn many_fields(place: &Place) -> Result {
    let fields = (0..16).map(|at| format!("--header=X{at:02}: {}", "x".repeat(3795)));
    let fields: Vec<String> = fields.collect();
    let mut options: Vec<&str> = fields.iter().map(String::as_str).collect();
    let rule = format!("--type=.txt=a/b;a={}", "x".repeat(3787));
    options.push(&rule);
    let server = place.serve(&options)?;
    for (path, status) in [("/a.txt", 200), ("/big", 200), ("/sub", 301), ("/x", 404)] {
        let response = get(&server, path)?;
        same(path, response.status, status)?;
        same(path, response.field("X15").map(str::len), Some(3795))?;
    }
    Ok(())
}

/// As a server that is stopped, once as many connections wait as may.
fn stuck(place: &Place) -> Result {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("socket");
    let address = SocketAddrUnix::new(&path)?;
    let unix = socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
    bind(&unix, &address)?;
    let tcp = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&tcp, &SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let port = SocketAddr::try_from(getsockname(&tcp)?)?;
    let mut waiting = Vec::new();
    for (server, place_of, to) in [
        (
            &unix,
            format!("unix:{}", path.display()),
            SocketAddrAny::from(address),
        ),
        (&tcp, port.to_string(), SocketAddrAny::from(port)),
    ] {
        listen(server, 0)?;
        for _ in 0..4 {
            let flags = SocketFlags::NONBLOCK;
            let client = socket_with(to.address_family(), SocketType::STREAM, flags, None)?;
            let _ = connect(&client, &to);
            waiting.push(client);
        }
        let mut command = place.command();
        command.arg("--check").arg(format!("--listen={place_of}"));
        let mut child = command.stderr(Stdio::null()).spawn()?;
        let status = int80_support::command::wait(&mut child, LIMIT)?;
        let _ = child.kill();
        let code = status.map(|status| status.code());
        same(&place_of, code, Some(Some(1)))?;
    }
    Ok(())
}

fn not_notified(place: &Place) -> Result {
    let folder = site()?;
    let path = folder.path().join("notify");
    let _manager = UnixDatagram::bind(&path)?;
    let others = UnixDatagram::unbound()?;
    others.set_nonblocking(true)?;
    let mut command = place.command();
    command
        .env("NOTIFY_SOCKET", &path)
        .arg("--listen=127.0.0.1:0");
    command.arg(folder.path());
    let mut server = Server::start(command, folder)?;
    while others.send_to(b"X=1", &path).is_ok() {}
    server.signal(Signal::TERM)?;
    same("status", server.wait()?.code(), Some(0))
}

/// What is opened first gets the numbers of standard files that are closed.
fn closed(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator is not alone there");
    }
    if !rustix::process::getuid().is_root() {
        return place.skip("chroot needs root");
    }
    let root = site()?;
    let program = root.path().join("sfserve");
    int80_support::program::copy(place.way.tool(&place.dist, "sfserve"), program);
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$@\" <&- >&- 2>&-", "sh", "chroot"]);
    command.arg(root.path()).arg("/sfserve");
    command.args(place.way.gate_arguments());
    command
        .arg(format!("--listen={address}"))
        .arg("/")
        .process_group(0);
    let server = Server::of(command.spawn()?, address, root);
    until("served", || get(&server, "/a.txt").is_ok())?;
    for process in [server.pid(), server.workers()?[0]] {
        for number in 0..3 {
            let file = format!("/proc/{}/fd/{number}", process.as_raw_nonzero());
            let target = fs::read_link(file)?;
            same(
                &format!("{number}: {}", target.display()),
                target.is_dir(),
                true,
            )?;
        }
    }
    Ok(())
}
