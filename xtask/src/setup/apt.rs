//! Debian's package tools, with package lists of our own for both
//! architectures, so that the system's own lists stay as they are.

use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result, bail};
use int80_support::command::{capture, last_lines, output, show};
use std::{
    cmp::Ordering,
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime},
};

/// The keys of all of Debian's releases, where they are installed.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Lists that are younger than this are used as they are.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

pub struct Apt {
    folder: PathBuf,
    log: PathBuf,
    /// A file that names the sources in place of the system's.
    sources: Option<PathBuf>,
    /// What stands before a command that changes the system; `None` where this
    /// may not be done.
    become_root: Option<&'static [&'static str]>,
}

impl Apt {
    pub fn new(paths: &Paths, no_install: bool) -> Result<Apt> {
        Apt::in_folder(&paths.private, no_install)
    }

    fn in_folder(private: &Path, no_install: bool) -> Result<Apt> {
        for program in ["apt-get", "apt-cache", "dpkg-deb", "dpkg-query"] {
            if which::which(program).is_err() {
                bail!("this is not a Debian machine: it has no {program}");
            }
        }
        let folder = private.join("apt");
        fs::create_dir_all(folder.join("lists/partial"))?;
        fs::create_dir_all(folder.join("cache/archives/partial"))?;
        Ok(Apt {
            folder,
            log: private.join("apt.log"),
            sources: None,
            become_root: if no_install { None } else { become_root() },
        })
    }

    /// The packages of one suite, whatever this machine's own is, with lists in
    /// `private`; from the mirror that this machine's own packages come from.
    pub fn of_suite(&self, private: &Path, suite: &str) -> Result<Apt> {
        let mut ask = self.tool("apt-get");
        ask.args(["indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"]);
        let text = output(&mut ask, "asking where packages come from")?;
        let mirror = text
            .lines()
            .find_map(|line| line.strip_prefix("Debian|Debian|"))
            .context("this machine's packages are from no mirror of Debian")?;
        let mut apt = Apt::in_folder(private, true)?;
        let signed = match Path::new(KEYS).exists() {
            true => format!("[signed-by={KEYS}] "),
            false => String::new(),
        };
        let sources = private.join("sources.list");
        fs::write(&sources, format!("deb {signed}{mirror} {suite} main\n"))?;
        apt.sources = Some(sources);
        Ok(apt)
    }

    pub fn may_install(&self) -> bool {
        self.become_root.is_some()
    }

    fn lists(&self) -> String {
        format!("Dir::State::Lists={}", self.folder.join("lists").display())
    }

    /// A tool of apt's that looks at both architectures in our own lists.
    fn tool(&self, name: &str) -> Command {
        let cache = format!("Dir::Cache={}", self.folder.join("cache").display());
        let mut command = Command::new(name);
        command
            .env("LC_ALL", "C")
            .args(["-o", "APT::Architectures=amd64,i386"])
            .args(["-o", &self.lists()])
            .args(["-o", &cache])
            .args([
                "-o",
                "Acquire::Retries=2",
                "-o",
                "Acquire::http::Timeout=30",
            ]);
        if let Some(sources) = &self.sources {
            command
                .args(["-o", &format!("Dir::Etc::SourceList={}", sources.display())])
                .args(["-o", "Dir::Etc::SourceParts=-"])
                .args(["-o", "Acquire::Languages=none"])
                .args([
                    "-o",
                    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
                ]);
        }
        command
    }

    /// Fetches the package lists, unless they were fetched today. A list that
    /// cannot be had is no reason to stop: what counts is whether the package
    /// is found afterwards.
    pub fn update(&self, always: bool) -> Result<()> {
        let stamp = self.folder.join("updated");
        if !always && age(&stamp).is_some_and(|age| age < FRESH) {
            return Ok(());
        }
        say(
            "set-up",
            "fetching Debian's package lists for amd64 and i386 into target/",
        );
        let mut update = self.tool("apt-get");
        update.arg("update");
        let result = capture(&mut update, "fetching the package lists")?;
        self.note(&show(&update), &result.stdout, &result.stderr)?;
        if !result.status.success() {
            let said = String::from_utf8_lossy(&result.stderr).into_owned();
            say(
                "set-up",
                &format!("not every list could be fetched: {}", last_lines(&said, 1)),
            );
        }
        fs::write(&stamp, "")?;
        Ok(())
    }

    pub fn versions(&self, package: &str) -> Result<Vec<String>> {
        let mut madison = self.tool("apt-cache");
        madison.args(["madison", package]);
        let text = output(&mut madison, "asking for a package's versions")?;
        Ok(super::versions::madison(&text))
    }

    /// Downloads one package and unpacks it, without installing it.
    pub fn unpack(&self, package: &str, into: &Path) -> Result<()> {
        let archive = into.with_extension("download");
        let found = self.download(package, &archive)?;
        let mut dpkg = Command::new("dpkg-deb");
        dpkg.arg("-x").arg(found).arg(into);
        output(&mut dpkg, "unpacking a Debian package")?;
        Ok(fs::remove_dir_all(archive)?)
    }

    /// Downloads one package into a folder where nothing else is.
    pub fn download(&self, package: &str, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(folder)?;
        let mut download = self.tool("apt-get");
        download.current_dir(folder).args(["download", package]);
        output(&mut download, "downloading a Debian package")?;
        let found = fs::read_dir(folder)?.next();
        let found = found.context("apt-get downloaded nothing and called it success")??;
        Ok(found.path())
    }

    /// The packages that one depends on, the first alternative of each.
    pub fn depends(&self, package: &str) -> Result<Vec<String>> {
        let mut ask = self.tool("apt-cache");
        ask.args(["depends", "--important", package]);
        let text = output(&mut ask, "asking what a package depends on")?;
        let names = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Depends: "));
        Ok(names.map(str::to_owned).collect())
    }

    /// Installs packages of the system's own architecture. Nothing is removed
    /// for them, and nothing of the person's is repaired: where an earlier
    /// installation was cut off, apt-get refuses and says what to do.
    pub fn install(&self, packages: &[String]) -> Result<()> {
        let mut arguments = vec![
            "apt-get",
            "-q",
            "-y",
            "--no-install-recommends",
            "--no-remove",
        ];
        let lists = self.lists();
        arguments.extend(["-o", &lists, "-o", "DPkg::Lock::Timeout=600"]);
        // A cache made from our lists is of no use to the system.
        arguments.extend([
            "-o",
            "Dir::Cache::pkgcache=",
            "-o",
            "Dir::Cache::srcpkgcache=",
        ]);
        arguments.push("install");
        arguments.extend(packages.iter().map(String::as_str));
        self.change_system(&arguments)
    }

    /// Runs a command as root. It has a process group and a log file of its
    /// own, so that it finishes when this program is interrupted: a package
    /// half installed would trouble the whole system.
    fn change_system(&self, words: &[&str]) -> Result<()> {
        let Some(prefix) = self.become_root else {
            bail!("installing packages needs root, or sudo without a password");
        };
        let words = [
            prefix,
            &["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"],
            words,
        ]
        .concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        self.note(&show(&command), b"", b"")?;
        let start = fs::metadata(&self.log)?.len() as usize;
        let log = OpenOptions::new().append(true).open(&self.log)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start `{}`", show(&command)))?;
        let said = || {
            let text = fs::read(&self.log).unwrap_or_default();
            String::from_utf8_lossy(text.get(start..).unwrap_or_default()).into_owned()
        };
        let mut waiting = false;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if !waiting && said().contains("Waiting for cache lock") {
                waiting = true;
                say(
                    "set-up",
                    "another program holds the package manager's lock; waiting for it",
                );
            }
            thread::sleep(Duration::from_millis(200));
        };
        if !status.success() {
            bail!(
                "`{}` failed ({status}); its output is in {} and ends with:\n{}",
                show(&command),
                self.log.display(),
                last_lines(&said(), 8)
            );
        }
        Ok(())
    }

    fn note(&self, title: &str, stdout: &[u8], stderr: &[u8]) -> Result<()> {
        let mut log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)
            .with_context(|| format!("cannot write {}", self.log.display()))?;
        writeln!(log, "\n$ {title}")?;
        log.write_all(stdout)?;
        Ok(log.write_all(stderr)?)
    }
}

fn become_root() -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "true"]);
    let allowed = capture(&mut sudo, "trying sudo").is_ok_and(|result| result.status.success());
    allowed.then_some(&["sudo", "-n"])
}

fn age(path: &Path) -> Option<Duration> {
    let changed = File::open(path).ok()?.metadata().ok()?.modified().ok()?;
    SystemTime::now().duration_since(changed).ok()
}

/// The version of a package that is completely installed.
pub fn installed(package: &str) -> Option<String> {
    let mut query = Command::new("dpkg-query");
    query.args(["-W", "-f", "${db:Status-Abbrev}|${Version}\n", package]);
    let text = output(&mut query, "asking for an installed package").ok()?;
    let line = text.lines().find(|line| line.starts_with("ii"))?;
    Some(line.split_once('|')?.1.to_owned())
}

/// dpkg's own order of versions.
pub fn compare(a: &str, b: &str) -> Ordering {
    let holds = |relation: &str| {
        let mut dpkg = Command::new("dpkg");
        dpkg.args(["--compare-versions", a, relation, b]);
        capture(&mut dpkg, "comparing versions").is_ok_and(|result| result.status.success())
    };
    if holds("lt") {
        Ordering::Less
    } else if holds("gt") {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}
