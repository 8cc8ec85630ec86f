//! Where things lie. Everything that xtask makes is in `target/`.

use anyhow::{Result, ensure};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The folders of one checkout.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The top folder of the checkout.
    pub root: PathBuf,
    /// Cargo's folder, whatever the person's own setting is: the products are
    /// promised to be in `target/dist/`.
    pub target: PathBuf,
    /// The finished tools, one folder per architecture.
    pub dist: PathBuf,
    /// What the set-up keeps: package lists, the i386 standard library, logs.
    pub private: PathBuf,
}

impl Paths {
    /// The checkout that this program was built from.
    pub fn find() -> Result<Paths> {
        // Cargo says where the package lies now; the folder may have been
        // renamed since the program was compiled.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .filter(|folder| folder.ends_with("xtask"))
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = package.parent().unwrap_or(&package).to_owned();
        ensure!(
            root.join("link.ld").is_file() && root.join("xtask/Cargo.toml").is_file(),
            "{} is not a checkout of int80; run `cargo xtask` inside one",
            root.display()
        );
        Ok(Paths::of(&root))
    }

    fn of(root: &Path) -> Paths {
        let target = root.join("target");
        Paths {
            root: root.to_owned(),
            dist: target.join("dist"),
            private: target.join("xtask"),
            target,
        }
    }
}
