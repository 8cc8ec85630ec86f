//! The examples of docs/sfserve.md as they are printed: only ports and places are
//! changed to those of the test, each change being demanded to be one.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    os::unix::{fs::PermissionsExt, net::UnixDatagram, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
};

use int80_support::program;
use libtest_mimic::Failed;

use crate::{
    Row,
    client::{get, once, same},
    server::{LIMIT, Place, Server, activated, site, until},
};

type Result<T = ()> = std::result::Result<T, Failed>;

pub const ROWS: &[Row] = &[
    ("example: the command lines", command_lines),
    ("example: in a container", container),
    ("example: by systemd", systemd),
    ("example: behind a proxy", proxy),
];

const DOCUMENT: &str = include_str!("../../../docs/sfserve.md");

/// The block of the document in that language.
fn block(language: &str) -> Result<&'static str> {
    let start = format!("\n```{language}\n");
    let (_, rest) = DOCUMENT.split_once(&start).ok_or("no such block")?;
    Ok(rest.split_once("\n```").ok_or("the block has no end")?.0)
}

/// Replaces what has to be there.
fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    match text.contains(from) {
        true => Ok(text.replace(from, to)),
        false => Err(format!("no {from:?} in {text:?}").into()),
    }
}

/// A port that is free at the moment.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}

/// The words of a line, as a shell has them where nothing is quoted.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn command_lines(place: &Place) -> Result {
    let folder = site()?;
    fs::write(folder.path().join("manual.html"), "manual")?;
    let here = folder.path().to_str().ok_or("plain names")?;
    let mut count = 0;
    for line in block("sh")?
        .lines()
        .filter(|line| line.starts_with("sfserve"))
    {
        let line = line.split('#').next().unwrap_or(line);
        let line = line.replace("/srv/www", here).replace("~/Downloads", here);
        let mut command = place.command();
        command.arg("--dry-run").current_dir(folder.path());
        let output = command.args(words(&line).iter().skip(1)).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        // Giving up root's rights takes root.
        if line.contains("--user") && !rustix::process::getuid().is_root() {
            same("who it is", errors.contains("--user"), true)?;
        } else {
            same(&format!("{line}: {errors}"), output.status.code(), Some(0))?;
            same(&line, said.contains("folder: "), true)?;
        }
        count += 1;
    }
    same("lines", count, 4)
}

/// What a line of the container's description gives its name.
fn instruction<'a>(text: &'a str, name: &str) -> Result<&'a str> {
    let found = text.lines().find_map(|line| line.strip_prefix(name));
    Ok(found.ok_or_else(|| format!("no {name}"))?.trim())
}

/// The words of `["a", "b"]`.
fn list(text: &str) -> Vec<String> {
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

fn container(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator is not alone in an empty root");
    }
    if !rustix::process::getuid().is_root() {
        return place.skip("chroot needs root");
    }
    let port = free_port()?;
    let text = replaced(block("dockerfile")?, ":8080", &format!(":{port}"))?;
    same("base", instruction(&text, "FROM")?, "scratch")?;
    let root = tempfile::tempdir()?;
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755))?;
    let site = site()?;
    for line in text.lines().filter_map(|line| line.strip_prefix("COPY ")) {
        let (from, to) = line.split_once(' ').ok_or("COPY FROM TO")?;
        let to = root.path().join(to.trim_start_matches('/'));
        match from {
            "sfserve" => program::copy(place.way.tool(&place.dist, "sfserve"), to),
            "site" => {
                fs::create_dir(&to)?;
                fs::copy(site.path().join("a.txt"), to.join("a.txt"))?;
            }
            other => return Err(format!("COPY {other}").into()),
        }
    }
    let user = instruction(&text, "USER")?;
    let inside = |words: Vec<String>| {
        let mut command = Command::new("chroot");
        command.arg(format!("--userspec={user}")).arg(root.path());
        command.args(words).stdin(Stdio::null());
        command
    };
    let mut words = list(instruction(&text, "ENTRYPOINT")?);
    words.extend(list(instruction(&text, "CMD")?));
    words.extend(
        place
            .way
            .gate_arguments()
            .iter()
            .map(|word| (*word).to_owned()),
    );
    let mut server = Server::start(inside(words), site)?;
    let check = instruction(&text, "HEALTHCHECK CMD")?;
    same("healthy", inside(list(check)).status()?.code(), Some(0))?;
    server.address = SocketAddr::from(([127, 0, 0, 1], port));
    same(
        "served",
        get(&server, "/a.txt")?.body,
        b"0123456789".to_vec(),
    )?;
    drop(server);
    same("gone", inside(list(check)).status()?.code(), Some(1))
}

/// The service's manager in brief: a socket at 3, an address for notifications,
/// and the command to load anew.
fn systemd(place: &Place) -> Result {
    if place.emulated() {
        return place.skip("the emulator opens descriptors of its own from 3 on");
    }
    let text = block("ini")?;
    let value = |name: &str| instruction(text, &format!("{name}="));
    same("socket", value("ListenStream")?, "80")?;
    same("type", value("Type")?, "notify")?;
    let folder = site()?;
    let here = folder.path().to_str().ok_or("plain names")?;
    let line = replaced(value("ExecStart")?, "/srv/www", here)?;
    let arguments = line
        .strip_prefix("/usr/local/bin/sfserve ")
        .ok_or("ExecStart")?;
    let manager = UnixDatagram::bind(folder.path().join("notify"))?;
    manager.set_read_timeout(Some(LIMIT))?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mut command = activated(&place.command(), listener);
    command.args(words(arguments));
    command.env("NOTIFY_SOCKET", folder.path().join("notify"));
    let mut server = Server::start(command, folder)?;
    server.address = address;
    let mut buffer = [0; 100];
    let count = manager.recv(&mut buffer)?;
    same("ready", &buffer[..count], b"READY=1")?;
    let workers = server.workers()?;
    same("served", get(&server, "/a.txt")?.status, 200)?;
    // Not every machine has /bin/kill, and every shell has the word.
    let line = replaced(value("ExecReload")?, "/bin/kill", "kill")?;
    let mut reload = Command::new("sh");
    reload.args(["-c", &line]);
    let reloaded = reload
        .env("MAINPID", server.child.id().to_string())
        .status()?;
    same("reload", reloaded.code(), Some(0))?;
    until("new workers", || {
        server
            .workers()
            .is_ok_and(|now| !now.is_empty() && now.iter().all(|one| !workers.contains(one)))
    })?;
    same("served", get(&server, "/a.txt")?.status, 200)?;
    drop(server.end()?);
    Ok(())
}

/// A program that is ended with the value, and its children with it.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process_group(
            rustix::process::Pid::from_child(&self.0),
            rustix::process::Signal::KILL,
        );
        let _ = self.0.wait();
    }
}

/// nginx's configuration with what it needs to run in a folder.
fn configuration(folder: &Path, port: u16, socket: &Path) -> Result<String> {
    let block = replaced(block("nginx")?, "443 ssl", &format!("127.0.0.1:{port}"))?;
    let block = replaced(
        &block,
        "/run/sfserve.sock",
        socket.to_str().ok_or("plain names")?,
    )?;
    let folder = folder.display();
    // It changes its user as root, and the folder is root's own.
    let user = match rustix::process::getuid().is_root() {
        true => "user root;\n",
        false => "",
    };
    Ok(format!(
        "{user}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\n\
         events {{}}\nhttp {{\naccess_log off;\nclient_body_temp_path {folder}/body;\n\
         proxy_temp_path {folder}/proxy;\nfastcgi_temp_path {folder}/fastcgi;\n\
         uwsgi_temp_path {folder}/uwsgi;\nscgi_temp_path {folder}/scgi;\n{block}\n}}\n"
    ))
}

fn proxy(place: &Place) -> Result {
    let nginx = which::which_in(
        "nginx",
        Some("/usr/sbin:/usr/bin:/sbin:/usr/local/sbin"),
        "/",
    );
    let Ok(nginx) = nginx else {
        return place.skip("nginx is not installed");
    };
    let state = tempfile::tempdir()?;
    let socket = state.path().join("sfserve.sock");
    let line = DOCUMENT
        .split("with `sfserve ")
        .nth(1)
        .ok_or("no command")?;
    let line = line.split('`').next().unwrap_or(line);
    let folder = site()?;
    let here = folder.path().to_str().ok_or("plain names")?;
    let line = replaced(line, "/srv/www", here)?;
    let line = replaced(
        &line,
        "/run/sfserve.sock",
        socket.to_str().ok_or("plain names")?,
    )?;
    let mut command = place.command();
    command.args(words(&line));
    let mut server = Server::start(command, folder)?;
    let port = free_port()?;
    let file = state.path().join("nginx.conf");
    fs::write(&file, configuration(state.path(), port, &socket)?)?;
    let mut command = Command::new(nginx);
    command.arg("-p").arg(state.path()).arg("-c").arg(&file);
    command
        .arg("-e")
        .arg("stderr")
        .stdin(Stdio::null())
        .process_group(0);
    let proxy = Ended(command.stderr(Stdio::null()).spawn()?);
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    until("nginx", || std::net::TcpStream::connect(address).is_ok())?;
    server.address = address;
    for _ in 0..3 {
        same("file", get(&server, "/a.txt")?.body, b"0123456789".to_vec())?;
    }
    let redirect = once(
        &server,
        "GET /sub HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n",
    )?;
    same("redirect", redirect.status, 301)?;
    same("relative", redirect.field("Location"), Some("/sub/"))?;
    drop(proxy);
    Ok(())
}
