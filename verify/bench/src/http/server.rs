//! The servers that are compared, each with a configuration for this: no log, one
//! process that serves, connections that last.

use anyhow::{Context, Result, bail};
use int80_support::ways::{Available, Way};
use std::{
    env, fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Nothing takes so long to start.
const LIMIT: Duration = Duration::from_secs(10);

/// Which server.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Sfserve(Way),
    /// The least that there is to do; see `least.rs`.
    Least,
    Nginx {
        file_cache: bool,
    },
    Lighttpd,
    Busybox,
    Darkhttpd,
    Webfsd,
}

impl Kind {
    /// All, and why some cannot be run here.
    pub fn all(available: &Available) -> Vec<(Kind, Result<(), String>)> {
        let native = available
            .ways
            .iter()
            .filter(|(way, _)| way.emulator.is_none());
        let ours = native.map(|(way, state)| (Kind::Sfserve(*way), state.clone()));
        let others = [
            Kind::Least,
            Kind::Nginx { file_cache: false },
            Kind::Nginx { file_cache: true },
            Kind::Lighttpd,
            Kind::Busybox,
            Kind::Darkhttpd,
            Kind::Webfsd,
        ];
        let found = |kind: Kind| match (kind, which::which(kind.program())) {
            (Kind::Least, _) | (_, Ok(_)) => Ok(()),
            (_, Err(_)) => Err(format!("{} is not installed", kind.program())),
        };
        ours.chain(others.map(|kind| (kind, found(kind)))).collect()
    }

    /// Whether it is this project's.
    pub fn own(self) -> bool {
        matches!(self, Kind::Sfserve(_))
    }

    pub fn name(self) -> String {
        match self {
            Kind::Sfserve(way) => format!("sfserve {}", way.name),
            Kind::Nginx { file_cache: true } => "nginx, file cache".to_owned(),
            kind => kind.program().to_owned(),
        }
    }

    fn program(self) -> &'static str {
        match self {
            Kind::Sfserve(_) => "sfserve",
            Kind::Least => "least",
            Kind::Nginx { .. } => "nginx",
            Kind::Lighttpd => "lighttpd",
            Kind::Busybox => "busybox",
            Kind::Darkhttpd => "darkhttpd",
            Kind::Webfsd => "webfsd",
        }
    }

    /// The command that serves `site` at `port`, with files of its own in
    /// `private`.
    fn command(self, port: u16, site: &Path, private: &Path, dist: &Path) -> Result<Command> {
        let address = format!("127.0.0.1:{port}");
        let port = port.to_string();
        let mut command = match self {
            Kind::Sfserve(way) => {
                let mut command = way.command(dist, "sfserve");
                command.args(way.gate_arguments());
                command.args(["--quiet", "--listen", &address]).arg(site);
                command
            }
            Kind::Least => {
                let mut command = Command::new(env::current_exe()?);
                command.args(["--least", &port, "--root"]).arg(site);
                command
            }
            kind => Command::new(kind.program()),
        };
        match self {
            Kind::Sfserve(_) | Kind::Least => {}
            Kind::Nginx { file_cache } => {
                let file = private.join("nginx.conf");
                fs::write(&file, nginx(&address, site, private, file_cache))?;
                command
                    .arg("-e")
                    .arg(private.join("errors"))
                    .arg("-c")
                    .arg(file);
            }
            Kind::Lighttpd => {
                let file = private.join("lighttpd.conf");
                fs::write(&file, lighttpd(&port, site))?;
                command.args(["-D", "-f"]).arg(file);
            }
            Kind::Busybox => {
                command
                    .args(["httpd", "-f", "-p", &address, "-h"])
                    .arg(site);
            }
            Kind::Darkhttpd => {
                command
                    .arg(site)
                    .args(["--addr", "127.0.0.1", "--port", &port]);
            }
            Kind::Webfsd => {
                command
                    .args(["-F", "-i", "127.0.0.1", "-p", &port, "-r"])
                    .arg(site);
            }
        }
        Ok(command)
    }
}

fn nginx(address: &str, site: &Path, private: &Path, file_cache: bool) -> String {
    let private = private.display();
    // The temporary folder is open to its owner alone.
    let user = if rustix::process::getuid().is_root() {
        "user root;"
    } else {
        ""
    };
    let cache = if file_cache {
        "open_file_cache max=1000;"
    } else {
        ""
    };
    format!(
        "{user} daemon off; worker_processes 1; pid {private}/pid;\n\
        events {{}}\n\
        http {{\n\
        access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; {cache}\n\
        client_body_temp_path {private}/a; proxy_temp_path {private}/b;\n\
        fastcgi_temp_path {private}/c; uwsgi_temp_path {private}/d; scgi_temp_path {private}/e;\n\
        server {{ listen {address}; root {}; }}\n\
        }}\n",
        site.display()
    )
}

fn lighttpd(port: &str, site: &Path) -> String {
    format!(
        "server.bind = \"127.0.0.1\"\nserver.port = {port}\n\
        server.document-root = \"{}\"\nserver.max-keep-alive-requests = 100000000\n\
        mimetype.assign = ( \"\" => \"application/octet-stream\" )\n",
        site.display()
    )
}

/// A server that runs, and ends with the value.
pub struct Server {
    pub child: Child,
    pub port: u16,
    /// From the start of the program to the first byte of its first answer.
    pub start: Duration,
}

impl Server {
    /// Starts it on one core, and waits for its first answer.
    pub fn start(
        kind: Kind,
        core: usize,
        site: &Path,
        private: &Path,
        dist: &Path,
    ) -> Result<Server> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let inner = kind.command(port, site, private, dist)?;
        let mut command = Command::new("taskset");
        command
            .args(["--cpu-list", &core.to_string()])
            .arg(inner.get_program());
        command.args(inner.get_args());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let begin = Instant::now();
        let child = command.process_group(0).spawn();
        let child = child.with_context(|| format!("cannot start {}", kind.name()))?;
        let mut server = Server {
            child,
            port,
            start: LIMIT,
        };
        while begin.elapsed() < LIMIT {
            if answers(port) {
                server.start = begin.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("{} ended at once ({status})", kind.name());
            }
            thread::sleep(Duration::from_micros(100));
        }
        bail!("{} does not answer within {LIMIT:?}", kind.name())
    }
}

/// Whether a request gets an answer.
fn answers(port: u16) -> bool {
    let asked = || {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
        stream.set_read_timeout(Some(LIMIT)).ok()?;
        stream.write_all(b"GET /1 HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).ok()?;
        (&answer[9..] == b"200").then_some(())
    };
    asked().is_some()
}

impl Drop for Server {
    fn drop(&mut self) {
        use rustix::process::{Pid, Signal, kill_process_group};
        // The workers are in the same group.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}
