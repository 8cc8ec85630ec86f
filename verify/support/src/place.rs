//! Where a case runs, and what it needs of the machine.

use crate::run::scratch;
use crate::ways::{Arch, Available, Way};
use anyhow::{Context, Result};
use libtest_mimic::Trial;
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

/// The variable with the absolute path of the kit.
pub const KIT: &str = "INT80_KIT";

/// The variable with the folder that holds musl for both architectures, as Debian's
/// packages have it.
pub const MUSL: &str = "INT80_MUSL";

/// Why a case cannot run here.
pub struct Skip(pub String);

/// The result of a case, which panics where something is wrong.
pub type Verdict = Result<(), Skip>;

/// A case for one architecture.
pub type ArchCase = fn(&Kit, Arch) -> Verdict;

/// A case for one way to run programs.
pub type WayCase = fn(&Place) -> Verdict;

/// The kit and the ways in which this machine can run its programs.
#[derive(Clone)]
pub struct Kit {
    pub folder: Arc<Path>,
    pub ways: Arc<[(Way, Result<(), String>)]>,
}

/// One way to run programs of the kit.
pub struct Place {
    pub kit: Kit,
    pub way: Way,
}

impl Kit {
    pub fn from_env() -> Result<Kit> {
        let folder = env::var(KIT).with_context(|| {
            format!(
                "{} is not set: run these tests with `cargo xtask test --only tools`",
                KIT
            )
        })?;
        let available = Available::from_env()?;
        Ok(Kit {
            folder: PathBuf::from(folder).into(),
            ways: available.ways.into(),
        })
    }

    /// One trial for each architecture.
    pub fn each_arch(&self, name: &str, case: ArchCase) -> Vec<Trial> {
        let one = |arch: Arch| {
            let kit = self.clone();
            trial(&format!("{}::{name}", arch.name()), move || {
                kit.has(arch)?;
                case(&kit, arch)
            })
        };
        Arch::ALL.map(one).into()
    }

    /// One trial for each way.
    pub fn each_way(&self, name: &str, case: WayCase) -> Vec<Trial> {
        let one = |(way, state): &(Way, Result<(), String>)| {
            let (kit, way, state) = (self.clone(), *way, state.clone());
            trial(&format!("{}::{name}", way.name), move || {
                state.map_err(Skip)?;
                case(&Place { kit, way })
            })
        };
        // The programs take whichever gate there is.
        let ways = self
            .ways
            .iter()
            .filter(|(way, _)| way.name != "i386-sysinfo");
        ways.map(one).collect()
    }

    /// Whether there is anything for this architecture.
    pub fn has(&self, arch: Arch) -> Verdict {
        if self.lib(arch).is_dir() {
            return Ok(());
        }
        let of_arch = |(way, state): &(Way, Result<(), String>)| match state {
            Err(reason) if way.arch == arch => Some(reason.clone()),
            _ => None,
        };
        let reason = self.ways.iter().find_map(of_arch);
        Err(Skip(reason.expect("the kit lacks what could be built")))
    }

    /// Whether the machine itself runs programs of this architecture.
    pub fn runs(&self, arch: Arch) -> Verdict {
        self.has(arch)?;
        let native = |(way, _): &&(Way, Result<(), String>)| {
            way.arch == arch && way.emulator.is_none() && way.name != "i386-sysinfo"
        };
        let state = self
            .ways
            .iter()
            .find(native)
            .map(|(_, state)| state.clone());
        state
            .expect("one way of each architecture is native")
            .map_err(Skip)
    }

    pub fn include(&self) -> PathBuf {
        self.folder.join("include")
    }

    pub fn lib(&self, arch: Arch) -> PathBuf {
        self.folder.join("lib").join(arch.name())
    }
}

/// The checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the checkout")
}

/// The sources of these tests.
pub fn sources() -> PathBuf {
    root().join("capi/tests/kit")
}

pub fn trial(name: &str, case: impl FnOnce() -> Verdict + Send + 'static) -> Trial {
    let said = name.to_owned();
    Trial::test(name, move || {
        if let Err(Skip(reason)) = case() {
            writeln!(std::io::stderr(), "skipped: {said}: {reason}")?;
        }
        Ok(())
    })
}

/// Asks, when it is set, for the cases that take minutes.
const LONG: &str = "INT80_LONG";

/// Skips a case that takes minutes and says little that others do not.
pub fn long() -> Verdict {
    match env::var_os(LONG) {
        Some(_) => Ok(()),
        None => Err(Skip(format!("it is long: {LONG}=1 runs it"))),
    }
}

/// A case skips where this program is not installed.
pub fn need(program: &str) -> Result<PathBuf, Skip> {
    which::which(program).map_err(|_| Skip(format!("{program} is not installed")))
}

/// `-m32` or `-m64`, which all compilers take.
pub fn width(arch: Arch) -> &'static str {
    match arch {
        Arch::I386 => "-m32",
        Arch::X86_64 => "-m64",
    }
}

/// Whether this compiler links programs with its libraries for the architecture.
pub fn hosted(compiler: &str, arch: Arch) -> Verdict {
    need(compiler)?;
    let folder = scratch();
    let source = folder.path().join(if compiler.ends_with("++") {
        "a.cpp"
    } else {
        "a.c"
    });
    fs::write(&source, "int main(void) { return 0; }\n").expect("a file");
    let mut command = Command::new(compiler);
    command
        .args([width(arch), "-o"])
        .arg(folder.path().join("a"))
        .arg(&source);
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(Skip(format!(
            "{compiler} {} has no library to link",
            width(arch)
        ))),
    }
}
