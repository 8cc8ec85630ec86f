//! The kit: everything for both architectures in one folder and one archive.
//!
//! `target/dist/int80-VERSION/`:
//!
//! | folder | what is in it |
//! |---|---|
//! | `bin/ARCHITECTURE/` | the tools |
//! | `include/` | the header, and the include files of GNU as and NASM |
//! | `lib/ARCHITECTURE/` | archives, the drop-in, the start object, `pkgconfig/int80.pc` |
//! | `share/int80/` | linker scripts and examples |
//! | `share/man/` | manual pages |
//! | `share/bash-completion/`, `share/zsh/`, `share/fish/` | completions of the tools' options |
//! | the top | what to do with it, licences, checksums |
//!
//! Beside it lie the Debian packages of the same files, where dpkg-deb is
//! installed.
//!
//! Nothing in them depends on where, when or by whom it was built.

pub(crate) mod binutils;
pub mod capi;
pub mod completions;
mod contents;
pub mod deb;
pub mod examples;
mod image;
pub mod includes;
mod install;
pub mod options;
mod pack;
pub mod tables;

use crate::{Session, build, setup::Need};
use anyhow::{Context, Result, ensure};
use int80_support::ways::Arch;
use std::path::{Path, PathBuf};

pub use contents::man_pages;
pub use install::install;

/// The kit's name and the name of its folder.
pub fn name() -> String {
    format!("int80-{}", env!("CARGO_PKG_VERSION"))
}

/// The finished kit.
pub struct Kit {
    pub folder: PathBuf,
    pub archive: PathBuf,
    /// The Debian packages, or why there are none.
    pub debs: Need<Vec<PathBuf>>,
    /// The image of `sfserve`, where it was built.
    pub image: Option<PathBuf>,
    /// The architectures that could not be built here, and why.
    pub skipped: Vec<(Arch, String)>,
}

/// The `dist` command.
pub fn command(session: &Session) -> Result<bool> {
    let kit = make(session)?;
    let debs = kit.debs.as_deref().unwrap_or_default();
    for path in [&kit.folder, &kit.archive]
        .into_iter()
        .chain(debs)
        .chain(&kit.image)
    {
        println!("{}", path.display());
    }
    if let Err(reason) = &kit.debs {
        println!("skipped: {reason}");
    }
    for (arch, reason) in &kit.skipped {
        println!("skipped: {}: {reason}", arch.name());
    }
    Ok(true)
}

/// The `install` command.
pub fn install_command(session: &Session, prefix: &Path) -> Result<bool> {
    let kit = make(session)?;
    for path in install(&kit.folder, prefix)? {
        println!("{}", path.display());
    }
    for (arch, reason) in &kit.skipped {
        println!("skipped: {}: {reason}", arch.name());
    }
    Ok(true)
}

/// Builds everything and makes folder and archive of it.
pub fn make(session: &Session) -> Result<Kit> {
    let built = build::all(session)?;
    let mut contents = contents::Contents::default();
    for product in &built.products {
        contents.tool(product)?;
    }
    let mut skipped = built.skipped;
    let work = crate::scratch::folder(&session.paths.private, "kit")?;
    for arch in Arch::ALL {
        let folder = work.path().join(arch.name());
        match capi::all(session, arch, &folder) {
            Ok(result) => {
                result?;
                contents.library(arch, &folder)?;
            }
            // Said already of the tools.
            Err(_) if skipped.iter().any(|(other, _)| *other == arch) => {}
            Err(reason) => skipped.push((arch, reason)),
        }
    }
    ensure!(
        skipped.len() < Arch::ALL.len(),
        "nothing can be built here: {}",
        skipped[0].1
    );
    contents.common(&session.paths.root)?;
    let files = contents.finish();
    let folder = session.paths.dist.join(name());
    let archive = session.paths.dist.join(format!("{}.tar.gz", name()));
    pack::folder(&files, &folder).with_context(|| format!("cannot make {}", folder.display()))?;
    pack::archive(&files, &name(), &archive)
        .with_context(|| format!("cannot make {}", archive.display()))?;
    let is_built = |arch: &Arch| skipped.iter().all(|(other, _)| other != arch);
    let archs: Vec<Arch> = Arch::ALL.into_iter().filter(is_built).collect();
    let debs = match deb::all(&files, &archs, &session.paths.dist) {
        Ok(result) => Ok(result?),
        Err(reason) => Err(reason),
    };
    let image = image::make(&built.products, &session.paths.dist).context("the image")?;
    Ok(Kit {
        folder,
        archive,
        debs,
        image,
        skipped,
    })
}
