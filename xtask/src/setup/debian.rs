//! The third way: Debian's packages. The compiler is installed; the i386
//! standard library cannot be (its dependencies clash with those of the
//! system), so it is unpacked into `target/` and joined with the installed one
//! to a folder that serves as `--sysroot`.

use super::{
    Options, Source,
    apt::{self, Apt},
    lock::UNFINISHED,
    musl,
    packages::{self, Part},
    versions::{FAMILIES, Family, common},
};
use crate::{
    paths::Paths,
    progress::say,
    toolchain::{DEBIAN_RUSTC, OLDEST},
};
use anyhow::{Context, Error, Result, anyhow, ensure};
use int80_support::{
    command::{output, show},
    ways::Arch,
};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

const HOST_LIBRARY: &str = "/usr/lib/rustlib/x86_64-unknown-linux-gnu";

/// The composed sysroot, if there is one for the compiler that is installed.
pub fn composed(paths: &Paths) -> Option<PathBuf> {
    FAMILIES.iter().find_map(|family| {
        let version = apt::installed(family.rustc)?;
        let folder = folder(paths, family, &version);
        let stamp = fs::read_to_string(folder.join("stamp")).ok()?;
        let complete = stamp == stamp_for(family, &version) && Path::new(DEBIAN_RUSTC).exists();
        complete.then(|| folder.join("sysroot"))
    })
}

fn folder(paths: &Paths, family: &Family, version: &str) -> PathBuf {
    paths.private.join(format!("{}-{version}", family.std))
}

fn stamp_for(family: &Family, version: &str) -> String {
    format!("{}:i386 {version}\n", family.std)
}

/// What came of fetching.
#[derive(Default)]
pub struct Supplied {
    /// What could not be had, and why: short enough for a table.
    pub failures: Vec<(Part, String)>,
    pub by_hand: Vec<String>,
}

impl Supplied {
    fn failed(&mut self, part: Part, error: &Error) {
        say("set-up", &format!("{part} cannot be had: {error:#}"));
        self.failures.push((part, error.to_string()));
    }
}

/// Fetches what is missing.
pub fn supply(paths: &Paths, options: Options, missing: &[Part]) -> Supplied {
    let mut supplied = Supplied::default();
    let apt = match Apt::new(paths, options.no_install) {
        Ok(apt) => apt,
        Err(error) => {
            for part in missing {
                supplied.failed(*part, &error);
            }
            supplied.by_hand = packages::elsewhere(missing);
            return supplied;
        }
    };
    let mut wanted: Vec<(Part, Vec<String>)> = Vec::new();
    let mut chosen = None;
    for part in missing {
        match part {
            // With rustup alone asked for, Debian's compiler is not wanted.
            Part::Toolchain if options.source == Source::Rustup => {}
            Part::Toolchain => match apt
                .update(false)
                .and_then(|()| choose(&apt, options.source))
            {
                Ok((family, version, packages)) => {
                    wanted.push((*part, packages));
                    chosen = Some((family, version));
                }
                Err(error) => supplied.failed(*part, &error),
            },
            Part::Musl => {
                let unpacked = apt.update(false).and_then(|()| musl::unpack(paths, &apt));
                if let Err(error) = unpacked {
                    supplied.failed(*part, &error);
                }
            }
            _ => wanted.push((
                *part,
                lacking(part.debian(), |name| which::which(name).is_ok()),
            )),
        }
    }
    install(&apt, &wanted, &mut supplied);
    if let Some((family, version)) = chosen {
        if apt::installed(family.rustc).as_ref() == Some(&version) {
            if let Err(error) = composed_anew(paths, &apt, family, &version) {
                supplied.failed(Part::Toolchain, &error);
            }
        }
    }
    supplied
}

/// Those of the packages whose program is not there: another package may have it,
/// and exclude this one, as busybox-static does.
fn lacking(packages: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let names = packages.split(' ').filter(|name| !is_there(name));
    names.map(str::to_owned).collect()
}

/// Installs the packages of all parts, or says which a person would have to.
fn install(apt: &Apt, wanted: &[(Part, Vec<String>)], supplied: &mut Supplied) {
    let all: Vec<String> = wanted.iter().flat_map(|(_, names)| names.clone()).collect();
    if all.is_empty() {
        return;
    }
    if !apt.may_install() {
        for (part, names) in wanted.iter().filter(|(_, names)| !names.is_empty()) {
            let error = anyhow!("{} would have to be installed", names.join(", "));
            supplied.failed(*part, &error.context("no right to install packages"));
        }
        supplied.by_hand.push(packages::apt_get(&all));
        return;
    }
    let all = all.join(" ");
    say(
        "set-up",
        &format!("these Debian packages will be installed, and none removed: {all}"),
    );
    let each = |names: &[String]| {
        apt.update(false)?;
        apt.install(names).or_else(|error| {
            // Lists of some hours ago may name a version that is gone by now.
            say(
                "set-up",
                &format!("{error:#}; trying again with new package lists"),
            );
            apt.update(true)?;
            apt.install(names).context("apt-get install failed")
        })
    };
    let joined: Vec<String> = all.split(' ').map(str::to_owned).collect();
    if each(&joined).is_err() {
        // One that cannot be had must not keep the others away.
        for (part, names) in wanted.iter().filter(|(_, names)| !names.is_empty()) {
            if let Err(error) = apt.install(names).context("apt-get install failed") {
                supplied.failed(*part, &error);
            }
        }
    }
}

fn composed_anew(paths: &Paths, apt: &Apt, family: &Family, version: &str) -> Result<()> {
    compose(paths, apt, family, version).or_else(|error| {
        say(
            "set-up",
            &format!("{error:#}; trying again with new package lists"),
        );
        apt.update(true)?;
        compose(paths, apt, family, version).context("unpacking its i386 library failed")
    })
}

/// The installed compiler if it has an i386 library, else the newest that has, or
/// the oldest where Debian's was asked for by name; and what of it is not installed
/// yet.
fn choose(apt: &Apt, source: Source) -> Result<(&'static Family, String, Vec<String>)> {
    let (family, version) = choose_version(apt, source)?;
    let packages: Vec<String> = [family.rustc, family.cargo, family.std]
        .iter()
        .filter(|package| apt::installed(package).as_ref() != Some(&version))
        .map(|package| format!("{package}={version}"))
        .collect();
    let other = apt::installed(family.rustc).filter(|other| *other != version);
    if let (Some(other), false) = (other, packages.is_empty()) {
        let cure = anyhow!("install {} if you can do without it", packages.join(" "));
        return Err(cure.context(format!(
            "for the installed {} {other} there is no i386 library",
            family.rustc
        )));
    }
    Ok((family, version, packages))
}

fn choose_version(apt: &Apt, source: Source) -> Result<(&'static Family, String)> {
    let mut all = Vec::new();
    for family in &FAMILIES {
        let mut lists = vec![apt.versions(&format!("{}:i386", family.std))?];
        for package in [family.rustc, family.cargo, family.std] {
            lists.push(apt.versions(package)?);
        }
        let installed = apt::installed(family.rustc);
        if let Some(version) = installed.filter(|version| lists[0].contains(version)) {
            if apt::compare(&version, OLDEST).is_ge() {
                return Ok((family, version));
            }
        }
        all.extend(common(&lists, apt::compare).map(|version| (family, version.clone())));
    }
    all.sort_by(|(_, a), (_, b)| apt::compare(a, b));
    let best = match source {
        Source::Debian => all.into_iter().next(),
        _ => all.pop(),
    };
    best.with_context(|| {
        format!(
            "Debian's package lists here have no rustc from {OLDEST} on for both amd64 and i386"
        )
    })
}

/// Makes the folder beside its place and moves it there when it is complete and
/// has compiled something.
fn compose(paths: &Paths, apt: &Apt, family: &Family, version: &str) -> Result<()> {
    let package = format!("{}:i386={version}", family.std);
    say(
        "set-up",
        &format!("unpacking {package} into target/ (some 40 MB are downloaded)"),
    );
    let unfinished = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempdir_in(&paths.private)?;
    let std = unfinished.path().join("std");
    apt.unpack(&package, &std)?;
    let libraries = unfinished.path().join("sysroot/lib/rustlib");
    fs::create_dir_all(&libraries)?;
    let i386 = Arch::I386.triple();
    ensure!(
        std.join("usr/lib/rustlib").join(i386).join("lib").is_dir(),
        "{package} does not have the library where it was expected"
    );
    symlink(HOST_LIBRARY, libraries.join(Arch::X86_64.triple()))?;
    // Relative, so that the checkout can be moved.
    let from_here = Path::new("../../../std/usr/lib/rustlib").join(i386);
    symlink(from_here, libraries.join(i386))?;
    try_out(unfinished.path())?;
    fs::write(unfinished.path().join("stamp"), stamp_for(family, version))?;

    let place = folder(paths, family, version);
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::rename(unfinished.keep(), &place)
        .with_context(|| format!("cannot move the finished folder to {}", place.display()))
}

fn try_out(folder: &Path) -> Result<()> {
    let source = folder.join("trial.rs");
    fs::write(&source, "pub fn trial() -> Vec<u8> { vec![0x80] }\n")?;
    let mut rustc = Command::new(DEBIAN_RUSTC);
    rustc
        .current_dir(folder)
        .arg("--sysroot")
        .arg(folder.join("sysroot"))
        .args(["--target", Arch::I386.triple()])
        .args(["--crate-type", "rlib", "-o"])
        .arg(folder.join("libtrial.rlib"))
        .arg(&source);
    crate::environment::clean(&mut rustc);
    output(&mut rustc, "trying the i386 library")
        .with_context(|| format!("`{}`", show(&rustc)))
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c10_what_another_package_brings_is_not_asked_for() {
        let names = lacking(Part::Kit.debian(), |name| name == "busybox");
        assert_eq!(names, ["nasm", "g++-multilib", "pkg-config"]);
        assert!(lacking(Part::Kit.debian(), |_| false).contains(&"busybox".to_owned()));
    }
}
