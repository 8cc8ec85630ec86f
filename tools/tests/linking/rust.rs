//! Programs in Rust on `int80-rt`, by the command at the beginning of link.ld.

use crate::{
    linker::{Linker, link_arg, printed, rust_flags},
    runner,
};
use int80_support::{
    command::show,
    place::{Skip, Verdict, long, root, trial},
    run::{any_within, said},
    toolchain::cargo,
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tempfile::TempDir;

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each("rust", |arch, linker| all(arch, Some(linker)));
    // On x86_64 a new compiler takes the LLD that it brings.
    trials.extend(Arch::ALL.map(|arch| {
        let name = format!("{}::the_compiler_s_own_choice::rust", arch.name());
        trial(&name, move || all(arch, None))
    }));
    trials.push(trial("rust_with_both_models_at_every_level_and_lto", long));
    trials
}

fn all(arch: Arch, linker: Option<Linker>) -> Verdict {
    let package = Package::new("program", include_str!("programs/program.rs"));
    let by = match linker {
        Some(linker) => rust_flags(linker, printed())?,
        None => printed().iter().map(link_arg).collect(),
    };
    // As the compiler does it by itself, with a GOT, and as docs/rust.md says. Each
    // pair of a model, a level and LTO occurs; all three together double the time.
    let models: [&[&str]; 2] = [&[], &["-Crelocation-model=static", "-Crelro-level=off"]];
    for (index, level) in crate::LEVELS.into_iter().enumerate() {
        for (lto, model) in [(false, 0), (false, 1), (true, 0), (true, 1)] {
            let is_pair = (index + usize::from(lto) + model) % 2 == 0;
            if !is_pair && long().is_err() {
                continue;
            }
            let model = models[model].iter().map(OsString::from);
            let flags: Vec<OsString> = by.iter().cloned().chain(model).collect();
            let (what, program) = package.build(arch, level, lto, &flags)?;
            runner::check(&what, arch, &program, None, b"41 1 21 0 1\n")?;
        }
    }
    Ok(())
}

/// A package outside of the workspace, with one program.
pub struct Package {
    name: &'static str,
    folder: TempDir,
}

/// All builds share a target folder, so that what they depend on is compiled once:
/// one at a time for each architecture, level and LTO, since its program is there.
static BUILDING: [Mutex<()>; 2 * crate::SETTINGS] = [const { Mutex::new(()) }; 2 * crate::SETTINGS];

impl Package {
    pub fn new(name: &'static str, source: &str) -> Package {
        let folder = tempfile::tempdir().expect("a folder");
        let mut manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\nint80-rt = {{ path = {:?} }}\n",
            root().join("rt")
        );
        for (level, lto) in crate::settings() {
            let value = level
                .parse::<u8>()
                .map_or(format!("{level:?}"), |n| n.to_string());
            manifest += &format!(
                "[profile.{}]\ninherits = \"release\"\npanic = \"abort\"\n\
                 opt-level = {value}\nlto = {}\n",
                profile(level, lto),
                if lto { "true" } else { "\"off\"" },
            );
        }
        let put = |path: &str, text: &str| fs::write(folder.path().join(path), text);
        fs::create_dir(folder.path().join("src")).expect("a folder");
        put("Cargo.toml", &manifest).expect("the manifest");
        put("src/main.rs", source).expect("the source");
        // The versions that are in use here.
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock"))
            .expect("the lock file");
        Package { name, folder }
    }

    /// Builds it; the command, and the program in the package's folder.
    pub fn build(
        &self,
        arch: Arch,
        level: &str,
        lto: bool,
        flags: &[OsString],
    ) -> Result<(String, PathBuf), Skip> {
        let profile = profile(level, lto);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linking");
        let mut command = cargo(arch)?;
        command
            .current_dir(self.folder.path())
            .args(["rustc", "--quiet", "--offline", "--target", arch.triple()])
            .args(["--profile", &profile])
            .env("CARGO_TARGET_DIR", &target)
            .arg("--")
            .args(flags);
        let program = self.folder.path().join(self.name);
        let what = show(&command);
        let setting = crate::settings().position(|setting| setting == (level, lto));
        let setting = setting.expect("one of the settings");
        let one = &BUILDING[arch as usize * crate::SETTINGS + setting];
        let _one = one.lock().unwrap_or_else(PoisonError::into_inner);
        let output = any_within(&mut command, Duration::from_secs(600));
        assert!(output.status.success(), "{what}\n{}", said(&output));
        let built = target.join(arch.triple()).join(&profile).join(self.name);
        int80_support::program::copy(built, &program);
        Ok((what, program))
    }
}

fn profile(level: &str, lto: bool) -> String {
    format!("o{level}{}", if lto { "lto" } else { "" })
}
