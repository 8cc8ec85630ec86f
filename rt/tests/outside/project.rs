//! The packages, unpacked, and packages outside of the workspace that depend on
//! them.

use flate2::read::GzDecoder;
use int80_support::{
    command::show,
    environment,
    place::{Skip, root},
    run::{any_within, said},
    toolchain::cargo,
    ways::Arch,
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, SystemTime},
};
use tempfile::TempDir;

/// What is published, in the order in which it can be, and where it lies.
pub const PACKAGES: [(&str, &str); 4] = [
    ("int80", "."),
    ("int80-build", "build"),
    ("int80-rt", "rt"),
    ("int80-sim", "verify/sim"),
];

/// Longer than any command takes on a slow machine.
pub const LIMIT: Duration = Duration::from_secs(900);

/// The folder of these tests: the packages and one target folder, so that what
/// the programs depend on is compiled once for each profile.
struct Place {
    folder: TempDir,
}

static PLACE: OnceLock<Place> = OnceLock::new();

/// Packages everything, once.
fn place() -> &'static Place {
    PLACE.get_or_init(|| {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        for (package, _) in PACKAGES {
            pack(package, folder.path());
        }
        Place { folder }
    })
}

/// Removes the folder, which a static does not do by itself.
pub fn clear() {
    if let Some(place) = PLACE.get() {
        // What is left is in the target folder, and in no one's way.
        let _ = fs::remove_dir_all(place.folder.path());
    }
}

/// The folder of an unpacked package.
pub fn unpacked(package: &str) -> PathBuf {
    place().folder.path().join(folder(package))
}

fn folder(package: &str) -> String {
    format!("{package}-{}", env!("CARGO_PKG_VERSION"))
}

/// The folder in which cargo compiles all of them.
pub fn target() -> PathBuf {
    place().folder.path().join("target")
}

/// `cargo package`, and the archive unpacked. Not verified: the tests do more.
fn pack(package: &str, folder: &Path) {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    environment::clean(&mut command);
    command
        .current_dir(root())
        .args(["package", "--quiet", "--offline", "--no-verify"])
        // What is packaged is what is tested here, committed or not.
        .args(["--allow-dirty", "--package", package, "--target-dir"])
        .arg(folder.join("target"))
        // The others are not published, and need not be, to be packaged.
        .args(patches(|other| root().join(place_of(other)), package));
    let output = any_within(&mut command, LIMIT);
    assert!(
        output.status.success(),
        "{}\n{}",
        show(&command),
        said(&output)
    );
    let archive = format!(
        "target/package/{package}-{}.crate",
        env!("CARGO_PKG_VERSION")
    );
    let archive = fs::File::open(folder.join(archive)).expect("the archive");
    tar::Archive::new(GzDecoder::new(archive))
        .unpack(folder)
        .expect("an archive");
}

fn place_of(package: &str) -> &'static str {
    let found = PACKAGES.into_iter().find(|(name, _)| *name == package);
    found.expect("a package").1
}

/// Arguments for cargo by which packages are found where `place` says, but for
/// the one that is built.
pub fn patches(place: impl Fn(&str) -> PathBuf, but: &str) -> Vec<OsString> {
    let others = PACKAGES.into_iter().filter(|(name, _)| *name != but);
    let each = others.flat_map(|(name, _)| {
        let path = place(name);
        ["--config".into(), patch(name, &path)]
    });
    each.collect()
}

fn patch(name: &str, path: &Path) -> OsString {
    format!("patch.crates-io.{name}.path={path:?}").into()
}

/// One build at a time in the one target folder.
static BUILDING: Mutex<()> = Mutex::new(());

/// A package outside of the workspace.
pub struct Project {
    pub folder: TempDir,
}

impl Project {
    /// A package with these files. What it asks the registry for by the name of
    /// one of ours is the unpacked package.
    pub fn new(files: &[(&str, &str)]) -> Project {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        // The versions that are in use here.
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock"))
            .expect("the lock file");
        Project { folder }
    }

    /// A package `program` of the template's manifest and build script, with
    /// another program, and `feature` of int80-rt.
    pub fn with_main(main: &str, feature: Option<&str>) -> Project {
        let manifest = read("template/Cargo.toml");
        let plain = "int80-rt = \"0.1\"\n";
        assert!(manifest.contains(plain));
        let manifest = match feature {
            None => manifest,
            Some(feature) => manifest.replace(
                plain,
                &format!("int80-rt = {{ version = \"0.1\", features = [{feature:?}] }}\n"),
            ),
        };
        Project::new(&[
            ("Cargo.toml", &manifest),
            ("build.rs", &read("template/build.rs")),
            ("src/main.rs", main),
        ])
    }

    /// `cargo SUBCOMMAND`, for this architecture, with `flags` for the compiler
    /// of the program alone; the command, and what came of it.
    pub fn cargo(
        &self,
        arch: Arch,
        arguments: &[&str],
        flags: &[OsString],
    ) -> Result<(String, Output), Skip> {
        let _one = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        self.rustc(arch, arguments, flags)
    }

    /// As [`cargo`](Self::cargo), for a caller that holds [`BUILDING`].
    fn rustc(
        &self,
        arch: Arch,
        arguments: &[&str],
        flags: &[OsString],
    ) -> Result<(String, Output), Skip> {
        // To cargo all of them are one package, since each is at the root of its
        // own workspace: sources older than the last build would count as built.
        for source in ["build.rs", "src/main.rs"] {
            let file = fs::File::options()
                .write(true)
                .open(self.folder.path().join(source))
                .expect("a source");
            file.set_modified(SystemTime::now()).expect("its time");
        }
        let mut command = cargo(arch)?;
        command
            .current_dir(self.folder.path())
            .args(["rustc", "--quiet", "--offline", "--target", arch.triple()])
            .args(patches(unpacked, "program"))
            .args(arguments)
            .env("CARGO_TARGET_DIR", target())
            .arg("--")
            .args(flags);
        let output = any_within(&mut command, LIMIT);
        Ok((show(&command), output))
    }

    /// Builds `program`, and copies it into the package's folder; the command,
    /// and the program's path.
    pub fn build(
        &self,
        arch: Arch,
        profile: &str,
        flags: &[OsString],
    ) -> Result<(String, PathBuf), Skip> {
        // Another project builds a program of the same name into the same place.
        let _one = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
        let (what, output) = self.rustc(arch, &["--profile", profile], flags)?;
        assert!(output.status.success(), "{what}\n{}", said(&output));
        let folder = match profile {
            "dev" => "debug",
            profile => profile,
        };
        let built = target().join(arch.triple()).join(folder).join("program");
        let program = self.folder.path().join("program");
        int80_support::program::copy(built, &program);
        Ok((what, program))
    }
}

/// A file of the checkout.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}
