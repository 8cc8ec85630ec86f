//! Web servers on loopback, one at a time and for three requests each.

use int80_support::{
    net,
    place::{Skip, need},
};
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// What came of a request.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

pub fn busybox(folder: &Path, port: u16) -> Result<Command, Skip> {
    let mut command = Command::new(need("busybox")?);
    command
        .args(["httpd", "-f", "-p", &format!("127.0.0.1:{port}"), "-h"])
        .arg(folder);
    Ok(command)
}

pub fn darkhttpd(folder: &Path, port: u16) -> Result<Command, Skip> {
    let mut command = Command::new(need("darkhttpd")?);
    command
        .arg(folder)
        .args(["--addr", "127.0.0.1", "--port", &port.to_string()]);
    Ok(command)
}

/// Debian has it in a folder that is not on everyone's PATH.
pub fn nginx(folder: &Path, port: u16) -> Result<Command, Skip> {
    let usual = Path::new("/usr/sbin/nginx");
    let program = match need("nginx") {
        Err(_) if usual.exists() => usual.to_owned(),
        found => found?,
    };
    let top = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("    {name}_temp_path {top}/{name};\n"))
        .concat();
    let text = format!(
        "daemon off;\nmaster_process off;\npid {top}/pid;\nerror_log stderr crit;\nevents {{}}\n\
         http {{\n    access_log off;\n    sendfile on;\n{temporary}    \
         server {{\n        listen 127.0.0.1:{port};\n        root {top};\n    }}\n}}\n"
    );
    let configuration = folder.join("nginx.conf");
    fs::write(&configuration, text).expect("a file");
    let mut command = Command::new(program);
    command
        .args(["-e", "stderr", "-p"])
        .arg(folder)
        .arg("-c")
        .arg(configuration);
    Ok(command)
}

/// Starts the server, asks for a file, for a part of it and for one that is not
/// there, and ends the server. With `trace`, strace writes its calls there.
pub fn ask(
    make: fn(&Path, u16) -> Result<Command, Skip>,
    folder: &Path,
    environment: &[(&str, &Path)],
    trace: Option<&Path>,
) -> Result<[Answer; 3], Skip> {
    if let Some(reason) = net::no_tcp() {
        return Err(Skip(reason));
    }
    let port = free_port();
    let server = make(folder, port)?;
    let mut command = match trace {
        None => {
            let mut command = server;
            command.envs(environment.iter().copied());
            command
        }
        Some(trace) => traced(&server, environment, trace),
    };
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = match command.spawn() {
        Ok(child) => Running(child),
        Err(error) => panic!("cannot start the server: {error}"),
    };
    child.wait_for(port);
    let answers = [
        request(port, "/input", ""),
        request(port, "/input", "Range: bytes=100000-2000000\r\n"),
        request(port, "/nowhere", ""),
    ];
    drop(child);
    if let Some(trace) = trace {
        wait_for_end(trace);
    }
    Ok(answers)
}

/// With -D the server is our own child, so that we can end it, and strace is
/// not.
fn traced(server: &Command, environment: &[(&str, &Path)], trace: &Path) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-D", "-f", "-e", "trace=sendfile", "-o"])
        .arg(trace);
    for (name, value) in environment {
        command.arg("-E").arg(format!("{name}={}", value.display()));
    }
    command.arg(server.get_program()).args(server.get_args());
    command
}

/// A server that ends with the test, however that ends.
struct Running(Child);

impl Running {
    fn wait_for(&mut self, port: u16) {
        let end = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let status = self.0.try_wait().expect("a child of ours");
            assert_eq!(status, None, "the server has ended");
            assert!(Instant::now() < end, "the server does not answer");
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// strace writes its last line after the server is gone.
fn wait_for_end(trace: &Path) {
    let end = Instant::now() + Duration::from_secs(30);
    let is_done = || fs::read_to_string(trace).is_ok_and(|text| text.contains("+++ killed by"));
    while !is_done() {
        assert!(Instant::now() < end, "the trace does not end");
        sleep(Duration::from_millis(20));
    }
}

/// The port of a socket that is closed again.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback");
    listener.local_addr().expect("a bound socket").port()
}

fn request(port: u16, path: &str, more: &str) -> Answer {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the server");
    let limit = Some(Duration::from_secs(60));
    stream.set_read_timeout(limit).expect("a limit");
    let text = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n");
    stream.write_all(text.as_bytes()).expect("sending it");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the answer");
    let end = answer
        .windows(4)
        .position(|bytes| bytes == b"\r\n\r\n")
        .expect("a header");
    let header = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = header
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Answer {
        status: status.unwrap_or_else(|| panic!("no status: {header}")),
        body: answer[end + 4..].to_vec(),
    }
}
