//! A server that runs for one test.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    os::{fd::OwnedFd, unix::process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use int80_support::{skip, ways::Way};
use libtest_mimic::Failed;
use rustix::process::{Pid, Signal, kill_process};

/// Nothing takes so long on a machine that works.
pub const LIMIT: Duration = Duration::from_secs(60);

/// Where a server is run, and for which test.
#[derive(Clone)]
pub struct Place {
    pub way: Way,
    pub dist: PathBuf,
    pub name: String,
    /// Whether every file is read anew at each request (`--fresh`).
    pub fresh: bool,
}

impl Place {
    /// The command, without options of the test's own.
    pub fn command(&self) -> Command {
        let mut command = self.way.command(&self.dist, "sfserve");
        command.args(self.way.gate_arguments()).stdin(Stdio::null());
        if self.fresh {
            command.arg("--fresh");
        }
        command
    }

    /// Waits until what a server keeps of files is too old to be sent.
    pub fn outwait(&self) {
        if !self.fresh {
            thread::sleep(Duration::from_millis(1100));
        }
    }

    pub fn emulated(&self) -> bool {
        self.way.emulator.is_some()
    }

    /// Counts a test as skipped.
    pub fn skip(&self, reason: &str) -> Result<(), Failed> {
        skip::say(&self.name, reason);
        Ok(())
    }

    /// A server of a folder with the usual files.
    pub fn serve(&self, options: &[&str]) -> Result<Server, Failed> {
        let folder = site()?;
        self.serve_folder(folder, options)
    }

    pub fn serve_folder(
        &self,
        folder: tempfile::TempDir,
        options: &[&str],
    ) -> Result<Server, Failed> {
        let mut command = self.command();
        command
            .args(["--listen", "127.0.0.1:0"])
            .args(options)
            .arg(folder.path());
        Server::start(command, folder)
    }

    /// A server with so many descriptors, of its folder.
    pub fn serve_limited(
        &self,
        folder: tempfile::TempDir,
        descriptors: u32,
    ) -> Result<Server, Failed> {
        let mut inner = self.command();
        inner.args(["--listen", "127.0.0.1:0"]).arg(folder.path());
        let script = format!("ulimit -n {descriptors}; exec \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, "sh"]);
        command.arg(inner.get_program()).args(inner.get_args());
        Server::start(command, folder)
    }

    /// A server with these options under strace with those, or the reason why there is none.
    pub fn serve_traced(
        &self,
        folder: tempfile::TempDir,
        strace: &[&str],
        options: &[&str],
    ) -> Result<Result<Server, String>, Failed> {
        if self.emulated() {
            return Ok(Err("the calls are the emulator's".to_owned()));
        }
        if which::which("strace").is_err() {
            return Ok(Err("strace is not installed".to_owned()));
        }
        let inner = self.command();
        let mut command = Command::new("strace");
        command.arg("-f").args(strace).arg(inner.get_program());
        // A call that strace refuses has the number -1 to seccomp.
        command.args(inner.get_args()).arg("--no-sandbox");
        command.args(options);
        command.args(["--listen", "127.0.0.1:0"]).arg(folder.path());
        match Server::start(command, folder) {
            Err(error) if format!("{error:?}").contains("ptrace(") => {
                Ok(Err("nothing can be traced here".to_owned()))
            }
            server => server.map(Ok),
        }
    }
}

/// The command as a service's manager starts it, with one socket. It passes as
/// standard input, since shells take no number of two digits there.
pub fn activated(inner: &Command, listener: impl Into<OwnedFd>) -> Command {
    let script = "exec 3<&0 </dev/null; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]);
    command.arg(inner.get_program()).args(inner.get_args());
    command.stdin(listener.into());
    command
}

/// The usual folder.
pub fn site() -> Result<tempfile::TempDir, Failed> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("sub/deep"))?;
    fs::create_dir_all(at("none"))?;
    fs::create_dir_all(at(".well-known"))?;
    fs::write(at("index.html"), "<h1>index</h1>")?;
    fs::write(at("a.txt"), "0123456789")?;
    fs::write(at("sub/index.html"), "sub")?;
    fs::write(at("sub/deep/b"), "deep")?;
    fs::write(at("none/c.css"), "css")?;
    fs::write(at("empty"), "")?;
    fs::write(at("a b+c%.txt"), "odd")?;
    fs::write(at(".env"), "secret")?;
    fs::write(at(".well-known/x"), "known")?;
    fs::write(at("big"), big())?;
    for name in ["index.html", "a.txt", "sub/index.html", "big", "empty"] {
        age(&at(name), 1000)?;
    }
    Ok(folder)
}

/// Makes a file or a folder so many seconds old.
pub fn age(path: &Path, seconds: u64) -> Result<(), Failed> {
    let time = std::time::SystemTime::now() - Duration::from_secs(seconds);
    fs::File::open(path)?.set_modified(time)?;
    Ok(())
}

/// A file that no socket takes at once.
pub fn big() -> &'static [u8] {
    static BIG: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BIG.get_or_init(|| int80_support::gates::pattern(9_000_000))
}

/// A server, which ends with the value.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    pub folder: tempfile::TempDir,
    /// What it said on standard output up to the sandbox.
    pub said: Vec<String>,
    errors: Receiver<Vec<u8>>,
}

impl Server {
    /// Starts a server that prints where it serves.
    pub fn start(mut command: Command, folder: tempfile::TempDir) -> Result<Self, Failed> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let mut error = child.stderr.take().ok_or("no standard error")?;
        let (sender, errors) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = error.read_to_end(&mut bytes);
            let _ = sender.send(bytes);
        });
        let mut server = Self::of(child, SocketAddr::from(([0, 0, 0, 0], 0)), folder);
        server.errors = errors;
        server.has_begun()?;
        Ok(server)
    }

    /// A server that was started with a pipe as its standard output, and whose
    /// standard error is the caller's.
    pub fn of_said(child: Child, folder: tempfile::TempDir) -> Result<Self, Failed> {
        let mut server = Self::of(child, SocketAddr::from(([0, 0, 0, 0], 0)), folder);
        server.has_begun()?;
        Ok(server)
    }

    /// Waits until it says where it serves.
    fn has_begun(&mut self) -> Result<(), Failed> {
        let output = self.child.stdout.take().ok_or("no output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let is_last = |line: &String| line.starts_with("sandbox: ");
        while !self.said.last().is_some_and(is_last) {
            match lines.recv_timeout(LIMIT) {
                Ok(line) => self.said.push(line),
                Err(_) => {
                    let _ = self.child.kill();
                    let errors = self.errors.recv_timeout(LIMIT).unwrap_or_default();
                    let errors = String::from_utf8_lossy(&errors);
                    return Err(format!("it does not serve: {:?} {errors}", self.said).into());
                }
            }
        }
        let address = |line: &String| {
            let (_, address) = line.split_once(" at http://")?;
            address.trim_end_matches('/').parse().ok()
        };
        if let Some(address) = self.said.iter().find_map(address) {
            self.address = address;
        }
        Ok(())
    }

    /// A server that was started otherwise, whose standard error is not here.
    pub fn of(child: Child, address: SocketAddr, folder: tempfile::TempDir) -> Self {
        Self {
            child,
            address,
            folder,
            said: Vec::new(),
            errors: mpsc::channel().1,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    pub fn signal(&self, signal: Signal) -> Result<(), Failed> {
        Ok(kill_process(self.pid(), signal)?)
    }

    /// The processes of its workers.
    pub fn workers(&self) -> Result<Vec<Pid>, Failed> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        let children = children.split_whitespace();
        Ok(children
            .filter_map(|pid| Pid::from_raw(pid.parse().ok()?))
            .collect())
    }

    /// Waits for the server's end.
    pub fn wait(&mut self) -> Result<ExitStatus, Failed> {
        let status = int80_support::command::wait(&mut self.child, LIMIT)?;
        status.ok_or_else(|| "it does not end".into())
    }

    /// Ends the server by SIGTERM: what it said on standard error.
    pub fn end(mut self) -> Result<String, Failed> {
        self.signal(Signal::TERM)?;
        let status = self.wait()?;
        let errors = self.errors.recv_timeout(LIMIT)?;
        let errors = String::from_utf8_lossy(&errors).into_owned();
        if !status.success() {
            return Err(format!("it ended with {status}: {errors}").into());
        }
        Ok(errors)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The workers end with it: a group of its own.
        let _ = rustix::process::kill_process_group(self.pid(), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) -> Result<(), Failed> {
    let start = Instant::now();
    while !holds() {
        if start.elapsed() > LIMIT {
            return Err(format!("{what}: not within a minute").into());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}
