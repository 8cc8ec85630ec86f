//! S.1 to S.7: what is reached, the sandbox, clients that are slow or too many.

use std::{
    fs,
    io::Read,
    os::unix::{fs::symlink, net::UnixListener},
    time::Duration,
};

use libtest_mimic::Failed;

use crate::{
    Row,
    client::{Client, get, same},
    server::{Place, Server, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("S.1 nothing outside the folder", outside),
    ("S.2 names that begin with a dot", dots),
    ("S.3 only regular files", special),
    ("S.4 the sandbox is told", told),
    ("S.4 the kernel has the sandbox", held),
    ("S.5 --user", user),
    ("S.6 slow readers", slow_reader),
    ("S.6 slow heads beside others", slow_heads),
    ("S.7 no descriptors left", no_descriptors),
];

/// Whether openat2 is there.
fn beneath(server: &Server) -> bool {
    let sandbox = server.said.last().map_or("", String::as_str);
    let held = sandbox.split(" (not here").next().unwrap_or_default();
    held.contains("openat2")
}

fn outside(place: &Place) -> Result {
    let server = place.serve(&["--dot-files"])?;
    symlink("/etc/passwd", server.path("absolute"))?;
    symlink("../../etc/passwd", server.path("relative"))?;
    symlink("/", server.path("root"))?;
    symlink("a.txt", server.path("within"))?;
    symlink("sub", server.path("folder"))?;
    for path in [
        "/absolute",
        "/relative",
        "/root/etc/passwd",
        "/root/",
        "/root",
        "/absolute/",
    ] {
        same(path, get(&server, path)?.status, 404)?;
    }
    // Links inside are followed where the kernel keeps them inside.
    let wanted = if beneath(&server) { 200 } else { 404 };
    same("within", get(&server, "/within")?.status, wanted)?;
    same("folder/", get(&server, "/folder/")?.status, wanted)
}

fn dots(place: &Place) -> Result {
    let server = place.serve(&[])?;
    fs::create_dir(server.path(".git"))?;
    fs::write(server.path(".git/config"), "x")?;
    fs::write(server.path("sub/.htpasswd"), "x")?;
    for path in [
        "/.env",
        "/.git/config",
        "/.git/",
        "/.git",
        "/%2eenv",
        "/sub/.htpasswd",
    ] {
        same(path, get(&server, path)?.status, 404)?;
    }
    same(".well-known", get(&server, "/.well-known/x")?.status, 200)?;
    let server = place.serve(&["--dot-files"])?;
    same("--dot-files", get(&server, "/.env")?.status, 200)
}

fn special(place: &Place) -> Result {
    let server = place.serve(&["--list"])?;
    let fifo = server.path("fifo");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &fifo,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o644),
        0,
    )?;
    let _socket = UnixListener::bind(server.path("socket"))?;
    for path in ["/fifo", "/socket", "/fifo/", "/fifo/x"] {
        same(path, get(&server, path)?.status, 404)?;
    }
    // And it goes on.
    same("/a.txt", get(&server, "/a.txt")?.status, 200)
}

fn told(place: &Place) -> Result {
    let all = [
        "no_new_privs",
        "Landlock",
        "seccomp",
        "no core dumps",
        "openat2",
    ];
    let server = place.serve(&[])?;
    let line = server.said.last().ok_or("nothing said")?;
    for part in all {
        same(part, line.matches(part).count(), 1)?;
    }
    let server = place.serve(&["--no-sandbox"])?;
    let line = server.said.last().ok_or("nothing said")?;
    let missing = line.split("(not here: ").nth(1).unwrap_or_default();
    for part in ["Landlock", "seccomp"] {
        same(part, missing.contains(part), true)?;
    }
    same("serves", get(&server, "/a.txt")?.status, 200)
}

fn held(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator has neither Landlock nor seccomp");
    }
    let server = place.serve(&[])?;
    let line = server.said.last().ok_or("nothing said")?.clone();
    for worker in server.workers()? {
        let pid = worker.as_raw_nonzero();
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().trim().to_owned()
        };
        same("NoNewPrivs", field("NoNewPrivs:"), "1".to_owned())?;
        let seccomp = !line
            .split("(not here")
            .nth(1)
            .unwrap_or_default()
            .contains("seccomp");
        let wanted = if seccomp { "2" } else { "0" };
        same("Seccomp", field("Seccomp:"), wanted.to_owned())?;
        let limits = fs::read_to_string(format!("/proc/{pid}/limits"))?;
        let core = limits.lines().find(|line| line.starts_with("Max core"));
        let core: Vec<&str> = core.unwrap_or_default().split_whitespace().collect();
        same("core", core.get(4..6), Some(&["0", "0"][..]))?;
    }
    Ok(())
}

fn user(place: &Place) -> Result {
    let folder = site()?;
    if !rustix::process::getuid().is_root() {
        let mut command = place.command();
        command
            .args(["--listen=127.0.0.1:0", "--user=1:1"])
            .arg(folder.path());
        let output = command.output()?;
        same("status", output.status.code(), Some(1))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return same(&text, text.contains("--user"), true);
    }
    fs::set_permissions(
        folder.path(),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )?;
    let server = place.serve_folder(folder, &["--user", "65534:65533"])?;
    same("serves", get(&server, "/a.txt")?.status, 200)?;
    let mut pids = server.workers()?;
    pids.push(server.pid());
    for pid in pids {
        let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero()))?;
        let ids = |name: &str| -> Vec<String> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let words = line.unwrap_or_default().split_whitespace();
            words.map(str::to_owned).collect()
        };
        same("Uid", ids("Uid:"), vec!["65534".to_owned(); 4])?;
        same("Gid", ids("Gid:"), vec!["65533".to_owned(); 4])?;
        same("Groups", ids("Groups:").len(), 0)?;
        for set in ["CapInh:", "CapPrm:", "CapEff:"] {
            same(set, ids(set), vec!["0000000000000000".to_owned()])?;
        }
    }
    same("warning", server.end()?.contains("root"), false)?;
    let server = place.serve(&[])?;
    same("warning", server.end()?.contains("root"), true)
}

fn slow_reader(place: &Place) -> Result {
    let server = place.serve(&["--timeout", "1"])?;
    let mut client = Client::new(&server)?;
    fs::File::create(server.path("huge"))?.set_len(100_000_000)?;
    client.send("GET /huge HTTP/1.1\r\nHost: h\r\n\r\n")?;
    client.stream.peek(&mut [0])?;
    // It reads nothing. The server goes away, and what is in the buffers ends.
    if rustix::process::getuid().is_root() {
        until("the connection is closed", || {
            connections(&server) == Some(0)
        })?;
    } else {
        std::thread::sleep(Duration::from_secs(5));
    }
    let mut bytes = Vec::new();
    let _ = client.stream.read_to_end(&mut bytes);
    same("cut", bytes.len() < 100_000_000, true)?;
    // One that reads slowly, but reads, gets all.
    let mut client = Client::new(&server)?;
    client.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")?;
    let mut total = 0;
    let mut buffer = vec![0; 1_500_000];
    for _ in 0..8 {
        std::thread::sleep(Duration::from_millis(400));
        total += client.stream.read(&mut buffer)?;
    }
    total += client.stream.read_to_end(&mut Vec::new())?;
    same("all", total > 9_000_000, true)
}

/// How many sockets of connections a server's workers have open.
fn connections(server: &Server) -> Option<usize> {
    let mut count = 0;
    for worker in server.workers().ok()? {
        let folder = format!("/proc/{}/fd", worker.as_raw_nonzero());
        for entry in fs::read_dir(folder).ok()? {
            let target = fs::read_link(entry.ok()?.path()).ok()?;
            count += usize::from(target.to_string_lossy().starts_with("socket:"));
        }
    }
    // The socket that connections come to is open in each.
    count.checked_sub(server.workers().ok()?.len())
}

fn slow_heads(place: &Place) -> Result {
    // More than there are slots for heads in pieces.
    let server = place.serve(&["--connections", "200"])?;
    let mut slow = Vec::new();
    for _ in 0..120 {
        let mut client = Client::new(&server)?;
        client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\nX: ")?;
        slow.push(client);
    }
    for _ in 0..50 {
        same("others", get(&server, "/a.txt")?.status, 200)?;
    }
    // A head in many pieces, beside them.
    let mut client = Client::new(&server)?;
    for byte in b"GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n" {
        client.send([*byte])?;
        std::thread::sleep(Duration::from_millis(1));
    }
    same("pieces", client.response(false)?.status, 200)?;
    // Of the slow ones, the youngest are still served.
    let mut last = slow.pop().ok_or("none")?;
    last.send("\r\n\r\n")?;
    same("the last", last.response(false)?.status, 200)
}

fn no_descriptors(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator has descriptors of its own");
    }
    let folder = site()?;
    let server = place.serve_limited(folder, 30)?;
    let mut clients = Vec::new();
    for _ in 0..60 {
        let mut client = Client::new(&server)?;
        // None of them is idle.
        client.send("G")?;
        clients.push(client);
    }
    std::thread::sleep(Duration::from_millis(300));
    let worker = server.workers()?[0];
    let time = || -> std::result::Result<u64, Failed> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", worker.as_raw_nonzero()))?;
        let mut fields = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .skip(11);
        let mut next = || {
            fields
                .next()
                .and_then(|field| field.parse().ok())
                .unwrap_or(0)
        };
        Ok(next() + next())
    };
    // Ticks of the clock's, 10 ms each: it does not spin.
    let before = time()?;
    std::thread::sleep(Duration::from_millis(500));
    same("no spin", time()? - before < 25, true)?;
    drop(clients);
    until("room again", || {
        get(&server, "/a.txt").is_ok_and(|response| response.status == 200)
    })
}
