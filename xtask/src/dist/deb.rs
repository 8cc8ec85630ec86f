//! Debian packages of the kit, by dpkg-deb: for each architecture the tools
//! (`int80-tools`), and what programs are compiled and linked with
//! (`libint80-dev`), of which both architectures can be installed at once.

use super::{contents::Files, install, pack};
use crate::setup::Need;
use anyhow::{Context, Result};
use int80_support::{command::run, ways::Arch};
use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

/// One package for each architecture.
struct Package {
    name: &'static str,
    section: &'static str,
    multi_arch: &'static str,
    what: &'static str,
}

const TOOLS: Package = Package {
    name: "int80-tools",
    section: "utils",
    multi_arch: "foreign",
    what: "static tools that copy files by sendfile, and try it on a kernel",
};

const DEVELOPMENT: Package = Package {
    name: "libint80-dev",
    section: "libdevel",
    multi_arch: "same",
    what: "the int 80h system call interface of x86 Linux for C and assembly",
};

/// The version, and the first of its packages.
fn version() -> String {
    format!("{}-1", env!("CARGO_PKG_VERSION"))
}

/// The architecture's name for Debian.
fn debian(arch: Arch) -> &'static str {
    match arch {
        Arch::I386 => "i386",
        Arch::X86_64 => "amd64",
    }
}

/// The names of an architecture's packages' files: the tools, and what programs
/// are made with.
pub fn names(arch: Arch) -> [String; 2] {
    [TOOLS, DEVELOPMENT]
        .map(|package| format!("{}_{}_{}.deb", package.name, version(), debian(arch)))
}

/// Makes the packages of these architectures in `folder`.
pub fn all(files: &Files, arches: &[Arch], folder: &Path) -> Need<Result<Vec<PathBuf>>> {
    if which::which("dpkg-deb").is_err() {
        return Err("Debian packages are made by dpkg-deb, which is not installed".to_owned());
    }
    let make = || {
        let mut made = Vec::new();
        for &arch in arches {
            for (package, name) in [TOOLS, DEVELOPMENT].iter().zip(names(arch)) {
                let path = folder.join(name);
                one(files, package, arch, &path)
                    .with_context(|| format!("cannot make {}", path.display()))?;
                made.push(path);
            }
        }
        Ok(made)
    };
    Ok(make())
}

/// Makes one package, whole or not at all.
fn one(files: &Files, package: &Package, arch: Arch, path: &Path) -> Result<()> {
    let parent = path.parent().context("a package has a folder")?;
    let work = crate::scratch::folder(parent, ".deb")?;
    let tree = work.path().join("tree");
    let mut bytes = 0;
    for (name, file) in files {
        let Some(place) = place(name, package, arch)? else {
            continue;
        };
        bytes += file.bytes.len();
        put(&tree, &place, &file.bytes, pack::mode(file.program))?;
    }
    let text = format!(
        "Package: {}\nVersion: {}\nArchitecture: {}\nMulti-Arch: {}\n\
         Maintainer: the developers of int80 <int80@int80.example>\n\
         Section: {}\nPriority: optional\nInstalled-Size: {}\nDescription: {}\n",
        package.name,
        version(),
        debian(arch),
        package.multi_arch,
        package.section,
        bytes.div_ceil(1024),
        package.what
    );
    put(&tree, Path::new("DEBIAN/control"), text.as_bytes(), 0o644)?;
    let new = work.path().join("new.deb");
    let mut command = Command::new("dpkg-deb");
    command
        // Of root, and of the time that the other archive has.
        .args(["--root-owner-group", "-Zgzip", "--build"])
        .args([&tree, &new])
        .env("SOURCE_DATE_EPOCH", pack::TIME.to_string());
    run(&mut command, "making a Debian package")?;
    fs::rename(new, path)?;
    Ok(())
}

/// Where a file of the kit goes in this package; `None`: it is in another.
fn place(name: &str, package: &Package, arch: Arch) -> Result<Option<PathBuf>> {
    let parts: Vec<&str> = name.split('/').collect();
    let is_development = package.name == DEVELOPMENT.name;
    let usr = Path::new("usr");
    Ok(match parts[..] {
        ["bin", of, name] if of == arch.name() && !is_development => {
            Some(usr.join("bin").join(name))
        }
        ["lib", of, ..] if of == arch.name() && is_development => {
            install::place(Path::new(name))?.map(|place| usr.join(place))
        }
        ["bin" | "lib", ..] => None,
        ["include", ..] | ["share", "int80", ..] | ["share", "man", "man3", ..] => {
            is_development.then(|| usr.join(name))
        }
        // Where Debian's zsh looks for those of packages.
        ["share", "zsh", "site-functions", name] => {
            (!is_development).then(|| usr.join("share/zsh/vendor-completions").join(name))
        }
        ["share", ..] => (!is_development).then(|| usr.join(name)),
        // The packages' own list of sums is another.
        ["SHA256SUMS"] => None,
        _ => Some(usr.join("share/doc").join(package.name).join(name)),
    })
}

/// Writes a file below `tree`, with folders as they are in every package.
fn put(tree: &Path, place: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let path = tree.join(place);
    let folders: Vec<&Path> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(tree))
        .collect();
    for folder in folders.into_iter().rev() {
        fs::create_dir_all(folder)?;
        fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    }
    fs::write(&path, bytes)?;
    fs::set_permissions(&path, Permissions::from_mode(mode))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_package_that_it_belongs_to() {
        for (name, tools, development) in [
            ("bin/i386/sf", Some("usr/bin/sf"), None),
            ("bin/x86_64/sf", None, None),
            (
                "lib/i386/pkgconfig/int80.pc",
                None,
                Some("usr/lib/i386-linux-gnu/pkgconfig/int80.pc"),
            ),
            ("lib/x86_64/libint80.a", None, None),
            ("include/int80.h", None, Some("usr/include/int80.h")),
            ("share/int80/link.ld", None, Some("usr/share/int80/link.ld")),
            ("share/man/man1/sf.1", Some("usr/share/man/man1/sf.1"), None),
            (
                "share/zsh/site-functions/_sfcat",
                Some("usr/share/zsh/vendor-completions/_sfcat"),
                None,
            ),
            (
                "LICENSE-MIT",
                Some("usr/share/doc/int80-tools/LICENSE-MIT"),
                Some("usr/share/doc/libint80-dev/LICENSE-MIT"),
            ),
            ("SHA256SUMS", None, None),
        ] {
            for (package, expected) in [(TOOLS, tools), (DEVELOPMENT, development)] {
                let place = place(name, &package, Arch::I386).unwrap();
                assert_eq!(place.as_deref(), expected.map(Path::new), "{name}");
            }
        }
    }
}
