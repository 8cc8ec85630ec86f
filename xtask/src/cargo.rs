//! The cargo that is run, and its environment.

use crate::{
    environment,
    paths::Paths,
    toolchain::{DEBIAN_RUSTC, Need, OLDEST, Toolchain, rustc},
};
use anyhow::Result;
use int80_support::{command::capture, ways::Arch};
use std::{env, ffi::OsString, path::PathBuf, process::Command};

pub const DEBIAN_CLIPPY: &str = "/usr/bin/cargo-clippy";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTDOC: &str = "/usr/bin/rustdoc";

/// A cargo for one target.
#[derive(Clone, Debug)]
pub struct Cargo {
    root: PathBuf,
    target_dir: PathBuf,
    /// `None`: the machine's own target, in cargo's usual folder.
    target: Option<Arch>,
    /// Debian's cargo and compiler, and not those that run xtask.
    debian: bool,
    /// The folder with the libraries of both targets, for Debian's compiler.
    sysroot: Option<PathBuf>,
}

impl Cargo {
    /// The cargo that runs xtask, for the machine's own target.
    pub fn host(paths: &Paths) -> Cargo {
        Cargo {
            root: paths.root.clone(),
            target_dir: paths.target.clone(),
            target: None,
            debian: false,
            sysroot: None,
        }
    }

    /// The cargo whose compiler is of the oldest release that is promised to do.
    pub fn oldest(paths: &Paths) -> Need<Cargo> {
        let host = Cargo::host(paths);
        let debian = Cargo {
            debian: true,
            ..host.clone().in_folder("debian")
        };
        let is_oldest = |cargo: &Cargo| {
            let version = cargo.compiler().unwrap_or_default();
            version.starts_with(&format!("rustc {OLDEST}."))
        };
        [host, debian].into_iter().find(is_oldest).ok_or_else(|| {
            format!(
                "no rustc {OLDEST} here; where Debian has it and no other is installed, \
                 `INT80_I386=debian cargo xtask setup` gets it"
            )
        })
    }

    /// A cargo for i386. Debian's compiler is another one than the host's, so
    /// it has a target folder of its own.
    pub fn i386(paths: &Paths, toolchain: &Toolchain) -> Cargo {
        let host = Cargo::host(paths).with_target(Arch::I386);
        match toolchain {
            Toolchain::Installed => host,
            Toolchain::Debian { sysroot } => Cargo {
                target_dir: paths.target.join("debian"),
                debian: true,
                sysroot: Some(sysroot.clone()),
                ..host
            },
        }
    }

    /// The same with `--target`, which keeps compiler flags away from build
    /// scripts.
    pub fn with_target(self, arch: Arch) -> Cargo {
        Cargo {
            target: Some(arch),
            ..self
        }
    }

    /// The same with a target folder of its own below this one.
    pub fn in_folder(mut self, name: &str) -> Cargo {
        self.target_dir.push(name);
        self
    }

    /// The compiler's name and version, as `rustc 1.85.0`.
    pub fn compiler(&self) -> Result<String> {
        let mut command = match self.debian {
            false => Command::new(rustc()),
            true => Command::new(DEBIAN_RUSTC),
        };
        command.arg("--version");
        let output = capture(&mut command, "asking for the compiler's version")?;
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(words.split(' ').take(2).collect::<Vec<_>>().join(" "))
    }

    /// Tells a program that compiles by itself, as the proofs do, what compiles
    /// for i386.
    pub fn to_env(&self, command: &mut Command) {
        if let Some(sysroot) = &self.sysroot {
            command
                .env("INT80_CARGO_I386", DEBIAN_CARGO)
                .env("INT80_RUSTC_I386", DEBIAN_RUSTC)
                .env(
                    "INT80_RUSTFLAGS_I386",
                    encode(&["--sysroot".into(), sysroot.into()]),
                );
        }
    }

    /// Where the programs of one profile are put.
    pub fn products(&self, profile: &str) -> PathBuf {
        match self.target {
            Some(arch) => self.target_dir.join(arch.triple()),
            None => self.target_dir.clone(),
        }
        .join(profile)
    }

    /// `cargo SUBCOMMAND` in the top folder, with `flags` for the compiler.
    pub fn command(&self, subcommand: &str, flags: &[&str]) -> Command {
        let mut command = match self.debian {
            false => Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())),
            true => debian_command(subcommand),
        };
        command
            .arg(subcommand)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target_dir);
        match self.target {
            Some(arch) => command.args(["--target", arch.triple()]),
            // A person's own would put the products elsewhere.
            None => command.env_remove("CARGO_BUILD_TARGET"),
        };
        let mut all = self.sysroot_flags();
        all.extend(flags.iter().map(OsString::from));
        if !all.is_empty() {
            command.env("CARGO_ENCODED_RUSTFLAGS", encode(&all));
        }
        command
    }

    /// `cargo doc` with `flags` for rustdoc.
    pub fn doc(&self, flags: &[&str]) -> Command {
        let mut command = self.command("doc", &[]);
        let mut all = self.sysroot_flags();
        all.extend(flags.iter().map(OsString::from));
        command.env("CARGO_ENCODED_RUSTDOCFLAGS", encode(&all));
        command
    }

    fn sysroot_flags(&self) -> Vec<OsString> {
        match &self.sysroot {
            Some(sysroot) => vec!["--sysroot".into(), sysroot.into()],
            None => Vec::new(),
        }
    }
}

/// Cargo looks for its subcommands in its home folder first, where rustup's
/// are; so clippy is started by its own name.
fn debian_command(subcommand: &str) -> Command {
    let program = match subcommand {
        "clippy" => DEBIAN_CLIPPY,
        _ => DEBIAN_CARGO,
    };
    let mut command = Command::new(program);
    environment::clean(&mut command);
    command
        .env("CARGO", DEBIAN_CARGO)
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTDOC", DEBIAN_RUSTDOC);
    command
}

/// Flags as cargo reads them, so that they may hold spaces.
fn encode(flags: &[OsString]) -> OsString {
    flags.join(&OsString::from("\u{1f}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_s_own_target_moves_no_product() {
        let command = Cargo::host(&Paths::find().unwrap()).command("build", &[]);
        let mut changed = command.get_envs();
        assert!(changed.any(|(name, value)| name == "CARGO_BUILD_TARGET" && value.is_none()));
    }

    #[test]
    fn debian_s_cargo_gets_the_sysroot_before_other_flags() {
        let paths = Paths::find().unwrap();
        let sysroot = "/a b".into();
        let cargo = Cargo::i386(&paths, &Toolchain::Debian { sysroot });
        let command = cargo.command("build", &["-C", "x"]);
        assert_eq!(command.get_program(), DEBIAN_CARGO);
        let flags = command
            .get_envs()
            .find(|(name, _)| *name == "CARGO_ENCODED_RUSTFLAGS");
        assert_eq!(
            flags.unwrap().1.unwrap(),
            "--sysroot\u{1f}/a b\u{1f}-C\u{1f}x"
        );
        assert_eq!(cargo.command("clippy", &[]).get_program(), DEBIAN_CLIPPY);
    }
}
