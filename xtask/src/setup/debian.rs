//! The third way: Debian's packages. The compiler is installed; the i386
//! standard library cannot be (its dependencies clash with those of the
//! system), so it is unpacked into `target/` and joined with the installed one
//! to a folder that serves as `--sysroot`.

use super::{
    Options, Part,
    apt::Apt,
    dpkg,
    lock::UNFINISHED,
    versions::{FAMILIES, Family, newest_common},
};
use crate::{cargo::DEBIAN_RUSTC, paths::Paths, progress::say};
use anyhow::{Context, Result, anyhow, bail, ensure};
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
        let version = dpkg::installed(family.rustc)?;
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

/// Fetches what is missing; gives what could not be had, and why.
pub fn supply(paths: &Paths, options: Options, missing: &[Part]) -> Vec<(Part, String)> {
    let apt = match Apt::new(paths, options.no_install) {
        Ok(apt) => apt,
        Err(error) => return all_failed(missing, &format!("{error:#}")),
    };
    let mut failures = Vec::new();
    let mut by_hand = Vec::new();
    for part in missing {
        let result = match part {
            // With rustup alone asked for, Debian's compiler is not wanted.
            Part::Toolchain | Part::Clippy if options.source == super::Source::Rustup => continue,
            Part::Toolchain => toolchain(paths, &apt, &mut by_hand),
            Part::Clippy => clippy(&apt, &mut by_hand),
            Part::Libc32 => install(&apt, &["gcc-multilib".to_owned()], &mut by_hand),
            Part::Qemu => install(&apt, &["qemu-user".to_owned()], &mut by_hand),
            Part::Strace => install(&apt, &["strace".to_owned()], &mut by_hand),
            Part::Kit => {
                let packages = ["nasm", "busybox", "g++-multilib", "pkg-config"];
                install(&apt, &packages.map(str::to_owned), &mut by_hand)
            }
        };
        if let Err(error) = result {
            say("set-up", &format!("{part} cannot be had: {error:#}"));
            // The outermost part alone is short enough for a table.
            failures.push((*part, error.to_string()));
        }
    }
    if !by_hand.is_empty() {
        say(
            "set-up",
            &format!("to have what is missing, run: {}", Apt::by_hand(&by_hand)),
        );
    }
    failures
}

fn all_failed(missing: &[Part], reason: &str) -> Vec<(Part, String)> {
    say("set-up", reason);
    for part in missing {
        say("set-up", &format!("please install {part} yourself"));
    }
    let failure = |part: &Part| (*part, reason.to_owned());
    missing.iter().map(failure).collect()
}

/// Installs the packages, or puts them on the list for the person.
fn install(apt: &Apt, packages: &[String], by_hand: &mut Vec<String>) -> Result<()> {
    if !apt.may_install() {
        by_hand.extend_from_slice(packages);
        return Err(anyhow!(
            "{} would have to be installed",
            packages.join(", ")
        ))
        .context("no right to install packages");
    }
    apt.update(false)?;
    let Err(error) = apt.install(packages) else {
        return Ok(());
    };
    // Lists of some hours ago may name a version that is gone by now.
    say(
        "set-up",
        &format!("{error:#}; trying again with new package lists"),
    );
    apt.update(true)?;
    apt.install(packages).context("apt-get install failed")
}

fn toolchain(paths: &Paths, apt: &Apt, by_hand: &mut Vec<String>) -> Result<()> {
    apt.update(false)?;
    let (family, version) = choose(apt)?;
    let packages: Vec<String> = [family.rustc, family.cargo, family.std]
        .iter()
        .filter(|package| dpkg::installed(package).as_deref() != Some(&version))
        .map(|package| format!("{package}={version}"))
        .collect();
    if !packages.is_empty() {
        if let Some(other) = dpkg::installed(family.rustc).filter(|other| *other != version) {
            let cure = anyhow!("install {} if you can do without it", packages.join(" "));
            return Err(cure).with_context(|| {
                format!(
                    "for the installed {} {other} there is no i386 library",
                    family.rustc
                )
            });
        }
        if let Err(error) = install(apt, &packages, by_hand) {
            if !apt.may_install() {
                by_hand.push(format!("{}={version}", family.clippy));
            }
            return Err(error);
        }
    }
    let Err(error) = compose(paths, apt, family, &version) else {
        return Ok(());
    };
    say(
        "set-up",
        &format!("{error:#}; trying again with new package lists"),
    );
    apt.update(true)?;
    compose(paths, apt, family, &version).context("unpacking its i386 library failed")
}

/// The installed compiler if it has an i386 library, else the newest that has.
fn choose(apt: &Apt) -> Result<(&'static Family, String)> {
    let mut best: Option<(&Family, String)> = None;
    for family in &FAMILIES {
        let mut lists = vec![apt.versions(&format!("{}:i386", family.std))?];
        for package in [family.rustc, family.cargo, family.std] {
            lists.push(apt.versions(package)?);
        }
        let installed = dpkg::installed(family.rustc);
        if let Some(version) = installed.filter(|version| lists[0].contains(version)) {
            if dpkg::compare(&version, super::versions::OLDEST).is_ge() {
                return Ok((family, version));
            }
        }
        if let Some(version) = newest_common(&lists, dpkg::compare) {
            let newer = |(_, other): &(&Family, String)| dpkg::compare(&version, other).is_gt();
            if best.as_ref().is_none_or(newer) {
                best = Some((family, version));
            }
        }
    }
    best.with_context(|| {
        format!(
            "Debian's package lists here have no rustc from {} on for both amd64 and i386",
            super::versions::OLDEST
        )
    })
}

fn clippy(apt: &Apt, by_hand: &mut Vec<String>) -> Result<()> {
    let found = FAMILIES
        .iter()
        .find_map(|family| Some((family, dpkg::installed(family.rustc)?)));
    let Some((family, version)) = found else {
        bail!("Debian's compiler is not installed");
    };
    if dpkg::installed(family.clippy).as_deref() == Some(&version) {
        return Ok(());
    }
    install(apt, &[format!("{}={version}", family.clippy)], by_hand)
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
