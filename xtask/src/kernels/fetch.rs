//! Kernels and emulators out of Debian's packages, without installing them:
//! `target/kernels/` keeps each, so that the next run needs no network.

use super::list::{How, Origin, Subject};
use crate::{
    paths::Paths,
    progress::say,
    setup::{Need, Options, apt::Apt, packages},
};
use anyhow::{Context, Result, bail};
use int80_support::command::{last_lines, output};
use std::{
    collections::HashMap,
    fs,
    io::copy,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A kernel or an emulator that is here.
#[derive(Clone)]
pub struct Fetched {
    pub file: PathBuf,
    /// The package and its version.
    pub package: String,
}

/// Debian's suites, each with its lists once they were asked for.
pub struct Store<'a> {
    paths: &'a Paths,
    options: Options,
    folder: PathBuf,
    suites: HashMap<&'static str, Need<Apt>>,
}

impl<'a> Store<'a> {
    pub fn new(paths: &'a Paths, options: Options, folder: &Path) -> Store<'a> {
        Store {
            paths,
            options,
            folder: folder.to_owned(),
            suites: HashMap::new(),
        }
    }

    /// The file, and the program that boots it, or why it cannot be had.
    pub fn fetch(&mut self, subject: &Subject) -> Need<Fetched> {
        if let How::Machine(program, _) = subject.how {
            self.install(program, "qemu-system-x86")?;
        }
        let result = match subject.origin {
            Origin::Installed(program, package) => return self.install(program, package),
            Origin::Kernel(suite, package) => self.file(suite, package, None),
            Origin::File(suite, package, file) => self.file(suite, package, Some(file)),
        };
        result.map_err(|error| format!("{error:#}"))
    }

    /// A program of this machine. A package that is missing is installed where
    /// that needs no password.
    fn install(&self, program: &str, package: &str) -> Need<Fetched> {
        let installed = || which::which(program).ok();
        if installed().is_none() {
            let names = [package.to_owned()];
            let by_hand = || format!("{program} is not installed: {}", packages::apt_get(&names));
            let apt = Apt::new(self.paths, self.options.no_install)
                .ok()
                .filter(Apt::may_install)
                .ok_or_else(by_hand)?;
            say(
                "kernels",
                &format!("this Debian package will be installed, and none removed: {package}"),
            );
            let done = apt.update(false).and_then(|()| apt.install(&names));
            done.map_err(|error| {
                let error = format!("{error:#}");
                say("kernels", &error);
                format!("{}; {}", by_hand(), last_lines(&error, 1))
            })?;
        }
        let file = installed().ok_or_else(|| format!("{package} has no {program}"))?;
        let version = crate::setup::apt::installed(package);
        Ok(Fetched {
            file,
            package: format!("{package} {}", version.unwrap_or_default()),
        })
    }

    fn file(&mut self, suite: &'static str, package: &str, file: Option<&str>) -> Result<Fetched> {
        let place = self
            .folder
            .join(format!("{suite}-{}", package.replace(':', "-")));
        let (kept, note) = (place.join("file"), place.join("package"));
        if !note.exists() {
            let apt = self.suite(suite)?;
            say("kernels", &format!("fetching {package} of {suite}"));
            let download = place.join("download");
            if download.exists() {
                fs::remove_dir_all(&download)?;
            }
            let name = match file {
                Some(_) => package.to_owned(),
                None => {
                    let depends = apt.depends(package)?;
                    let is_image = |name: &&String| name.starts_with("linux-image-");
                    let image = depends.iter().find(is_image);
                    image.context("the package depends on no kernel")?.clone()
                }
            };
            let archive = apt.download(&name, &download)?;
            take(&archive, file.unwrap_or("boot/vmlinuz-"), &kept)?;
            let mut ask = Command::new("dpkg-deb");
            ask.args([
                "-W",
                "--showformat",
                "${Package} ${Version} ${Architecture}",
            ]);
            let said = output(ask.arg(&archive), "asking for a package's version")?;
            fs::remove_dir_all(&download)?;
            // Last, so that it stands for the whole.
            fs::write(&note, said)?;
        }
        Ok(Fetched {
            file: kept,
            package: fs::read_to_string(note)?,
        })
    }

    fn suite(&mut self, suite: &'static str) -> Result<&Apt> {
        let (paths, folder) = (self.paths, self.folder.join("suites").join(suite));
        let make = || -> Result<Apt> {
            fs::create_dir_all(&folder)?;
            let own = Apt::new(paths, true)?;
            own.update(false)?;
            let apt = own.of_suite(&folder, suite)?;
            apt.update(false)?;
            Ok(apt)
        };
        let entry = self.suites.entry(suite);
        let state = entry.or_insert_with(|| make().map_err(|error| format!("{error:#}")));
        match state {
            Ok(apt) => Ok(apt),
            Err(why) => bail!("{why}"),
        }
    }
}

/// Takes the first file whose name begins so out of a package.
fn take(archive: &Path, name: &str, to: &Path) -> Result<()> {
    let mut dpkg = Command::new("dpkg-deb");
    dpkg.arg("--fsys-tarfile").arg(archive);
    let mut child = dpkg.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("it is piped")?;
    let mut found = false;
    for entry in tar::Archive::new(stdout).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let path = path.strip_prefix(".").unwrap_or(&path);
        if path.to_string_lossy().starts_with(name) && entry.header().entry_type().is_file() {
            copy(&mut entry, &mut fs::File::create(to)?)?;
            found = true;
            break;
        }
    }
    // What comes after it is not wanted.
    child.kill()?;
    child.wait()?;
    if !found {
        bail!("{} has no {name}", archive.display());
    }
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(to, fs::Permissions::from_mode(0o755))?)
}
