//! The compilers of both architectures.
//!
//! For i386 the environment names one:
//!
//! | variable | what it holds | without it |
//! |---|---|---|
//! | `INT80_CARGO_I386` | the path of cargo | `cargo` |
//! | `INT80_RUSTC_I386` | the path of the compiler | `rustc` |
//! | `INT80_RUSTFLAGS_I386` | flags for the compiler, between them the character 1f or, where there is none, blanks | none |
//!
//! With none of them set, the compiler that compiled these tests is taken if it
//! has the target `i686-unknown-linux-gnu`.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

pub use int80_support::ways::Arch;

use int80_support::place::{Skip, hosted};

use crate::skip;

/// A compiler for one architecture.
pub struct Toolchain {
    pub arch: Arch,
    cargo: PathBuf,
    rustc: PathBuf,
    flags: Vec<String>,
    /// As in `rustc 1.85.0`: what made the figures of a table.
    pub version: String,
    /// Not the toolchain that started these tests.
    foreign: bool,
}

impl Toolchain {
    /// The compiler for `arch`; without one, says so as the reason why the
    /// test `name` cannot run.
    pub fn or_skip(arch: Arch, name: &str) -> Option<&'static Toolchain> {
        static ALL: OnceLock<[Result<Toolchain, String>; 2]> = OnceLock::new();
        let [i386, x86_64] = ALL.get_or_init(|| Arch::ALL.map(Toolchain::find));
        let found = match arch {
            Arch::I386 => i386,
            Arch::X86_64 => x86_64,
        };
        match found {
            Ok(toolchain) => Some(toolchain),
            Err(reason) => {
                skip(name, reason);
                None
            }
        }
    }

    /// As `or_skip`, for a program with std, which takes a C library.
    pub fn hosted_or_skip(arch: Arch, name: &str) -> Option<&'static Toolchain> {
        let toolchain = Self::or_skip(arch, name)?;
        match hosted("cc", arch) {
            Ok(()) => Some(toolchain),
            Err(Skip(reason)) => {
                skip(name, reason);
                None
            }
        }
    }

    fn find(arch: Arch) -> Result<Toolchain, String> {
        let given = |name| env::var(name).ok().filter(|_| arch == Arch::I386);
        let cargo = given("INT80_CARGO_I386");
        let rustc = given("INT80_RUSTC_I386");
        let flags = given("INT80_RUSTFLAGS_I386").unwrap_or_default();
        let separator = if flags.contains('\u{1f}') {
            '\u{1f}'
        } else {
            ' '
        };
        let or_own = |own, name: &str| env::var_os(own).unwrap_or_else(|| name.into());
        let mut toolchain = Toolchain {
            arch,
            version: String::new(),
            foreign: cargo.is_some() || rustc.is_some(),
            cargo: cargo.map_or_else(|| or_own("CARGO", "cargo").into(), PathBuf::from),
            rustc: rustc.map_or_else(|| or_own("RUSTC", "rustc").into(), PathBuf::from),
            flags: flags
                .split(separator)
                .filter(|flag| !flag.is_empty())
                .map(str::to_owned)
                .collect(),
        };
        let mut rustc = toolchain.rustc();
        let folder = output(rustc.args(["--print", "target-libdir"]))?;
        if !Path::new(folder.trim()).is_dir() {
            return Err(format!(
                "{} has no target {}: install it, or name another compiler in \
                 INT80_CARGO_I386, INT80_RUSTC_I386 and INT80_RUSTFLAGS_I386",
                toolchain.rustc.display(),
                arch.triple(),
            ));
        }
        let version = output(toolchain.command(&toolchain.rustc).arg("--version"))?;
        let words: Vec<&str> = version.split_whitespace().take(2).collect();
        toolchain.version = words.join(" ");
        Ok(toolchain)
    }

    /// The compiler, told what to compile for.
    pub fn rustc(&self) -> Command {
        let mut rustc = self.command(&self.rustc);
        rustc
            .args(["--target", self.arch.triple()])
            .args(&self.flags);
        rustc
    }

    /// `cargo build` for the architecture, with its own target folder.
    pub fn cargo_build(&self) -> Command {
        let mut cargo = self.command(&self.cargo);
        cargo
            .args(["build", "--locked", "--target", self.arch.triple()])
            .env("RUSTC", &self.rustc)
            .env("CARGO_TARGET_DIR", self.folder())
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        if !self.flags.is_empty() {
            cargo.env("CARGO_ENCODED_RUSTFLAGS", self.flags.join("\u{1f}"));
        }
        cargo
    }

    /// Where everything that these tests build with this compiler lies.
    pub fn folder(&self) -> PathBuf {
        let name = format!("{} {}", self.arch.name(), self.version);
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace(' ', "-"))
    }

    /// A command that does not take over what the cargo that runs these tests
    /// has set for itself, nor, for another toolchain, which one rustup is to
    /// start. What a person may have set about the network stays.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let kept_prefixes = [
            "CARGO_HOME",
            "RUSTUP_",
            "CARGO_HTTP_",
            "CARGO_NET_",
            "CARGO_REGISTR",
            "CARGO_SOURCE_",
        ];
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            let of_rust = text.starts_with("CARGO") || text.starts_with("RUST");
            let stays = kept_prefixes.iter().any(|prefix| text.starts_with(prefix))
                && !(self.foreign && text == "RUSTUP_TOOLCHAIN");
            if of_rust && !stays || text == "LD_LIBRARY_PATH" {
                command.env_remove(&name);
            }
        }
        command
    }
}

/// What a command prints, or all that it said if it failed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(OsStr::new("a program"));
    let shown = name.to_string_lossy().into_owned();
    let result = command
        .output()
        .map_err(|error| format!("{shown} cannot be started: {error}"))?;
    if result.status.success() {
        Ok(String::from_utf8_lossy(&result.stdout).into_owned())
    } else {
        Err(format!(
            "{shown} failed ({}):\n{}{}\nof {command:?}",
            result.status,
            String::from_utf8_lossy(&result.stdout),
            String::from_utf8_lossy(&result.stderr),
        ))
    }
}
