//! The files of the kit and their places.

use super::{capi, completions};
use crate::build::Product;
use anyhow::{Context, Result, ensure};
use int80_support::ways::Arch;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// One file: what is in it, and whether it is a program.
pub struct File {
    pub bytes: Vec<u8>,
    pub program: bool,
}

/// Files by their paths in the kit, sorted by bytes.
pub type Files = BTreeMap<String, File>;

#[derive(Default)]
pub struct Contents(Files);

/// Files at the top of the checkout that are at the top of the kit.
const TOP: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// The linker scripts.
const SCRIPTS: [&str; 2] = ["link.ld", "link-flat.ld"];
/// What the kit says of itself.
const README: &str = include_str!("kit.md");
/// How programs are compiled and linked.
const PKG_CONFIG: &str = include_str!("int80.pc");

/// The names of the manual pages in a folder, sorted.
pub fn man_pages(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let name = |entry: std::io::Result<fs::DirEntry>| -> Result<String> {
        Ok(entry?.file_name().to_string_lossy().into_owned())
    };
    let mut pages = entries.map(name).collect::<Result<Vec<_>>>()?;
    pages.sort();
    Ok(pages)
}

impl Contents {
    pub fn tool(&mut self, product: &Product) -> Result<()> {
        let path = format!("bin/{}/{}", product.arch.name(), product.tool);
        self.read(path, &product.path, true)
    }

    /// What the C interface has for one architecture.
    pub fn library(&mut self, arch: Arch, folder: &Path) -> Result<()> {
        for name in capi::FILES {
            let path = format!("lib/{}/{name}", arch.name());
            let is_program = name.ends_with(".so");
            self.read(path, &folder.join(name), is_program)?;
        }
        let path = format!("lib/{}/pkgconfig/int80.pc", arch.name());
        let text = PKG_CONFIG.replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        self.add(path, text.into_bytes(), false);
        Ok(())
    }

    /// What both architectures share.
    pub fn common(&mut self, root: &Path) -> Result<()> {
        for name in TOP {
            self.read(name.to_owned(), &root.join(name), false)?;
        }
        for name in SCRIPTS {
            self.read(format!("share/int80/{name}"), &root.join(name), false)?;
        }
        self.folder("include", &root.join("capi/include"))?;
        self.folder("share/int80/examples", &root.join("examples"))?;
        self.manual(&root.join("man"))?;
        for (path, text) in completions::all() {
            self.add(format!("share/{path}"), text.into_bytes(), false);
        }
        let readme = README.replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        self.add("README.md".to_owned(), readme.into_bytes(), false);
        Ok(())
    }

    /// The files, with their checksums among them.
    pub fn finish(mut self) -> Files {
        let mut sums = String::new();
        for (path, file) in &self.0 {
            let digest = Sha256::digest(&file.bytes);
            let hexadecimal = digest.iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            let _ = writeln!(sums, "{hexadecimal}  {path}");
        }
        self.add("SHA256SUMS".to_owned(), sums.into_bytes(), false);
        self.0
    }

    /// `man/NAME.1` goes to `share/man/man1/NAME.1`.
    fn manual(&mut self, from: &Path) -> Result<()> {
        for page in man_pages(from)? {
            let section = page.rsplit('.').next().unwrap_or_default();
            let path = format!("share/man/man{section}/{page}");
            self.read(path, &from.join(&page), false)?;
        }
        Ok(())
    }

    /// All files of a folder and of those in it.
    fn folder(&mut self, path: &str, from: &Path) -> Result<()> {
        let entries =
            fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name
                .to_str()
                .with_context(|| format!("{} is not plain text", entry.path().display()))?;
            let path = format!("{path}/{name}");
            if entry.file_type()?.is_dir() {
                self.folder(&path, &entry.path())?;
            } else {
                self.read(path, &entry.path(), false)?;
            }
        }
        Ok(())
    }

    fn read(&mut self, path: String, from: &Path, program: bool) -> Result<()> {
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        ensure!(!bytes.is_empty(), "{} is empty", from.display());
        self.add(path, bytes, program);
        Ok(())
    }

    fn add(&mut self, path: String, bytes: Vec<u8>, program: bool) {
        self.0.insert(path, File { bytes, program });
    }
}
