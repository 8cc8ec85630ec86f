//! Compiles the callers and the traced program as each proof wants them.
//!
//! cargo builds the library once per optimisation level; the small crates on
//! top of it are compiled by rustc itself, since so many variants of a whole
//! graph would take minutes.

use std::{
    collections::HashMap,
    ffi::OsString,
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex, OnceLock},
};

use crate::toolchain::{Toolchain, output};

pub const LEVELS: [&str; 6] = ["0", "1", "2", "3", "s", "z"];

/// How something is compiled.
#[derive(Clone, Copy)]
pub struct Variant {
    /// One of `LEVELS`.
    pub level: &'static str,
    /// `pic` or `static`: rustc's relocation model.
    pub model: &'static str,
    pub frame_pointers: bool,
}

impl Variant {
    /// As cargo compiles a program by default.
    pub const fn plain(level: &'static str) -> Variant {
        Variant {
            level,
            model: "pic",
            frame_pointers: false,
        }
    }

    pub fn all() -> impl Iterator<Item = Variant> {
        LEVELS.into_iter().flat_map(|level| {
            [
                ("pic", false),
                ("pic", true),
                ("static", false),
                ("static", true),
            ]
            .map(|(model, frame_pointers)| Variant {
                level,
                model,
                frame_pointers,
            })
        })
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Variant { level, model, .. } = self;
        let frame = if self.frame_pointers { "-frames" } else { "" };
        write!(f, "opt-{level}-{model}{frame}")
    }
}

/// Arguments that make cargo build with a profile of this level's own, so that
/// the levels lie beside each other in the target folder.
pub fn profile(level: &str) -> [String; 8] {
    let name = format!("proof-{level}");
    let value = match level {
        "s" | "z" => format!("\"{level}\""),
        number => number.to_owned(),
    };
    let config = |key: &str, value: &str| format!("profile.{name}.{key}={value}");
    [
        "--config".to_owned(),
        config("inherits", "\"release\""),
        "--config".to_owned(),
        config("opt-level", &value),
        "--config".to_owned(),
        config("codegen-units", "1"),
        "--profile".to_owned(),
        name,
    ]
}

/// Where cargo puts what it has built with `profile`.
pub fn profile_folder(toolchain: &Toolchain, level: &str) -> PathBuf {
    let profile = format!("proof-{level}");
    toolchain
        .folder()
        .join(toolchain.arch.triple())
        .join(profile)
}

/// Does `make` once for each `key`, whichever test asks first.
fn once(key: PathBuf, make: impl FnOnce() -> PathBuf) -> PathBuf {
    type Done = Mutex<HashMap<PathBuf, Arc<OnceLock<PathBuf>>>>;
    static DONE: OnceLock<Done> = OnceLock::new();
    let cell = {
        let mut done = DONE.get_or_init(Done::default).lock().expect("the lock");
        done.entry(key).or_default().clone()
    };
    cell.get_or_init(make).clone()
}

/// The folder with the library, compiled at this level.
fn int80(toolchain: &Toolchain, level: &str) -> PathBuf {
    let folder = profile_folder(toolchain, level);
    once(folder.clone(), || {
        package(toolchain, level, "int80");
        folder
    })
}

/// Builds a package of the workspace at this level, and tells the folder of
/// its products.
pub fn package(toolchain: &Toolchain, level: &str, name: &str) -> PathBuf {
    let mut cargo = toolchain.cargo_build();
    cargo.args(["--package", name]).args(profile(level));
    output(&mut cargo).unwrap_or_else(|error| panic!("{error}"));
    profile_folder(toolchain, level)
}

/// The crate of the callers, compiled as `variant` says.
pub fn callers(toolchain: &Toolchain, variant: Variant) -> PathBuf {
    rustc(
        toolchain,
        variant,
        "src/lib.rs",
        "int80_proofs",
        "rlib",
        |_| {},
    )
}

/// The program that is traced, compiled as `variant` says.
pub fn traced(toolchain: &Toolchain, variant: Variant) -> PathBuf {
    let source = "src/bin/traced/main.rs";
    rustc(toolchain, variant, source, "traced", "bin", |rustc| {
        rustc.arg("-Cstrip=symbols"); // Two dozen of them would be half a gigabyte.
        for (prefix, library) in [
            ("int80_proofs=", callers(toolchain, variant)),
            ("int80_capi=", capi(toolchain, variant)),
        ] {
            rustc.arg("--extern").arg(with(prefix, &library));
        }
    })
}

/// The C interface, compiled as `variant` says.
fn capi(toolchain: &Toolchain, variant: Variant) -> PathBuf {
    let source = "../../capi/src/lib.rs";
    rustc(toolchain, variant, source, "int80_capi", "rlib", |rustc| {
        rustc.arg("--cfg=feature=\"std\"");
        // All packages have one.
        rustc.env("CARGO_PKG_VERSION", env!("CARGO_PKG_VERSION"));
    })
}

/// One crate, from the root of its sources to the file that it makes.
fn rustc(
    toolchain: &Toolchain,
    variant: Variant,
    source: &str,
    name: &str,
    kind: &str,
    more: impl FnOnce(&mut Command),
) -> PathBuf {
    let folder = toolchain.folder().join(variant.to_string());
    let out = match kind {
        "rlib" => folder.join(format!("lib{name}.rlib")),
        _ => folder.join(name),
    };
    once(out.clone(), || {
        fs::create_dir_all(&folder).expect("a folder for the variant");
        let library = int80(toolchain, variant.level);
        if is_fresh(&out, &library.join("libint80.rlib")) {
            return out;
        }
        let frames = if variant.frame_pointers { "yes" } else { "no" };
        let mut rustc = toolchain.rustc();
        rustc
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["--edition=2024", "--crate-name", name, "--crate-type", kind])
            .args(["-Cpanic=abort", "-Ccodegen-units=1", "-Cembed-bitcode=no"])
            .arg(format!("-Copt-level={}", variant.level))
            .arg(format!("-Crelocation-model={}", variant.model))
            .arg(format!("-Cforce-frame-pointers={frames}"))
            .arg("--extern")
            .arg(with("int80=", &library.join("libint80.rlib")))
            .arg("-L")
            .arg(with("dependency=", &library.join("deps")))
            .args([source, "-o"])
            .arg(&out);
        more(&mut rustc);
        output(&mut rustc).unwrap_or_else(|error| panic!("{error}"));
        out
    })
}

/// Whether `out` is newer than the library, every source file of the callers,
/// the program and the C interface, and these tests, which say how to compile them. (With
/// another compiler or other flags, cargo makes a new library.)
fn is_fresh(out: &Path, library: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let own = std::env::current_exe().expect("the path of these tests");
    let newer = |path: &Path| time(out) > time(path);
    let mut sources = ["src", "../../capi/src", "../../asm"]
        .into_iter()
        .flat_map(|folder| sources(folder.as_ref()));
    newer(library) && newer(&own) && sources.all(|path| newer(&path))
}

/// Every file below a folder of the package.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(path).expect("the sources");
    let paths = entries.map(|entry| entry.expect("a source").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn with(prefix: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(prefix);
    argument.push(path);
    argument
}
